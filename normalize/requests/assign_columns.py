"""The value cells of a row of table 三 -> its seven columns.

Enters: value cells and what the head of the table says. Leaves: one cell (or none) for each applicant,
with doubts where two assignments differ and neither the head, the other rows nor the row's own sum decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.document import Cell
from normalize.form.confidence import GUESSED, INFERRED, NEAR_ENOUGH
from normalize.requests.head_words import APPLICANTS, DEFAULT, Leaf
from normalize.words.quantity import add_up, is_blank, read_quantity

_N = len(APPLICANTS)
Seven = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Seven cells in the form's order.

    Attributes:
        cells: None where the layout leaves no trace of the cell.
        left_over: printed cells that belong to no column of the form.
        missing: the row prints more than can be placed, so none of it is.
    """

    cells: Seven
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    left_over: tuple[Cell, ...] = ()
    missing: bool = False


def _values(cells: Seven) -> tuple[tuple[str, str], ...]:
    return tuple(("", "") if c is None else _print(c) for c in cells)


def _print(cell: Cell) -> tuple[str, str]:
    quantity = read_quantity(cell.text)
    return ("" if is_blank(cell.text) else quantity.status.value, str(quantity.value))


def closes(cells: Seven) -> bool | None:
    """The total is the sum of the six (blanks as 0); None where all are 0 or nothing is printed."""
    values = [read_quantity(c.text).value if c else None for c in cells]
    numbers = [v or Decimal(0) for v in values]
    if not any(numbers):
        return None
    return add_up(numbers[:-1]) == numbers[-1]


def _by_position(values: Sequence[Cell], leaves: Sequence[Leaf]) -> tuple[Seven, tuple[Cell, ...]] | None:
    """Each leaf takes the cell that covers most of it; None where one cell would serve two leaves.

    None as well where the head tells an order and no places.
    """
    if any(leaf.start < 0 for leaf in leaves):
        return None
    taken: dict[int, int] = {}
    cells: dict[str, Cell | None] = {}
    exact = {(cell.column, cell.column + cell.column_span): i for i, cell in enumerate(values)}
    for number, leaf in enumerate(leaves):
        best = exact.get((leaf.start, leaf.end))
        if best is None:
            best = _most_covering(values, leaf)
        if best is not None:
            if best in taken and not is_blank(values[best].text):
                return None
            taken[best] = number
        if leaf.applicant:
            cells[leaf.applicant] = values[best] if best is not None else None
    used = {i for i, n in taken.items() if leaves[n].applicant or leaves[n].is_listed}
    left = tuple([c for i, c in enumerate(values) if i not in used and not is_blank(c.text)])
    return tuple(map(cells.get, APPLICANTS)), left


def _most_covering(values: Sequence[Cell], leaf: Leaf) -> int | None:
    best, most = None, 0
    for i, cell in enumerate(values):
        overlap = min(leaf.end, cell.column + cell.column_span) - max(leaf.start, cell.column)
        if overlap > most:
            best, most = i, overlap
    return best


def _by_order(values: Sequence[Cell], leaves: Sequence[Leaf]) -> tuple[Seven, tuple[Cell, ...]] | None:
    if len(values) != len(leaves):
        return None
    cells = {leaf.applicant: cell for leaf, cell in zip(leaves, values, strict=True) if leaf.applicant}
    left = tuple(
        c
        for leaf, c in zip(leaves, values, strict=True)
        if not leaf.applicant and not leaf.is_listed and not is_blank(c.text)
    )
    return tuple(map(cells.get, APPLICANTS)), left


def _decide(
    candidates: Sequence[tuple[Seven, tuple[Cell, ...]]], preferred: int = 0, doubt: str = "doubt.column"
) -> Assignment:
    """One assignment out of several: equal ones are one; a sum that closes in just one decides."""
    if all(cells == candidates[0][0] for cells, _ in candidates[1:]):  # as in most rows, and quick to see
        return Assignment(candidates[preferred][0], left_over=candidates[preferred][1])
    distinct: dict[tuple[tuple[str, str], ...], tuple[Seven, tuple[Cell, ...]]] = {}
    for candidate in candidates:
        distinct.setdefault(_values(candidate[0]), candidate)
    if len(distinct) == 1:
        cells, left = candidates[preferred]
        return Assignment(cells, left_over=left)
    closing = [c for c in distinct.values() if closes(c[0])]
    if len(closing) == 1:
        return Assignment(closing[0][0], INFERRED, (), closing[0][1])
    cells, left = candidates[preferred]
    return Assignment(cells, GUESSED, (doubt,), left)


def assign_grid(values: Sequence[Cell], leaves: Sequence[Leaf]) -> Assignment:
    """The seven cells of a row of a grid whose head is known."""
    position, order = _by_position(values, leaves), _by_order(values, leaves)
    candidates = [c for c in (position, order) if c is not None]
    if position and order and sum(c is not None for c in position[0]) < sum(c is not None for c in order[0]):
        candidates = [order]
    if candidates:
        chosen = _decide(candidates)
        unnamed = not any(leaf.applicant is None and leaf.text for leaf in leaves)
        return in_doubt(chosen) if chosen.left_over and unnamed else doubt_uneven(chosen)
    found = assign_window(values, 0, leaves, Counter(), Counter(), ())
    return doubt_uneven(found) if closes(found.cells) else in_doubt(found)


