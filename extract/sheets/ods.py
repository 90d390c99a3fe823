"""An .ods -> sheets.

Enters: bytes. Leaves: the visible sheets in order. The file says what each cell prints, so no number format
is applied here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from extract.errors import Damaged
from extract.sheets.open_document import OdfStyles, open_package, paragraphs_of
from extract.sheets.sheet import SheetContents
from extract.sheets.shown.cell_printer import CellLook, CellPrinter, to_decimal
from extract.sheets.workbook import Workbook
from extract.xml.elements import whole_number
from extract.xml.local_names import attribute, local, named
from extract.xml.office_package import Package

_ROW_GROUPS: Final = frozenset({"table-header-rows", "table-row-group", "table-rows"})
_COLUMN_GROUPS: Final = frozenset({"table-header-columns", "table-column-group", "table-columns"})
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_BLANK_COPIES: Final = 20
"""Of an empty cell: LibreOffice repeats the last of a sheet up to its edge."""
_BOXES: Final = tuple(f"{{*}}{name}" for name in ("text-box", "custom-shape", "rect", "ellipse"))
_HIDDEN: Final = frozenset({"collapse", "filter"})


def read_ods(data: bytes) -> Workbook:
    """The sheets of a file.

    Raises:
        ReadError: whatever is wrong with it.
    """
    package = open_package(data)
    content = package.parse("content.xml")
    roots = [package.parse("styles.xml")] if "styles.xml" in package else []
    styles = OdfStyles([*roots, content])
    zeros_hidden = _sheets_without_zeros(package)
    workbook = Workbook(title=_title(package))
    for table in named(content, "body", "spreadsheet", "table"):
        name = attribute(table, "name")
        if not styles.shows_table(attribute(table, "style-name")):
            workbook.hide_sheet()
            continue
        sheet = SheetContents(name)
        printer = CellPrinter(sheet, zeros_shown=name not in zeros_hidden and "" not in zeros_hidden)
        _TableReader(styles, printer).read(table)
        workbook.sheets.append(sheet)
    return workbook


class _TableReader:
    def __init__(self, styles: OdfStyles, printer: CellPrinter) -> None:
        self._styles = styles
        self._printer = printer
        self._sheet = printer.sheet
        self._column_styles: list[tuple[int, int, str]] = []
        self._row = 0

    def read(self, table: _Element) -> None:
        column = 0
        for item in _inside(table, "table-column", _COLUMN_GROUPS):
            count = _repeated(item, "number-columns-repeated", _LAST_COLUMN)
            if attribute(item, "visibility") in _HIDDEN:
                self._sheet.hidden_columns.add(column, column + count - 1)
            style = attribute(item, "default-cell-style-name")
            self._column_styles.append((column, column + count, style))
            column += count
        for shapes in named(table, "shapes"):
            self._boxes(shapes)
        for row in _inside(table, "table-row", _ROW_GROUPS):
            self._read_row(row)

    def _read_row(self, row: _Element) -> None:
        count = _repeated(row, "number-rows-repeated", _LAST_ROW)
        if attribute(row, "visibility") in _HIDDEN:
            self._sheet.hidden_rows.add(self._row, self._row + count - 1)
        column = 0
        for cell in row:
            if local(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            across = _repeated(cell, "number-columns-repeated", _LAST_COLUMN)
            style = attribute(cell, "style-name") or attribute(row, "default-cell-style-name")
            self._copies(cell, style, range(self._row, self._row + count), range(column, column + across))
            column += across
        self._row += count

    def _copies(self, cell: _Element, style: str, rows: range, columns: range) -> None:
        """A cell as often as it is repeated; of empty ones only as many as a ruled table may need."""
        printing = len(cell) > 0 or any(attribute(cell, name) for name in ("value-type", "formula"))
        if not printing:
            rows, columns = rows[:_MOST_BLANK_COPIES], columns[:_MOST_BLANK_COPIES]
        for row in rows:
            for column in columns:
                self._cell(cell, row, column, self._styles.look(style or self._column_style(column)))

    def _column_style(self, column: int) -> str:
        return next((style for first, end, style in self._column_styles if first <= column < end), "")

    def _cell(self, cell: _Element, row: int, column: int, look: CellLook) -> None:
        down = _repeated(cell, "number-rows-spanned", _LAST_ROW)
        across = _repeated(cell, "number-columns-spanned", _LAST_COLUMN)
        self._sheet.merge(row, column, row + down - 1, column + across - 1)
        self._boxes(cell, row)
        shown = any(local(child) == "p" for child in cell)
        text = paragraphs_of(cell)
        kind = attribute(cell, "value-type")
        value = to_decimal(attribute(cell, "value"))
        if attribute(cell, "formula") and not kind and not text:
            self._printer.formula(row, column, attribute(cell, "formula").removeprefix("of:"), look)
        elif value == 0 and not self._printer.zeros_shown:
            self._printer.number(row, column, value, look)
        elif shown:
            self._shown(row, column, text, look, kind)
        elif value is not None:  # what it prints is left to the program that opens it
            self._sheet.remarks.add("formats.unknown")
            self._printer.number(row, column, value, look)
        elif attribute(cell, "value"):
            self._printer.misstated(row, column, attribute(cell, "value"), look)
        else:
            stated = (attribute(cell, f"{name}-value") for name in ("string", "date", "time"))
            words = next(filter(None, stated), attribute(cell, "boolean-value").upper())
            self._printer.text(row, column, words, look)

    def _shown(self, row: int, column: int, text: str, look: CellLook, kind: str) -> None:
        if not text.strip() and kind in {"float", "percentage", "currency"}:
            self._sheet.remarks.add("zeros.hidden")
        self._printer.text(row, column, text, look)

    def _boxes(self, holder: _Element, row: int = 0) -> None:
        for box in holder.iter(*_BOXES):
            text = paragraphs_of(box).strip()
            if text:
                self._sheet.boxes.append((row, text))


def _inside(parent: _Element, name: str, groups: frozenset[str]) -> Iterator[_Element]:
    for child in parent:
        kind = local(child)
        if kind == name:
            yield child
        elif kind in groups:
            yield from _inside(child, name, groups)


def _repeated(element: _Element, name: str, most: int) -> int:
    return whole_number(attribute(element, name, "1"), 1, most) or 1


def _sheets_without_zeros(package: Package) -> set[str]:
    """Names of the sheets whose option hides zeros; "" where it is said for all."""
    try:
        root = package.parse("settings.xml")
    except Damaged:  # what a workbook can be read without
        return set()
    found: set[str] = set()
    for item in root.iter("{*}config-item"):
        if attribute(item, "name") == "ShowZeroValues" and item.text == "false":
            entry = item.getparent()
            inside_sheet = (
                entry is not None
                and entry.getparent() is not None
                and (
                    attribute(entry.getparent(), "name") == "Tables"  # type: ignore[arg-type]
                )
            )
            found.add(attribute(entry, "name") if inside_sheet and entry is not None else "")
    return found


def _title(package: Package) -> str:
    try:
        title = package.parse("meta.xml").find(".//{*}title")
    except Damaged:
        return ""
    return "" if title is None else (title.text or "").strip()
