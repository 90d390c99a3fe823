"""Tables whose columns are made with spaces -> rows of a grid, wrapped labels joined.

Enters: rows of table 三 in reading order. Leaves: the same rows; those of an aligned layout with one grid
column for each column of numbers, empty cells restored, and label pieces printed above and below a
number row gathered to it. Rows of other layouts pass through unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.document import Cell, Layout
from normalize.columns import is_head
from normalize.labels import find_hits
from normalize.rows import Row, is_blank, is_quantity

_LABEL_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class _Band:
    """A column of numbers: the characters it takes up."""

    start: float
    end: float

    @property
    def centre(self) -> float:
        return (self.start + self.end) / 2


def square_up(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Aligned rows as grid rows, the others as they are."""
    out: list[Row] = []
    for aligned, group in groupby(rows, key=lambda r: r.layout is Layout.ALIGNED):
        members = list(group)
        if not aligned:
            out += members
            continue
        for _, part in groupby(members, key=lambda r: r.block):
            out += _square_block(list(part))
    return tuple(out)


def _numbers(row: Row) -> list[Cell]:
    """The number cells after the last word of the row."""
    cells = list(row.cells)
    while cells and not is_quantity(cells[0].text):
        cells.pop(0)
    return cells


def _bands(rows: Sequence[Row]) -> tuple[_Band, ...]:
    """Columns of numbers: from the rows with the most numbers, widened by what the others print there."""
    lines = [_numbers(r) for r in rows if _numbers(r)]
    if not lines:
        return ()
    counts = [len(line) for line in lines]
    width = max(set(counts), key=lambda n: (n >= 7, counts.count(n), n))
    full = [line for line in lines if len(line) == width]
    bands = []
    for i in range(width):
        starts = [line[i].column for line in full]
        ends = [line[i].column + line[i].column_span for line in full]
        bands.append(_Band(min(starts), max(ends)))
    return tuple(bands)


def _nearest(cell: Cell, bands: Sequence[_Band]) -> int:
    middle = cell.column + cell.column_span / 2
    return min(range(len(bands)), key=lambda i: (_distance(cell, bands[i]), abs(bands[i].centre - middle)))


def _distance(cell: Cell, band: _Band) -> float:
    return max(0.0, band.start - (cell.column + cell.column_span), cell.column - band.end)


def _square_block(rows: list[Row]) -> list[Row]:
    heads = [r for r in rows if is_head(r)]
    body = [r for r in rows if r not in heads]
    bands = _bands(body)
    if not bands:
        return rows
    joined = _join_labels(body, bands[0].start)
    return [*_square_heads(heads), *(_square_row(row, labels, bands) for row, labels in joined)]


def _square_heads(heads: list[Row]) -> list[Row]:
    """The head keeps its words in order; widths of words say nothing about columns of numbers."""
    return [replace(r, layout=Layout.DELIMITED) for r in heads]


def _square_row(row: Row, labels: Sequence[str], bands: Sequence[_Band]) -> Row:
    slots: list[list[Cell]] = [[] for _ in bands]
    for cell in _numbers(row):
        slots[_nearest(cell, bands)].append(cell)
    number = row.cells[0].row if row.cells else 0
    cells = [Cell(text, number, i) for i, text in enumerate(labels[-_LABEL_COLUMNS:])]
    cells += [Cell("", number, i) for i in range(len(cells), _LABEL_COLUMNS)]
    for i, slot in enumerate(slots):
        text = "\n".join(c.text for c in slot)
        cells.append(Cell(text, number, _LABEL_COLUMNS + i))
    return replace(row, cells=tuple(cells), layout=Layout.DELIMITED)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int


def _pieces(row: Row) -> list[_Piece]:
    out = []
    for cell in row.cells:
        if is_quantity(cell.text):
            break
        if not is_blank(cell.text):
            out.append(_Piece(cell.text, cell.column))
    return out


def _join_labels(rows: Sequence[Row], first_number: float) -> list[tuple[Row, list[str]]]:
    """Each row of numbers with its labels, pieces on lines of their own given to the nearer fit."""
    anchors = [i for i, r in enumerate(rows) if _numbers(r)]
    if not anchors:
        return []
    leaf = _leaf_column(rows, anchors)
    gaps = [rows[a + 1 : b] for a, b in zip(anchors, anchors[1:], strict=False)]
    before: list[list[Row]] = [list(rows[: anchors[0]])] + [[] for _ in anchors[1:]]
    after: list[list[Row]] = [[] for _ in anchors[:-1]] + [list(rows[anchors[-1] + 1 :])]
    for k, gap in enumerate(gaps):
        split = _best_split(rows[anchors[k]], list(gap), rows[anchors[k + 1]], before[k], leaf)
        after[k], before[k + 1] = list(gap[:split]), list(gap[split:])
    return [
        (rows[a], _labels(before[k], rows[a], after[k], leaf)) for k, a in enumerate(anchors)
    ]


def _leaf_column(rows: Sequence[Row], anchors: Sequence[int]) -> int:
    """Where the innermost labels begin."""
    starts = [p.start for i in anchors for p in _pieces(rows[i])[-1:]]
    if not starts:
        return 0
    return max(set(starts), key=lambda s: (starts.count(s), s))


def _labels(before: Sequence[Row], row: Row, after: Sequence[Row], leaf: int) -> list[str]:
    """Group text and label text of a row, pieces joined from top to bottom."""
    pieces = [p for r in (*before, row, *after) for p in _pieces(r)]
    inner = "".join(p.text for p in pieces if p.start >= leaf - 2)
    outer = "".join(p.text for p in pieces if p.start < leaf - 2)
    own = _pieces(row)
    candidates = [t for t in (inner, outer, outer + inner, "".join(p.text for p in own), *(p.text for p in own)) if t]
    if not candidates:
        return []
    best = max(candidates, key=_fit)
    rest = outer if best == inner and _fit(outer) > 0.6 else ""
    return [rest, best] if rest else [best]


def _fit(text: str) -> float:
    return max((h.similarity for h in find_hits(text) if h.axis == "requests.row"), default=0.0)


def _best_split(above: Row, gap: list[Row], below: Row, pending: list[Row], leaf: int) -> int:
    """How many of the lines between two rows of numbers belong to the upper one."""
    if not gap:
        return 0

    def worth(split: int) -> tuple[float, float]:
        upper = _labels(pending, above, gap[:split], leaf)
        lower = _labels(gap[split:], below, [], leaf)
        fits = [_fit(labels[-1]) if labels else 0.0 for labels in (upper, lower)]
        return (round(sum(fits), 3), -abs(split - len(gap) / 2))

    return max(range(len(gap) + 1), key=worth)
