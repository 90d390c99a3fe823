"""The head of table 三 in a grid -> its columns, with the place of each.

Enters: rows of the head, cells with their spans. Leaves: `Leaf`s from the first applicant on, columns beside
the form's included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from typing import Final

from extract.document import Cell
from normalize.align.sequence import align
from normalize.form.labels import NEAR, find_hits
from normalize.form.loader import FORM
from normalize.requests.head_words import (
    APPLICANTS,
    COUNT,
    INNER,
    ORGANISATIONS,
    Leaf,
    is_title,
    printed_order,
    similarity,
)
from normalize.requests.year_words import OTHER, THIS, latest_year, whose_year
from normalize.rows.row import Row
from normalize.words.fold import fold
from normalize.words.quantity import is_blank

FEWEST: Final = 4
"""Columns that a head names at least, unless it names every column that it has beyond doubt."""
_LONG_NAMES = tuple(x for x in FORM.labels if x.axis == "requests.column" and len(x.core) > 2)


def _align_leaves(leaves: list[Leaf]) -> tuple[Leaf, ...]:
    """Which leaf of the head is which applicant: in order, or where names say another by these alone."""
    exact = _exact_names(leaves)
    order = [APPLICANTS.index(name) for name in exact if name]
    if order != sorted(order):
        return tuple(Leaf(n, leaf.start, leaf.end, leaf.text) for leaf, n in zip(leaves, exact, strict=True))
    scores = [
        [10 * (similarity(leaf.text, a) - 0.5) if leaf.text else -0.2 for a in APPLICANTS] for leaf in leaves
    ]
    for row in scores:
        named = max(row) >= 4.0
        row[:] = [s if s >= 4.0 or not named else -5.0 for s in (max(s, -1.0) for s in row)]
    skip = [0.3 if not leaf.text else 1.0 for leaf in leaves]
    names = [APPLICANTS[j] if j is not None else None for j in align(scores, skip, [1.0] * COUNT)]
    return tuple(
        Leaf(name, leaf.start, leaf.end, leaf.text) for leaf, name in zip(leaves, names, strict=True)
    )


def _exact_names(leaves: Sequence[Leaf]) -> list[str | None]:
    """The applicant that each leaf names beyond doubt, the first of several leaves that name one."""
    names: list[str | None] = []
    for leaf in leaves:
        near = [a for a in APPLICANTS if leaf.text and similarity(leaf.text, a) >= NEAR]
        names.append(near[0] if len(near) == 1 and near[0] not in names else None)
    return names


def _lowest_texts(rows: Sequence[Row]) -> list[Leaf]:
    """For every grid column the lowest printed cell of the head, equal neighbours as one leaf.

    Below a word for the report's own year the cell above it counts; a column of another year is marked.
    """
    above: dict[int, list[Cell]] = {}
    for row in rows:
        for cell in row.cells:
            if not is_blank(cell.text):
                for column in range(cell.column, cell.column + cell.column_span):
                    above.setdefault(column, []).append(cell)
    latest = latest_year(c.text for cells in above.values() for c in cells)
    leaves: list[Leaf] = []
    last: Cell | None = None
    for column, cells in sorted(above.items()):
        cell = cells[-1]
        if cell is last and leaves and leaves[-1].end == column:
            leaves[-1] = replace(leaves[-1], end=column + 1)
        else:
            years = [whose_year(c.text, latest) for c in cells]
            text = cells[-2].text if years[-1] == THIS and len(cells) > 1 else cell.text
            leaves.append(Leaf(None, column, column + 1, text, is_other_year=OTHER in years))
        last = cell
    return leaves


def read_head(rows: Sequence[Row]) -> tuple[Leaf, ...]:
    """The columns of a grid as its head names them, from the first applicant on; () if it names too few."""
    lowest = _lowest_texts(rows)
    leaves = [leaf for leaf in lowest if not leaf.is_other_year and not is_title(leaf.text)]
    others = [leaf for leaf in lowest if leaf.is_other_year]
    if any(_names_two(leaf.text) for leaf in leaves):
        return ()
    columns = _name_columns(leaves)
    if not columns:
        return ()
    if others:
        return tuple(sorted((*columns, *others), key=lambda leaf: leaf.start))
    if _is_displaced(rows):
        return tuple(Leaf(applicant, -1, -1) for applicant in printed_order(rows))
    return _fill(_with_ends(rows, columns))


def _name_columns(leaves: list[Leaf]) -> tuple[Leaf, ...]:
    """The leaves from the first that names an applicant on, each with its name; () where too few do."""
    aligned = _align_leaves(leaves) if leaves else ()
    places = [i for i, leaf in enumerate(aligned) if leaf.applicant]
    if len(places) >= FEWEST:
        return aligned[places[0] :]
    exact = _exact_names(leaves)
    first = next((i for i, name in enumerate(exact) if name), len(leaves))
    named = zip(leaves[first:], exact[first:], strict=True)
    return tuple(replace(leaf, applicant=name) for leaf, name in named) if all(exact[first:]) else ()


def _is_displaced(rows: Sequence[Row]) -> bool:
    """Spans of the head contradict each other: an organisation does not stand below 法人或其他组织.

    Where its cells stand then tells nothing; only their order does.
    """
    named = [[c for c in row.cells if any(similarity(c.text, a) >= NEAR for a in INNER)] for row in rows]
    below = max(named, key=len)
    above = [extent for row in rows for extent in _extents_of_group(row.cells)]
    if len(above) != 1 or len(below) != len(INNER):
        return False
    start, end = above[0]
    return any(not start <= c.column < end for c in below)


def _extents_of_group(cells: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """The columns of 法人或其他组织, with the empty cells right of it: a merged cell may be shown so."""
    for i, cell in enumerate(cells):
        if any((h.axis, h.name) == ORGANISATIONS for h in find_hits(cell.text)[:1]):
            last = list(takewhile(lambda c: is_blank(c.text), cells[i + 1 :]))[-1:]
            yield cell.column, max(c.column + c.column_span for c in (cell, *last))


def _with_ends(rows: Sequence[Row], leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """The organisations' row of the head, cut off: the empty cells beside it are 自然人 and 总计."""
    if tuple(leaf.applicant for leaf in leaves) != INNER:
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
    if len(leaves) != COUNT or any(
        leaf.applicant not in (None, a) for leaf, a in zip(leaves, APPLICANTS, strict=True)
    ):
        return leaves
    if any(leaf.is_listed for leaf in leaves):
        return leaves
    return tuple(Leaf(a, leaf.start, leaf.end, leaf.text) for leaf, a in zip(leaves, APPLICANTS, strict=True))
