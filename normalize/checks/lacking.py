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
from normalize.words.quantity import is_quantity

UNUSED: Final = 3
"""Rows of table 三 missing from which a body may have left out those that are not alone.

The smallest of its groups with several rows, （四）无法提供, has three; test_lacking fails at 1 and at 6.
"""
NAMED: Final = 6
"""Rows that a message names; the others are counted."""
LONGEST: Final = 24
"""Characters of a name in a message."""
_NAMES = {"disclosure": "二、主动公开", "requests": "三、申请办理", "remedies": "四、复议诉讼"}
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
        issues.append(Issue("numbers.none", "没有读到任何数字，请对照原件。"))
    return tuple(issues)


def _unread_tables(edition: str, found: FormRows) -> Iterator[Issue]:
    """The statistics table, and before 2019 any table with numbers."""
    if found.statistics:
        message = "2014–2018 年式的指标统计表已认出，但本程序还不能读出其中的数字，请直接查看原件。"
        yield Issue("table.unread", message, _text(found.statistics), "statistics")
    rows = _counting(found.other)
    if edition in {"2014", "prose"} and len(rows) > 1:
        message = f"有一张表不是规定的统计表，其中 {len(rows)} 行数字未采用，请对照原件。"
        yield Issue("table.unread", message, _text(rows))


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
        return [Issue("table.absent", "没有找到规定的统计表（二、三、四），请对照原件。", raw)]
    return [
        Issue("table.absent", f"没有找到“{_NAMES[table]}”统计表，请对照原件。", "" if i else raw, table)
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
            names = "、".join(f"“{_name(table, row)}”" for row in lost[:NAMED])
            more = f"等 {len(lost)} 行" if len(lost) > NAMED else ""
            message = f"{TABLE_NAMES[table][0]}中没有找到{names}{more}，请对照原件，看是否漏填或漏读。"
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
        message = "有的页只有图片，没有文字，表中缺的内容可能在那里，请对照原件。"
        yield Issue("pages.without_text", message)
    if "pictures.unread" in remarks:
        message = "正文里有图片，表中缺的内容可能在图片里，请对照原件。"
        yield Issue("pictures.unread", message)


def _damage(remarks: Sequence[str]) -> Iterator[Issue]:
    """Parts of the file that are broken: nobody knows what they would have shown."""
    if "damaged_parts" in remarks:
        yield Issue("parts.damaged", "文件有一部分损坏，其中的内容可能没有读到，请对照原件或重新取得文件。")
