"""A table as it stands on one page, and pieces of several pages as one table.

Enters: cells with their place on a grid. Leaves: `Table`s. What a page break cut is mended in
`extract.page.page_breaks`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extract.document import BBox, Cell, Table

SAME_EDGE: Final = 3.0
"""Points by which the columns of two pages may differ (2023 exports of WPS: 1.4)."""
SHARED: Final = 0.6
"""Share of the inner lines of the simpler piece that the other must have as well."""


@dataclass(slots=True)
class PieceCell:
    """A cell on its way into a table.

    Attributes:
        row, column, row_span, column_span: its place.
        text: as printed.
        page, bbox: where it is.
        room: points of its width that its text leaves free; infinite where it is empty.
        pitch: width of one of its characters in points.
        inset: points between its left edge and its text.
        struck: all its text has a line through it.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    page: int
    bbox: BBox
    room: float = float("inf")
    pitch: float = 0.0
    inset: float = float("inf")
    struck: bool = False


@dataclass(slots=True)
class TablePiece:
    """Cells over a grid of lines.

    Attributes:
        top, bottom: as read, of the first page and of the last.
        xs: lines between columns.
        n_rows: rows of the grid.
        cells: by row, then column.
        last_page: where it ends.
        tail: index of the first cell of its last page.
    """

    top: float
    bottom: float
    xs: list[float]
    n_rows: int
    cells: list[PieceCell]
    last_page: int
    tail: int = 0

    def drop_open_ends(self) -> None:
        """Leaves out an empty strip across top or bottom: an outer frame that goes on over the page."""
        for row in (0, self.n_rows - 1):
            across = [c for c in self.cells if c.row == row]
            if len(across) != 1 or self.n_rows < 3:
                continue
            strip = across[0]
            if strip.column_span == len(self.xs) - 1 and strip.row_span == 1 and not strip.text:
                self.cells.remove(strip)
                self.n_rows -= 1
                if not row:
                    for cell in self.cells:
                        cell.row -= 1

    def to_table(self) -> Table:
        """The frozen table."""
        self.cells.sort(key=lambda c: (c.row, c.column))
        cells = tuple(
            Cell(c.text, c.row, c.column, c.row_span, c.column_span, c.page, c.bbox, c.struck)
            for c in self.cells
        )
        return Table(cells, self.n_rows, len(self.xs) - 1)


def are_one(before: TablePiece, after: TablePiece) -> bool:
    """Whether the piece on the next page has the same columns."""
    a, b = before.xs, after.xs
    if abs(a[0] - b[0]) > SAME_EDGE or abs(a[-1] - b[-1]) > SAME_EDGE:
        return False
    few, many = sorted((a[1:-1], b[1:-1]), key=len)
    shared = sum(any(abs(x - y) <= SAME_EDGE for y in many) for x in few)
    return shared >= SHARED * len(few) and (bool(few) or not many)


def put_under(before: TablePiece, after: TablePiece) -> None:
    """Appends the rows of `after`, on columns that serve both."""
    xs = _union(before.xs, after.xs)
    for piece in (before, after):
        if piece.xs == xs:
            continue
        at = [_index(xs, x) for x in piece.xs]
        for cell in piece.cells:
            end = at[cell.column + cell.column_span]
            cell.column = at[cell.column]
            cell.column_span = max(end - cell.column, 1)
    for cell in after.cells:
        cell.row += before.n_rows
    before.xs = xs
    before.n_rows += after.n_rows
    before.tail = len(before.cells)
    before.cells += after.cells
    before.bottom, before.last_page = after.bottom, after.last_page


def _union(a: Sequence[float], b: Sequence[float]) -> list[float]:
    xs = list(a)
    xs += [x for x in b if all(abs(x - y) > SAME_EDGE for y in a)]
    return sorted(xs)


def _index(xs: Sequence[float], x: float) -> int:
    i = bisect_left(xs, x)
    if i and (i == len(xs) or x - xs[i - 1] < xs[i] - x):
        return i - 1
    return i
