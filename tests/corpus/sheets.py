"""A report as a spreadsheet: one sheet or several, numbers as numbers or as text.

Enters: a page and a `Sheeting`. Leaves: the bytes of an .xlsx, the same every time.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from corpus.grid import Content, Grid
from corpus.page import Block, Line, Page

_PLAIN: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?\Z", re.ASCII)
_NAMES: Final = {"disclosure": "主动公开", "requests": "申请办理", "remedies": "复议诉讼", "other": "其他"}
CREATED: Final = datetime.datetime(2024, 1, 15, 9, 30)  # noqa: DTZ001 - the library wants a naive one


@dataclass(frozen=True, slots=True)
class Sheeting:
    """One workbook's habits.

    Attributes:
        split: every table has a sheet of its own.
        prose: how much text goes along: `title` and signature, `heads` too, or `all`.
        numbers: share of numbers kept as numbers; the rest is text.
        number_format: how numbers are shown, "" for the usual way.
        spread: merged cells are not merged but repeated or left empty: `merge`, `empty`.
        rows, columns: empty ones before the first cell.
        gap: empty rows between two blocks.
        blank: what stands in an empty cell: nothing, "" or blanks.
        hidden: a hidden column and a hidden row hold old numbers.
        extra: other sheets before and after.
        dates: the date of the signature is a date, not a text.
    """

    split: bool = False
    prose: str = "heads"
    numbers: float = 1
    number_format: str = ""
    spread: str = "merge"
    rows: int = 0
    columns: int = 0
    gap: int = 0
    blank: str = ""
    hidden: bool = False
    extra: bool = False
    dates: bool = False

    @property
    def name(self) -> str:
        """A word for the variant."""
        odd = (
            self.split and "split",
            self.prose != "heads" and self.prose,
            self.numbers < 1 and "text",
            self.number_format and "format",
            self.spread != "merge" and self.spread,
            (self.rows or self.columns) and "offset",
            self.hidden and "hidden",
            self.extra and "extra",
        )
        return "_".join(["xlsx", *(str(o) for o in odd if o)])


def draw_sheeting(rng: Random) -> Sheeting:
    """A workbook; a quarter are plain."""
    if rng.random() < 0.25:
        return Sheeting(prose=rng.choice(("title", "heads")))
    return Sheeting(
        split=rng.random() < 0.3,
        prose=rng.choice(("title", "heads", "heads", "all")),
        numbers=rng.choice((1, 1, 0.7, 0)),
        number_format=rng.choice(("", "", "0", "0_ ", "#,##0", "@")),
        spread=rng.choices(("merge", "empty"), (8, 1))[0],
        rows=rng.choice((0, 0, 1, 3)),
        columns=rng.choice((0, 0, 1, 2)),
        gap=rng.choice((0, 0, 1, 2)),
        blank=rng.choice(("", "", " ", "　")),
        hidden=rng.random() < 0.15,
        extra=rng.random() < 0.3,
        dates=rng.random() < 0.3,
    )


def is_kept(line: Line, how: Sheeting) -> bool:
    """Whether a paragraph goes into the sheet."""
    if line.kind in ("page", "between") or not line.text:
        return False
    if line.kind in ("title", "sign"):
        return True
    return how.prose == "all" or (how.prose == "heads" and line.kind in ("heading", "number"))


class SheetWriter:
    """Writes one worksheet from the top."""

    def __init__(self, rng: Random, how: Sheeting, book: Any, sheet: Worksheet) -> None:
        self.rng, self.how, self.sheet, self.row = rng, how, sheet, how.rows
        self.cell = book.add_format({"border": 1, "text_wrap": True, "align": "center"})
        self.number = book.add_format(
            {"border": 1, **({"num_format": how.number_format} if how.number_format else {})}
        )
        self.date = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})

    def line(self, line: Line, width: int, day: str) -> None:
        """A paragraph over the width of the table."""
        first = self.how.columns
        if day and self.how.dates and line.kind == "sign" and any(c.isdigit() for c in line.text):
            moment = datetime.datetime.fromisoformat(day)
            self.sheet.write_datetime(self.row, first + width - 1, moment, self.date)
        elif width > 1 and self.how.spread == "merge":
            self.sheet.merge_range(self.row, first, self.row, first + width - 1, "", self.cell)
            self.sheet.write_string(self.row, first, line.text, self.cell)
        else:
            self.sheet.write_string(self.row, first, line.text)
        self.row += 1 + self.how.gap

    def table(self, grid: Grid) -> None:
        """A table."""
        top, left = self.row, self.how.columns
        hidden = self._hide(grid) if self.how.hidden else frozenset()
        for cell in grid.placed():
            r, c = top + cell.row, left + cell.column
            if self.how.spread == "merge" and (cell.rows > 1 or cell.columns > 1):
                self.sheet.merge_range(r, c, r + cell.rows - 1, c + cell.columns - 1, "", self.cell)
            self._write(r, c, cell.content)
        for r in hidden:
            self.sheet.set_row(r, None, None, {"hidden": True})
        self.row += grid.n_rows + len(hidden) + self.how.gap

    def _hide(self, grid: Grid) -> frozenset[int]:
        """Old numbers in a row below the table that nobody sees."""
        r = self.row + grid.n_rows
        for c in range(grid.n_columns):
            role = grid.at(grid.n_rows - 1, c).role
            old = grid.at(grid.n_rows - 1, c).text if role == "stub" else str(self.rng.randint(1, 99))
            self.sheet.write(r, self.how.columns + c, old)
        return frozenset({r})

    def _write(self, r: int, c: int, content: Content) -> None:
        text = content.text
        if content.key and not text:
            self.sheet.write(r, c, self.how.blank or None, self.cell)
        elif content.key and _PLAIN.match(text) and self.rng.random() < self.how.numbers:
            broken = "." in text  # the format would round it on the screen
            self.sheet.write_number(
                r, c, float(text) if broken else int(text), self.cell if broken else self.number
            )
        else:
            self.sheet.write_string(r, c, text, self.cell)


def write_sheet(rng: Random, page: Page, how: Sheeting) -> bytes:
    """The file."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED, "author": "", "title": ""})
    if how.extra and rng.random() < 0.5:
        _foreign(rng, book, "填报说明")
    for name, blocks in _sheets(page, how):
        _fill(rng, how, book, book.add_worksheet(name), blocks, page)
    if how.extra:
        _foreign(rng, book, "附表")
        book.add_worksheet("空表")
    book.close()
    return buffer.getvalue()


