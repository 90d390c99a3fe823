"""What LibreOffice made of an old Office file -> `Document`.

Enters: the bytes of a .docx and the file it was made from. Leaves: a `Document` under the file's own format,
from the reader `libreoffice`.
"""

from __future__ import annotations

from dataclasses import replace

from extract.document import Document, Source
from extract.docx import read_docx
from extract.errors import ReadError
from extract.office.libreoffice import LibreOffice
from extract.office.live_fields import empty_live_fields


def read_converted(docx: bytes, source: Source, file_format: str) -> Document:
    """Reads the .docx made of a file of another format.

    Raises:
        ReadError: whatever the reader of .docx says.
    """
    docx, emptied = empty_live_fields(docx)
    document = read_docx(docx, source)
    remarks = tuple(sorted({*document.remarks, "fields.date"})) if emptied else document.remarks
    return replace(document, format=file_format, reader="libreoffice", remarks=remarks)


def read_old_office(data: bytes, source: Source, file_format: str) -> Document:
    """Converts and reads one file; many are converted at once (`LibreOffice`).

    Raises:
        NeedsLibreOffice: it is not installed.
        ReadError: whatever the file deserves.
    """
    with LibreOffice() as office:
        (result,) = office.convert([(file_format, data)])
    if isinstance(result, ReadError):
        raise result
    return read_converted(result, source, file_format)
