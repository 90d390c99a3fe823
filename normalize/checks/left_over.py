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
from normalize.sentences import say
from normalize.words.quantity import is_quantity

NAMED: Final = 3
"""Rows that a message names; the others are counted."""
SHOWN: Final = 8
"""Numbers of a row that a message shows."""
_SENTENCES = {
    "row.unplaced": "left.rows",
    "column.unplaced": "left.columns",
    "cell.unplaced": "left.cells",
}


def name_left(left: Sequence[Left]) -> tuple[Issue, ...]:
    """One issue for each table and cause, in the order in which they first appear."""
    groups: dict[tuple[str, str], list[Left]] = {}
    for item in left:
        groups.setdefault((item.table, item.code), []).append(item)
    return tuple(_issue(members) for members in groups.values())


def _issue(members: Sequence[Left]) -> Issue:
    first = members[0]
    message = say(_SENTENCES[first.code], table=TABLE_NAMES[first.table][0], rows=_rows(members))
    return Issue(first.code, message, " | ".join(m.raw for m in members), first.table, first.row)


def _rows(members: Sequence[Left]) -> str:
    if len(members) == 1:
        return say("left.one_row", label=_label(members[0]), numbers=_numbers(members[0]))
    named = [say("left.row", label=_label(m), numbers=_numbers(m)) for m in members[:NAMED]]
    key = "left.first_rows" if len(members) > NAMED else "left.all_rows"
    return say(key, rows=say("list.and").join(named), count=len(members))


def _label(item: Left) -> str:
    return say("left.no_label") if not item.label or is_quantity(item.label) else f"“{item.label}”"


def _numbers(item: Left) -> str:
    return say("list.and").join(item.numbers[:SHOWN]) + ("…" if len(item.numbers) > SHOWN else "")
