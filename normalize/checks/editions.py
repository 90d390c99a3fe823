"""Which edition of the form a report follows, and which cells that edition has.

Enters: placed cells, or what is printed in some editions only. Leaves: an edition; the cells to be expected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from normalize.form.loader import FORM
from normalize.form.placed import Placed
from normalize.form.template import Edition

_WITH_TABLES = tuple(e for e in FORM.editions if e.tables == "form")
"""Editions that have tables of the form, the newest first."""
_BY_YEAR = tuple(e for e in FORM.editions if e.tables != "several")


def edition_by_year(year: int | None, editions: Sequence[Edition] = _WITH_TABLES) -> str:
    """The edition that a report of a year follows by law; the newest where none is so old."""
    return next((e.name for e in editions if year and (e.since or 0) <= year), editions[0].name)


def edition_due(edition: str, year: int | None) -> str:
    """The edition that absence is measured by where the rows do not say: the report's, or its year's."""
    return edition if edition in {e.name for e in _WITH_TABLES} else edition_by_year(year)


@lru_cache(maxsize=256)
def list_expected(marks: frozenset[tuple[str, str, str]], fallback: str) -> tuple[tuple[str, str, str], ...]:
    """Every cell that the edition in use has, table by table and, in 二, item by item.

    Args:
        marks: table, item and editions (`2021|2030`) of what is not printed in all.
        fallback: the edition where nothing is.
    """
    expected = []
    editions: dict[tuple[str, str], Counter[str]] = {}
    for table, item, edition in _settle(marks, fallback):
        editions.setdefault((table, item), Counter())[edition] += 1
    everywhere = _majority(editions.values())
    for table in FORM.table_names:
        main = _majority(e for (t, _), e in editions.items() if t == table) or everywhere or fallback
        for field in FORM.fields_of(table):
            item = item_of(table, field.field)
            own = _majority([editions[table, item]]) if item and (table, item) in editions else ""
            if (own or main) in field.editions:
                columns = [a.applicant for a in FORM.template_with(field).applicants] or [""]
                expected += [(table, field.field, applicant) for applicant in columns]
    return tuple(expected)


def _settle(marks: frozenset[tuple[str, str, str]], fallback: str) -> Iterator[tuple[str, str, str]]:
    """Marks of one edition each: of those that may be meant the one that others of the table give away."""
    sure = {(table, edition) for table, _, edition in marks}
    for table, item, edition in marks:
        names = edition.split("|")
        meant = [e for e in names if (table, e) in sure] or [e for e in names if e == fallback] or names
        yield table, item, next(e.name for e in _WITH_TABLES if e.name in meant)


@cache
def item_of(table: str, field: str) -> str:
    """What is printed in one edition as a whole: an item (项 of article 20) in a table of blocks, else ""."""
    template = FORM.template_of(table, field)
    return template.groups[template.row_of(field)] if template.rows_are == "blocks" else ""


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
    marks = {c.edition for c in cells if c.edition}
    if marks:
        common = frozenset.intersection(*(frozenset(mark.split("|")) for mark in marks))
        return _likeliest(common, year) if common else _named("several")
    if cells:
        return edition_by_year(year)
    if statistics:
        return _named("statistics")
    by_law = edition_by_year(year, _BY_YEAR) if year else ""
    return "" if by_law in {e.name for e in _WITH_TABLES} else by_law


def _likeliest(names: frozenset[str], year: int | None) -> str:
    """Of the editions that a report may follow the one of its year, or the next to that."""
    own = [e for e in _WITH_TABLES if e.name in names]
    if year is None:
        return own[0].name
    return next((e.name for e in own if (e.since or 0) <= year), own[-1].name)


def _named(tables: str) -> str:
    return next(e.name for e in FORM.editions if e.tables == tables)
