"""Two files of one report, cell by cell.

Enters: the observations of both. Leaves: what each states, where they disagree, and one failed check for each
such cell. Nothing is changed: both files keep what they print.

A disagreement is a number against another number, or a number other than 0 against a cell that is empty,
dashed, unreadable or missing. A blank, a dash and 0 say the same of a body that has nothing to count, and
a table that one file lacks altogether is an issue of that file: neither puts a right number in doubt.
Amounts are compared in one unit (180856.82 元 is 18.085682 万元).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from normalize.form.confidence import CERTAIN
from normalize.form.in_sentences import TABLE_NAMES, spell, weigh
from normalize.form.loader import FORM
from normalize.form.relation import BETWEEN_FILES
from normalize.form.template import Field
from normalize.report import CellKey, Check, Observation, Origin, Report, Status, Verdict
from normalize.sentences import Both, say_both
from normalize.words.units import MONEY

CHECK = BETWEEN_FILES
PLACED = frozenset({"pdf", "pdfplumber", "ofd", "ocr"})
"""Readers that infer cells from where the ink is: a second reading has to confirm them."""
_NOTHING = (Status.BLANK, Status.DASH)
_FIELDS: Mapping[tuple[str, str], Field] = {(f.table, f.field): f for f in reversed(FORM.fields)}
_APPLICANTS = {a.applicant: a.label_zh.split(" / ")[-1] for a in FORM.applicants}


def amount_of(seen: Observation) -> Decimal | None:
    """The number in 元 where it is money, else as printed; None where none is printed."""
    return None if seen.value is None else seen.value * MONEY.get(seen.unit, 1)


def stated(report: Report) -> dict[CellKey, Decimal]:
    """What the report says of each cell: its number, 0 for a blank or a dash; nothing of what it lacks."""
    said: dict[CellKey, Decimal] = {}
    for seen in report.observations:
        amount = Decimal(0) if seen.status in _NOTHING else amount_of(seen)
        if amount is not None:
            said[seen.key] = amount
    return said


def compare_cells(chosen: Report, other: Report) -> tuple[tuple[CellKey, Check], ...]:
    """Every cell that the two print differently, in the order of the chosen one's form, with its check."""
    mine = {seen.key: seen for seen in chosen.observations}
    theirs = {seen.key: seen for seen in other.observations}
    shared = _tables(chosen) & _tables(other)
    differing = []
    for key in dict.fromkeys((*mine, *theirs)):
        pair = mine.get(key), theirs.get(key)
        if key[0] in shared and _differ(*pair):
            differing.append((key, _check(key, pair, chosen, other)))
    return tuple(differing)


def _tables(report: Report) -> set[str]:
    """The tables that it holds any cell of."""
    return {seen.table for seen in report.observations if seen.status is not Status.ABSENT}


def _differ(one: Observation | None, other: Observation | None) -> bool:
    first = amount_of(one) if one else None
    second = amount_of(other) if other else None
    return (first or 0) != (second or 0) if first is None or second is None else first != second


def _check(
    key: CellKey, pair: tuple[Observation | None, Observation | None], chosen: Report, other: Report
) -> Check:
    one, two = pair
    left = one.value if one else None
    right = _in_unit(two, one.unit if one else "") if two else None
    difference = None if left is None or right is None else left - right
    certain = _is_certain(one, chosen) and _is_certain(two, other)
    paths = chosen.source.path, other.source.path
    return Check(
        CHECK,
        ".".join(filter(None, key[1:])),
        left,
        right,
        difference,
        Verdict.FAIL,
        Origin.AS_PRINTED if certain else Origin.UNCERTAIN,
        *_messages(key, pair, paths, difference),
    )


def _messages(
    key: CellKey,
    pair: tuple[Observation | None, Observation | None],
    paths: tuple[str, str],
    difference: Decimal | None,
) -> Both:
    """What the two files print, and which of them more; Chinese and English."""
    by: Both = ("", "")
    if difference is not None:
        (by_zh, by_en), unit = weigh(difference.copy_negate()), pair[0].unit if pair[0] else ""
        by = say_both("versions.by", by=(f"{by_zh} {unit}".rstrip(), by_en))
    one, two = map(_print, pair)
    cell = _place(key, pair[0] or pair[1])
    return say_both("versions.cell", cell=cell, used=paths[0], one=one, path=paths[1], two=two, by=by)


def _in_unit(seen: Observation, unit: str) -> Decimal | None:
    """The number in the unit of the cell that it is held against, so that the difference is one."""
    scale, own = MONEY.get(unit), MONEY.get(seen.unit)
    return seen.value if seen.value is None or not scale or not own else seen.value * own / scale


def _is_certain(seen: Observation | None, report: Report) -> bool:
    if seen is None or seen.confidence < CERTAIN or any(f.startswith("doubt.") for f in seen.flags):
        return False
    return report.reader not in PLACED or _is_confirmed(report)


def _is_confirmed(report: Report) -> bool:
    """A second reading agrees: only then does a report of placed cells call a fault the document's own."""
    return any(c.verdict is Verdict.FAIL and c.origin is Origin.AS_PRINTED for c in report.checks)


def _place(key: CellKey, seen: Observation | None) -> Both:
    """The cell in words: the row as printed, the column as the form has it; in English canonical names."""
    table, name, applicant = key
    field = _FIELDS.get((table, name))
    parts = field.label_zh.split(" / ") if field else [name]
    printed = "".join(seen.label.split()) if seen else ""
    row = printed or parts[0]
    if applicant:
        group = f"{field.group_zh} " if field and field.group_zh and field.group_zh not in row else ""
        column = _APPLICANTS.get(applicant, applicant), spell(applicant)
        both = f"{group}{row}", spell(name)
        return say_both("cell.row_and_column", table=TABLE_NAMES[table], row=both, column=column)
    if len(parts) > 1 and FORM.template_of(table, name).rows_are == "blocks":
        item, _, figure = map(spell, name.partition("."))
        where = {"row": (row, item), "column": (parts[-1], figure)}
        return say_both("cell.item_and_column", table=TABLE_NAMES[table], **where)
    return say_both("cell.alone", table=TABLE_NAMES[table], row=(" ".join(parts), spell(name)))


def _print(seen: Observation | None) -> Both:
    """What a file prints in the cell, Chinese and English."""
    if seen is None or seen.status is Status.ABSENT:
        return say_both("cell.lacking")
    if seen.value is not None:
        return say_both("cell.number", number=f"{seen.value:f} {seen.unit}".rstrip())
    if seen.status is Status.BLANK:
        return say_both("cell.blank")
    return say_both("cell.text", text=" ".join(seen.raw.split()))
