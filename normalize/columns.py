"""The value cells of a row of table 三 -> its seven columns.

Enters: value cells and what the head of the table says. Leaves: one cell (or none) for each applicant,
with doubts where two assignments differ and neither the head, the other rows nor the row's own sum decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import Cell
from normalize.align import align
from normalize.form.loader import FORM
from normalize.labels import find_hits
from normalize.quantity import read_quantity
from normalize.report import Status
from normalize.rows import Row, is_blank, is_quantity

APPLICANTS = tuple(a.applicant for a in FORM.applicants)
_N = len(APPLICANTS)
Seven = tuple[Cell | None, ...]


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
        return any(h.axis == "ignored" and h.similarity >= 0.9 for h in find_hits(self.text))


@dataclass(frozen=True, slots=True)
class Assignment:
    """Seven cells in the form's order.

    Attributes:
        cells: None where the layout leaves no trace of the cell.
        left_over: printed cells that belong to no column of the form.
    """

    cells: Seven
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    left_over: tuple[Cell, ...] = ()
    missing: bool = False


DEFAULT = tuple(Leaf(a, i, i + 1) for i, a in enumerate(APPLICANTS))


def is_head(row: Row) -> bool:
    """A row of the table's head: applicants or their group, and no number."""
    if any(is_quantity(c.text) for c in row.cells):
        return False
    named = 0
    for cell in row.cells:
        hits = [h for h in find_hits(cell.text) if h.similarity >= 0.72]
        if hits and hits[0].axis in {"requests.column", "requests.heading"}:
            named += 1 if hits[0].numeral is None else 0
    return named >= 1


def _similarity(text: str, applicant: str) -> float:
    return next((h.similarity for h in find_hits(text) if (h.axis, h.name) == ("requests.column", applicant)), 0.0)


def _align_leaves(leaves: list[Leaf]) -> tuple[Leaf, ...]:
    """Which leaf of the head is which applicant, in order."""
    scores = [[10 * (_similarity(leaf.text, a) - 0.5) if leaf.text else -0.2 for a in APPLICANTS] for leaf in leaves]
    for row in scores:
        named = max(row) >= 4.0
        row[:] = [s if s >= 4.0 or not named else -5.0 for s in (max(s, -1.0) for s in row)]
    skip = [0.3 if not leaf.text else 1.0 for leaf in leaves]
    names = [APPLICANTS[j] if j is not None else None for j in align(scores, skip, [1.0] * _N)]
    names = _out_of_order(leaves, names)
    return tuple(Leaf(name, leaf.start, leaf.end, leaf.text) for leaf, name in zip(leaves, names, strict=True))


def _out_of_order(leaves: Sequence[Leaf], names: list[str | None]) -> list[str | None]:
    """Columns in another order than the form's: an exact name goes where it says."""
    named = list(names)
    for i, leaf in enumerate(leaves):
        exact = [a for a in APPLICANTS if leaf.text and _similarity(leaf.text, a) >= 0.9]
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
    return any(h.axis == "requests.heading" and h.similarity >= 0.72 for h in find_hits(text)[:1])


def read_head(rows: Sequence[Row]) -> tuple[Leaf, ...]:
    """The columns of a grid as its head names them, from the first applicant on; () if it names too few."""
    leaves = [leaf for leaf in _lowest_texts(rows) if not _is_title(leaf.text)]
    aligned = _align_leaves(leaves) if leaves else ()
    named = [i for i, leaf in enumerate(aligned) if leaf.applicant]
    if len(named) < 4:
        return ()
    return _fill(aligned[named[0] :])


