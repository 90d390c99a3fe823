"""The visible part of a sheet as a grid: hidden and empty parts out, merged cells with their spans.

Enters: a `SheetContents`. Leaves: rows of placed cells, counted anew from 0. A row or column without any cell
is none, but a gap of rows is remembered: it stands between two tables.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from extract.errors import TooLarge
from extract.sheets.sheet import MergedRange, SheetCell, SheetContents

_EMPTY: Final = SheetCell("")
_MOST_BLANK_COLUMNS: Final = 20
"""Ruled columns without a text at the end; more were ruled in advance, and are none of a table."""
_MAX_SLOTS: Final = 2_000_000
"""Visible rows times columns of one sheet."""
_LONGEST_MERGE: Final = 1000
"""Rows or columns of a merge that are counted one by one; a merge may span the whole sheet."""
_FAR: Final = 1000
"""Rows between two cells that are a gap without looking at each; there may be a million."""
_MERGES_ABOVE: Final = 2000
"""Merges that each one is compared with, the nearest first."""


@dataclass(frozen=True, slots=True)
class VisibleCell:
    """A cell at its place among the visible rows and columns."""

    cell: SheetCell
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        """What it prints."""
        return self.cell.text


@dataclass(frozen=True)
class GridRow:
    """One visible row.

    Attributes:
        cells: in order, those that print something or are ruled.
        covered: whether a cell of a row above reaches into it.
        after_gap: empty rows stand before it.
        index, number: its place among the visible rows, and among all rows of the sheet.
    """

    cells: tuple[VisibleCell, ...]
    covered: bool
    after_gap: bool
    index: int
    number: int

    @cached_property
    def texts(self) -> tuple[VisibleCell, ...]:
        """The cells that print something."""
        return tuple(placed for placed in self.cells if placed.text.strip())

    @cached_property
    def ruled(self) -> int:
        """How many of its cells are ruled."""
        return sum(placed.cell.ruled for placed in self.cells)


def lay_out(sheet: SheetContents) -> tuple[GridRow, ...]:
    """The visible rows of a sheet; what is left out is remarked on in the sheet."""
    merges = _without_overlaps(sheet.merges)
    cells = _anchored(sheet, merges)
    printed = {place: cell for place, cell in cells.items() if cell.text.strip() or cell.ruled}
    rows = _visible(sheet, printed, 0)
    columns = _visible(sheet, printed, 1)
    _notice_hidden(sheet, printed)
    if len(rows) * len(columns) > _MAX_SLOTS:
        raise TooLarge(f"{sheet.name}, {len(rows)} x {len(columns)}")
    spans = {(m.top, m.left): m for m in merges}
    placed = [_place(place, cell, spans.get(place), rows, columns) for place, cell in printed.items()]
    gaps = {after for before, after in pairwise(rows) if _is_gap(before, after, sheet)}
    return _rows([item for item in placed if item], rows, gaps)


def _is_gap(before: int, after: int, sheet: SheetContents) -> bool:
    """Whether a visible row without any cell stands between two rows."""
    if after - before > _FAR:
        return True
    return any(number not in sheet.hidden_rows for number in range(before + 1, after))


def _visible(sheet: SheetContents, printed: dict[tuple[int, int], SheetCell], axis: int) -> list[int]:
    """The rows or columns where a cell stands, also one that the anchor of a merge hides away from."""
    hidden = sheet.hidden_columns if axis else sheet.hidden_rows
    numbers = {place[axis] for place in printed}
    for merge in sheet.merges:
        anchor = (merge.top, merge.left)
        first, last = (merge.left, merge.right) if axis else (merge.top, merge.bottom)
        if anchor in printed and anchor[axis] in hidden and last - first < _LONGEST_MERGE:
            numbers.update(n for n in range(first, last + 1) if n not in hidden)
    if axis:
        last = max((place[1] for place, cell in printed.items() if cell.text.strip()), default=-1)
        last = max(
            (m.right for m in sheet.merges if (m.top, m.left) in printed and m.left <= last), default=last
        )
        beyond = {n for n in numbers if n > last}
        numbers -= beyond if len(beyond) > _MOST_BLANK_COLUMNS else set()  # ruled in advance
    else:
        numbers |= _rows_of_merges(sheet, printed)
    return sorted(numbers - hidden.pick(numbers))


def _rows_of_merges(sheet: SheetContents, printed: dict[tuple[int, int], SheetCell]) -> set[int]:
    """Rows in the middle of a merge hold no cell of their own and are rows all the same."""
    return {
        number
        for merge in sheet.merges
        if (merge.top, merge.left) in printed and merge.bottom - merge.top < _LONGEST_MERGE
        for number in range(merge.top, merge.bottom + 1)
    }


def _notice_hidden(sheet: SheetContents, printed: dict[tuple[int, int], SheetCell]) -> None:
    texts = [place for place, cell in printed.items() if cell.text.strip()]
    if sheet.hidden_rows.pick({row for row, _ in texts}):
        sheet.remarks.add("hidden.rows")
    if sheet.hidden_columns.pick({column for _, column in texts}):
        sheet.remarks.add("hidden.columns")


def _without_overlaps(merges: Sequence[MergedRange]) -> list[MergedRange]:
    """Merges that share no cell; of two that do, the one stated first, as no program writes such."""
    kept: list[MergedRange] = []
    for merge in sorted(dict.fromkeys(merges), key=lambda m: m.top):
        above = (other for other in reversed(kept[-_MERGES_ABOVE:]) if other.bottom >= merge.top)
        if all(other.right < merge.left or merge.right < other.left for other in above):
            kept.append(merge)
    return kept


def _anchored(sheet: SheetContents, merges: Sequence[MergedRange]) -> dict[tuple[int, int], SheetCell]:
    """The cells with those under a merge taken out; its rulings may be stated on any of them."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    inside = set(sheet.cells)
    for merge in merges:
        area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
        if area > len(inside):
            covered = [
                p for p in inside if merge.top <= p[0] <= merge.bottom and merge.left <= p[1] <= merge.right
            ]
        else:
            spanned = range(merge.left, merge.right + 1)
            covered = [
                (r, c) for r in range(merge.top, merge.bottom + 1) for c in spanned if (r, c) in inside
            ]
        owners |= dict.fromkeys(covered, (merge.top, merge.left))
    cells = {place: cell for place, cell in sheet.cells.items() if owners.get(place, place) == place}
    for place, owner in owners.items():
        if place == owner:
            continue
        covered_cell = sheet.cells[place]
        if covered_cell.text.strip():
            sheet.remarks.add("covered_text")
        if covered_cell.ruled and not cells.get(owner, _EMPTY).ruled:
            cells[owner] = replace(cells.get(owner, _EMPTY), ruled=True)
    return cells


def _place(
    place: tuple[int, int], cell: SheetCell, merge: MergedRange | None, rows: list[int], columns: list[int]
) -> VisibleCell | None:
    """The visible rectangle of a cell, None where nothing of it is visible."""
    top, left = place
    bottom, right = (merge.bottom, merge.right) if merge else place
    first_row, last_row = bisect_left(rows, top), bisect_right(rows, bottom)
    first_column, last_column = bisect_left(columns, left), bisect_right(columns, right)
    if first_row >= last_row or first_column >= last_column:
        return None
    return VisibleCell(cell, first_row, first_column, last_row - first_row, last_column - first_column)


def _rows(placed: Sequence[VisibleCell], numbers: Sequence[int], gaps: set[int]) -> tuple[GridRow, ...]:
    own: list[list[VisibleCell]] = [[] for _ in numbers]
    covered = [False] * len(numbers)
    for item in placed:
        own[item.row].append(item)
        for below in range(item.row + 1, item.row + item.row_span):
            covered[below] = True
    return tuple(
        GridRow(
            tuple(sorted(cells, key=lambda p: p.column)),
            covered[i],
            numbers[i] in gaps,
            i,
            numbers[i],
        )
        for i, cells in enumerate(own)
    )
