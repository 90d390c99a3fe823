"""Sheets -> workbook.xlsx, for people.

Enters: the frames of a run. Leaves: one file, equal bytes for equal frames. Text is written as text: never
a formula, never a link, never turned into a number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from output.sheet import Frames, Sheet, Shown, Tone, Value
from output.sheets import build_sheets

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""Excel's limit for one cell, in UTF-16 units."""
MAX_NOTES = 5_000
"""Per sheet: more comments than this make Excel slow to open; the colours stay."""
MAX_DIGITS = 15
"""Excel keeps 15 significant digits; a longer number is written as text rather than changed."""

CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
FIRST_EXCEL_YEAR = 1900

COLOURS = {
    Tone.FAIL: {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    Tone.DOUBT: {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    Tone.MUTED: {"font_color": "#808080"},
    Tone.CORRECTED: {"bg_color": "#DDEBF7"},
    Tone.PLAIN: {},
}
HEADING = {"bold": True, "bg_color": "#D9E1F2", "text_wrap": True, "valign": "vcenter", "border": 1}

# XML 1.0 cannot hold these; Excel would refuse the file.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_workbook(frames: Frames, path: Path) -> None:
    """Write workbook.xlsx.

    Args:
        frames: the tables.
        path: the file to write.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as book:
        book.set_properties({"title": "政府信息公开工作年度报告数据", "created": CREATED})
        styles = _Styles(book)
        for sheet in build_sheets(frames):
            _write_sheet(book, styles, sheet)


@dataclass(slots=True)
class _Styles:
    """Cell formats of one workbook, each made once."""

    book: Workbook
    made: dict[tuple[Tone, str], Format] = field(default_factory=dict)

    def get(self, tone: Tone, number_format: str = "") -> Format:
        """The format for a tone and a number format."""
        key = (tone, number_format)
        if key not in self.made:
            layout = {"num_format": number_format} if number_format else {"text_wrap": True}
            self.made[key] = self.book.add_format({**COLOURS[tone], **layout, "valign": "top"})
        return self.made[key]


def _write_sheet(book: Workbook, styles: _Styles, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, sheet.frozen_columns)
    page.set_row(0, 60)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    heading = book.add_format(HEADING)
    for column, (text, width) in enumerate(sheet.headings):
        page.set_column(column, column, width)
        page.write_string(0, column, text, heading)
    writer = _PageWriter(page, styles, sheet.full_table)
    last = writer.write_rows(sheet.rows)
    page.autofilter(0, 0, max(last, 1), len(sheet.headings) - 1)
    for offset, sentence in enumerate(writer.left_out(), 1):
        page.write_string(last + offset, 0, sentence, book.add_format({"bold": True}))


@dataclass(slots=True)
class _PageWriter:
    """Writes rows to one worksheet and counts what does not fit."""

    page: Worksheet
    styles: _Styles
    full_table: str
    rows_left_out: int = 0
    notes: int = 0

    def write_rows(self, rows: Iterable[tuple[Value | Shown, ...]]) -> int:
        """Write rows below the heading; returns the last row used."""
        last = 0
        for number, row in enumerate(rows, 1):
            if number > MAX_ROWS - 3:  # the heading, and two sentences below the last row
                self.rows_left_out += 1
                continue
            last = number
            for column, cell in enumerate(row):
                if cell is not None:
                    self._write_cell(number, column, cell)
        return last

    def left_out(self) -> list[str]:
        """Plain sentences about what did not fit."""
        sentences = []
        if self.rows_left_out:
            sentences.append(
                f"Excel 每张工作表最多 {MAX_ROWS} 行，另有 {self.rows_left_out} 行未列出，"
                f"全部数据见 {self.full_table}。"
            )
        if self.notes > MAX_NOTES:
            sentences.append(
                f"批注只写到前 {MAX_NOTES} 个，另有 {self.notes - MAX_NOTES} 个未写，底色不受影响，"
                f"内容见 {self.full_table} 的 flags 和 raw 列。"
            )
        return sentences

    def _write_cell(self, row: int, column: int, cell: Value | Shown) -> None:
        shown = cell if isinstance(cell, Shown) else Shown(cell)
        self._write_value(row, column, shown)
        if shown.note:
            self.notes += 1
            if self.notes <= MAX_NOTES:
                text = _fit(_NOT_XML.sub("\ufffd", shown.note), 1_000, "…")
                self.page.write_comment(row, column, text, {"x_scale": 2})

    def _write_value(self, row: int, column: int, shown: Shown) -> None:
        value, tone = shown.value, shown.tone
        if value is None:
            self.page.write_blank(row, column, None, self.styles.get(tone))
        elif isinstance(value, dt.date) and value.year >= FIRST_EXCEL_YEAR:
            self.page.write_datetime(row, column, value, self.styles.get(tone, "yyyy-mm-dd"))
        elif isinstance(value, int | Decimal) and _excel_keeps(Decimal(value)):
            style = self.styles.get(tone, number_format(value, shown.suffix))
            self.page.write_number(row, column, value, style)
        else:
            printed = format(value, "f") + shown.suffix if isinstance(value, Decimal) else str(value)
            self.page.write_string(row, column, self._fit_cell(printed), self.styles.get(tone))

    def _fit_cell(self, text: str) -> str:
        ending = f"……（超过 Excel 单元格上限，此处截断，全文见 {self.full_table}）"
        return _fit(_NOT_XML.sub("\ufffd", text), MAX_TEXT, ending)


def _excel_keeps(value: Decimal) -> bool:
    return len(value.as_tuple().digits) <= MAX_DIGITS


def number_format(value: int | Decimal, suffix: str = "") -> str:
    """The number format that shows a value as printed.

    Args:
        value: a figure of a report (`Decimal`), or a year, a page or a count (`int`).
        suffix: a unit to show behind it.

    Returns:
        `#,##0`, `#,##0.00`, `#,##0"万元"` for figures, `0` for years and counts.
    """
    if isinstance(value, int):
        return "0"
    places = max(0, -int(value.as_tuple().exponent))
    unit = '"' + suffix.replace('"', "").replace("\\", "")[:16] + '"' if suffix else ""
    return "#,##0" + ("." + "0" * places if places else "") + unit


def _fit(text: str, limit: int, ending: str) -> str:
    if len(text) * 2 <= limit or len(text.encode("utf-16-le")) <= limit * 2:
        return text
    kept = text.encode("utf-16-le")[: (limit - len(ending)) * 2].decode("utf-16-le", errors="ignore")
    return kept + ending
