"""Which edition of the form a report follows, and which cells that edition has.

Enters: placed cells, or what is printed in one edition only. Leaves: an edition; the cells to be expected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from normalize.form.loader import FORM, TABLES
from normalize.form.placed import Placed

_APPLICANTS = tuple(a.applicant for a in FORM.applicants)


@lru_cache(maxsize=256)
def list_expected(marks: frozenset[tuple[str, str, str]], fallback: str) -> tuple[tuple[str, str, str], ...]:
    """Every cell that the edition in use has, table by table and, in 二, item by item.

    Args:
        marks: table, item and edition of what is printed in one edition only.
        fallback: the edition where nothing is.
    """
    expected = []
    editions: dict[tuple[str, str], Counter[str]] = {}
    for table, item, edition in marks:
        editions.setdefault((table, item), Counter())[edition] += 1
    everywhere = _majority(editions.values())
    for table in TABLES:
        main = _majority(e for (t, _), e in editions.items() if t == table) or everywhere or fallback
        for field in FORM.fields_of(table):
            own = (
                _majority([editions.get((table, item_of(field.field)), Counter())])
                if table == "disclosure"
                else ""
            )
            if (own or main) in field.editions:
                applicants = _APPLICANTS if table == "requests" else ("",)
                expected += [(table, field.field, applicant) for applicant in applicants]
    return tuple(expected)


@cache
def item_of(field: str) -> str:
    """The item of the form (a 项 of article 20, or a table) that a field belongs to."""
    stub = field.split(".", maxsplit=1)[0]
    return "rules" if stub == "normative_documents" else stub


def _majority(items: Iterable[Counter[str]]) -> str:
    """The edition that most items follow; an item of many cells counts once, the later edition wins a tie."""
    total: Counter[str] = Counter()
    for item in items:
        total += item
    return max(sorted(total, reverse=True), key=lambda e: total[e]) if total else ""


def edition_of(cells: Sequence[Placed], year: int | None, *, statistics: bool = False) -> str:
    """The edition that the report follows: `2021`, `2019`, `mixed`, `2014`, `prose` or "".

    Args:
        cells: placed on the form.
        year: of the report.
        statistics: a statistics table was found.
    """
    editions = {c.edition for c in cells if c.edition}
    if len(editions) == 2:
        return "mixed"
    if editions:
        return editions.pop()
    if cells:
        return "2019" if year in (2019, 2020) else "2021"
    if statistics:
        return "2014"
    if year is None or year >= 2019:
        return ""
    return "2014" if year >= 2014 else "prose"
