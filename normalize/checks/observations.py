"""Placed cells -> observations: values, units, repeated cells, and what the form has and the document lacks.

Enters: placed cells of the three tables. Leaves: observations in the form's order, and issues.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from extract.document import Cell
from normalize.checks.editions import item_of, list_expected
from normalize.checks.left_over import NAMED
from normalize.form.confidence import FLAGGED, GUESSED
from normalize.form.in_sentences import TABLE_NAMES, name_row
from normalize.form.loader import FORM
from normalize.form.placed import Placed
from normalize.form.table_words import TABLE_WORDS
from normalize.report import CellKey, Issue, Observation, Status
from normalize.sentences import say
from normalize.words.quantity import Quantity, is_quantity, read_quantity
from normalize.words.script import simplify
from normalize.words.units import MONEY

_DEFAULT_UNIT = {f.field: "" if "|" in f.unit else f.unit for f in FORM.fields}
_ROW_NAME = {f.field: name_row(f) for f in FORM.fields}
_MONEY = frozenset(("", *MONEY))
"""Units of sums of money, "" for those that the form leaves open: nothing else is counted in them."""
_APART = re.compile(r"\d +\d")
"""Digits apart on a page may be one number set wide, or two whose ruling between them is lost."""
_TORN = re.compile(r"\d[^\S\n]*\n\s*\d")
"""Digits on two lines of a stated cell: one number torn, or two of cells that were merged."""
_NUMBER_BEHIND = re.compile(r"[\u3400-\u9fff）)] *[\d０-９][\d０-９.,]*\s*$")
"""A label of the form ends in no number: the first of its row has run into it."""
_CHANGES = TABLE_WORDS["change"]
"""增10 counts a change: what only the column of changes asks for."""
FEW_DIGITS = 10
"""Digits from which a number may be more than any body counts."""
TOO_MANY = Decimal(10 ** (FEW_DIGITS - 1))
"""No body counts this many of anything: digits of several numbers have run together."""
_APPLICANT_ORDER = {a.applicant: i for i, a in enumerate(FORM.applicants)}


@dataclass(frozen=True, slots=True)
class _Again:
    """A cell that was not used, for the form's cell was printed elsewhere too.

    Attributes:
        item: where it is, and what it prints.
        differs: from the one that is used.
        later: that one came later.
    """

    item: Placed
    differs: bool
    later: bool


def observe(placed: Iterable[Placed], fallback: str) -> tuple[tuple[Observation, ...], tuple[Issue, ...]]:
    """One observation for each cell of the form that the document prints or lacks.

    Args:
        placed: cells of the three tables, each with the field that it belongs to.
        fallback: the edition to measure absence by where the rows themselves do not say.
    """
    cells, issues = _merge(placed)
    observations = {item.key: _observation(item) for item in cells}
    marks = frozenset([(c.table, item_of(c.table, c.field), c.edition) for c in cells if c.edition])
    for key in list_expected(marks, fallback):
        if key not in observations:
            observations[key] = _absent(key)
    return tuple(sorted(observations.values(), key=_sort_key)), tuple(issues)


def _sort_key(o: Observation) -> tuple[int, int, int]:
    table, order = FORM.table_names.index(o.table), _order_of(o.table, o.field)
    return (table, order, _APPLICANT_ORDER.get(o.applicant, -1))


@cache
def _order_of(table: str, field: str) -> int:
    """The place of a field on the form: in 二 row by row, so that both editions' columns stand together."""
    template = FORM.template_of(table, field)
    if template.rows_are != "blocks":
        return template.first(field).order
    last = max(f.order for f in template.fields if f.field == field)
    rows = dict.fromkeys(x.name for x in FORM.labels if x.axis == f"{template.name}.row")
    return list(rows).index(template.row_of(field)) * len(FORM.fields) + last


def _merge(placed: Iterable[Placed]) -> tuple[list[Placed], list[Issue]]:
    """One placing for each cell; a second that differs puts both in doubt."""
    first: dict[CellKey, Placed] = {}
    again: dict[str, list[_Again]] = {}
    for item in placed:
        key = item.key
        known = first.get(key)
        if known is None:
            first[key] = item
            continue
        differs = known.text != item.text and _content(known) != _content(item)
        if "doubt.alignment" in known.doubts and "doubt.alignment" not in item.doubts:
            first[key] = item
        elif differs and not ("doubt.alignment" in item.doubts and "doubt.alignment" not in known.doubts):
            first[key] = _doubted(known, item)
        later = first[key].cell is item.cell is not known.cell
        again.setdefault(item.table, []).append(_Again(known if later else item, differs, later))
    return list(first.values()), [_repeated(table, cells) for table, cells in again.items()]


