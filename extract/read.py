"""A file's bytes -> `Document`: find out what it is, hand it to its reader.

Enters: bytes and where they came from. Leaves: a `Document`, or one of `extract.errors`. A later format
is one line in `_READERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from extract.decode import decode_text
from extract.document import Document, Source
from extract.docx import read_docx
from extract.errors import EmptyFile, Encrypted, TooLarge, UnknownFormat, UnsupportedFormat, in_megabytes
from extract.sniff import sniff
from extract.text import read_text

MAX_FILE_BYTES: Final = 200 * 1024 * 1024
# What a Chinese text file may be without a word: anything else was a guess that a person should know of.
_EXPECTED_ENCODINGS: Final = frozenset({"utf-8", "utf-8-sig", "gb18030", "utf-16"})
_BLANK: Final = b" \t\r\n\x0b\x0c\x00\x1a"
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_document(data: bytes, source: Source) -> Document:
    """Reads a file of any format known here.

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
    name = sniff(data)
    if name == "unknown":
        raise UnknownFormat
    if name == "encrypted-ooxml":
        raise Encrypted
    reader = _READERS.get(name)
    if reader is None:
        raise UnsupportedFormat(name)
    return reader(data, source)


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


_READERS: Final[dict[str, Callable[[bytes, Source], Document]]] = {
    "docx": read_docx,
    "text": _read_text_file,
}
