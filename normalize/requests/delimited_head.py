"""The head of table 三 where only an order is stated -> its columns in that order.

Enters: rows of the head, cells in order. Leaves: `Leaf`s, columns beside the form's included.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Cell
from normalize.form.labels import LIKELY, NEAR, find_hits
from normalize.form.table_words import TABLE_WORDS
from normalize.requests.head_words import (
    APPLICANTS,
    HEAD_AXES,
    INNER,
    Leaf,
    is_known,
    printed_order,
    similarity,
)
from normalize.rows.row import Row
from normalize.words.fold import fold
from normalize.words.quantity import is_blank

_TOTALS = frozenset(TABLE_WORDS["total"])
"""Two words for one column; where a head prints both, 合计 is a sum of its own."""
MOST_EXTRA = 20
"""Columns beside the form's that a head may have."""


def _extra_texts(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """Printed cells of a delimited head that are no word of the form."""
    totals = _TOTALS & {fold(c.text) for row in rows for c in row.cells}
    known = {TABLE_WORDS["total"][0]} if totals == _TOTALS else _TOTALS
    extra = []
    for row in rows:
        for i, cell in enumerate(row.cells):
            foreign = fold(cell.text) in _TOTALS - known or not is_known(cell.text)
            if foreign and not is_blank(cell.text):
                extra.append((row, i))
    return extra


def read_delimited_head(rows: Sequence[Row]) -> tuple[Leaf, ...]:
    """The order of the columns where only an order is stated: the form's seven and any column beside them."""
    order = _with_gaps(rows, [(a, a) for a in printed_order(rows)])
    for row, i in _extra_texts(rows)[:MOST_EXTRA]:
        text = row.cells[i].text
        following = next((a for a, _ in order if a and _names(row.cells[i + 1 :], a)), None)
        if following is None and (_is_inner(rows, row, i) or _is_displaced_total(row, i)):
            following = APPLICANTS[-1]
        if following == order[0][0] or not _any_word(row.cells[:i]):
            continue
        if following is not None:
            order.insert([a for a, _ in order].index(following), (None, text))
        else:
            order.append((None, text))
    return tuple(Leaf(a, i, i + 1, text) for i, (a, text) in enumerate(order))


def _with_gaps(rows: Sequence[Row], order: list[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    """The order with an empty column wherever the organisations' own row of the head has an empty cell."""
    for row in rows:
        named = [next((a for a in INNER if similarity(c.text, a) >= LIKELY), None) for c in row.cells]
        places = [i for i, a in enumerate(named) if a]
        if len(places) < 3:
            continue
        if len(places) < len(INNER):
            break  # an empty cell may be the name that is lost
        for i in range(places[0] + 1, places[-1]):
            if is_blank(row.cells[i].text):
                before = next(a for a in reversed(named[:i]) if a)
                order.insert([a for a, _ in order].index(before) + 1, (None, ""))
        break
    return order


def _is_inner(rows: Sequence[Row], row: Row, i: int) -> bool:
    """A column among the organisations, left of a 总计 that stands in another row of the head."""
    others = [*row.cells[:i], *row.cells[i + 1 :]]
    if sum(_names(others, a) for a in INNER) < 3 or _names(others, APPLICANTS[-1]):
        return False
    cells = [c for r in rows for c in r.cells if c is not row.cells[i]]
    totals = [c.column for c in cells if similarity(c.text, APPLICANTS[-1]) >= NEAR]
    expanded = len({len(r.cells) for r in rows}) == 1
    return not (expanded and totals and row.cells[i].column > totals[0])


def _is_displaced_total(row: Row, i: int) -> bool:
    """The head stands in one line, 总计 (a span of two rows) before the organisations that it follows."""
    at = {
        a: k for k, c in enumerate(row.cells) if k != i for a in APPLICANTS if similarity(c.text, a) >= NEAR
    }
    total, first = at.get(APPLICANTS[-1]), at.get(APPLICANTS[1])
    return total is not None and first is not None and total < first < i


def _names(cells: Sequence[Cell], applicant: str) -> bool:
    return any(similarity(c.text, applicant) >= LIKELY for c in cells)


def _any_word(cells: Sequence[Cell]) -> bool:
    """One of the cells is a word of the head beyond the stub."""
    names = [h for c in cells for h in find_hits(c.text)[:1] if h.similarity >= LIKELY]
    return any(h.axis in HEAD_AXES and h.name != "rule" for h in names)
