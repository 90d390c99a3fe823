"""Whether a file is read a second time, and what the two readings say together.

Enters: the first report, or the error that stood in its place. Leaves: the report to keep, or that error.
Only formats with a second reader (`extract.read.SECOND_READERS`) are read twice. One reading alone proves no
fault of a document whose cells were found on a page.
"""

from __future__ import annotations

from dataclasses import replace

from extract.document import Source
from extract.errors import Encrypted, ReadError, TooLarge, UnreadableText
from extract.read import SECOND_READERS, read_second
from nianbao.choices import Reread
from nianbao.journal.readings import Readings
from nianbao.processes.child import enter_stage
from nianbao.reading.job import SECOND
from normalize.checks.two_readings import agree, stand_alone, stand_in
from normalize.report import Report, Verdict

DOUBT = "doubt."
TABLE_MISSING = "table.absent"
FINAL = (Encrypted, TooLarge)
"""What no second reading mends."""


def is_wished(first: Report | ReadError, wish: Reread) -> bool:
    """Whether the second reading is to be heard, which is made for that if it is not there yet."""
    if wish is Reread.NEVER:
        return False
    if isinstance(first, ReadError):
        return not isinstance(first, FINAL)
    return first.format in SECOND_READERS and (wish is Reread.ALWAYS or is_doubtful(first))


def is_doubtful(report: Report) -> bool:
    """Something fails, something was read with a doubt, no number was read, or tables are missing."""
    return (
        not report.is_report
        or not report.has_numbers
        or any(check.verdict is Verdict.FAIL for check in report.checks)
        or any(flag.startswith(DOUBT) for seen in report.observations for flag in seen.flags)
        or any(issue.code == TABLE_MISSING for issue in report.issues)
    )


def read_again(readings: Readings, data: bytes, source: Source) -> Readings:
    """The readings with the second one, which is None where the format has none or its reader gives up."""
    enter_stage(SECOND)
    try:
        second = read_second(data, source, readings.format)
    except ReadError:
        second = None
    return replace(readings, second=second, asked=True)


def keep_first(first: Report, wish: Reread) -> Report:
    """The first report where no second reading is heard."""
    if first.format in SECOND_READERS:
        return stand_alone(first) if wish is Reread.NEVER else first
    return first if first.pages is None else stand_alone(first)


def put_together(first: Report | ReadError, second: Report | None) -> Report | ReadError:
    """The report of two readings; where the first reader gave up its error, unless the second is better."""
    if not isinstance(first, ReadError):
        return agree(first, second) if second else stand_alone(first)
    if second is None or not second.is_report:
        return first
    return stand_in(second) if isinstance(first, UnreadableText) else stand_alone(second)
