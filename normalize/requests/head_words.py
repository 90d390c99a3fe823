"""The head of table 三: its words, and the order of columns that it prints.

Enters: rows of the table. Leaves: which of them are its head, and the applicants as the head orders them.
What each column is called and where it stands is found in `grid_head` and `delimited_head`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from normalize.form.labels import LIKELY, NEAR, find_hits
from normalize.form.loader import FORM
from normalize.requests.year_words import is_year_row
from normalize.rows.row import Row
from normalize.words.quantity import is_blank, is_quantity

_ALSO_ROWS = frozenset({"other_org", "total"})
"""其他 and 总计 head columns, but rows of the form as well: alone they make no head."""
HEAD_AXES = frozenset({"requests.column", "requests.heading"})
ORGANISATIONS = ("requests.heading", "organisations")
APPLICANTS = tuple(a.applicant for a in FORM.applicants)
INNER = APPLICANTS[1:-1]
COUNT = len(APPLICANTS)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column under the head.

    Attributes:
        applicant: None for a column that is not the form's.
        start, end: where it stands, `end` excluded; -1 where only the order of columns is known.
        text: that names it.
        is_other_year: it is of another year than the report, or compares two.
    """

    applicant: str | None
    start: int
    end: int
    text: str = ""
    is_other_year: bool = False

    @property
    def is_listed(self) -> bool:
        """A column beside the form's that the dictionary knows (备注, 小计): what it holds is no issue."""
        return any(h.axis == "ignored" and h.similarity >= NEAR for h in find_hits(self.text))


DEFAULT = tuple(Leaf(a, i, i + 1) for i, a in enumerate(APPLICANTS))


def is_head(row: Row) -> bool:
    """A row of the table's head: applicants, their group or years, and no number."""
    if any(is_quantity(c.text) for c in row.cells):
        return False
    if is_year_row(row):
        return True
    named: list[str] = []
    for cell in row.cells:
        hits = [h for h in find_hits(cell.text) if h.similarity >= LIKELY]
        if hits and hits[0].axis in HEAD_AXES and hits[0].numeral is None:
            named.append(hits[0].name)
    return len(named) > 1 or any(name not in _ALSO_ROWS for name in named)


def is_head_of_years(row: Row, below: Sequence[Row]) -> bool:
    """A row that names 总计 or 其他 alone, as rows of the form do, over a row of years."""
    if not below or not is_year_row(below[0]) or any(is_quantity(c.text) for c in row.cells):
        return False
    return any(similarity(c.text, a) >= NEAR for c in row.cells for a in APPLICANTS)


@lru_cache(maxsize=8192)
def similarity(text: str, applicant: str) -> float:
    """How well a cell of the head reads as the name of that column, 0 to 1."""
    return next(
        (h.similarity for h in find_hits(text) if (h.axis, h.name) == ("requests.column", applicant)), 0.0
    )


def is_title(text: str) -> bool:
    """The cell is a title over several columns."""
    return any(h.axis == "requests.heading" and h.similarity >= LIKELY for h in find_hits(text)[:1])


def is_doubled(rows: Sequence[Row]) -> bool:
    """A row of the head names a kind of organisation twice, others between: two tables stand side by side."""
    for row in rows:
        exact = (next((a for a in INNER if similarity(c.text, a) >= NEAR), "") for c in row.cells)
        named = [name for name, _ in groupby(exact) if name]
        if len(named) > len(set(named)):
            return True
    return False


def is_known(text: str) -> bool:
    """A word of the form's own head, as far as it can be read."""
    hits = [h for h in find_hits(text) if h.similarity >= 0.5]
    return any(h.axis.startswith("requests.") for h in hits if h.similarity == hits[0].similarity)


def printed_order(rows: Sequence[Row]) -> tuple[str, ...]:
    """The applicants in the order that the head prints, where a row of it names the kinds of organisation.

    Where one or two of the five are not named anywhere, the table has no column for them.
    """
    words = [w for row in rows for c in row.cells for w in (c.text, *c.text.split())]
    lacking = {a for a in APPLICANTS if not any(similarity(w, a) >= LIKELY for w in words)}
    for row in rows:
        named = [
            a[0] for c in row.cells if len(a := [x for x in APPLICANTS if similarity(c.text, x) >= NEAR]) == 1
        ]
        inner = [a for a in named if a in INNER]
        if len(set(named)) != len(named) or {*inner} != {*INNER} - lacking or len(inner) < len(INNER) - 2:
            continue
        if len(named) == COUNT and not any(is_title(c.text) for c in row.cells):
            return tuple(named)
        return APPLICANTS if lacking and _is_torn(row) else _around(rows, inner)
    return APPLICANTS


def _is_torn(row: Row) -> bool:
    """A name of the row is past reading, or lost: an empty cell between two others, or behind the stub."""
    first = next(i for i, c in enumerate(row.cells) if any(similarity(c.text, a) >= NEAR for a in APPLICANTS))
    printed = [i for i, c in enumerate(row.cells) if i >= first and not is_blank(c.text)]
    whole = printed[-1] - printed[0] == len(printed) - 1
    return not whole or not all(is_known(row.cells[i].text) for i in printed)


def _around(rows: Sequence[Row], inner: Sequence[str]) -> tuple[str, ...]:
    """The organisations between 自然人 and 总计, or where a row of the head prints their title.

    Where lines alone part the cells, 总计 may come early only because it reaches down from 申请人情况.
    """
    ends = {
        APPLICANTS[0]: (APPLICANTS[0],),
        ORGANISATIONS[1]: tuple(inner),
        APPLICANTS[-1]: (APPLICANTS[-1],),
    }
    for row in rows:
        hits = [
            h for c in row.cells for h in find_hits(c.text) if h.similarity >= NEAR and h.axis in HEAD_AXES
        ]
        names = list(dict.fromkeys(h.name for h in hits if h.name in ends))
        if len(names) == len(ends) and not row.stream:
            return tuple(a for name in names for a in ends[name])
    return (APPLICANTS[0], *inner, APPLICANTS[-1])
