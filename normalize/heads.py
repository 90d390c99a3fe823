"""The head of table 三: which columns the table has, and in which order.

Enters: rows of the head. Leaves: `Leaf`s from the first applicant on, columns beside the form's included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, takewhile

from extract.document import Cell
from normalize.align import align
from normalize.fold import fold
from normalize.form.loader import FORM
from normalize.labels import LIKELY, NEAR, find_hits
from normalize.rows import Row, is_blank, is_quantity

_LONG_NAMES = tuple(x for x in FORM.labels if x.axis == "requests.column" and len(x.core) > 2)
_ALSO_ROWS = frozenset({"other_org", "total"})
"""其他 and 总计 head columns, but rows of the form as well: alone they make no head."""
_HEAD_AXES = frozenset({"requests.column", "requests.heading"})
_ORGANISATIONS = ("requests.heading", "organisations")
APPLICANTS = tuple(a.applicant for a in FORM.applicants)
_TOTALS = frozenset({"总计", "合计"})
"""Two words for one column; where a head prints both, 合计 is a sum of its own."""
_INNER = APPLICANTS[1:-1]
_N = len(APPLICANTS)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column under the head: the applicant (None for a column that is not the form's)."""

    applicant: str | None
    start: int
    end: int
    text: str = ""

    @property
    def is_listed(self) -> bool:
        """A column beside the form's that the dictionary knows (备注, 小计): what it holds is no issue."""
        return any(h.axis == "ignored" and h.similarity >= NEAR for h in find_hits(self.text))


DEFAULT = tuple(Leaf(a, i, i + 1) for i, a in enumerate(APPLICANTS))


def is_head(row: Row) -> bool:
    """A row of the table's head: applicants or their group, and no number."""
    if any(is_quantity(c.text) for c in row.cells):
        return False
    named: list[str] = []
    for cell in row.cells:
        hits = [h for h in find_hits(cell.text) if h.similarity >= LIKELY]
        if hits and hits[0].axis in _HEAD_AXES and hits[0].numeral is None:
            named.append(hits[0].name)
    return len(named) > 1 or any(name not in _ALSO_ROWS for name in named)


@lru_cache(maxsize=8192)
def _similarity(text: str, applicant: str) -> float:
    return next(
        (h.similarity for h in find_hits(text) if (h.axis, h.name) == ("requests.column", applicant)), 0.0
    )


def _align_leaves(leaves: list[Leaf]) -> tuple[Leaf, ...]:
    """Which leaf of the head is which applicant, in order."""
    scores = [
        [10 * (_similarity(leaf.text, a) - 0.5) if leaf.text else -0.2 for a in APPLICANTS] for leaf in leaves
    ]
    for row in scores:
        named = max(row) >= 4.0
        row[:] = [s if s >= 4.0 or not named else -5.0 for s in (max(s, -1.0) for s in row)]
    skip = [0.3 if not leaf.text else 1.0 for leaf in leaves]
    names = [APPLICANTS[j] if j is not None else None for j in align(scores, skip, [1.0] * _N)]
    names = _out_of_order(leaves, names)
    return tuple(
        Leaf(name, leaf.start, leaf.end, leaf.text) for leaf, name in zip(leaves, names, strict=True)
    )


def _out_of_order(leaves: Sequence[Leaf], names: list[str | None]) -> list[str | None]:
    """Columns in another order than the form's: an exact name goes where it says."""
    named = list(names)
    for i, leaf in enumerate(leaves):
        exact = [a for a in APPLICANTS if leaf.text and _similarity(leaf.text, a) >= NEAR]
        if named[i] is None and len(exact) == 1 and exact[0] not in named:
            named[i] = exact[0]
    return named


def _lowest_texts(rows: Sequence[Row]) -> list[Leaf]:
    """For every grid column the lowest printed cell of the head, equal neighbours as one leaf."""
    by_column: dict[int, Cell] = {}
    for row in rows:
        for cell in row.cells:
            if is_blank(cell.text):
                continue
            for column in range(cell.column, cell.column + cell.column_span):
                by_column[column] = cell
    leaves: list[Leaf] = []
    last: Cell | None = None
    for column in sorted(by_column):
        cell = by_column[column]
        if cell is last and leaves and leaves[-1].end == column:
            leaves[-1] = Leaf(None, leaves[-1].start, column + 1, cell.text)
        else:
            leaves.append(Leaf(None, column, column + 1, cell.text))
        last = cell
    return leaves