def _content(item: Placed) -> Quantity:
    return read_quantity(item.text)


def _doubted(known: Placed, item: Placed) -> Placed:
    surer = item if item.confidence > known.confidence else known
    keep = known if not known.doubts else surer if item.doubts else item
    return replace(keep, confidence=GUESSED, doubts=tuple(sorted({*keep.doubts, "doubt.repeated"})))


def _repeated(table: str, again: Sequence[_Again]) -> Issue:
    """The issue about the cells of a table that were printed more than once."""
    differing = [a for a in again if a.differs]
    labels = list(dict.fromkeys(_row_name(a.item) for a in differing or again))
    rows = say("list.and").join(f"“{label}”" for label in labels[:NAMED])
    if len(labels) > NAMED:
        rows = say("repeated.first_rows", rows=rows)
    what = say("repeated.differ", used=_used(again)) if differing else say("repeated.same")
    if 0 < len(differing) < len(again):
        where = {"table": TABLE_NAMES[table][0], "count": len(again), "differing": len(differing)}
        message = say("repeated.some", **where, rows=rows, what=what)
    else:
        message = say("repeated.all", table=TABLE_NAMES[table][0], count=len(again), rows=rows, what=what)
    return Issue(
        "cell.repeated",
        message,
        " | ".join(a.item.text for a in again if a.item.text),
        table,
        again[0].item.row,
    )


def _used(again: Sequence[_Again]) -> str:
    late = sum(a.later for a in again)
    if late == len(again):
        return say("repeated.used_later")
    return say("repeated.used_certain") if late else say("repeated.used_first")


def _row_name(item: Placed) -> str:
    """A row as it is printed, or as the form calls it where no words stand beside the cell."""
    return item.label if item.label and not is_quantity(item.label) else _ROW_NAME[item.field]


def _flags(item: Placed, quantity: Quantity) -> tuple[str, ...]:
    """The doubts of its place, and those of what is printed there."""
    if _is_plain(item, quantity):
        return tuple(sorted(set(item.doubts)))
    cell, value = item.cell, quantity.value
    found = {
        "doubt.unreadable": quantity.status is Status.UNREADABLE,
        "doubt.column": quantity.unit in _MONEY - {""} and _DEFAULT_UNIT[item.field] not in _MONEY,
        "doubt.unit": not quantity.unit and item.unit and item.unit != _DEFAULT_UNIT[item.field] != "",
        "doubt.joined": _ends_in_number(item.label)
        or (quantity.is_number and cell and not cell.page and _TORN.search(cell.text)),
        "doubt.quantity": quantity.doubtful
        or (_is_change(cell) and not item.field.endswith("items_change"))
        or (quantity.is_number and cell and cell.struck)
        or (value is not None and _is_odd(value, item.field))
        or (cell and cell.page and _APART.search(cell.text)),
    }
    return tuple(sorted({*item.doubts, *(flag for flag, raised in found.items() if raised)}))


def _is_plain(item: Placed, quantity: Quantity) -> bool:
    """A few digits and nothing else, in the unit of the form: as in most cells, and quick to see."""
    cell = item.cell
    return (
        cell is not None
        and len(cell.text) < FEW_DIGITS
        and cell.text.isascii()
        and cell.text.isdigit()
        and not (cell.struck or quantity.doubtful or item.unit)
        and not _ends_in_number(item.label)
    )


@lru_cache(maxsize=4096)
def _ends_in_number(label: str) -> bool:
    return _NUMBER_BEHIND.search(label) is not None


def _is_change(cell: Cell | None) -> bool:
    text = cell.text.lstrip() if cell else ""
    return not text[:1].isdigit() and simplify(text).startswith(_CHANGES)


def _is_odd(value: Decimal, field: str) -> bool:
    """More than any body counts, or a part of what is counted whole."""
    return abs(value) >= TOO_MANY or (
        _DEFAULT_UNIT[field] not in _MONEY and value != value.to_integral_value()
    )


def _observation(item: Placed) -> Observation:
    cell = item.cell
    text = cell.text if cell else ""
    quantity = read_quantity(text)
    flags = _flags(item, quantity)
    return Observation(
        item.table,
        item.field,
        item.applicant,
        quantity.value,
        quantity.unit or item.unit or _DEFAULT_UNIT[item.field],
        quantity.status,
        text,
        item.label,
        cell.page if cell else None,
        cell.bbox if cell else None,
        item.row,
        item.column,
        min(item.confidence, FLAGGED) if flags else item.confidence,
        flags,
    )


def _absent(key: CellKey) -> Observation:
    table, field, applicant = key
    return Observation(table, field, applicant, None, _DEFAULT_UNIT[field], Status.ABSENT)
