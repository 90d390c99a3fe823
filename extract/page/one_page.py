"""The tables and lines of one page.

Enters: the runs of a page as seen, and its rulings. Leaves: a `FoundPage`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from extract.grid import Grid, find_grids
from extract.page.cell_text import fill, text_of
from extract.page.frame import Box, Frame
from extract.page.lines import PageLine, read_lines
from extract.page.runs import PageText, Run
from extract.page.seen import split_struck
from extract.page.table_piece import PieceCell, TablePiece
from extract.page.underlines import without_underlines

NEAR: Final = 1.5
"""Points by which a ruling may miss the line of the grid that it makes; half and twice read the same."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page as found.

    Attributes:
        number: 1-based.
        frame: how it lies.
        pieces: its tables.
        lines: what stands outside of them.
        images: how many pictures it shows.
        characters: how many characters it has.
    """

    number: int
    frame: Frame
    pieces: tuple[TablePiece, ...]
    lines: tuple[PageLine, ...]
    images: int
    characters: int


def read_page(
    text: PageText, frame: Frame, runs: list[Run], rulings: Iterable[Box], number: int, images: int
) -> FoundPage:
    """A page from its runs and rulings, both as read."""
    width, height = frame.size
    on_page = [b for b in rulings if b[2] >= 0 and b[0] <= width and b[3] >= 0 and b[1] <= height]
    grids = find_grids(without_underlines(on_page, runs))
    levels = [b for b in on_page if b[3] - b[1] < 2 and not _is_border(b, grids)]
    runs, struck = split_struck(text, frame, runs, levels)
    pieces = []
    for grid in grids:
        piece, runs = _piece(grid, runs, struck, text, frame, number)
        pieces.append(piece)
    lines = tuple(read_lines(runs, number))
    return FoundPage(number, frame, tuple(pieces), lines, images, len(text.text.split()))


def _is_border(level: Box, grids: Iterable[Grid]) -> bool:
    """Parts two cells: text that overflows its row is not struck out by the line below it."""
    x0, top, x1, bottom = level
    y = (top + bottom) / 2
    for grid in grids:
        xs, ys, owner = grid.xs, grid.ys, grid.owner
        row = bisect_left(ys, y - NEAR)
        if row == len(ys) or ys[row] > y + NEAR:
            continue
        column, width = bisect_left(xs, x0 - NEAR), len(xs) - 1
        while column < width and xs[column + 1] <= x1 + NEAR:
            at = row * width + column
            if row == 0 or row == len(ys) - 1 or owner[at] != owner[at - width]:
                return True
            column += 1
    return False


def _piece(
    grid: Grid, runs: list[Run], struck: list[Run], text: PageText, frame: Frame, page: int
) -> tuple[TablePiece, list[Run]]:
    boxes, inside, outside = fill(grid, runs, text, frame)
    gone = {grid.index_at((r.x0 + r.x1) / 2, (r.top + r.bottom) / 2) for r in struck}
    cells = []
    for k, (at, box, members) in enumerate(zip(grid.cells, boxes, inside, strict=True)):
        cell = PieceCell(*at, text_of(members), page, frame.displayed(box))
        if members:
            last = members[-1]
            x0, x1 = last.x0, last.x1
            if len(members) > 1:
                x0, x1 = min([r.x0 for r in members]), max([r.x1 for r in members])
            cell.room, cell.inset = box[2] - box[0] - (x1 - x0), x0 - box[0]
            cell.pitch = (last.x1 - last.x0) / (len(last.text) - 0.3)
        elif gone:
            cell.struck = k in gone
        cells.append(cell)
    piece = TablePiece(grid.ys[0], grid.ys[-1], list(grid.xs), grid.n_rows, cells, page)
    piece.drop_open_ends()
    return piece, outside