def _is_title(text: str) -> bool:
    return any(h.axis == "requests.heading" and h.similarity >= LIKELY for h in find_hits(text)[:1])


def read_head(rows: Sequence[Row]) -> tuple[Leaf, ...]:
    """The columns of a grid as its head names them, from the first applicant on; () if it names too few."""
    leaves = [leaf for leaf in _lowest_texts(rows) if not _is_title(leaf.text)]
    if any(_names_two(leaf.text) for leaf in leaves):
        return ()
    aligned = _align_leaves(leaves) if leaves else ()
    named = [i for i, leaf in enumerate(aligned) if leaf.applicant]
    if len(named) < 4:
        return ()
    if _is_displaced(rows):
        return tuple(Leaf(applicant, -1, -1) for applicant in _printed_order(rows))
    return _fill(_with_ends(rows, aligned[named[0] :]))


def is_doubled(rows: Sequence[Row]) -> bool:
    """A row of the head names a kind of organisation twice, others between: two tables stand side by side."""
    for row in rows:
        exact = (next((a for a in _INNER if _similarity(c.text, a) >= NEAR), "") for c in row.cells)
        named = [name for name, _ in groupby(exact) if name]
        if len(named) > len(set(named)):
            return True
    return False


def _is_displaced(rows: Sequence[Row]) -> bool:
    """Spans of the head contradict each other: an organisation does not stand below 法人或其他组织.

    Where its cells stand then tells nothing; only their order does.
    """
    named = [[c for c in row.cells if any(_similarity(c.text, a) >= NEAR for a in _INNER)] for row in rows]
    below = max(named, key=len)
    above = [extent for row in rows for extent in _extents_of_group(row.cells)]
    if len(above) != 1 or len(below) != len(_INNER):
        return False
    start, end = above[0]
    return any(not start <= c.column < end for c in below)


