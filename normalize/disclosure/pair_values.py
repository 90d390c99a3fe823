"""The values of a row of table 二 -> the heads that they stand under.

Enters: head cells and value cells. Leaves: one value (or none) for each head, what is left over, and a
doubt where order and place disagree or cells are lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.document import Cell, Layout
from normalize.rows.row import Row
from normalize.words.fold import fold
from normalize.words.quantity import is_blank

OFF_CENTRE = 0.25
"""Share of the distance between two columns by which a value may stand beside its own head."""


def shift(head: tuple[Cell, ...], by: int) -> tuple[Cell, ...]:
    """Head cells counted from the label, where columns are only an order and the row begins later."""
    return tuple(replace(c, column=c.column + by) for c in head) if by else head


def without_repeats(
    head: tuple[Cell, ...], values: list[Cell]
) -> tuple[tuple[Cell, ...], list[Cell], tuple[str, ...]]:
    """A span printed once in every cell that it covers, as one; a doubt where heads and values part ways."""
    once = _once(head)
    if len(once) < len(head) != len(values) and all(is_blank(c.text) for c in values):
        return tuple(head[i] for i in once), values[: len(once)], ()
    if len(head) != len(values) or len(once) == len(head):
        return head, values, ()
    if all(values[i].text.strip() in {values[k].text.strip(), ""} for k, i in _repeats(head)):
        return tuple(head[i] for i in once), [values[i] for i in once], ()
    kept = [values[i] for i in _once(values)]
    return tuple(head[i] for i in once), kept, ("doubt.column",)


def is_beyond(row: Row, head: Sequence[Cell]) -> bool:
    """A row of a grid prints something to the right of where its head ends."""
    end = max((c.column + c.column_span for c in head), default=0)
    reaching = (c for c in row.cells if c.column + c.column_span > end and not is_blank(c.text))
    return row.layout is Layout.GRID and bool(head) and any(reaching)


def is_beside(head: Sequence[Cell], values: Sequence[Cell]) -> bool:
    """One of as many values as heads stands neither over nor under the head that it belongs to."""
    return any(
        c.column + c.column_span < h.column or h.column + h.column_span < c.column
        for h, c in zip(head, values, strict=True)
    )


def is_narrow(row: Row, last: int) -> bool:
    """A row of a grid with an empty cell ends before the last cell of its head begins: one may be lost."""
    if row.layout is not Layout.GRID:
        return False
    own = max((c.column + c.column_span for c in (*row.cells, *row.covering)), default=0)
    return own <= last and any(is_blank(c.text) for c in row.cells)


def _once(cells: Sequence[Cell]) -> list[int]:
    """Indexes of the cells that do not repeat the one before."""
    return [i for i, c in enumerate(cells) if i == 0 or fold(c.text) != fold(cells[i - 1].text)]


def _repeats(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """(first, repeat) for every cell that repeats the one before."""
    pairs, first = [], 0
    for i in range(1, len(cells)):
        if fold(cells[i].text) == fold(cells[i - 1].text):
            pairs.append((first, i))
        else:
            first = i
    return pairs


def pair(
    head: Sequence[Cell], values: Sequence[Cell], row: Row, due: int
) -> tuple[list[Cell | None], list[Cell], tuple[str, ...]]:
    """The value cell under each head cell, what is left over, and a doubt if order had to decide."""
    width = len(head) or due
    if row.layout is Layout.GRID and head:
        end = max(h.column + h.column_span for h in head)
        values = [c for c in values if c.column < end or not is_blank(c.text)]  # beside the table
    if len(values) == width:
        apart = row.layout is Layout.GRID and any(is_blank(c.text) for c in values)
        apart = apart or (row.layout is Layout.DELIMITED and not row.stream)
        shifted = apart and _is_shifted(head, values)
        return list(values), [], ("doubt.column",) if shifted else ()
    printed = [c for c in values if not is_blank(c.text)]
    if not printed:
        lost = row.layout is Layout.GRID and bool(head) and not values
        missing = ("doubt.column",) if lost else ()
        return [values[i] if i < len(values) else None for i in range(width)], [], missing
    by_place = _by_place(head, values) if head else None
    if by_place is not None:
        loose = _is_loose(row, len(values), len(printed), width)
        wandering = row.layout is Layout.ALIGNED and _is_off_centre(head, by_place)
        partial = row.layout is Layout.GRID and len(printed) < width
        astride = partial and (_is_astride(head, values) or None in by_place)
        return by_place, [], ("doubt.column",) if loose or wandering or astride else ()
    if len(printed) == width:
        beyond = row.stream and bool(head) and _has_gap(values)
        return list(printed), [], ("doubt.column",) if beyond else ()
    if len(printed) < width:
        return [None] * width, list(printed), ("doubt.column",)
    return list(printed[:width]), list(printed[width:]), ("doubt.column",)


def _has_gap(values: Sequence[Cell]) -> bool:
    """An empty cell stands between two that print something: its column may be one whose head is lost."""
    printed = [i for i, c in enumerate(values) if not is_blank(c.text)]
    return printed[-1] - printed[0] >= len(printed)


def _is_shifted(head: Sequence[Cell], values: Sequence[Cell]) -> bool:
    """By their place in the line the values would stand under other heads than by their order."""
    by_place = _by_place(head, values) if head else None
    if by_place is None:
        return False
    return [c.text.strip() if c else "" for c in by_place] != [c.text.strip() for c in values]


def _is_loose(row: Row, cells: int, printed: int, width: int) -> bool:
    """Where only an order is stated: cells lost or added among empty ones leave more than one reading."""
    if row.layout is not Layout.DELIMITED or printed >= width:
        return False
    return cells == 1 or cells > width or row.stream


def _is_astride(head: Sequence[Cell], values: Sequence[Cell]) -> bool:
    """A cell reaches under two heads, so that spans do not say which values are missing."""
    return any(
        sum(c.column < h.column + h.column_span and h.column < c.column + c.column_span for h in head) > 1
        for c in values
    )


def _is_off_centre(head: Sequence[Cell], slots: Sequence[Cell | None]) -> bool:
    """Beside columns made with spaces: a value well off the middle of its head may belong to the next."""
    middles = [h.column + h.column_span / 2 for h in head]
    pitch = min((b - a for a, b in pairwise(middles)), default=0.0)
    return any(
        cell is not None and abs(cell.column + cell.column_span / 2 - middle) > OFF_CENTRE * pitch
        for cell, middle in zip(slots, middles, strict=True)
    )


def _by_place(head: Sequence[Cell], values: Sequence[Cell]) -> list[Cell | None] | None:
    """Each printed value under the head cell that it overlaps most; None if two share one or one has none."""
    slots: list[Cell | None] = [None] * len(head)
    for cell in values:
        overlaps = [
            min(h.column + h.column_span, cell.column + cell.column_span) - max(h.column, cell.column)
            for h in head
        ]
        best = max(range(len(head)), key=lambda i: overlaps[i])
        if overlaps[best] <= 0:
            if is_blank(cell.text):
                continue
            return None
        known = slots[best]
        if known is not None and not is_blank(known.text):
            if is_blank(cell.text):
                continue
            return None
        slots[best] = cell
    return slots