def _fill(leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """Seven columns of which those that can be read stand where the form has them: the others do as well."""
    if len(leaves) != _N or any(leaf.applicant not in (None, a) for leaf, a in zip(leaves, APPLICANTS, strict=True)):
        return leaves
    if any(leaf.is_listed for leaf in leaves):
        return leaves
    return tuple(Leaf(a, leaf.start, leaf.end, leaf.text) for leaf, a in zip(leaves, APPLICANTS, strict=True))


def _extra_texts(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """Printed cells of a delimited head that are no word of the form."""
    extra = []
    for row in rows:
        for i, cell in enumerate(row.cells):
            if not is_blank(cell.text) and not _is_known(cell.text):
                extra.append((row, i))
    return extra


def _is_known(text: str) -> bool:
    """A word of the form's own head, as far as it can be read."""
    hits = [h for h in find_hits(text) if h.similarity >= 0.5]
    return any(h.axis.startswith("requests") for h in hits if h.similarity == hits[0].similarity)


def _printed_order(rows: Sequence[Row]) -> tuple[str, ...]:
    """The applicants in the order of the head's own row, where it names the five kinds of organisation."""
    for row in rows:
        exact = [[a for a in APPLICANTS if _similarity(c.text, a) >= 0.9] for c in row.cells]
        named = [a[0] for a in exact if len(a) == 1]
        inner = [a for a in named if a not in {APPLICANTS[0], APPLICANTS[-1]}]
        if len(set(named)) == len(named) and len(inner) == _N - 2:
            if len(named) == _N and not any(_is_title(c.text) for c in row.cells):
                return tuple(named)
            return (APPLICANTS[0], *inner, APPLICANTS[-1])
    return APPLICANTS


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


def _with_gaps(
    rows: Sequence[Row], order: list[tuple[str | None, str]]
) -> list[tuple[str | None, str]]:
    """The order with an empty column wherever the organisations' own row of the head has an empty cell."""
    for row in rows:
        named = [next((a for a in APPLICANTS[1:-1] if _similarity(c.text, a) >= 0.72), None) for c in row.cells]
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
    if sum(_names(row.cells, a) for a in APPLICANTS[1:-1]) < 3 or _names(row.cells, APPLICANTS[-1]):
        return False
    totals = [c.column for r in rows for c in r.cells if _similarity(c.text, APPLICANTS[-1]) >= 0.9]
    expanded = len({len(r.cells) for r in rows}) == 1
    return not (expanded and totals and row.cells[i].column > totals[0])


def _is_displaced_total(row: Row, i: int) -> bool:
    """The head stands in one line, 总计 (a span of two rows) before the organisations that it follows."""
    at = {a: k for k, c in enumerate(row.cells) for a in APPLICANTS if _similarity(c.text, a) >= 0.9}
    total, first = at.get(APPLICANTS[-1]), at.get(APPLICANTS[1])
    return total is not None and first is not None and total < first < i


def _names(cells: Sequence[Cell], applicant: str) -> bool:
    return any(_similarity(c.text, applicant) >= 0.72 for c in cells)


def _any_word(cells: Sequence[Cell]) -> bool:
    """One of the cells is a word of the head beyond the stub."""
    names = [h for c in cells for h in find_hits(c.text)[:1] if h.similarity >= 0.72]
    return any(h.axis in {"requests.column", "requests.heading"} and h.name != "rule" for h in names)


def _values(cells: Seven) -> tuple[tuple[str, str], ...]:
    return tuple(("", "") if c is None else _print(c) for c in cells)


def _print(cell: Cell) -> tuple[str, str]:
    quantity = read_quantity(cell.text)
    return ("" if quantity.status is Status.BLANK else quantity.status.value, str(quantity.value))


def closes(cells: Seven) -> bool | None:
    """The total is the sum of the six (blanks as 0); None where all are 0 or nothing is printed."""
    values = [read_quantity(c.text).value if c else None for c in cells]
    numbers = [v or 0 for v in values]
    if not any(numbers):
        return None
    return sum(numbers[:-1]) == numbers[-1]


def _by_position(values: Sequence[Cell], leaves: Sequence[Leaf]) -> tuple[Seven, tuple[Cell, ...]] | None:
    """Each leaf takes the cell that covers most of it; None where one cell would serve two leaves."""
    taken: dict[int, int] = {}
    cells: dict[str, Cell | None] = {}
    for number, leaf in enumerate(leaves):
        best, most = None, 0
        for i, cell in enumerate(values):
            overlap = min(leaf.end, cell.column + cell.column_span) - max(leaf.start, cell.column)
            if overlap > most:
                best, most = i, overlap
        if best is not None:
            if best in taken and not is_blank(values[best].text):
                return None
            taken[best] = number
        if leaf.applicant:
            cells[leaf.applicant] = values[best] if best is not None else None
    used = {i for i, n in taken.items() if leaves[n].applicant or leaves[n].is_listed}
    left = tuple(c for i, c in enumerate(values) if i not in used and not is_blank(c.text))
    return tuple(cells.get(a) for a in APPLICANTS), left


def _by_order(values: Sequence[Cell], leaves: Sequence[Leaf]) -> tuple[Seven, tuple[Cell, ...]] | None:
    if len(values) != len(leaves):
        return None
    cells = {leaf.applicant: cell for leaf, cell in zip(leaves, values, strict=True) if leaf.applicant}
    left = tuple(
        c
        for leaf, c in zip(leaves, values, strict=True)
        if not leaf.applicant and not leaf.is_listed and not is_blank(c.text)
    )
    return tuple(cells.get(a) for a in APPLICANTS), left


def _decide(
    candidates: Sequence[tuple[Seven, tuple[Cell, ...]]], preferred: int = 0, doubt: str = "doubt.column"
) -> Assignment:
    """One assignment out of several: equal ones are one; a sum that closes in just one decides."""
    distinct: dict[tuple[tuple[str, str], ...], tuple[Seven, tuple[Cell, ...]]] = {}
    for candidate in candidates:
        distinct.setdefault(_values(candidate[0]), candidate)
    if len(distinct) == 1:
        cells, left = candidates[preferred]
        return Assignment(cells, left_over=left)
    closing = [c for c in distinct.values() if closes(c[0])]
    if len(closing) == 1:
        return Assignment(closing[0][0], 0.85, (), closing[0][1])
    cells, left = candidates[preferred]
    return Assignment(cells, 0.5, (doubt,), left)


def assign_grid(values: Sequence[Cell], leaves: Sequence[Leaf]) -> Assignment:
    """The seven cells of a row of a grid whose head is known."""
    position, order = _by_position(values, leaves), _by_order(values, leaves)
    candidates = [c for c in (position, order) if c is not None]
    if position and order and sum(c is not None for c in position[0]) < sum(c is not None for c in order[0]):
        candidates = [order]
    if candidates:
        chosen = _decide(candidates)
        if chosen.left_over and not any(leaf.applicant is None and leaf.text for leaf in leaves):
            return Assignment(chosen.cells, 0.5, ("doubt.column",), chosen.left_over)
        return chosen
    return assign_window(values, 0, leaves, Counter(), Counter(), ())


def assign_window(
    cells: Sequence[Cell],
    end: int,
    leaves: Sequence[Leaf],
    lefts: Counter[tuple[object, int]],
    rights: Counter[int],
    signature: object,
) -> Assignment:
    """The seven cells of a row whose cells are only ordered: the window that the other rows' edges favour.

    Args:
        cells: all cells of the row; labels end before index `end`.
        lefts: first value index seen in full rows, by signature of their labels.
        rights: cells after the last value seen in full rows.
    """
    width = len(leaves)
    printed = [i for i in range(end, len(cells)) if not is_blank(cells[i].text)]
    if not printed:
        return Assignment(_take(cells, end, leaves)[0])
    first, last = printed[0], printed[-1]
    starts = range(max(end, last - width + 1), first + 1)
    if not starts:
        return refuse(cells[end:])

    def votes_for(start: int) -> int:
        left = lefts[signature, start] > 0 or lefts[ANY, start] > 0
        return left + (rights[len(cells) - start - width] > 0)

    ranked = sorted(starts, key=lambda s: (-votes_for(s), s + width > len(cells), -s))
    candidates = [_take(cells, s, leaves) for s in ranked]
    best = ranked[0]
    votes = votes_for(best)
    others = [votes_for(s) for s in ranked[1:]]
    trusted = best + width <= len(cells) or lefts[ANY, best] > 1
    if votes == 2 or (votes == 1 and not any(others) and trusted):
        return Assignment(candidates[0][0], 0.95 if len(ranked) > 1 else 1.0, (), candidates[0][1])
    return _decide(candidates)


def _take(cells: Sequence[Cell], start: int, leaves: Sequence[Leaf]) -> tuple[Seven, tuple[Cell, ...]]:
    window = [cells[i] if i < len(cells) else None for i in range(start, start + len(leaves))]
    by_name = {leaf.applicant: cell for leaf, cell in zip(leaves, window, strict=True) if leaf.applicant}
    left = tuple(
        cell for leaf, cell in zip(leaves, window, strict=True)
        if not leaf.applicant and not leaf.is_listed and cell and not is_blank(cell.text)
    )
    return tuple(by_name.get(a) for a in APPLICANTS), left


def refuse(cells: Sequence[Cell]) -> Assignment:
    """More numbers than columns and nothing to tell which is which: none is placed."""
    return Assignment((None,) * _N, 0.0, ("doubt.column",), tuple(c for c in cells if not is_blank(c.text)), True)


def _is_empty(cells: Sequence[Cell]) -> bool:
    return all(is_blank(c.text) for c in cells)


ANY = "any row"
"""Signature under which all rows vote, where all begin their values at one index (spans shown as empties)."""
Ordered = tuple[Sequence[Cell], int, object]
"""A row whose cells are only ordered: its cells, where its labels end, the signature of its labels."""


def fit_leaves(rows: Sequence[Ordered], head: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """The columns of rows whose cells are only ordered: as the head says, or without those that hold no number.

    A row with its innermost label next to its values has one cell a column, and most rows are of that kind.
    Where only the first and the last column print anything, it does not matter which of the others is extra.
    """
    lengths = Counter(len(cells) - end for cells, end, _ in rows)
    width = max(lengths, key=lambda n: (lengths[n], -n))
    if len(head) == width or width <= _N:
        return tuple(head) or DEFAULT
    full = [cells[end:] for cells, end, _ in rows if len(cells) - end == width]
    blank = [i for i in range(width) if all(is_blank(c[i].text) for c in full)]
    empty = [i for i in range(width) if not any(read_quantity(c[i].text).is_number for c in full)]
    empty = blank if len(blank) == width - _N else empty
    if blank == list(range(1, width - 1)):
        empty = blank[: width - _N]
    if len(empty) != width - _N:
        return tuple(head) or DEFAULT
    names = iter([leaf.applicant for leaf in head if leaf.applicant] or APPLICANTS)
    return tuple(Leaf(None if i in empty else next(names), i, i + 1) for i in range(width))


def edges(rows: Sequence[Ordered], leaves: Sequence[Leaf]) -> tuple[Counter[tuple[object, int]], Counter[int]]:
    """Where the values of full rows begin and end: (first index by signature, cells after the last)."""
    kept = [i for i, leaf in enumerate(leaves) if leaf.applicant]
    lefts: Counter[tuple[object, int]] = Counter()
    rights: Counter[int] = Counter()
    for cells, end, signature in rows:
        printed = [i for i in range(end, len(cells)) if read_quantity(cells[i].text).status is not Status.BLANK]
        if len(printed) >= _N and printed[-1] - printed[0] in (kept[-1] - kept[0], len(leaves) - 1 - kept[0]):
            start = printed[0] - kept[0]
            lefts[signature, start] += 1
            lefts[ANY, start] += 1
            rights[len(cells) - start - len(leaves)] += 1
    if any(len(cells) - end < len(leaves) and not _is_empty(cells[end:]) for cells, end, _ in rows):
        rights.clear()
    if sum(key[0] == ANY for key in lefts) > 1:
        lefts = Counter({key: n for key, n in lefts.items() if key[0] != ANY})
    return lefts, rights
