"""Excel's own XML of 2003 (`ss:Workbook`, mostly under the suffix .xls) -> sheets.

Enters: bytes. Leaves: the visible sheets in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from lxml.etree import _Element

from extract.errors import Damaged
from extract.sheets.sheet import SheetContents
from extract.sheets.shown.cell_printer import PLAIN, CellLook, CellPrinter, to_decimal
from extract.sheets.workbook import Workbook
from extract.xml.elements import whole_number
from extract.xml.local_names import attribute, local, named, parse_flat

_NAMED_CODES: Final = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%",
    "Scientific": "0.00E+00", "Short Date": "yyyy/m/d", "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy", "General Date": "yyyy/m/d h:mm", "Short Time": "h:mm", "Long Time": "h:mm:ss",
}  # fmt: skip
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MAX_CHAIN: Final = 32
"""Styles based on others; any bound ends a circle."""


def read_excel_xml(data: bytes) -> Workbook:
    """The sheets of a file.

    Raises:
        ReadError: whatever is wrong with it.
    """
    root = parse_flat(data, "XML")
    if local(root) != "Workbook":
        raise Damaged(local(root))
    styles = {attribute(style, "ID"): style for style in named(root, "Styles", "Style")}
    looks = {name: _read_look(name, styles) for name in styles}
    from_1904 = any(True for _ in named(root, "ExcelWorkbook", "Date1904"))
    workbook = Workbook(title=next((t.text or "" for t in named(root, "DocumentProperties", "Title")), ""))
    for item in named(root, "Worksheet"):
        if any("Hidden" in (visible.text or "") for visible in named(item, "WorksheetOptions", "Visible")):
            workbook.hide_sheet()
            continue
        sheet = SheetContents(attribute(item, "Name"))
        zeros = not any(True for _ in named(item, "WorksheetOptions", "DoNotDisplayZeros"))
        printer = CellPrinter(sheet, zeros_shown=zeros, from_1904=from_1904)
        for table in named(item, "Table"):
            _read_table(table, printer, looks)
        workbook.sheets.append(sheet)
    return workbook


def _read_look(name: str, styles: dict[str, _Element]) -> CellLook:
    """The look of a style over the one that it is based on."""
    stated: dict[str, str] = {}
    for _ in range(_MAX_CHAIN):
        style = styles.get(name)
        if style is None:
            break
        for key, value in _properties(style):
            stated.setdefault(key, value)
        name = attribute(style, "Parent") or ("Default" if name != "Default" else "")
    code = stated.get("code", "General")
    size = to_decimal(stated.get("size", ""))
    return CellLook(
        _NAMED_CODES.get(code, code) or "General",
        stated.get("ruled") == "1",
        stated.get("bold") == "1",
        stated.get("centred", "").startswith("Center"),
        float(size) if size is not None and 0 < size < 1000 else None,
    )


def _properties(style: _Element) -> Iterator[tuple[str, str]]:
    for child in style:
        kind = local(child)
        if kind == "NumberFormat":
            yield "code", attribute(child, "Format", "General")
        elif kind == "Borders" and len(child):
            yield (
                "ruled",
                "1" if any(attribute(side, "LineStyle", "None") != "None" for side in child) else "0",
            )
        elif kind == "Font":
            yield "bold", attribute(child, "Bold", "0")
            yield "size", attribute(child, "Size")
        elif kind == "Alignment":
            yield "centred", attribute(child, "Horizontal")


def _read_table(table: _Element, printer: CellPrinter, looks: dict[str, CellLook]) -> None:
    column_at, row_at = 0, 0
    for item in table:
        kind = local(item)
        if kind == "Column":
            first = _index(item, column_at)
            column_at = first + 1 + (whole_number(attribute(item, "Span", "0"), 0, _LAST_COLUMN) or 0)
            if attribute(item, "Hidden") == "1" or attribute(item, "Width") == "0":
                printer.sheet.hidden_columns.add(first, column_at - 1)
        elif kind == "Row":
            first = _index(item, row_at)
            row_at = first + 1 + (whole_number(attribute(item, "Span", "0"), 0, _LAST_ROW) or 0)
            if attribute(item, "Hidden") == "1" or attribute(item, "Height") == "0":
                printer.sheet.hidden_rows.add(first, row_at - 1)
            _read_row(item, first, printer, looks)


def _read_row(row: _Element, number: int, printer: CellPrinter, looks: dict[str, CellLook]) -> None:
    column = 0
    style = attribute(row, "StyleID")
    for cell in named(row, "Cell"):
        column = _index(cell, column)
        across = whole_number(attribute(cell, "MergeAcross", "0"), 0, _LAST_COLUMN) or 0
        down = whole_number(attribute(cell, "MergeDown", "0"), 0, _LAST_ROW) or 0
        printer.sheet.merge(number, column, number + down, column + across)
        look = looks.get(attribute(cell, "StyleID") or style or "Default", PLAIN)
        _print(cell, number, column, printer, look)
        column += 1 + across


def _index(element: _Element, following: int) -> int:
    """Where a row, column or cell stands: as stated, else behind the one before."""
    stated = whole_number(attribute(element, "Index", str(following + 1)), 1, _LAST_ROW + 1)
    return (stated or following + 1) - 1


def _print(cell: _Element, row: int, column: int, printer: CellPrinter, look: CellLook) -> None:
    held = next(named(cell, "Data"), None)
    text = "" if held is None else "".join(str(piece) for piece in held.itertext())
    formula = attribute(cell, "Formula")
    kind = "" if held is None else attribute(held, "Type", "String")
    number = to_decimal(text) if kind == "Number" else _serial(text, printer) if kind == "DateTime" else None
    if formula and not text and kind != "String":
        printer.formula(row, column, formula, look)
    elif number is not None:
        printer.number(row, column, number, look)
    elif kind == "Boolean":
        printer.raw(row, column, "TRUE" if text == "1" else "FALSE", look)
    elif kind == "Number" and text:
        printer.misstated(row, column, text, look)
    elif kind == "Error":
        printer.raw(row, column, text, look)
    else:
        printer.text(row, column, text, look)


def _serial(text: str, printer: CellPrinter) -> Decimal | None:
    """The number that stands for a date and time, None where there is none."""
    try:
        moment = datetime.fromisoformat(text)
        first = datetime(1904, 1, 1, tzinfo=moment.tzinfo)
    except ValueError:
        return None
    if not printer.from_1904:
        first = datetime(1899, 12, 30, tzinfo=moment.tzinfo)
    return Decimal((moment - first) // timedelta(milliseconds=1)) / Decimal(86_400_000)