def _sheets(page: Page, how: Sheeting) -> list[tuple[str, list[Block]]]:
    """Names and contents of the sheets; what stands before a table goes to its sheet."""
    sheets: list[list[Block]] = [[]]
    for block in page.blocks:
        if isinstance(block, Line) and not is_kept(block, how):
            continue
        full = any(isinstance(b, Grid) for b in sheets[-1])
        if how.split and full and not (isinstance(block, Line) and block.kind == "sign"):
            sheets.append([])
        sheets[-1].append(block)
    if len(sheets) == 1:
        return [("年报", sheets[0])]
    return [(_name(i, blocks), blocks) for i, blocks in enumerate(sheets, 1)]


def _name(serial: int, blocks: Sequence[Block]) -> str:
    first = next((b.name for b in blocks if isinstance(b, Grid)), "")
    return f"{serial}.{_NAMES[first]}" if first else f"Sheet{serial}"


def _fill(
    rng: Random, how: Sheeting, book: Any, sheet: Worksheet, blocks: Sequence[Block], page: Page
) -> None:
    writer = SheetWriter(rng, how, book, sheet)
    width = max([b.n_columns for b in blocks if isinstance(b, Grid)], default=8)
    for block in blocks:
        if isinstance(block, Grid):
            writer.table(block)
        else:
            writer.line(block, width, page.truth.identity.issued_on)
    if how.hidden:
        last = how.columns + width
        sheet.set_column(last, last, 8, None, {"hidden": True})
        for r in range(how.rows, writer.row):
            sheet.write_number(r, last, rng.randint(0, 300))


def _foreign(rng: Random, book: Any, name: str) -> None:
    """A sheet that is not the report: how to fill it in, or figures of another kind."""
    sheet = book.add_worksheet(name)
    rows: list[tuple[Any, ...]] = [
        ("填报单位", "联系人", "电话"),
        ("各科室", "甲", rng.randint(10**6, 10**7)),
    ]
    if name == "附表":
        rows = [
            ("月份", "网站发布", "微信发布"),
            *((f"{m}月", rng.randint(9, 400), rng.randint(9, 90)) for m in range(1, 13)),
        ]
    for r, row in enumerate(rows):
        sheet.write_row(r, 0, row)


def sheet_line(page: Page, how: Sheeting, source: str, variant: str) -> dict[str, Any]:
    """The line of truth: who and when as far as the sheet prints them."""
    line = page.truth.line(source, "gen_sheet", variant, page.keys)
    kept = [x for x in page.lines if is_kept(x, how)]
    if not any(x.kind == "number" for x in kept):
        line["document_number"] = None
    return line
