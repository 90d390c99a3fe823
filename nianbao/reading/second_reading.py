"""Whether a file is read a second time, and what the two readings say together.

Enters: the first report, or the error that stood in its place, and the bytes. Leaves: the report to keep.
Only formats with a second reader (`extract.read.SECOND_READERS`) are read twice. One reading alone proves no
fault of a document whose cells were found on a page.
"""

from __future__ import annotations

from collections.abc import Callable

from extract.document import Source
from extract.errors import Encrypted, ReadError, TooLarge, UnreadableText
from extract.read import SECOND_READERS
from nianbao.choices import Reread
from normalize.checks.two_readings import agree, stand_alone, stand_in
from normalize.report import Report, Verdict

ReadSecond = Callable[[bytes, Source], Report | None]
"""Reads a file a second time; None where its format has one reader only."""
DOUBT = "doubt."
TABLE_MISSING = "table.absent"
FINAL = (Encrypted, TooLarge)
"""What no second reading mends."""


def compare(first: Report, data: bytes, wish: Reread, read: ReadSecond) -> Report:
    """The first report, compared with a second reading where that is wished and possible."""
    if first.format not in SECOND_READERS:
        return first if first.pages is None else stand_alone(first)
    if wish is Reread.NEVER:
        return stand_alone(first)
    if wish is Reread.DOUBTFUL and not is_doubtful(first):
        return first
    second = read_again(data, first.source, read)
    return agree(first, second) if second else stand_alone(first)


def read_instead(error: ReadError, data: bytes, source: Source, wish: Reread, read: ReadSecond) -> Report:
    """The second reading where the first reader gave up.

    Raises:
        ReadError: `error`, where a second reading is not wished, not possible, or no better.
    """
    if wish is Reread.NEVER or isinstance(error, FINAL):
        raise error
    second = read_again(data, source, read)
    if second is None or not second.is_report:
        raise error
    return stand_in(second) if isinstance(error, UnreadableText) else stand_alone(second)


def read_again(data: bytes, source: Source, read: ReadSecond) -> Report | None:
    """What the second reader makes of a file, None where it has none or gives up."""
    try:
        return read(data, source)
    except ReadError:
        return None


def is_doubtful(report: Report) -> bool:
    """Something fails, something was read with a doubt, no number was read, or tables are missing."""
    return (
        not report.is_report
        or not report.has_numbers
        or any(check.verdict is Verdict.FAIL for check in report.checks)
        or any(flag.startswith(DOUBT) for seen in report.observations for flag in seen.flags)
        or any(issue.code == TABLE_MISSING for issue in report.issues)
    )
