"""An .xls (Excel 97 to 2003, Excel 5 and 95, .et of WPS) -> sheets.

Enters: the compound file. Leaves: the visible sheets in order. The records are read here: libraries that
read values print an error as a blank and know nothing of number formats, borders and hidden parts.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from extract.errors import Damaged
from extract.ole import CompoundFile, stream_names
from extract.sheets.biff import BiffRecord, TextReader, read_records, read_rk, to_exact
from extract.sheets.sheet import SheetContents
from extract.sheets.shown.cell_printer import CellPrinter
from extract.sheets.workbook import Workbook
from extract.sheets.xls_globals import BOF, EOF, Globals, read_globals

# Numbers and flags are those of MS-XLS: errors (2.5.10, BErr), rows, columns and windows, what an object is
# (2.5.143, FtCmo); the anchor is the head of an OfficeArtClientAnchorSheet.
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip
_CALCULATE_ON_LOAD, _COMMENT = 0x0002, 0x19
_ROW_HIDDEN, _COLUMN_HIDDEN, _ZEROS_SHOWN = 0x0020, 0x0001, 0x0010
_ANCHOR: Final = b"\x10\xf0\x12\x00\x00\x00"


def read_xls(data: bytes) -> Workbook:
    """The sheets of a file.

    Raises:
        ReadError: whatever is wrong with it.
    """
    file = CompoundFile(data)
    names = file.top_names or stream_names(data)
    stream = file.read("Workbook" if "Workbook" in names else "Book")
    whole = read_globals(stream)
    workbook = Workbook()
    for entry in whole.sheets:
        if not entry.cells:
            continue  # a chart or a macro sheet
        if not entry.visible:
            workbook.hide_sheet()
            continue
        workbook.sheets.append(_SheetReader(whole, entry.name).read(stream, entry.at))
    return workbook


@dataclass(slots=True)
class _Awaited:
    """A formula whose text is in the record that follows."""

    row: int
    column: int
    style: int


class _SheetReader:
    def __init__(self, whole: Globals, name: str) -> None:
        self._whole = whole
        self._sheet = SheetContents(name)
        self._printer = CellPrinter(self._sheet, from_1904=whole.from_1904)
        self._awaited: _Awaited | None = None
        self._anchor = 0
        self._comment = False

    def read(self, stream: bytes, at: int) -> SheetContents:
        self._read_options(stream, at)
        depth = 0
        for record in read_records(stream, at):
            if record.kind == BOF:  # a chart inside the sheet has records of its own
                depth += 1
            elif record.kind == EOF:
                depth -= 1
                if depth <= 0:
                    return self._sheet
            elif depth == 1 and (take := _RECORDS.get(record.kind)):
                take(self, record)
            elif depth == 0:
                break
        raise Damaged(self._sheet.name)

    def _read_options(self, stream: bytes, at: int) -> None:
        """Whether zeros are shown, which is said behind the cells."""
        depth = 0
        for record in read_records(stream, at):
            depth += (record.kind == BOF) - (record.kind == EOF)
            if record.kind == 0x023E and depth == 1:
                self._printer.zeros_shown = bool(record.numbers("H")[0] & _ZEROS_SHOWN)
                return
            if depth <= 0:
                return

    def number(self, record: BiffRecord) -> None:
        row, column, style = record.numbers("3H")
        if len(record.body) < 14:
            raise Damaged(self._sheet.name)
        value = to_exact(struct.unpack_from("<d", record.body, 6)[0])
        self._printer.number(row, column, value, self._whole.look(style))

    def rk(self, record: BiffRecord) -> None:
        row, column, style, packed = record.numbers("3HI")
        self._printer.number(row, column, read_rk(packed), self._whole.look(style))

    def many_rk(self, record: BiffRecord) -> None:
        row, first = record.numbers("HH")
        for i in range((len(record.body) - 6) // 6):
            style, packed = record.numbers("HI", 4 + 6 * i)
            self._printer.number(row, first + i, read_rk(packed), self._whole.look(style))

    def blank(self, record: BiffRecord) -> None:
        row, column, style = record.numbers("3H")
        self._printer.raw(row, column, "", self._whole.look(style))

    def many_blank(self, record: BiffRecord) -> None:
        row, first = record.numbers("HH")
        for i in range((len(record.body) - 6) // 2):
            self._printer.raw(row, first + i, "", self._whole.look(record.numbers("H", 4 + 2 * i)[0]))

    def shared_string(self, record: BiffRecord) -> None:
        row, column, style, index = record.numbers("3HI")
        if index >= len(self._whole.strings):
            raise Damaged(self._sheet.name)
        self._printer.text(row, column, self._whole.strings[index], self._whole.look(style))

    def label(self, record: BiffRecord) -> None:
        row, column, style = record.numbers("3H")
        self._printer.text(row, column, self._whole.text(record, 6), self._whole.look(style))

    def truth_or_error(self, record: BiffRecord) -> None:
        row, column, style, value, error = record.numbers("3HBB")
        self._printer.raw(row, column, _truth_or_error(value, error=bool(error)), self._whole.look(style))

    def formula(self, record: BiffRecord) -> None:
        row, column, style = record.numbers("3H")
        kind, _, value, _, _, _, mark, options = record.numbers("6BHH", 6)
        look = self._whole.look(style)
        if mark != 0xFFFF:
            number = to_exact(struct.unpack_from("<d", record.body, 6)[0])
            # Libraries that cannot calculate write 0 and ask for a calculation when the file is opened.
            if number == 0 and options & _CALCULATE_ON_LOAD:
                self._printer.formula(row, column, "", look)
            else:
                self._printer.number(row, column, number, look)
        elif kind == 0:
            self._awaited = _Awaited(row, column, style)
        elif kind in {1, 2}:
            self._printer.raw(row, column, _truth_or_error(value, error=kind == 2), look)
        elif self._whole.calculated:
            self._printer.raw(row, column, "", look)
        else:
            self._printer.formula(row, column, "", look)

    def formula_text(self, record: BiffRecord) -> None:
        if self._awaited:
            place, self._awaited = self._awaited, None
            text = self._whole.text(record, 0)
            self._printer.text(place.row, place.column, text, self._whole.look(place.style))

    def row(self, record: BiffRecord) -> None:
        if record.numbers("H", 12)[0] & _ROW_HIDDEN:
            number = record.numbers("H")[0]
            self._sheet.hidden_rows.add(number, number)

    def columns(self, record: BiffRecord) -> None:
        first, last, width, _, options = record.numbers("5H")
        if first <= last and (options & _COLUMN_HIDDEN or not width):
            self._sheet.hidden_columns.add(first, last)

    def merges(self, record: BiffRecord) -> None:
        for i in range(record.numbers("H")[0]):
            top, bottom, left, right = record.numbers("4H", 2 + 8 * i)
            self._sheet.merge(top, left, bottom, right)

    def drawing(self, record: BiffRecord) -> None:
        at = record.body.rfind(_ANCHOR)
        if at >= 0 and at + len(_ANCHOR) + 8 <= len(record.body):
            self._anchor = record.numbers("H", at + len(_ANCHOR) + 6)[0]

    def shape(self, record: BiffRecord) -> None:
        self._comment = len(record.body) >= 6 and record.numbers("H", 4)[0] == _COMMENT

    def box(self, record: BiffRecord) -> None:
        if self._comment or not record.more or len(record.body) < 12:
            return
        text = TextReader(record.more).characters(record.numbers("H", 10)[0]).replace("\r", "\n").strip()
        if text:
            self._sheet.boxes.append((self._anchor, text))


def _truth_or_error(value: int, *, error: bool) -> str:
    if error:
        return _ERRORS.get(value, "#N/A")
    return "TRUE" if value else "FALSE"


_RECORDS: Final[dict[int, Callable[[_SheetReader, BiffRecord], None]]] = {
    0x0203: _SheetReader.number,
    0x027E: _SheetReader.rk,
    0x00BD: _SheetReader.many_rk,
    0x0201: _SheetReader.blank,
    0x00BE: _SheetReader.many_blank,
    0x00FD: _SheetReader.shared_string,
    0x0204: _SheetReader.label,
    0x00D6: _SheetReader.label,
    0x0205: _SheetReader.truth_or_error,
    0x0006: _SheetReader.formula,
    0x0207: _SheetReader.formula_text,
    0x0208: _SheetReader.row,
    0x007D: _SheetReader.columns,
    0x00E5: _SheetReader.merges,
    0x00EC: _SheetReader.drawing,
    0x005D: _SheetReader.shape,
    0x01B6: _SheetReader.box,
}
