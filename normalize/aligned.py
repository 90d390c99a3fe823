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
from normalize.columns import DEFAULT
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a label and the character it begins at."""

    text: str
    start: int


Lines = list[list[_Piece]]


def square_up(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Aligned rows as grid rows, the others as they are."""
    out: list[Row] = []
    for aligned, group in groupby(rows, key=lambda r: r.layout is Layout.ALIGNED):
        members = list(group)
        if not aligned:
            out += members
            continue
        common = _bands(members)
        for _, part in groupby(members, key=lambda r: r.block):
            out += _square_block(list(part), common)
    return tuple(out)


def _last_numbers(row: Row) -> list[Cell]:
    """The numbers at the end of the row, as many as follow each other."""
    cells = list(row.cells)
    first = len(cells)
    while first > 0 and is_quantity(cells[first - 1].text):
        first -= 1
    return cells[first:]


def _bands(rows: Sequence[Row]) -> tuple[_Band, ...]:
    """Columns of numbers: from the rows with all seven, else from those with the usual number."""
    lines = [n for r in rows if (n := _last_numbers(r))]
    if not lines:
        return ()
    counts = [len(line) for line in lines]
    full = [n for n in counts if n >= len(DEFAULT)]
    width = max(set(full or counts), key=lambda n: ((full or counts).count(n), -n if full else n))
    bands = []
    for i in range(width):
        cells = [line[i] for line in lines if len(line) == width]
        bands.append(_Band(min(c.column for c in cells), max(c.column + c.column_span for c in cells)))
    return tuple(bands)


def _values(row: Row, bands: Sequence[_Band]) -> list[Cell]:
    """The cells among the columns of numbers; () for a row that prints no number there."""
    cells = [c for c in row.cells if _within(c, bands)]
    return cells if any(is_quantity(c.text) for c in cells) else []


def _within(cell: Cell, bands: Sequence[_Band]) -> bool:
    middle = cell.column + cell.column_span / 2
    return bands[0].start - 2 < middle < bands[-1].end + _pitch(bands) / 2


def _pitch(bands: Sequence[_Band]) -> float:
    """Distance from one column of numbers to the next."""
    return (bands[-1].centre - bands[0].centre) / max(len(bands) - 1, 1)


def _nearest(cell: Cell, bands: Sequence[_Band]) -> int:
    middle = cell.column + cell.column_span / 2
    return min(range(len(bands)), key=lambda i: (_distance(cell, bands[i]), abs(bands[i].centre - middle)))


def _distance(cell: Cell, band: _Band) -> float:
    return max(0.0, band.start - (cell.column + cell.column_span), cell.column - band.end)


def _square_block(rows: list[Row], common: Sequence[_Band]) -> list[Row]:
    own = _bands(rows)
    bands = own if len(own) == len(common) else common
    if not bands:
        return rows
    out: list[Row] = []
    head: list[Row] = []
    body: list[Row] = []
    for row in rows:
        if not _values(row, bands) and any(_within(c, bands) and not is_blank(c.text) for c in row.cells):
            head.append(row)
        elif head and _values(row, bands):
            out += _square_body(body, bands)
            out.append(_square_head(head, bands))
            body, head = [_left(r, bands) for r in head], []
            body.append(row)
            continue
        body += [row] if not head else []
    return [*out, *_square_body(body, bands)]


def _left(row: Row, bands: Sequence[_Band]) -> Row:
    """A line of the head without its head words: a label may begin beside them."""
    kept = tuple(c for c in row.cells if not _within(c, bands) and not _is_title(c.text))
    return replace(row, cells=kept)


def _is_title(text: str) -> bool:
    hits = find_hits(text)
    return bool(hits) and hits[0].similarity >= 0.72 and hits[0].axis == "requests.heading"


def _square_head(head: Sequence[Row], bands: Sequence[_Band]) -> Row:
    """One row with the words above each column, pieces joined from top to bottom."""
    texts = [""] * len(bands)
    for cell in (c for r in head for c in r.cells):
        nearest = _nearest(cell, bands)
        near = abs(bands[nearest].centre - cell.column - cell.column_span / 2) < _pitch(bands)
        if near and not is_blank(cell.text) and not is_quantity(cell.text) and not _is_title(cell.text):
            texts[nearest] += cell.text
    cells = [Cell(t, head[0].cells[0].row, _LABEL_COLUMNS + i) for i, t in enumerate(texts)]
    return replace(head[0], cells=tuple(cells), layout=Layout.GRID)


