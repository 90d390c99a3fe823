"""Rows -> one worksheet, row by row.

Enters: a `Sheet`, and its rows as they come. Leaves: cells with colours, number formats and notes, and a
sentence about what does not fit. Text is written as text: never a formula, never a link, never turned into a
number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from output.values import escape_unwritable
from output.workbook import sizes
from output.workbook.sheet import Sheet, SheetRow, Shown, Tone, Value

BOOK_TITLE = "政府信息公开工作年度报告数据"
MAX_ROWS = 1_048_576
"""Excel's limit for one sheet."""
MAX_TEXT = 32_767
"""Excel's limit for one cell, in UTF-16 units."""
MAX_NOTES = 5_000
"""Per sheet: more comments than this make Excel slow to open; the colours stay."""
MAX_DIGITS = 15
"""Excel keeps 15 significant digits; a longer number is written as text rather than changed."""

WHOLE = "0"
"""The format of years and counts. They are centred: a year at the right edge runs into the text beside it."""
ALWAYS_FITS = 4
"""Digits that fit into every column of numbers, with a sign and a separator (tests/output/test_sizes.py)."""
FIRST_EXCEL_YEAR = 1900
"""Excel counts days from its beginning on, and has no date before it."""

COLOURS = {
    Tone.FAIL: {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    Tone.DOUBT: {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    Tone.MUTED: {"font_color": "#808080"},
    Tone.PLAIN: {},
}
HEADING = {"bold": True, "bg_color": "#D9E1F2", "text_wrap": True, "valign": "vcenter", "border": 1}

ENDING = 8
"""Rows kept for the heading and, below the last row, a blank one, three of totals and two about what does not
fit."""

# XML 1.0 cannot hold these; Excel would refuse the file.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(slots=True)
class CellFormats:
    """Cell formats of one workbook, each made when first met, so in the order of the cells."""

    book: Workbook
    made: dict[tuple[Tone, str], Format] = field(default_factory=dict)
    numbers: dict[tuple[Tone, int, str], Format] = field(default_factory=dict)

    def get(self, tone: Tone, number_format: str = "") -> Format:
        """The format for a tone and a number format."""
        key = (tone, number_format)
        if key not in self.made:
            layout = {"num_format": number_format} if number_format else {"text_wrap": True}
            align = {"align": "center"} if number_format == WHOLE else {}
            self.made[key] = self.book.add_format({**COLOURS[tone], **layout, **align, "valign": "top"})
        return self.made[key]

    def of_number(self, tone: Tone, value: Decimal, exponent: int, suffix: str) -> Format:
        """The format for a number printed with these decimals."""
        key = (tone, exponent, suffix)
        if key not in self.numbers:
            self.numbers[key] = self.get(tone, number_format(value, suffix))
        return self.numbers[key]


class OpenSheet:
    """One worksheet that is being written, and the count of what does not fit."""

    def __init__(self, book: Workbook, formats: CellFormats, sheet: Sheet) -> None:
        self.sheet = sheet
        self._formats = formats
        self._bold = book.add_format({"bold": True, "num_format": "#,##0"})
        self._worksheet: Worksheet = book.add_worksheet(sheet.name)
        self._ending = f"……（超过 Excel 单元格上限，此处截断，全文见 {sheet.full_table}）"
        self._widths = [column.width for column in sheet.columns]
        self._last = 0
        self._high: deque[int] = deque()
        self._rows_left_out = 0
        self._notes = 0
        self._set_up(book.add_format(HEADING))
        self.write_rows(sheet.rows)

    def _set_up(self, heading: Format) -> None:
        worksheet, columns = self._worksheet, self.sheet.columns
        worksheet.freeze_panes(1, self.sheet.frozen)
        worksheet.set_row(
            0, sizes.row_height(max(sizes.count_lines(one.heading, one.width) for one in columns))
        )
        for place, column in enumerate(columns):
            worksheet.write_string(0, place, column.heading, heading)
        _set_paper(worksheet, self.sheet)

    def write_rows(self, rows: Iterable[SheetRow]) -> None:
        """Write rows below those before them."""
        for row in rows:
            if self._last >= MAX_ROWS - ENDING:
                self._rows_left_out += 1
                continue
            self._last += 1
            self._set_height(row)
            for column, cell in enumerate(row):
                if cell is not None:
                    self._write_cell(self._last, column, cell)

    def _set_height(self, row: SheetRow) -> None:
        """Make a row as high as its texts are long; not every program does this by itself."""
        lines = 1
        for cell, column, width in zip(row, self.sheet.columns, self._widths, strict=True):
            value = cell.value if isinstance(cell, Shown) else cell
            if isinstance(value, str) and column.printed:
                lines = max(lines, sizes.count_lines(value, width))
        if lines > 1:
            self._worksheet.set_row(self._last, sizes.row_height(lines))
            self._high.append(self._last)
        # XlsxWriter writes a row when the next one begins, and would keep its height for good.
        if self._high and self._high[0] < self._last - 1:
            written = self._high.popleft()
            self._worksheet.row_info.pop(written, None)
            self._worksheet.row_sizes.pop(written, None)

    def finish(self, counts: Mapping[str, int]) -> None:
        """Filter the rows, say below them what was counted and what did not fit, and set the columns.

        Args:
            counts: over all files.
        """
        worksheet, columns = self._worksheet, self.sheet.columns
        worksheet.autofilter(0, 0, max(self._last, 1), len(columns) - 1)
        place = self._last + 1
        for row in (*self.sheet.closing(counts), *((sentence,) for sentence in self._left_out())):
            place += 1
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    self._widen(column, Decimal(cell), " ")  # bold
                    worksheet.write_number(place, column, cell, self._bold)
                elif isinstance(cell, str):
                    worksheet.write_string(place, column, cell, self._bold)
        for column, width in enumerate(self._widths):
            worksheet.set_column(column, column, width)
        worksheet.fit_to_pages(sizes.pages_across(self.sheet, self._widths), 0)
        worksheet.print_area(0, 0, max(place, 1), sizes.count_printed(columns) - 1)

    def _left_out(self) -> list[str]:
        """Plain sentences about what did not fit."""
        sentences = []
        if self._rows_left_out:
            sentences.append(
                f"Excel 每张工作表最多 {MAX_ROWS} 行，另有 {self._rows_left_out} 行未列出，"
                f"全部数据见 {self.sheet.full_table}。"
            )
        if self._notes > MAX_NOTES:
            sentences.append(
                f"批注只写到前 {MAX_NOTES} 个，另有 {self._notes - MAX_NOTES} 个未写，底色不受影响，"
                f"内容见 {self.sheet.full_table} 的 flags 和 raw 列。"
            )
        return sentences

    def _write_cell(self, row: int, column: int, cell: Value | Shown) -> None:
        if not isinstance(cell, Shown):
            self._write_value(row, column, cell, Tone.PLAIN, "")
            return
        self._write_value(row, column, cell.value, cell.tone, cell.suffix)
        if cell.note:
            self._notes += 1
            if self._notes <= MAX_NOTES:
                text = _fit(_clean(cell.note), 1_000, "…")
                self._worksheet.write_comment(row, column, text, {"x_scale": 2})

    def _write_value(self, row: int, column: int, value: Value, tone: Tone, suffix: str) -> None:
        worksheet, formats = self._worksheet, self._formats
        if isinstance(value, str):
            self._write_text(row, column, value, tone)
        elif isinstance(value, Decimal):
            _, digits, places = value.as_tuple()
            exponent = int(places)
            if len(digits) <= MAX_DIGITS:
                if len(digits) > ALWAYS_FITS or exponent or suffix:
                    self._widen(column, value, suffix)
                number = value if exponent < 0 else int(value)  # XlsxWriter is quicker with these
                worksheet.write_number(row, column, number, formats.of_number(tone, value, exponent, suffix))
            else:
                self._write_text(row, column, format(value, "f") + suffix, tone)
        elif isinstance(value, int) and len(str(abs(value))) <= MAX_DIGITS:
            if len(str(value)) >= self._widths[column]:
                self._widen(column, Decimal(value), "")
            worksheet.write_number(row, column, value, formats.get(tone, number_format(value)))
        elif isinstance(value, dt.date) and value.year >= FIRST_EXCEL_YEAR:
            worksheet.write_datetime(row, column, value, formats.get(tone, "yyyy-mm-dd"))
        elif value is None:
            worksheet.write_blank(row, column, None, formats.get(tone))
        else:
            self._write_text(row, column, str(value), tone)

    def _widen(self, column: int, value: Decimal, suffix: str) -> None:
        """Make a column as wide as its widest number."""
        needed = sizes.number_width(value, suffix)
        self._widths[column] = max(self._widths[column], needed)

    def _write_text(self, row: int, column: int, text: str, tone: Tone) -> None:
        shown = _fit(_clean(text), MAX_TEXT, self._ending)
        wraps = self.sheet.columns[column].printed
        self._worksheet.write_string(row, column, shown, self._formats.get(tone, "" if wraps else "@"))


def _set_paper(worksheet: Worksheet, sheet: Sheet) -> None:
    """A4 landscape, with heads on every page, what the page is, and which one of how many."""
    worksheet.set_paper(9)
    worksheet.set_landscape()
    worksheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    worksheet.hide_gridlines(0)
    worksheet.repeat_rows(0)
    worksheet.repeat_columns(0, sheet.frozen - 1)
    worksheet.print_across()
    worksheet.set_header(f"&L{BOOK_TITLE}&C&B{sheet.title}&R{sheet.legend}")
    worksheet.set_footer("&L&F　&A&C第 &P 页 共 &N 页")


def _clean(text: str) -> str:
    """The text with a sign in place of what XML cannot hold. Most texts need no second look."""
    if not text.isprintable():
        text = _NOT_XML.sub("\ufffd", escape_unwritable(text))
    # XlsxWriter takes <r>...</r> for markup of its own.
    return text + " " if text.startswith("<r>") else text


def number_format(value: int | Decimal, suffix: str = "") -> str:
    """The number format that shows a value as printed.

    Args:
        value: a figure of a report (`Decimal`), or a year, a page or a count (`int`).
        suffix: a unit to show behind it.

    Returns:
        `#,##0`, `#,##0.00`, `#,##0"万元"` for figures, `0` for years and counts.
    """
    if isinstance(value, int):
        return WHOLE
    places = max(0, -int(value.as_tuple().exponent))
    unit = '"' + _clean(suffix).replace('"', "").replace("\\", "")[:16] + '"' if suffix else ""
    return "#,##0" + ("." + "0" * places if places else "") + unit


def _fit(text: str, limit: int, ending: str) -> str:
    if len(text) * 2 <= limit or len(text.encode("utf-16-le")) <= limit * 2:
        return text
    kept = text.encode("utf-16-le")[: (limit - len(ending)) * 2].decode("utf-16-le", errors="ignore")
    return kept + ending
