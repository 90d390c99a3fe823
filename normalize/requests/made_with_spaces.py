"""Tables whose columns are made with spaces -> rows of a grid, wrapped labels joined.

Enters: rows of table 三 in reading order. Leaves: the same rows; those of an aligned layout with one grid
column for each column of numbers, empty cells restored, and label pieces printed above and below a
number row gathered to it. Rows of other layouts pass through unchanged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.document import Cell, Layout
from normalize.form.labels import LIKELY, find_hits
from normalize.form.table_words import TABLE_WORDS
from normalize.requests.head_words import DEFAULT
from normalize.requests.wandering_columns import LABEL_COLUMNS, fit_label, square_by_order
from normalize.rows.row import LOOSE, Row, part_layouts
from normalize.rows.serial_numbers import without_serials
from normalize.rows.wrapped_labels import (
    LabelPiece,
    WrappedLine,
    cut_rows,
    find_torn,
    list_doubts,
    split_words,
)
from normalize.words.quantity import is_blank, is_quantity
from normalize.words.script import simplify
from normalize.words.search import Pattern

OFF_CENTRE = 0.35
"""Share of the distance between two columns by which numbers may wander and still show a gap."""
BESIDE = 0.6
"""Share of a column's distance beyond the middle of the last where another column begins (备注)."""
MOST = len(DEFAULT) + 2
"""Columns of a table with others beside the form's (小计, 备注): more of them are numbers that wander."""
WIDEST = 40
"""Columns of numbers beyond which they make no table: only their order counts."""
LONGEST_HEAD = 200
"""Characters of the longest word above a column, with the titles that its pieces run into."""
STEADY = 30
"""Lines on which columns may move once (a page break); if they move more often, only their order counts."""


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
    parts = [part for layout, members in part_layouts(rows) for part in _parts(members, layout)]
    steady = all(_is_steady(page, bands) for page, bands in parts if bands)
    out: list[Row] = []
    for page, bands in parts:
        if bands is None:
            out += page
        else:
            out += _square_page(page, bands, steady=steady) if bands else square_by_order(page)
    return tuple(out)


def _parts(rows: list[Row], layout: Layout) -> list[tuple[list[Row], tuple[_Band, ...] | None]]:
    """Rows with the columns that they share: () where only the order of numbers counts, None off a page."""
    if layout not in LOOSE:
        return [(rows, None)]
    rows = without_serials(rows)
    if layout is Layout.SPACED:
        return [(rows, ())]
    pages = _pages(rows)
    if len(pages) > 2 + len(rows) / STEADY:
        return [(rows, ())]
    found = [(page, _bands(page)) for page in pages]
    found = [(page, bands if len(bands) >= len(DEFAULT) else _head_bands(page)) for page, bands in found]
    return [(page, bands if len(bands) <= WIDEST else ()) for page, bands in found]