def doubt_uneven(found: Assignment, *, narrow: bool = False, wide: bool = False) -> Assignment:
    """A row in doubt that prints something and lacks a cell or has one too many, unless its sum closes.

    Args:
        found: the row as assigned.
        narrow: it ends before the other rows do.
        wide: it ends after the other rows and their head.
    """
    printed = [c for c in found.cells if c and not is_blank(c.text)]
    lacking = (narrow or None in found.cells) and len(printed) < _N
    if not printed or not (lacking or wide) or found.doubts or closes(found.cells):
        return found
    return in_doubt(found)


def in_doubt(found: Assignment) -> Assignment:
    """The same cells, any of which may belong to another column."""
    return replace(found, confidence=min(found.confidence, GUESSED), doubts=("doubt.column",))


def assign_shifted(values: Sequence[Cell], within: Sequence[Cell], leaves: Sequence[Leaf]) -> Assignment:
    """A row of a grid with a cell for each column that begins left of the head: a cell beside it is lost.

    Args:
        values: as many cells as the head has columns.
        within: those of them that reach under the head.
        leaves: the columns that the head names.
    """
    order, position = _by_order(values, leaves), _by_position(within, leaves)
    candidates = [c for c in (order, position) if c is not None]
    if any(not is_blank(c.text) for c in values if c not in within):
        return _decide(candidates[:1])
    return _decide(candidates)


def assign_window(
    cells: Sequence[Cell],
    end: int,
    leaves: Sequence[Leaf],
    lefts: Counter[tuple[object, int]],
    rights: Counter[int],
    signature: object,
    *,
    counted: bool = False,
) -> Assignment:
    """The seven cells of a row whose cells are only ordered: the window that the other rows' edges favour.

    Args:
        cells: all cells of the row.
        end: index of the first cell after the labels.
        leaves: the columns that the head names, in order.
        lefts: first value index seen in full rows, by signature of their labels.
        rights: cells after the last value seen in full rows.
        signature: rows that share it have their values in the same cells.
        counted: an empty cell is stated, not a gap between others.
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
        return Assignment(candidates[0][0], NEAR_ENOUGH if len(ranked) > 1 else 1.0, (), candidates[0][1])
    found = _decide(candidates)
    beside = counted and votes == 0 and best == end and len(cells) - end > width
    if beside and len(printed) < last - first + 1 and not found.doubts and not closes(found.cells):
        return in_doubt(found)  # an empty cell among the numbers may be the one too many
    return found


def _take(cells: Sequence[Cell], start: int, leaves: Sequence[Leaf]) -> tuple[Seven, tuple[Cell, ...]]:
    window = [cells[i] if i < len(cells) else None for i in range(start, start + len(leaves))]
    by_name = {leaf.applicant: cell for leaf, cell in zip(leaves, window, strict=True) if leaf.applicant}
    left = tuple(
        cell
        for leaf, cell in zip(leaves, window, strict=True)
        if not leaf.applicant and not leaf.is_listed and cell and not is_blank(cell.text)
    )
    return tuple(by_name.get(a) for a in APPLICANTS), left


def refuse(cells: Sequence[Cell]) -> Assignment:
    """More numbers than columns and nothing to tell which is which: none is placed."""
    printed = tuple(c for c in cells if not is_blank(c.text))
    return Assignment((None,) * _N, 0.0, ("doubt.column",), printed, missing=True)


def _is_empty(cells: Sequence[Cell]) -> bool:
    return all(is_blank(c.text) for c in cells)


Edges = tuple[Counter[tuple[object, int]], Counter[int]]
"""First value index seen in full rows, by signature of their labels; and cells after the last value."""
ANY = "any row"
"""Signature under which all rows vote, where all begin their values at one index (spans shown as empties)."""
Ordered = tuple[Sequence[Cell], int, object]
"""A row whose cells are only ordered: its cells, where its labels end, the signature of its labels."""


def fit_leaves(rows: Sequence[Ordered], head: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """The columns of rows whose cells are only ordered: the head's, or only those that hold a number.

    A row with its innermost label next to its values has one cell a column, and most rows are of that kind.
    Where only the first and the last column print anything, it does not matter which of the others is extra.
    """
    values = [cells[end:] for cells, end, _ in rows]
    lengths = Counter(map(len, values))
    width = max(lengths, key=lambda n: (lengths[n], -n))
    if not head or (len(head) < _N and len(head) != width):
        head = DEFAULT  # a name of the head is lost, not a column
    if width <= _N < len(head):
        head = [leaf for leaf in head if leaf.applicant or leaf.text]  # an empty line is no column
    if any(len(v) == _N and not any(is_blank(c.text) for c in v) for v in values):
        return tuple(head)
    if len(head) == width or width <= _N:
        return tuple(head)
    full = [v for v in values if len(v) == width]
    blank = [i for i in range(width) if all(is_blank(c[i].text) for c in full)]
    empty = [i for i in range(width) if not any(read_quantity(c[i].text).is_number for c in full)]
    empty = blank if len(blank) == width - _N else empty
    if blank == list(range(1, width - 1)):
        empty = blank[: width - _N]
    if len(empty) != width - _N:
        return tuple(head)
    names = iter([leaf.applicant for leaf in head if leaf.applicant] or APPLICANTS)
    return tuple(Leaf(None if i in empty else next(names), i, i + 1) for i in range(width))


def find_edges(rows: Sequence[Ordered], leaves: Sequence[Leaf]) -> Edges:
    """Where the values of full rows begin and end: (first index by signature, cells after the last)."""
    kept = [i for i, leaf in enumerate(leaves) if leaf.applicant]
    lefts: Counter[tuple[object, int]] = Counter()
    rights: Counter[int] = Counter()
    for cells, end, signature in rows:
        printed = [i for i in range(end, len(cells)) if not is_blank(cells[i].text)]
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
