"""What an .xls says of the whole workbook: strings, styles, sheets, how days are counted.

Enters: the workbook stream. Leaves: `Globals`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from extract.errors import Damaged, Encrypted
from extract.sheets.biff import BiffRecord, TextReader, name_encoding, read_records
from extract.sheets.shown.cell_printer import PLAIN, CellLook
from extract.sheets.shown.format_code import builtin_codes

# Numbers of records (MS-XLS 2.3.2), the version in BOF (2.4.21), the weight of bold type in Font (2.4.122).
BOF, EOF = 0x0809, 0x000A
_BIFF8, _SOLID = 0x0600, 700
_FILEPASS, _CODEPAGE, _DATEMODE, _RECALC = 0x002F, 0x0042, 0x0022, 0x01C1
_BOUNDSHEET, _FONT, _FORMAT, _XF, _SST = 0x0085, 0x0031, 0x041E, 0x00E0, 0x00FC
_MOST_STRINGS: Final = 2_000_000
"""Shared strings that are read, whatever number is stated."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet in the list: where its records begin, and whether it is a visible grid of cells."""

    name: str
    at: int
    visible: bool
    cells: bool


@dataclass(slots=True)
class Globals:
    """The workbook's own records.

    Attributes:
        biff8: Excel 97 and later; else Excel 5 or 95, with texts in a code page.
        calculated: Excel itself wrote it, so that an empty result of a formula is a result.
    """

    biff8: bool = True
    encoding: str = "gb18030"
    from_1904: bool = False
    calculated: bool = False
    strings: list[str] = field(default_factory=list)
    sheets: list[SheetEntry] = field(default_factory=list)
    _fonts: list[tuple[bool, float]] = field(default_factory=list)
    _codes: dict[int, str] = field(default_factory=lambda: dict(builtin_codes()))
    _formats: list[BiffRecord] = field(default_factory=list)
    _looks: dict[int, CellLook] = field(default_factory=dict)

    def look(self, style: int) -> CellLook:
        """The look of a style number."""
        if style not in self._looks:
            self._looks[style] = (
                self._read_look(self._formats[style]) if style < len(self._formats) else PLAIN
            )
        return self._looks[style]

    def text(self, record: BiffRecord, at: int, length_size: int = 2) -> str:
        """A string in a record."""
        if self.biff8:
            return TextReader((record.body, *record.more), at).string(length_size)
        count = int.from_bytes(record.body[at : at + length_size], "little")
        raw = record.body[at + length_size : at + length_size + count]
        return raw.decode(self.encoding, errors="replace")

    def take(self, record: BiffRecord) -> None:
        """Take in one record."""
        if record.kind == _FILEPASS:
            raise Encrypted
        if record.kind == _CODEPAGE:
            self.encoding = name_encoding(record.numbers("H")[0])
        elif record.kind == _DATEMODE:
            self.from_1904 = record.numbers("H")[0] == 1
        elif record.kind == _RECALC:
            self.calculated = True
        elif record.kind == _FONT:
            height, _, _, weight = record.numbers("4H")
            self._fonts.append((weight >= _SOLID, height / 20))
        elif record.kind == _FORMAT:
            self._codes[record.numbers("H")[0]] = self.text(record, 2, 2 if self.biff8 else 1)
        elif record.kind == _XF:
            self._formats.append(record)
        elif record.kind == _BOUNDSHEET:
            at, hidden, kind = record.numbers("IBB")
            self.sheets.append(SheetEntry(self.text(record, 6, 1), at, not hidden & 3, kind == 0))
        elif record.kind == _SST:
            self.strings = _shared_strings(record)

    def _read_look(self, record: BiffRecord) -> CellLook:
        font, number = record.numbers("HH")
        font -= font > 4  # there is no font 4
        bold, size = self._fonts[font] if font < len(self._fonts) else (False, None)
        centred = record.numbers("B", 6)[0] & 7 in {2, 6}
        if self.biff8:
            ruled = record.numbers("H", 10)[0] != 0
        else:
            bottom, others = record.numbers("HH", 10)
            ruled = bool(bottom & 0x01C0 or others & 0x01FF)
        return CellLook(self._codes.get(number, "General"), ruled, bold, centred, size)


def read_globals(stream: bytes) -> Globals:
    """The records up to the end of the workbook's own part.

    Raises:
        Encrypted: the workbook needs a password.
        Damaged: it does not begin like a workbook, or a record is cut short.
    """
    if len(stream) < 8 or struct.unpack_from("<H", stream)[0] != BOF:
        raise Damaged("Workbook")
    found = Globals(biff8=struct.unpack_from("<H", stream, 4)[0] == _BIFF8)
    for record in read_records(stream):
        if record.kind == EOF:
            return found
        found.take(record)
    raise Damaged("Workbook")


def _shared_strings(record: BiffRecord) -> list[str]:
    count = record.numbers("II")[1]
    reader = TextReader((record.body, *record.more), 8)
    return [reader.string() for _ in range(min(count, _MOST_STRINGS))]
