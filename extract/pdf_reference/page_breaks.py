"""Tables that go on over the page, for the second reading.

Enters: the tables of two pages that follow each other. Leaves: one. A row that the page break cut is one row
where nothing else is possible: what stands below has no numeral, number or place of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extract.document import Cell, Table

LEVEL: Final = 3.0
"""Points by which columns of two pages may differ (2023 exports of WPS: 1.4)."""
_NUMERAL = re.compile(
    r"\s*(?:[（(【\[]?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）】\]、.．]|第\S{1,4}[条條])"
)
_FIGURE = re.compile(
    r"[-－+]?[\d\ue000-\uf8ff\ufffd\s,，.．]+(?:[万萬]元|元|件|[项項]|[条條])?|[-—–―－−/／\s]+|[无無]"
)


@dataclass(slots=True)
class TablePart:
    """A table, or as much of it as the pages so far hold.

    Attributes:
        top: of its first row.
        xs: edges of its columns.
        n_rows: how many rows it has.
        cells: by row, then column.
        full: cells whose text leaves no room for one character more.
    """

    top: float
    xs: tuple[float, ...]
    n_rows: int
    cells: list[Cell]
    full: set[Cell] = field(default_factory=set)

    def to_table(self) -> Table:
        """The frozen table."""
        ordered = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        return Table(tuple(ordered), self.n_rows, len(self.xs) - 1)


def goes_on(part: TablePart, below: TablePart) -> bool:
    """Both have the same outer edges, and the inner ones of the coarser are among the finer's."""
    if abs(part.xs[0] - below.xs[0]) > LEVEL or abs(part.xs[-1] - below.xs[-1]) > LEVEL:
        return False
    coarse, fine = sorted((part.xs[1:-1], below.xs[1:-1]), key=len)
    common = sum(any(abs(x - y) <= LEVEL for y in fine) for x in coarse)
    return bool(coarse) and 3 * common >= 2 * len(coarse)


def append(part: TablePart, below: TablePart) -> None:
    """Puts `below` under `part`, with the cells that the break cut in one piece again."""
    xs = part.xs + tuple(x for x in below.xs if all(abs(x - y) > LEVEL for y in part.xs))
    xs = tuple(sorted(xs))
    shift, upper = part.n_rows, _regrid(part.cells, part.xs, xs, 0)
    part.full = {new for old, new in zip(part.cells, upper, strict=True) if old in part.full}
    lower = _regrid(below.cells, below.xs, xs, shift)
    part.full |= {new for old, new in zip(below.cells, lower, strict=True) if old in below.full}
    part.xs, part.n_rows = xs, shift + below.n_rows
    ends = {(c.column, c.column_span): c for c in upper if c.row + c.row_span == shift}
    starts = [c for c in lower if c.row == shift]
    pairs = [(ends[c.column, c.column_span], c) for c in starts if (c.column, c.column_span) in ends]
    alone = [c for c in starts if (c.column, c.column_span) not in ends]
    if pairs and not any(c.text for c in alone) and _is_one_row(part, pairs, upper):
        _close_up(part, upper, lower, pairs, shift)
        return
    taken = [(a, b) for a, b in pairs if alone and _is_rest(a.text, b.text)]
    for a, b in taken:
        merged = replace(a, text=f"{a.text}\n{b.text}", row_span=a.row_span + b.row_span)
        upper[upper.index(a)] = merged
        lower.remove(b)
    part.cells = upper + lower


def _regrid(cells: Iterable[Cell], old: Sequence[float], new: Sequence[float], shift: int) -> list[Cell]:
    at = [min(range(len(new)), key=lambda i, x=x: abs(new[i] - x)) for x in old]  # type: ignore[misc]
    return [
        replace(
            cell,
            row=cell.row + shift,
            column=at[cell.column],
            column_span=max(at[cell.column + cell.column_span] - at[cell.column], 1),
        )
        for cell in cells
    ]


def _is_rest(above: str, below: str) -> bool:
    words = above and below and not _FIGURE.fullmatch(above) and not _FIGURE.fullmatch(below)
    return bool(words) and not _NUMERAL.match(below)


def _is_one_row(part: TablePart, pairs: Sequence[tuple[Cell, Cell]], upper: Sequence[Cell]) -> bool:
    printed = [(a, b) for a, b in pairs if b.text]
    figures = [(a, b) for a, b in printed if _FIGURE.fullmatch(b.text)]
    words = [(a, b) for a, b in printed if not _FIGURE.fullmatch(b.text)]
    if not printed or not all(_is_rest(a.text, b.text) for a, b in words):
        return False
    if figures:  # digits go on only where the line above them was full
        return all(_FIGURE.fullmatch(a.text) and a.text and a in part.full for a, _ in figures)
    if len(words) > 1 and not any(_FIGURE.fullmatch(a.text) for a, _ in pairs if a.text):
        return True  # a head of several words
    labels = [
        c.text for c in upper if (c.column, c.column_span) == (words[0][0].column, words[0][0].column_span)
    ]
    if any(_NUMERAL.match(label) for label in labels):
        return True
    return words[0][0] in part.full or words[0][1].column > min(b.column for _, b in pairs)


def _close_up(
    part: TablePart, upper: list[Cell], lower: list[Cell], pairs: Sequence[tuple[Cell, Cell]], shift: int
) -> None:
    for a, b in pairs:
        text = f"{a.text}\n{b.text}" if a.text and b.text else a.text or b.text
        upper[upper.index(a)] = replace(a, text=text, row_span=a.row_span + b.row_span - 1)
        lower.remove(b)
    part.n_rows -= 1
    part.cells = upper
    for cell in lower:
        if cell.row == shift and cell.row_span == 1:
            continue
        moved = cell.row - 1 if cell.row > shift else cell.row
        span = cell.row_span - 1 if cell.row == shift else cell.row_span
        part.cells.append(replace(cell, row=moved, row_span=span))
