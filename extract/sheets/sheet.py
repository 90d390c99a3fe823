"""A sheet of a spreadsheet as its readers hand it on: cells with what they print, merges, hidden parts.

Enters: cells one by one. Leaves: a `SheetContents` within limits: a million formatted empty rows are no
cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from extract.errors import TooLarge

MAX_CELLS: Final = 300_000
"""Cells of one sheet that print something; a report has about three hundred."""
_MAX_BLANKS: Final = 20_000
"""Ruled cells in a row that print nothing (`test_formatted_empty_rows_by_the_thousand_are_no_rows`)."""
_MAX_RANGES: Final = 20_000
"""Ranges of hidden rows or columns: each cell is looked up in all of them."""
_LINE_ENDS: Final = re.compile(r"\r\n?|\v|\f|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What one cell prints.

    Attributes:
        text: as printed, "" for an empty cell.
        ruled: a border is drawn around it, or on a side of it.
        number: it prints a number, not a text.
        bold, centred, size: how it is set.
    """

    text: str
    ruled: bool = False
    number: bool = False
    bold: bool = False
    centred: bool = False
    size: float | None = None


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A rectangle of merged cells, edges included."""

    top: int
    left: int
    bottom: int
    right: int


class Spans:
    """Rows or columns stated as ranges (a hidden range may reach to the last column there is)."""

    def __init__(self) -> None:
        self._ranges: list[tuple[int, int]] = []
        self._single: set[int] = set()

    def add(self, first: int, last: int) -> None:
        """Take in a range, edges included."""
        if first == last:
            self._single.add(first)
        elif len(self._ranges) < _MAX_RANGES:
            self._ranges.append((first, last))

    def __contains__(self, number: int) -> bool:
        return number in self._single or any(first <= number <= last for first, last in self._ranges)

    def pick(self, numbers: Iterable[int]) -> set[int]:
        """Those of `numbers` that are inside."""
        return {number for number in numbers if number in self}


@dataclass(slots=True)
class SheetContents:
    """One sheet.

    Attributes:
        name: on its tab.
        cells: by row and column, from 0; empty ones only where they are ruled.
        merges: merged cells.
        hidden_rows, hidden_columns: not printed.
        boxes: texts of text boxes, with the row that each is anchored to.
        remarks: what a person should know.
    """

    name: str
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merges: list[MergedRange] = field(default_factory=list)
    hidden_rows: Spans = field(default_factory=Spans)
    hidden_columns: Spans = field(default_factory=Spans)
    boxes: list[tuple[int, str]] = field(default_factory=list)
    remarks: set[str] = field(default_factory=set)
    _blanks: int = 0
    _texts: int = 0

    def add(self, row: int, column: int, cell: SheetCell) -> None:
        """Take in a cell.

        Raises:
            TooLarge: more cells than a report has.
        """
        if cell.text:
            self._blanks = 0
            self._texts += 1
            if self._texts > MAX_CELLS:
                raise TooLarge(f"{self.name}, > {MAX_CELLS}")
        else:
            self._blanks += 1
            if not cell.ruled or self._blanks > _MAX_BLANKS:
                return
        self.cells[row, column] = cell

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Take in a merged rectangle; nonsense is left out."""
        if 0 <= top <= bottom and 0 <= left <= right and (top, left) != (bottom, right):
            self.merges.append(MergedRange(top, left, bottom, right))
            if len(self.merges) > MAX_CELLS:
                raise TooLarge(f"{self.name}, > {MAX_CELLS}")


def clean_text(text: str) -> str:
    r"""A text with its lines joined by "\n" alone."""
    return _LINE_ENDS.sub("\n", text).strip("\n")
