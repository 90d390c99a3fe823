"""Rows of an HTML table -> the grid rectangles they cover. Pure: knows no markup.

Enters: rows of (row span, column span) as stated, by row group. Leaves: placed cells by the table model of
HTML. Spans that reach beyond their row group end with it, spans over a cell from above stop before it, and a
lone cell of its row that overruns the table adds no columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from extract.errors import TooLarge
from extract.spanned_cell import SpannedCell

MAX_COLUMN_SPAN: Final = 1000
"""What larger ones count for (HTML Standard, the algorithm for processing rows)."""
MAX_COLUMNS: Final = 3000
"""No cell reaches further, whatever spans say (`test_spans_without_bounds`)."""
MAX_STEPS: Final = 4_000_000
"""Columns under cells from above that are passed over in one table: a report has some thousands."""


class StatedSpans(NamedTuple):
    """Spans as a cell states them; a row span of 0 reaches to the end of the row group."""

    row_span: int = 1
    column_span: int = 1


def place_cells(groups: Sequence[Sequence[Sequence[StatedSpans]]]) -> tuple[tuple[SpannedCell, ...], int]:
    """Places every cell of the row groups, which stand one below the other.

    Returns:
        The cells in reading order, and the number of columns.

    Raises:
        TooLarge: spans without any bounds.
    """
    placed: list[SpannedCell] = []
    first = 0
    for rows in groups:
        placed += _place_group(rows, first)
        first += len(rows)
    return _within_the_table(placed)


def _place_group(rows: Sequence[Sequence[StatedSpans]], first: int) -> list[SpannedCell]:
    placed: list[SpannedCell] = []
    busy: list[int] = []  # for each column the row of the group from which it is free again
    steps = 0
    for row, cells in enumerate(rows):
        column = 0
        for at, (stated_rows, stated_columns) in enumerate(cells):
            while column < len(busy) and busy[column] > row:
                column += 1
                steps += 1
            if steps > MAX_STEPS:
                detail = "表格 table"
                raise TooLarge(detail)
            left = len(rows) - row
            height = min(stated_rows or left, left)
            width = max(min(stated_columns, MAX_COLUMN_SPAN, MAX_COLUMNS - column), 1)
            if len(busy) < column + width:
                busy += [0] * (column + width - len(busy))
            free = _free(busy, row, column, width)
            busy[column : column + free] = [row + height] * free
            placed.append(SpannedCell(first + row, column, height, free, first + row, at))
            column += width
    return placed


def _free(busy: Sequence[int], row: int, column: int, width: int) -> int:
    """How many of the columns no cell from above covers, from the first on."""
    if width == 1:
        return 1
    return next((n for n in range(1, width) if busy[column + n] > row), width)


def _within_the_table(placed: Sequence[SpannedCell]) -> tuple[tuple[SpannedCell, ...], int]:
    """Cells cut off where rows of several cells end: a title with a span of 100 adds no columns.

    Lines at which no cell begins stay: the parts of a table cut in two then agree in their columns.
    """
    if not placed:
        return (), 0
    in_row = Counter(cell.row for cell in placed)
    ends = [cell.column + cell.column_span for cell in placed if in_row[cell.row] > 1]
    width = max(max(ends, default=0), max(cell.column for cell in placed) + 1)
    if not ends:
        width = max(cell.column + cell.column_span for cell in placed)
    return tuple(
        cell
        if cell.column + cell.column_span <= width
        else replace(cell, column_span=max(width - cell.column, 1))
        for cell in placed
    ), width
