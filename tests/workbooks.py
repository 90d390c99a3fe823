"""A page of the corpus as a spreadsheet, written by XlsxWriter in the ways that offices draw the form.

Enters: a page and a `Drafting`. Leaves: the bytes of an .xlsx.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any, Literal

import xlsxwriter

from corpus.grid import Grid, Placed
from corpus.page import Line, Page

_NUMBER = re.compile(r"0|[1-9]\d{0,8}(?:\.\d{0,6}[1-9])?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_COUNTED = re.compile(r"(0|[1-9]\d{0,8})(件|项|条|个)")
_WIDTH = 11


@dataclass(frozen=True, slots=True)
class Drafting:
    """How the page becomes sheets.

    Attributes:
        rulings: borders around the cells of tables, or none anywhere.
        across: titles and prose in cells merged over the width, or in the first cell alone.
        sheets: one for everything, or one for each section, named by its heading.
        offset: empty rows and columns before everything.
        numbers: counts are stored as numbers, as texts, or as either.
    """

    rulings: bool = True
    across: bool = True
    sheets: Literal["one", "each"] = "one"
    offset: int = 0
    numbers: Literal["number", "text", "mixed"] = "number"

    @property
    def name(self) -> str:
        """The variant."""
        parts = ("ruled" if self.rulings else "bare", "across" if self.across else "lone", self.sheets)
        return ".".join((*parts, f"offset{self.offset}", self.numbers))


def draw_drafting(rng: Random) -> Drafting:
    """One of the ways."""
    return Drafting(
        rng.random() < 0.75,
        rng.random() < 0.6,
        rng.choice(("one", "one", "each")),
        rng.choice((0, 0, 1, 3)),
        rng.choice(("number", "number", "text", "mixed")),
    )


def write_workbook(rng: Random, page: Page, how: Drafting) -> bytes:
    """The file."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        writer = _Writer(rng, book, how)
        for block in page.blocks:
            if isinstance(block, Grid):
                writer.table(block)
            else:
                writer.line(block)
    return stream.getvalue()


class _Writer:
    def __init__(self, rng: Random, book: xlsxwriter.Workbook, how: Drafting) -> None:
        self.rng, self.book, self.how = rng, book, how
        self.sheet: Any = None
        self.row = 0
        self.formats: dict[str, Any] = {}

    def new_sheet(self, name: str) -> None:
        names = {sheet.get_name() for sheet in self.book.worksheets()}
        name = re.sub(r"[\[\]:*?/\\]", "", name)[:31]
        self.sheet = self.book.add_worksheet(name if name and name not in names else None)
        self.row = self.how.offset

    def format(self, code: str = "General", *, ruled: bool = False, big: bool = False) -> Any:
        key = f"{code}{ruled}{big}"
        if key not in self.formats:
            look = {"num_format": code, "border": int(ruled), "text_wrap": True}
            self.formats[key] = self.book.add_format(look | ({"bold": True, "font_size": 18} if big else {}))
        return self.formats[key]

    def line(self, line: Line) -> None:
        if line.kind in {"page", "between"}:
            return
        if line.kind == "heading" and self.how.sheets == "each":
            self.new_sheet(line.text)
            return
        if self.sheet is None:
            self.new_sheet("")
        if not line.text:
            return
        left, look = self.how.offset, self.format(big=line.kind == "title")
        if self.how.across:
            self.sheet.merge_range(self.row, left, self.row, left + _WIDTH - 1, line.text, look)
        else:
            self.sheet.write_string(self.row, left, line.text, look)
        self.row += 1

    def table(self, grid: Grid) -> None:
        if self.sheet is None:
            self.new_sheet("")
        for placed in grid.placed():
            self.cell(placed)
        self.row += grid.n_rows + 1

    def cell(self, placed: Placed) -> None:
        value, code = self.stored(placed)
        look = self.format(code, ruled=self.how.rulings)
        top, left = self.row + placed.row, self.how.offset + placed.column
        if placed.rows * placed.columns > 1:
            self.sheet.merge_range(top, left, top + placed.rows - 1, left + placed.columns - 1, "", look)
        if value is None:
            self.sheet.write_blank(top, left, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(top, left, value, look)
        else:
            self.sheet.write_number(top, left, value, look)

    def stored(self, placed: Placed) -> tuple[str | float | None, str]:
        """What is stored, and the format that makes it print what the page prints."""
        text = placed.content.text
        as_text = self.how.numbers == "text" or (self.how.numbers == "mixed" and self.rng.random() < 0.5)
        if not text:
            return None, "General"
        if placed.content.role != "number" or as_text:
            return text, "General"
        if _NUMBER.fullmatch(text):
            decimals = len(text.partition(".")[2])
            code = self.rng.choice(("General", "0." + "0" * decimals if decimals else "0_ "))
            return float(Decimal(text)), code
        if _GROUPED.fullmatch(text):
            return float(text.replace(",", "")), "#,##0"
        if counted := _COUNTED.fullmatch(text):
            return float(counted[1]), f'0"{counted[2]}"'
        return text, "General"