def _extents_of_group(cells: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """The columns of 法人或其他组织, with the empty cells right of it: a merged cell may be shown so."""
    for i, cell in enumerate(cells):
        if any((h.axis, h.name) == _ORGANISATIONS for h in find_hits(cell.text)[:1]):
            last = list(takewhile(lambda c: is_blank(c.text), cells[i + 1 :]))[-1:]
            yield cell.column, max(c.column + c.column_span for c in (cell, *last))


def _with_ends(rows: Sequence[Row], leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """The organisations' row of the head, cut off: the empty cells beside it are 自然人 and 总计."""
    if tuple(leaf.applicant for leaf in leaves) != _INNER:
        return leaves
    blank = [c for row in rows for c in row.cells if is_blank(c.text) and c.column > 0]
    first = [c for c in blank if c.column + c.column_span == leaves[0].start]
    last = [c for c in blank if c.column == leaves[-1].end]
    if not first or not last:
        return leaves
    return (_empty(APPLICANTS[0], first[-1]), *leaves, _empty(APPLICANTS[-1], last[-1]))


def _empty(applicant: str, cell: Cell) -> Leaf:
    return Leaf(applicant, cell.column, cell.column + cell.column_span)


@lru_cache(maxsize=8192)
def _names_two(text: str) -> bool:
    """One cell over two applicants' columns, the ruling between them lost: its place tells nothing.

    The lines of the two names may be interleaved, so their characters count, not their order.
    """
    printed = Counter(fold(text))
    return len({label.name for label in _LONG_NAMES if not Counter(label.core) - printed}) > 1


def _fill(leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """Seven columns of which those that can be read stand where the form has them: the others do as well."""
    if len(leaves) != _N or any(
        leaf.applicant not in (None, a) for leaf, a in zip(leaves, APPLICANTS, strict=True)
    ):
        return leaves
    if any(leaf.is_listed for leaf in leaves):
        return leaves
    return tuple(Leaf(a, leaf.start, leaf.end, leaf.text) for leaf, a in zip(leaves, APPLICANTS, strict=True))


def _extra_texts(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """Printed cells of a delimited head that are no word of the form."""
    totals = _TOTALS & {fold(c.text) for row in rows for c in row.cells}
    known = {"总计"} if totals == _TOTALS else _TOTALS
    extra = []
    for row in rows:
        for i, cell in enumerate(row.cells):
            foreign = fold(cell.text) in _TOTALS - known or not _is_known(cell.text)
            if foreign and not is_blank(cell.text):
                extra.append((row, i))
    return extra


def _is_known(text: str) -> bool:
    """A word of the form's own head, as far as it can be read."""
    hits = [h for h in find_hits(text) if h.similarity >= 0.5]
    return any(h.axis.startswith("requests") for h in hits if h.similarity == hits[0].similarity)


def _printed_order(rows: Sequence[Row]) -> tuple[str, ...]:
    """The applicants in the order that the head prints, where a row of it names the kinds of organisation.

    Where one or two of the five are not named anywhere, the table has no column for them.
    """
    words = [w for row in rows for c in row.cells for w in (c.text, *c.text.split())]
    lacking = {a for a in APPLICANTS if not any(_similarity(w, a) >= LIKELY for w in words)}
    for row in rows:
        named = [
            a[0]
            for c in row.cells
            if len(a := [x for x in APPLICANTS if _similarity(c.text, x) >= NEAR]) == 1
        ]
        inner = [a for a in named if a in _INNER]
        if len(set(named)) != len(named) or {*inner} != {*_INNER} - lacking or len(inner) < len(_INNER) - 2:
            continue
        if len(named) == _N and not any(_is_title(c.text) for c in row.cells):
            return tuple(named)
        if lacking and any(not is_blank(c.text) and not _is_known(c.text) for c in row.cells):
            return APPLICANTS
        return _around(rows, inner)
    return APPLICANTS


def _around(rows: Sequence[Row], inner: Sequence[str]) -> tuple[str, ...]:
    """The organisations between 自然人 and 总计, or where a row of the head prints their title."""
    ends = {
        APPLICANTS[0]: (APPLICANTS[0],),
        _ORGANISATIONS[1]: tuple(inner),
        APPLICANTS[-1]: (APPLICANTS[-1],),
    }
    for row in rows:
        hits = [
            h for c in row.cells for h in find_hits(c.text) if h.similarity >= NEAR and h.axis in _HEAD_AXES
        ]
        names = list(dict.fromkeys(h.name for h in hits if h.name in ends))
        if len(names) == len(ends):
            return tuple(a for name in names for a in ends[name])
    return (APPLICANTS[0], *inner, APPLICANTS[-1])


def read_delimited_head(rows: Sequence[Row]) -> tuple[Leaf, ...]:
    """The order of the columns where only an order is stated: the form's seven and any column beside them."""
    order = _with_gaps(rows, [(a, a) for a in _printed_order(rows)])
    for row, i in _extra_texts(rows):
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
        named = [next((a for a in _INNER if _similarity(c.text, a) >= LIKELY), None) for c in row.cells]
        places = [i for i, a in enumerate(named) if a]
        if len(places) < 3:
            continue
        for i in range(places[0] + 1, places[-1]):
            if is_blank(row.cells[i].text):
                before = next(a for a in reversed(named[:i]) if a)
                order.insert([a for a, _ in order].index(before) + 1, (None, ""))
        break
    return order


def _is_inner(rows: Sequence[Row], row: Row, i: int) -> bool:
    """A column among the organisations, left of a 总计 that stands in another row of the head."""
    others = [*row.cells[:i], *row.cells[i + 1 :]]
    if sum(_names(others, a) for a in _INNER) < 3 or _names(others, APPLICANTS[-1]):
        return False
    cells = [c for r in rows for c in r.cells if c is not row.cells[i]]
    totals = [c.column for c in cells if _similarity(c.text, APPLICANTS[-1]) >= NEAR]
    expanded = len({len(r.cells) for r in rows}) == 1
    return not (expanded and totals and row.cells[i].column > totals[0])


def _is_displaced_total(row: Row, i: int) -> bool:
    """The head stands in one line, 总计 (a span of two rows) before the organisations that it follows."""
    at = {a: k for k, c in enumerate(row.cells) for a in APPLICANTS if _similarity(c.text, a) >= NEAR}
    total, first = at.get(APPLICANTS[-1]), at.get(APPLICANTS[1])
    return total is not None and first is not None and total < first < i


def _names(cells: Sequence[Cell], applicant: str) -> bool:
    return any(_similarity(c.text, applicant) >= LIKELY for c in cells)


def _any_word(cells: Sequence[Cell]) -> bool:
    """One of the cells is a word of the head beyond the stub."""
    names = [h for c in cells for h in find_hits(c.text)[:1] if h.similarity >= LIKELY]
    return any(h.axis in _HEAD_AXES and h.name != "rule" for h in names)
