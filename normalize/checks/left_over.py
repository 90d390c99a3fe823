"""What the tables print and the form has no place for, as one issue a cause.

Enters: what each row left over. Leaves: issues: one for all rows of a table that are none of the form's, one
for all that stands outside its columns. The first rows are named; the numbers of all are in `raw`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from normalize.form.in_sentences import TABLE_NAMES
from normalize.form.placed import Left
from normalize.report import Issue
from normalize.words.quantity import is_quantity

NAMED: Final = 3
"""Rows that a message names; the others are counted."""
SHOWN: Final = 8
"""Numbers of a row that a message shows."""
_MESSAGES = {
    "row.unplaced": "{table}中{rows}不是规定行，其数字未采用，请对照原件。",
    "column.unplaced": "{table}{rows}有不属于规定列的内容，请对照原件，看列是否对应。",
    "cell.unplaced": "{table}{rows}的数字找不到对应的规定格子，未采用，请对照原件。",
}


def name_left(left: Sequence[Left]) -> tuple[Issue, ...]:
    """One issue for each table and cause, in the order in which they first appear."""
    groups: dict[tuple[str, str], list[Left]] = {}
    for item in left:
        groups.setdefault((item.table, item.code), []).append(item)
    return tuple(_issue(members) for members in groups.values())


def _issue(members: Sequence[Left]) -> Issue:
    first = members[0]
    message = _MESSAGES[first.code].format(table=TABLE_NAMES[first.table][0], rows=_rows(members))
    return Issue(first.code, message, " | ".join(m.raw for m in members), first.table, first.row)


def _rows(members: Sequence[Left]) -> str:
    if len(members) == 1:
        return f"{_label(members[0])}一行（{_numbers(members[0])}）"
    named = "、".join(f"{_label(m)}（{_numbers(m)}）" for m in members[:NAMED])
    return f"{named}{'等' if len(members) > NAMED else '共'} {len(members)} 行"


def _label(item: Left) -> str:
    return "无标签的" if not item.label or is_quantity(item.label) else f"“{item.label}”"


def _numbers(item: Left) -> str:
    return "、".join(item.numbers[:SHOWN]) + ("…" if len(item.numbers) > SHOWN else "")