def _pages(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows parted where the columns of numbers move: each page sets its own."""
    pages: list[list[Row]] = [[]]
    full: list[Cell] = []
    most = max([len(_last_numbers(row)) for row in rows], default=0)
    for row in rows:
        numbers = _last_numbers(row)
        if len(numbers) >= (most if most == len(DEFAULT) - 1 else len(DEFAULT)):
            if full and len(full) == len(numbers) and _moved(full, numbers):
                pages.append([])
            full = numbers
        pages[-1].append(row)
    return pages


def _moved(before: Sequence[Cell], after: Sequence[Cell]) -> bool:
    pitch = (before[-1].column - before[0].column) / (len(before) - 1)
    return any(abs(_middle(a) - _middle(b)) > pitch / 2 for a, b in zip(before, after, strict=True))


def _middle(cell: Cell) -> float:
    return cell.column + cell.column_span / 2


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
    widths = Counter(map(len, lines))
    full = {n: count for n, count in widths.items() if n >= len(DEFAULT)}
    counts = full or widths
    width = max(counts, key=lambda n: (counts[n], -n if full else n))
    columns = zip(*(line for line in lines if len(line) == width), strict=True)
    return tuple(
        _Band(min(c.column for c in cells), max(c.column + c.column_span for c in cells)) for cells in columns
    )


def _head_bands(rows: Sequence[Row]) -> tuple[_Band, ...]:
    """Columns of numbers by the words above them, where no row prints all seven; () if these do not tell."""
    first = next((i for i, r in enumerate(rows) if _last_numbers(r)), 0)
    numbers = [c for r in rows for c in _last_numbers(r)]
    edge = min((c.column for c in numbers), default=0) - 3
    spans = [(c.column, c.column + c.column_span) for c in numbers]
    spans += [
        (c.column, c.column + c.column_span)
        for r in rows[:first]
        for c in r.cells
        if _middle(c) > edge and not is_blank(c.text) and not _is_title(c.text)
    ]
    bands: list[_Band] = []
    for start, end in sorted(spans):
        if bands and start < bands[-1].end:
            bands[-1] = _Band(bands[-1].start, max(end, bands[-1].end))
        else:
            bands.append(_Band(start, end))
    return tuple(bands) if len(bands) >= len(DEFAULT) else ()


def _values(row: Row, bands: Sequence[_Band]) -> list[Cell]:
    """The cells among the columns of numbers; () for a row that prints no number there."""
    cells = [c for c in row.cells if _within(c, bands)]
    return cells if any(is_quantity(c.text) for c in cells) else []


def _within(cell: Cell, bands: Sequence[_Band]) -> bool:
    middle = cell.column + cell.column_span / 2
    return bands[0].start - 2 < middle < max(bands[-1].end, bands[-1].centre + BESIDE * _pitch(bands))


def _pitch(bands: Sequence[_Band]) -> float:
    """Distance from one column of numbers to the next."""
    return (bands[-1].centre - bands[0].centre) / max(len(bands) - 1, 1)


def _nearest(cell: Cell, bands: Sequence[_Band]) -> int:
    middle = cell.column + cell.column_span / 2
    return min(range(len(bands)), key=lambda i: (_distance(cell, bands[i]), abs(bands[i].centre - middle)))


def _distance(cell: Cell, band: _Band) -> float:
    return max(0.0, band.start - (cell.column + cell.column_span), cell.column - band.end)


def _square_page(rows: Sequence[Row], bands: Sequence[_Band], *, steady: bool) -> list[Row]:
    out: list[Row] = []
    head: list[Row] = []
    body: list[Row] = []
    for row in rows:
        values = _values(row, bands)
        if not values and any(_within(c, bands) and not is_blank(c.text) for c in row.cells):
            if not head:
                out += _square_body(body, bands, steady=steady)
                body = []
            head.append(row)
            body.append(_left(row, bands))
            continue
        if head and values:
            out.append(_square_head(head, bands))
            head = []
        body.append(row)
    return [*out, *_square_body(body, bands, steady=steady)]


def _left(row: Row, bands: Sequence[_Band]) -> Row:
    """A line of the head without its head words: a label may begin beside them."""
    kept = tuple(c for c in row.cells if not _within(c, bands) and not _is_title(c.text))
    return replace(row, cells=kept)


def _is_title(text: str) -> bool:
    hits = find_hits(text)
    return bool(hits) and hits[0].similarity >= LIKELY and hits[0].axis == "requests.heading"


def _square_head(head: Sequence[Row], bands: Sequence[_Band]) -> Row:
    """One row with the words above each column, pieces joined from top to bottom."""
    pieces: list[list[str]] = [[] for _ in bands]
    for cell in (word for r in head for c in r.cells for word in _head_words(c, bands)):
        nearest = _nearest(cell, bands)
        near = abs(bands[nearest].centre - cell.column - cell.column_span / 2) < _pitch(bands)
        if near and not is_blank(cell.text) and not is_quantity(cell.text) and not _is_title(cell.text):
            pieces[nearest].append(cell.text)
    texts = [_without_titles("".join(p)) for p in pieces]
    cells = [Cell(t, head[0].cells[0].row, LABEL_COLUMNS + i) for i, t in enumerate(texts)]
    return replace(head[0], cells=tuple(cells), layout=Layout.GRID)


_TITLES = Pattern("|".join(r"\s*".join(title) for title in TABLE_WORDS["applicants_title"]))


def _without_titles(text: str) -> str:
    """The word above a column without the title of a group, wrapped above it, that its pieces run into."""
    while len(text) <= LONGEST_HEAD and (found := _TITLES.search(simplify(text))):
        text = text[: found.start()] + text[found.end() :]
    return text


def _head_words(cell: Cell, bands: Sequence[_Band]) -> list[Cell]:
    """A cell of the head, or its words where it reaches over several columns."""
    covered = sum(cell.column <= b.centre <= cell.column + cell.column_span for b in bands)
    return split_words(cell) if covered > 1 and not _is_title(cell.text) else [cell]


def _square_body(body: Sequence[Row], bands: Sequence[_Band], *, steady: bool) -> list[Row]:
    lines = [_line(r, bands) for r in body]
    segments = cut_rows(lines, fit_label)
    torn = find_torn(segments, lines, fit_label)
    rows = [_square_row(body[s.start], s.labels, lines[s.start : s.end], bands) for s in segments]
    placed = [steady or _is_full(lines[s.start : s.end], bands) for s in segments]
    return [
        replace(r, doubts=list_doubts(torn=i in torn, placed=sure))
        for i, (r, sure) in enumerate(zip(rows, placed, strict=True))
    ]


def _is_full(lines: Sequence[WrappedLine], bands: Sequence[_Band]) -> bool:
    """Every column has its value, or none has."""
    count = sum(len(line.values) for line in lines)
    return count in (0, len(bands))


def _is_steady(rows: Sequence[Row], bands: Sequence[_Band]) -> bool:
    """Numbers stand so near the middle of their columns that an empty cell shows as a gap."""
    if len(bands) > MOST:
        return False
    cells = [c for row in rows for c in _line(row, bands).values]
    off = [abs(_middle(c) - bands[_nearest(c, bands)].centre) for c in cells]
    return max(off, default=0.0) <= OFF_CENTRE * _pitch(bands)


def _line(row: Row, bands: Sequence[_Band]) -> WrappedLine:
    values = _values(row, bands)
    cells = [c for c in row.cells if not is_blank(c.text) and not _within(c, bands)]
    left = [LabelPiece(w.text, w.column) for c in cells if c.column < bands[0].start for w in split_words(c)]
    return WrappedLine(tuple(left), tuple(values), bool(values))


def _square_row(row: Row, labels: Sequence[str], lines: Sequence[WrappedLine], bands: Sequence[_Band]) -> Row:
    slots: list[list[Cell]] = [[] for _ in bands]
    values = [c for line in lines for c in line.values]
    for i, cell in enumerate(values):
        slots[i if len(values) == len(bands) else _nearest(cell, bands)].append(cell)
    number = row.cells[0].row if row.cells else 0
    cells = [Cell(text, number, i) for i, text in enumerate(labels[-LABEL_COLUMNS:])]
    cells += [Cell("", number, i) for i in range(len(cells), LABEL_COLUMNS)]
    for i, slot in enumerate(slots):
        cells.append(Cell(" | ".join(c.text for c in slot), number, LABEL_COLUMNS + i))
    return replace(row, cells=tuple(cells), layout=Layout.GRID)
