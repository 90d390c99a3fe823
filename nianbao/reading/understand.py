"""From what the readers made of some bytes to the report.

Enters: readings, of this run or of an earlier one, and the bytes where they are at hand. Leaves: a `Report`,
or the error of the reader; and the readings, from which the report can be made again without the bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.document import Document, Source
from extract.errors import ReadError
from nianbao.choices import Reread
from nianbao.journal.readings import Readings
from nianbao.progress.stage_times import Stages
from nianbao.reading.second_reading import is_wished, keep_first, put_together, read_again
from normalize.read import read_report
from normalize.report import Report


@dataclass(frozen=True, slots=True)
class Understood:
    """What came of some readings.

    Attributes:
        report: the report, or why no reader could read it.
        readings: those that it was made of.
    """

    report: Report | ReadError
    readings: Readings


def understand(
    readings: Readings, source: Source, wish: Reread, data: bytes | None, stages: Stages
) -> Understood | None:
    """The report, and the readings with the second one if that was asked for.

    Args:
        readings: the first reading at least.
        source: what the bytes are called in this run.
        wish: when to read a second time.
        data: the bytes that were read; None where they are not at hand.
        stages: charged with the time.

    Returns:
        None where a second reading is wished that is not there, and the bytes are not either.
    """
    with stages.timed("understand"):
        first = _understand_first(readings, source)
    with stages.timed("reread"):
        if not is_wished(first, wish):
            kept = first if isinstance(first, ReadError) else keep_first(first, wish)
            return Understood(kept, readings)
        both = readings
        if not readings.asked:
            if data is None:
                return None
            both = read_again(readings, data, source)
        report = put_together(first, _read_report(both.second, source) if both.second else None)
        # What no reader could read is read again another time, and by both.
        return Understood(report, readings if isinstance(report, ReadError) else both)


def _understand_first(readings: Readings, source: Source) -> Report | ReadError:
    if readings.first is not None:
        return _read_report(readings.first, source)
    assert readings.error is not None  # noqa: S101 - for the type checker: one of the two is there
    return readings.error


def _read_report(document: Document, source: Source) -> Report:
    return read_report(replace(document, source=source))