def _square_body(body: Sequence[Row], bands: Sequence[_Band]) -> list[Row]:
    return [_square_row(row, labels, bands) for row, labels in _join_labels(body, bands)]


def _square_row(row: Row, labels: Sequence[str], bands: Sequence[_Band]) -> Row:
    slots: list[list[Cell]] = [[] for _ in bands]
    for cell in _values(row, bands):
        slots[_nearest(cell, bands)].append(cell)
    number = row.cells[0].row if row.cells else 0
    cells = [Cell(text, number, i) for i, text in enumerate(labels[-_LABEL_COLUMNS:])]
    cells += [Cell("", number, i) for i in range(len(cells), _LABEL_COLUMNS)]
    for i, slot in enumerate(slots):
        text = "\n".join(c.text for c in slot)
        cells.append(Cell(text, number, _LABEL_COLUMNS + i))
    return replace(row, cells=tuple(cells), layout=Layout.GRID)


def _pieces(row: Row, edge: float) -> list[_Piece]:
    """The label pieces of a row: what stands left of the numbers."""
    return [
        _Piece(c.text, c.column)
        for c in row.cells
        if not is_blank(c.text) and c.column + c.column_span / 2 <= edge
    ]


def _join_labels(rows: Sequence[Row], bands: Sequence[_Band]) -> list[tuple[Row, list[str]]]:
    """Each row of numbers with its labels, pieces on lines of their own given to the nearer fit."""
    anchors = [i for i, r in enumerate(rows) if _values(r, bands)]
    if not anchors:
        return []
    edge = bands[0].start - 2
    lines = [_pieces(r, edge) for r in rows]
    leaf = _leaf_column(lines, anchors)
    gaps = [lines[a + 1 : b] for a, b in zip(anchors, anchors[1:], strict=False)]
    before: list[Lines] = [lines[: anchors[0]]] + [[] for _ in anchors[1:]]
    after: list[Lines] = [[] for _ in anchors[:-1]] + [lines[anchors[-1] + 1 :]]
    for k, gap in enumerate(gaps):
        split = _best_split(lines[anchors[k]], gap, lines[anchors[k + 1]], before[k], leaf)
        after[k], before[k + 1] = gap[:split], gap[split:]
    return [(rows[a], _labels(before[k], lines[a], after[k], leaf)) for k, a in enumerate(anchors)]


def _leaf_column(lines: Sequence[Sequence[_Piece]], anchors: Sequence[int]) -> int:
    """Where the innermost labels begin."""
    starts = [p.start for i in anchors for p in lines[i]]
    if not starts:
        return 0
    return max(set(starts), key=lambda s: (starts.count(s), s))


def _labels(before: Lines, own: Sequence[_Piece], after: Lines, leaf: int) -> list[str]:
    """Group text and label text of a row, pieces joined from top to bottom."""
    pieces = [p for line in (*before, own, *after) for p in line]
    inner = "".join(p.text for p in pieces if p.start >= leaf - 2)
    outer = "".join(p.text for p in pieces if p.start < leaf - 2)
    whole = "".join(p.text for p in own)
    candidates = [t for t in (inner, outer, outer + inner, whole, *(p.text for p in own)) if t]
    if not candidates:
        return []
    best = max(candidates, key=_fit)
    return [outer, best] if best == inner and outer else [best]


def _fit(text: str) -> float:
    return max((h.similarity for h in find_hits(text) if h.axis == "requests.row"), default=0.0)


def _best_split(
    above: Sequence[_Piece], gap: Lines, below: Sequence[_Piece], pending: Lines, leaf: int
) -> int:
    """How many of the lines between two rows of numbers belong to the upper one."""
    if not gap:
        return 0

    def worth(split: int) -> tuple[float, float]:
        upper = _labels(pending, above, gap[:split], leaf)
        lower = _labels(gap[split:], below, [], leaf)
        fits = [_fit(labels[-1]) if labels else 0.0 for labels in (upper, lower)]
        return (round(sum(fits), 3), -abs(split - len(gap) / 2))

    return max(range(len(gap) + 1), key=worth)
