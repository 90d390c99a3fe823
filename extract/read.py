"""A file's bytes -> `Document`: hand them to the reader of their format.

Enters: bytes, where they came from, and what they are (`extract.sniff`). Leaves: a `Document`, or one of
`extract.errors`. A later format is one line in `_READERS`; one that can be read in a second way is one more
in `SECOND_READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from extract.archive import open_archive
from extract.characters.decode import decode_text
from extract.document import MAX_FILE_BYTES, Document, Source
from extract.errors import EmptyFile, Encrypted, TooLarge, UnknownFormat, UnsupportedFormat, in_megabytes
from extract.image import IMAGES, read_image
from extract.sniff import UNKNOWN, sniff
from extract.text.reader import read_text

# What a Chinese text file may be without a word: anything else was a guess that a person should know of.
_EXPECTED_ENCODINGS: Final = frozenset({"utf-8", "utf-8-sig", "gb18030", "utf-16"})
_BLANK: Final = b" \t\r\n\x0b\x0c\x00\x1a"
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_document(data: bytes, source: Source, file_format: str = "") -> Document:
    """Reads a file of any format known here.

    Args:
        data: its bytes.
        source: where they came from.
        file_format: what `sniff` says of them; "" to have it asked now.

    Raises:
        EmptyFile: no bytes, or nothing but white space.
        TooLarge: more bytes than a report can have.
        UnsupportedFormat: a known format without a reader.
        UnknownFormat: no format known here.
        ReadError: whatever the reader of the format says.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(in_megabytes(len(data)))
    if _is_blank(data):
        raise EmptyFile
    file_format = file_format or sniff(data)
    if file_format == UNKNOWN:
        raise UnknownFormat
    if file_format == "encrypted-ooxml":
        raise Encrypted
    reader = _READERS.get(file_format)
    if reader is None:
        raise UnsupportedFormat(file_format)
    return reader(data, source)


def read_second(data: bytes, source: Source, file_format: str) -> Document | None:
    """Reads a file in the second way, independent of the first; None where its format has one reader only.

    Raises:
        ReadError: whatever the reader says.
    """
    reader = SECOND_READERS.get(file_format)
    return reader(data, source) if reader else None


def unlock_document(data: bytes, file_format: str, passwords: Sequence[str]) -> bytes:
    """The same document, of the same format, without its encryption, which any reader can open.

    Raises:
        Encrypted: none of the passwords fits, or the format cannot be opened with one (only PDF can).
    """
    if file_format != "pdf":
        raise Encrypted
    from extract.pdf.unlock import unlock_pdf

    return unlock_pdf(data, passwords)


def _is_blank(data: bytes) -> bool:
    for mark in _MARKS:
        data = data.removeprefix(mark)
    return not data.strip(_BLANK)


def _read_text_file(data: bytes, source: Source) -> Document:
    text, encoding = decode_text(data)
    document = read_text(text, source)
    remarks = list(document.remarks)
    if encoding not in _EXPECTED_ENCODINGS:
        remarks.append("encoding.guessed")
    if "\ufffd" in text:
        remarks.append("encoding.damaged")
    return replace(document, remarks=tuple(remarks))


def _read_mail_file(data: bytes, source: Source) -> Document:
    """What the mail itself says; what it carries are files of their own."""
    with open_archive(data, "eml", "") as mail:
        if mail.body is None:
            raise EmptyFile
        kind, body = mail.body
    return replace(_READERS[kind](body, source), format="eml")


def _read_docx_file(data: bytes, source: Source) -> Document:
    from extract.docx import read_docx  # what reads a format is loaded for the first file of it

    return read_docx(data, source)


def _read_ofd_file(data: bytes, source: Source) -> Document:
    from extract.ofd import read_ofd

    return read_ofd(data, source)


def _read_pdf_file(data: bytes, source: Source) -> Document:
    from extract.pdf import read_pdf

    return read_pdf(data, source)


def _read_html_file(data: bytes, source: Source) -> Document:
    from extract.html import read_html

    return read_html(data, source)


def _read_mhtml_file(data: bytes, source: Source) -> Document:
    from extract.archive.mail.mhtml import read_mhtml

    return read_mhtml(data, source)


def _reread_pdf_file(data: bytes, source: Source) -> Document:
    from extract.pdf_reference.reader import (
        read_pdf_reference,  # takes longer to load than most files to read
    )

    return read_pdf_reference(data, source)


def _read_spreadsheet_file(data: bytes, source: Source, file_format: str) -> Document:
    from extract.sheets.reader import read_spreadsheet

    return read_spreadsheet(data, source, file_format)


def _read_word_xml_file(data: bytes, source: Source) -> Document:
    from extract.office.wordxml import read_word_xml

    return read_word_xml(data, source)


def _convert_and_read(data: bytes, source: Source, file_format: str) -> Document:
    from extract.office.converted import read_old_office

    return read_old_office(data, source, file_format)


Reader = Callable[[bytes, Source], Document]

_READERS: Final[dict[str, Reader]] = {
    "docx": _read_docx_file,
    "eml": _read_mail_file,
    "html": _read_html_file,
    "mhtml": _read_mhtml_file,
    "ofd": _read_ofd_file,
    "pdf": _read_pdf_file,
    "text": _read_text_file,
    "xml-word": _read_word_xml_file,
    **{
        name: partial(_read_spreadsheet_file, file_format=name)
        for name in ("ods", "xls", "xlsx", "xml-excel")
    },
    **{name: partial(_convert_and_read, file_format=name) for name in ("doc", "odt", "rtf", "wps")},
    **dict.fromkeys(IMAGES, read_image),
}

SECOND_READERS: Final[dict[str, Reader]] = {
    "pdf": _reread_pdf_file,
}
