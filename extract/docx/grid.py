"""Rows of Word cells -> the grid rectangles they cover. Pure: knows no XML.

Enters: what each row and cell states (spans, continuations, widths). Leaves: placed cells, a merged
cell once at its top left, on the coarsest grid that keeps every cell edge. `w:tblGrid` is ignored: it
is often stale, while the spans of the rows are what Word lays out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from extract.spanned_cell import SpannedCell

MergePart = Literal["", "start", "continue"]

# Edges closer than this many twips (0.7 mm) are one line drawn twice by hand; 5 are too few for
# `test_spans_that_do_not_add_up_are_taken_from_widths`.
_SAME_EDGE: Final = 40


@dataclass(frozen=True, slots=True)
class StatedCell:
    """A cell as its row states it.

    Attributes:
        span: grid columns covered.
        down, right: its part in a vertical or a (legacy) horizontal merge.
        width: in twips, 0 where not stated.
    """

    span: int = 1
    down: MergePart = ""
    right: MergePart = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class StatedRow:
    """A row as stated: grid columns (and twips) left free before its cells."""

    cells: tuple[StatedCell, ...]
    before: int = 0
    before_width: int = 0
    after: int = 0


@dataclass(slots=True)
class _Rectangle:
    """A cell that may still grow downwards."""

    row: int
    left: int
    right: int
    stated_at: int
    down: MergePart
    rows: int = 1


def place_cells(rows: Sequence[StatedRow]) -> tuple[tuple[SpannedCell, ...], int]:
    """Places every cell.

    A continuation counts as one only under a cell of the same edges in the row above; otherwise it
    starts a rectangle of its own, as Word shows it.

    Returns:
        The cells in reading order, and the number of columns.
    """
    rows = _respan_by_width(rows) or rows
    done: list[_Rectangle] = []
    above: dict[tuple[int, int], _Rectangle] = {}
    for index, row in enumerate(rows):
        current: dict[tuple[int, int], _Rectangle] = {}
        for cell in _merge_sideways(row, index):
            edges = (cell.left, cell.right)
            grown = above.get(edges) if cell.down == "continue" else None
            if grown is None:
                done.append(cell)
            else:
                grown.rows += 1
            if cell.down:
                current[edges] = grown or cell
        above = current
    return _on_coarsest_grid(done)


def _merge_sideways(row: StatedRow, index: int) -> list[_Rectangle]:
    found: list[_Rectangle] = []
    left = row.before
    previous: MergePart = ""
    for at, cell in enumerate(row.cells):
        right = left + cell.span
        if cell.right == "continue" and previous and found:
            found[-1].right = right
        else:
            found.append(_Rectangle(index, left, right, at, cell.down))
        previous = cell.right
        left = right
    return found


def _on_coarsest_grid(rectangles: Iterable[_Rectangle]) -> tuple[tuple[SpannedCell, ...], int]:
    """Drops grid lines that no cell edge uses: five stated columns may be three real ones."""
    rectangles = list(rectangles)
    edges = sorted({0} | {edge for item in rectangles for edge in (item.left, item.right)})
    line = {edge: position for position, edge in enumerate(edges)}
    placed = [
        SpannedCell(
            item.row, line[item.left], item.rows, line[item.right] - line[item.left], item.row, item.stated_at
        )
        for item in rectangles
    ]
    return tuple(placed), max(len(edges) - 1, 0)


def _respan_by_width(rows: Sequence[StatedRow]) -> tuple[StatedRow, ...] | None:
    """Spans from widths where the stated spans disagree; None where that is not needed or not safe.

    Converters write rows whose spans do not add up, yet whose widths do; Word draws by width there.
    """
    totals = {row.before + row.after + sum(cell.span for cell in row.cells) for row in rows}
    if len(totals) < 2 or any(cell.width <= 0 for row in rows for cell in row.cells):
        return None
    edges = [_edges_of(row) for row in rows]
    ends = [line[-1] for line in edges]
    if max(ends) - min(ends) > _SAME_EDGE:
        return None
    lines = _cluster(edge for row_edges in edges for edge in row_edges)
    respanned = [_respanned(row, [lines[edge] for edge in own]) for row, own in zip(rows, edges, strict=True)]
    whole = all(cell.span > 0 for row in respanned for cell in row.cells)
    return tuple(respanned) if whole else None


def _edges_of(row: StatedRow) -> list[int]:
    edges = [row.before_width]
    for cell in row.cells:
        edges.append(edges[-1] + cell.width)
    return edges


def _cluster(edges: Iterable[int]) -> dict[int, int]:
    """Each edge -> the number of its grid line; the table's left side is line 0."""
    lines: dict[int, int] = {}
    line = 0
    previous = 0
    for edge in sorted({0, *edges}):
        if edge - previous > _SAME_EDGE:
            line += 1
        lines[edge] = line
        previous = edge
    return lines


def _respanned(row: StatedRow, lines: Sequence[int]) -> StatedRow:
    cells = tuple(replace(cell, span=lines[at + 1] - lines[at]) for at, cell in enumerate(row.cells))
    return StatedRow(cells, before=lines[0], before_width=row.before_width)
