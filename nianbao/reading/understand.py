"""One thing from its bytes to its report, and from what its readers made of it to its report anew.

Enters: bytes, or stored readings, and where they came from. Leaves: a `Report`, or the error of the reader;
and the readings, from which the report can be made again without the bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from extract.document import Document, Source
from extract.errors import Crashed, Encrypted, ReadError
from extract.read import SECOND_READERS, read_document, read_second, unlock_document
from extract.sniff import sniff
from nianbao.choices import Choices, Reread
from nianbao.journal.readings import Readings
from nianbao.reading.job import NoSecondReader
from nianbao.reading.second_reading import compare, read_instead
from normalize.read import read_report
from normalize.report import Report

Timed = Callable[[str], AbstractContextManager[None]]
"""Charges the time of a block to a stage."""


class NotRead(Exception):
    """Stored readings do not suffice: the bytes are needed."""


def read_first(data: bytes, source: Source, choices: Choices) -> tuple[Readings, bytes]:
    """The first reading, and the bytes that were read: without encryption where a password opened them."""
    unlocked, form = False, name_format(data)
    try:
        try:
            document = read_document(data, source)
        except Encrypted:
            if not choices.passwords:
                raise
            data, unlocked = unlock_document(data, choices.passwords), True
            document = read_document(data, source)
    except ReadError as error:
        return Readings(None, error, unlocked=unlocked, form=form), data
    return Readings(document, unlocked=unlocked, form=form), data


def read_first_converted(data: bytes, source: Source, form: str) -> Readings:
    """The reading of what LibreOffice made of a file of format `form`."""
    from extract.office.converted import read_converted  # few folders hold such a file

    try:
        return Readings(read_converted(data, source, form), form=form)
    except ReadError as error:
        return Readings(None, error, form=form)


def read_other(data: bytes, source: Source) -> Readings:
    """The second reading alone, where the first reader dies of the file.

    Raises:
        NoSecondReader: the format has none.
    """
    form = name_format(data)
    if form not in SECOND_READERS:
        raise NoSecondReader
    return Readings(None, Crashed(), read_second(data, source), asked=True, form=form)


def understand(
    readings: Readings, source: Source, wish: Reread, again: Callable[[], Document | None], timed: Timed
) -> tuple[Report, Readings]:
    """The report, and the readings with the second one if it was asked for.

    Args:
        readings: the first reading at least.
        source: what the bytes are called in this run.
        wish: when to read a second time.
        again: reads a second time; None where the format has no second reader.
        timed: is charged with the time.

    Raises:
        ReadError: no reader could read it.
        NotRead: a second reading is wished that is not there, and `again` says so.
    """

    def ask(_: bytes, __: Source) -> Report | None:
        nonlocal readings
        if not readings.asked:
            readings = replace(readings, asked=True)
            readings = replace(readings, second=again())
        return _read_report(readings.second, source) if readings.second else None

    first, error = readings.first, readings.error
    with timed("understand"):
        report = _read_report(first, source) if first else None
    with timed("reread"):
        if report is not None:
            return compare(report, b"", wish, ask), readings
        assert error is not None  # noqa: S101 - for the type checker: one of the two is there
        return read_instead(error, b"", source, wish, ask), readings


def name_format(data: bytes) -> str:
    """What the bytes are, "" for nothing known here."""
    name = sniff(data)
    return "" if name == "unknown" else name


def _read_report(document: Document, source: Source) -> Report:
    return read_report(replace(document, source=source))
