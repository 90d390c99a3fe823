"""What is checked before LibreOffice sees a file: it opens many broken ones "successfully".

Enters: a format and bytes. Leaves: the name of LibreOffice's input filter, or the error that the file earns.
A filter is always named, since LibreOffice shows what it cannot place as plain text, nonsense included.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Final

from extract.errors import Damaged, Encrypted
from extract.ole import CompoundFile

_WORD_97, _WORD_6 = "MS Word 97", "MS WinWord 6.0"
_FILTERS: Final = {"rtf": "Rich Text Format", "odt": "writer8", "wps": "MS_Works", "doc": _WORD_97}
CONVERTED: Final = frozenset(_FILTERS)
"""Formats that LibreOffice turns into .docx."""
# The beginning of `WordDocument` (MS-DOC 2.5.2, FibBase): its size, `wIdent` of Word 97, 6 and 2, flags, and
# the first `nFib` beyond those of Word 6 (0x65) and 95 (0x68).
_FIB_BASE: Final = 32
_IDENTS: Final = frozenset({0xA5EC, 0xA5DC, 0xA5DB})
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_FIRST_97: Final = 0x6A
_RTF_BRACES: Final = re.compile(rb"\\[\\{}]|[{}]")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that LibreOffice can be given.

    Attributes:
        format: one of `CONVERTED`.
        filter: that reads it.
    """

    format: str
    data: bytes
    filter: str


def check(file_format: str, data: bytes) -> Checked:
    """The file as LibreOffice is given it.

    Raises:
        ReadError: as `input_filter`.
    """
    return Checked(file_format, clean(file_format, data), input_filter(file_format, data))


def input_filter(file_format: str, data: bytes) -> str:
    """The filter that reads a file of this format.

    Raises:
        Encrypted: it needs a password.
        Damaged: it is cut short or broken, or no part of it is text.
        TooLarge: it unpacks to more than a report can have.
    """
    if file_format == "doc":
        return _check_doc(data)
    if file_format == "rtf":
        _check_rtf(data)
    elif file_format == "odt":
        _check_odt(data)
    return _FILTERS[file_format]


def clean(file_format: str, data: bytes) -> bytes:
    """The bytes without what may stand before the beginning of an RTF file."""
    return data[max(data.find(b"{\\rtf"), 0) :] if file_format == "rtf" else data


def _check_doc(data: bytes) -> str:
    file = CompoundFile(data)
    stream = file.read("WordDocument")
    if len(stream) < _FIB_BASE:
        raise Damaged("WordDocument")
    ident, version = struct.unpack_from("<HH", stream)
    flags = struct.unpack_from("<H", stream, 10)[0]
    if ident not in _IDENTS:
        raise Damaged("WordDocument")
    if flags & _ENCRYPTED:
        raise Encrypted
    if version < _FIRST_97:
        return _WORD_6
    file.read("1Table" if flags & _TABLE_1 else "0Table")
    return _WORD_97


def _check_rtf(data: bytes) -> None:
    if b"\\bin" in data:  # raw bytes inside, braces among them
        return
    depth = 0
    for mark in _RTF_BRACES.finditer(data):
        depth += {b"{": 1, b"}": -1}.get(mark[0], 0)
    if depth > 0:
        raise Damaged("RTF")


def _check_odt(data: bytes) -> None:
    from extract.sheets.open_document import open_package  # few folders hold one

    open_package(data).parse("content.xml")
