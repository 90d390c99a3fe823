"""One file from its bytes to its report: what a child process does with it.

Enters: bytes and where they came from. Leaves: a `Report`, and how long understanding took of the time.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from extract.document import Document, Source
from extract.office.converted import read_converted
from extract.read import read_document, read_second
from normalize.read import read_report
from normalize.report import Report


@dataclass(frozen=True, slots=True)
class Understood:
    """The report of one file.

    Attributes:
        report: what it says.
        seconds: taken by all that came after the reading of its format.
    """

    report: Report
    seconds: float = 0.0


def understand(data: bytes, source: Source) -> Understood:
    """The report of a file.

    Raises:
        ReadError: whatever the reader of the format says.
    """
    return _timed(read_document(data, source))


def understand_converted(data: bytes, named: tuple[Source, str]) -> Understood:
    """The report of a .docx that LibreOffice made of a file of another format.

    Raises:
        ReadError: whatever the reader of .docx says.
    """
    return _timed(read_converted(data, *named))


def understand_again(data: bytes, source: Source) -> Report | None:
    """The report by the second reader, None where the format has none.

    Raises:
        ReadError: whatever the reader says.
    """
    document = read_second(data, source)
    return read_report(document) if document else None


def _timed(document: Document) -> Understood:
    start = time.perf_counter()
    report = read_report(document)
    return Understood(report, time.perf_counter() - start)
