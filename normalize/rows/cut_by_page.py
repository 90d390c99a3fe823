"""Rows that a page break cut in two, put together by what they print.

Enters: the rows of one ruled table. Leaves: the rows, those joined whose words are a word of the form only
together. Geometry has joined what it could be sure of; what is left only the form can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from extract.document import Cell, Layout
from normalize.form.labels import NEAR, find_hits, strip_groups
from normalize.rows.row import Row
from normalize.words.fold import fold, split_enumerator
from normalize.words.quantity import is_blank, is_quantity

BETTER = 0.03
"""Similarity by which two halves together must be nearer to a word of the form than the first alone.

At 0.4 rows that go on over the page stay two (test_cut_by_page).
"""
_Pair = tuple[Cell, Cell]


def join_cut_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of a table; one that goes on after a page break is one row, in doubt if its digits do.

    Empty rows that a ruling near the break makes stand between the halves of a row and are no rows then.
    """
    held: list[Row] = []
    for row in rows:
        joined = _joined(held[0], row) if held else None
        if joined is not None:
            held = [joined]
        elif held and all(is_blank(c.text) for c in row.cells):
            held.append(row)
        else:
            yield from held
            held = [row]
    yield from held


def _joined(above: Row, below: Row) -> Row | None:
    """Two rows as one; None where they are two."""
    if above.layout is not Layout.GRID or not _is_over_page(above, below):
        return None
    pairs = _pairs(above, below)
    if pairs is None:
        return None
    both = [(a, b) for a, b in pairs if not is_blank(a.text) and not is_blank(b.text)]
    digits = [pair for pair in both if _are_numbers(pair)]
    words = [(a.text, b.text) for a, b in both if not _are_numbers((a, b))]
    if any(is_quantity(a) or is_quantity(b) or _numeral(b) or _are_words(a, b) for a, b in words):
        return None
    if not any(_is_one_word(a, b) for a, b in words):
        return None
    at = {id(a): b for a, b in pairs}
    cells = tuple(_one_cell(a, at[id(a)]) if id(a) in at else a for a in above.cells)
    doubts = {*above.doubts, *below.doubts, *(["doubt.joined"] if digits else [])}
    return replace(above, cells=cells, doubts=tuple(sorted(doubts)))


def _is_over_page(above: Row, below: Row) -> bool:
    if above.cells and below.cells and above.cells[0].page == below.cells[0].page:
        return False  # as nearly always
    ends = max((c.page for c in above.cells if c.page), default=None)
    begins = min((c.page for c in below.cells if c.page), default=None)
    return ends is not None and begins == ends + 1


def _pairs(above: Row, below: Row) -> list[_Pair] | None:
    """Cells of the same columns; None if something below stands in columns of its own."""
    own = {(c.column, c.column_span): c for c in above.cells}
    reaching = {(c.column, c.column_span) for c in above.covering}
    pairs = []
    for cell in below.cells:
        place = cell.column, cell.column_span
        if place in own:
            pairs.append((own[place], cell))
        elif place not in reaching and not is_blank(cell.text):
            return None
    return pairs


def _are_numbers(pair: _Pair) -> bool:
    return all(is_quantity(c.text) for c in pair)


def _numeral(text: str) -> str:
    return split_enumerator(fold(text))[0]


def _are_words(above: str, below: str) -> bool:
    """Each is a word of the form by itself: two rows, whatever else goes on beside them."""
    return min(_likeness(above), _likeness(below)) >= NEAR


@lru_cache(maxsize=4096)
def _is_one_word(above: str, below: str) -> bool:
    alone, together = _likeness(above), _likeness(above + below)
    return alone < NEAR <= together and together > alone + BETTER


def _likeness(text: str) -> float:
    hits = [find_hits(t) for t in (text, strip_groups(text)) if t]
    return max((h[0].similarity for h in hits if h), default=0.0)


def _one_cell(above: Cell, below: Cell) -> Cell:
    if is_blank(below.text):
        return above
    if is_blank(above.text):
        return below
    between = "" if is_quantity(above.text) else "\n"
    return replace(above, text=f"{above.text}{between}{below.text}")
