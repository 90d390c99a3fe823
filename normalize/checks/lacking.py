"""What a report lacks or prints unread: tables, rows between printed neighbours, any number at all.

Enters: what was read, and the tables it was read from. Leaves: one issue for each cause. Rows that a body
leaves out as unused are no fault: a whole group, or three or more, where every relation closes without them.
A row that is missing alone between printed ones is always named, though it be a group of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from normalize.form.in_sentences import TABLE_NAMES, name_row
from normalize.form.loader import FORM
from normalize.form.template import Template
from normalize.report import Check, Issue, Observation, Status, Verdict
from normalize.rows.row import Row
from normalize.rows.which_table import FormRows
from normalize.sentences import say
from normalize.words.quantity import is_quantity

UNUSED: Final = 3
"""Rows of table 三 missing from which a body may have left out those that are not alone.

The smallest of its groups with several rows, （四）无法提供, has three; test_lacking fails at 1 and at 6.
"""
NAMED: Final = 6
"""Rows that a message names; the others are counted."""
LONGEST: Final = 24
"""Characters of a name in a message."""
_WITHOUT_TABLES = frozenset(e.name for e in FORM.editions if e.tables in {"statistics", "none"})


def find_lacking(
    edition: str,
    observations: Sequence[Observation],
    checks: Sequence[Check],
    found: FormRows,
    remarks: Sequence[str],
) -> tuple[Issue, ...]:
    """The issues about what is not there or was not read.

    Args:
        edition: that the report follows.
        observations: of all cells of the form.
        checks: of its relations.
        found: the rows of its tables.
        remarks: of the reader.
    """
    issues = [
        *_unread_tables(edition, found),
        *_missing_tables(observations, found),
        *_missing_rows(observations, checks),
        *_pictures(remarks, observations),
        *_damage(remarks),
    ]
    prose = any(e.name == edition and e.tables == "none" for e in FORM.editions)
    if not issues and not prose and not any(o.value is not None for o in observations):
        issues.append(Issue("numbers.none", say("lacking.numbers")))
    return tuple(issues)


def _unread_tables(edition: str, found: FormRows) -> Iterator[Issue]:
    """The statistics table, and before 2019 any table with numbers."""
    if found.statistics:
        yield Issue("table.unread", say("lacking.statistics"), _text(found.statistics), "statistics")
    if aside := _counting(found.aside):
        yield Issue("table.aside", say("lacking.aside", count=len(aside)), _text(found.aside))
    rows = _counting(found.other)
    if edition in _WITHOUT_TABLES and len(rows) > 1:
        yield Issue("table.unread", say("lacking.other_table", count=len(rows)), _text(rows))


def _text(rows: Sequence[Row]) -> str:
    return " | ".join(filter(None, (row.text for row in rows)))


def _missing_tables(observations: Sequence[Observation], found: FormRows) -> list[Issue]:
    """What was not found, with the rows of numbers that may be its own: their words may be lost."""
    due = [name for name in FORM.table_names if any(o.table == name for o in observations)]
    printed = {o.table for o in observations if o.status is not Status.ABSENT}
    missing = [name for name in due if name not in printed]
    raw = _text(_counting(found.other))
    if missing and missing == due:
        return [Issue("table.absent", say("lacking.all_tables"), raw)]
    return [
        Issue(
            "table.absent",
            say("lacking.table", heading=FORM.table(table).heading[0]),
            "" if i else raw,
            table,
        )
        for i, table in enumerate(missing)
    ]


def _counting(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if any(is_quantity(cell.text) for cell in row.cells)]


def _missing_rows(observations: Sequence[Observation], checks: Sequence[Check]) -> Iterator[Issue]:
    for template, own in _by_template(observations):
        rows: dict[str, bool] = {}
        for o in own:
            name = template.row_of(o.field)
            rows[name] = rows.get(name, False) or o.status is not Status.ABSENT
        if not any(rows.values()):
            continue
        closes = _closes(template, checks)
        runs = [[r for r, _ in run] for there, run in groupby(rows.items(), key=lambda r: r[1]) if not there]
        ends = {next(iter(rows)), next(reversed(rows))}
        lost = [
            row
            for run in runs
            if (len(run) == 1 and run[0] not in ends) or not (closes and _is_unused(template, run, rows))
            for row in run
        ]
        if lost:
            named = say("list.and").join(f"“{_name(template, row)}”" for row in lost[:NAMED])
            if len(lost) > NAMED:
                named = say("lacking.first_rows", rows=named, count=len(lost))
            message = say("lacking.rows", table=TABLE_NAMES[template.table][0], rows=named)
            yield Issue("row.absent", message, "", template.table)


def _by_template(observations: Sequence[Observation]) -> list[tuple[Template, list[Observation]]]:
    """The observations of each template that the document has or lacks rows of, in the order of the form."""
    templates: dict[str, list[Observation]] = {name: [] for name in FORM.templates}
    for o in observations:
        templates[FORM.homes[o.table, o.field].name].append(o)
    return [(FORM.templates[name], own) for name, own in templates.items() if own]


def _name(template: Template, row: str) -> str:
    label = name_row(next(f for f in template.fields if template.row_of(f.field) == row))
    if template.rows_are == "blocks":
        return label.split(" / ")[0]
    return label if len(label) <= LONGEST else f"{label[:LONGEST]}…"


def _closes(template: Template, checks: Sequence[Check]) -> bool:
    """No relation of the table fails, and the one that must hold where rows are left out does."""
    of_table = {relation.check for relation in FORM.relations if relation.table == template.table}
    mine = [c for c in checks if c.check in of_table]
    held = any(c.check == template.closing and c.verdict is Verdict.PASS for c in mine)
    return (held or not template.closing) and not any(c.verdict is Verdict.FAIL for c in mine)


def _is_unused(template: Template, run: Sequence[str], rows: dict[str, bool]) -> bool:
    """Rows left out on purpose: a group with all its rows, or several that are not alone."""
    several = len(run) > 1 and sum(not there for there in rows.values()) >= UNUSED
    if several and template.rows_are == "fields":
        return True
    groups = {template.groups[row] for row in run}
    return "" not in groups and not any(
        there for row, there in rows.items() if template.groups[row] in groups
    )


def _pictures(remarks: Sequence[str], observations: Sequence[Observation]) -> Iterator[Issue]:
    """What the form has and the document lacks may stand in pictures, or on pages that are nothing else."""
    if not any(o.status is Status.ABSENT for o in observations):
        return
    if "pages.without_text" in remarks:
        yield Issue("pages.without_text", say("lacking.pages"))
    if "pictures.unread" in remarks:
        yield Issue("pictures.unread", say("lacking.pictures"))


def _damage(remarks: Sequence[str]) -> Iterator[Issue]:
    """Parts of the file that are broken: nobody knows what they would have shown."""
    if "damaged_parts" in remarks:
        yield Issue("parts.damaged", say("lacking.damaged"))
