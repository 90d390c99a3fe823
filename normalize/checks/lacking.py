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
from normalize.form.loader import FORM, TABLES
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
_HEADINGS = {
    "disclosure": say("heading.disclosure"),
    "requests": say("heading.requests"),
    "remedies": say("heading.remedies"),
}
_SUM = {"requests": "requests.outcome_sum"}
"""The relation that must hold where rows of a table are left out."""


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
    if not issues and edition != "prose" and not any(o.value is not None for o in observations):
        issues.append(Issue("numbers.none", say("lacking.numbers")))
    return tuple(issues)


def _unread_tables(edition: str, found: FormRows) -> Iterator[Issue]:
    """The statistics table, and before 2019 any table with numbers."""
    if found.statistics:
        yield Issue("table.unread", say("lacking.statistics"), _text(found.statistics), "statistics")
    rows = _counting(found.other)
    if edition in {"2014", "prose"} and len(rows) > 1:
        yield Issue("table.unread", say("lacking.other_table", count=len(rows)), _text(rows))


def _text(rows: Sequence[Row]) -> str:
    return " | ".join(filter(None, (row.text for row in rows)))


def _missing_tables(observations: Sequence[Observation], found: FormRows) -> list[Issue]:
    """What was not found, with the rows of numbers that may be its own: their words may be lost."""
    missing = [
        table
        for table in TABLES
        if observations and all(o.status is Status.ABSENT for o in observations if o.table == table)
    ]
    raw = _text(_counting(found.other))
    if len(missing) == len(TABLES):
        return [Issue("table.absent", say("lacking.all_tables"), raw)]
    return [
        Issue("table.absent", say("lacking.table", heading=_HEADINGS[table]), "" if i else raw, table)
        for i, table in enumerate(missing)
    ]


def _counting(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if any(is_quantity(cell.text) for cell in row.cells)]


def _missing_rows(observations: Sequence[Observation], checks: Sequence[Check]) -> Iterator[Issue]:
    for table in TABLES:
        rows: dict[str, bool] = {}
        for o in observations:
            if o.table == table:
                name = _row_of(table, o.field)
                rows[name] = rows.get(name, False) or o.status is not Status.ABSENT
        if not any(rows.values()):
            continue
        closes = _closes(table, checks)
        runs = [[r for r, _ in run] for there, run in groupby(rows.items(), key=lambda r: r[1]) if not there]
        ends = {next(iter(rows)), next(reversed(rows))}
        lost = [
            row
            for run in runs
            if (len(run) == 1 and run[0] not in ends) or not (closes and _is_unused(table, run, rows))
            for row in run
        ]
        if lost:
            named = say("list.and").join(f"“{_name(table, row)}”" for row in lost[:NAMED])
            if len(lost) > NAMED:
                named = say("lacking.first_rows", rows=named, count=len(lost))
            message = say("lacking.rows", table=TABLE_NAMES[table][0], rows=named)
            yield Issue("row.absent", message, "", table)


def _row_of(table: str, field: str) -> str:
    """The row of the form: in 二 all columns of an item, in 四 a cell, for it has one row only."""
    return field.split(".", maxsplit=1)[0] if table == "disclosure" else field


def _name(table: str, row: str) -> str:
    label = name_row(next(f for f in FORM.fields_of(table) if _row_of(table, f.field) == row))
    if table == "disclosure":
        return label.split(" / ")[0]
    return label if len(label) <= LONGEST else f"{label[:LONGEST]}…"


def _closes(table: str, checks: Sequence[Check]) -> bool:
    """No relation of the table fails, and the sum over its rows holds."""
    mine = [c for c in checks if c.check.startswith(table)]
    needed = _SUM.get(table)
    held = any(c.check == needed and c.verdict is Verdict.PASS for c in mine)
    return (held or not needed) and not any(c.verdict is Verdict.FAIL for c in mine)


def _is_unused(table: str, run: Sequence[str], rows: dict[str, bool]) -> bool:
    """Rows left out on purpose: a group with all its rows, or several that are not alone."""
    if table == "requests" and len(run) > 1 and sum(not there for there in rows.values()) >= UNUSED:
        return True
    groups = {_group(table, row) for row in run}
    return "" not in groups and not any(there for row, there in rows.items() if _group(table, row) in groups)


def _group(table: str, row: str) -> str:
    """The group of a row, "" for one that stands alone."""
    if table == "disclosure":
        return next(f.group_zh for f in FORM.fields_of(table) if _row_of(table, f.field) == row)
    parts = row.split(".")
    if table == "remedies":
        return parts[0]
    return parts[1] if len(parts) > 2 or row == "outcome.other" else ""


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
