"""The arithmetic of one document (勾稽关系), on values as printed; tolerance 0.

Enters: observations. Leaves: one `Check` for each instance of each relation of relations.csv. A blank is
unknown: a relation fails only where no counts in the blanks could close it, passes where zeros close it,
and is not applicable otherwise.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from normalize.form.confidence import CERTAIN, GUESSED
from normalize.form.in_sentences import TABLE_NAMES, name_row, spell, spell_sum, weigh
from normalize.form.loader import FORM
from normalize.report import CellKey, Check, Observation, Origin, Status, Verdict
from normalize.words.quantity import add_up

NOT_COUNTED = ("（没有读出数字的格未计入）", " (cells in which no number was read are left out)")
"""What is said of a sum in which such cells take part."""
_OPEN = (Status.BLANK, Status.DASH)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation as relations.csv states it.

    Attributes:
        words: what stands before the left side, before the right side, and before how much more the right
            side is; Chinese and English.
    """

    check: str
    table: str
    scope: str
    left: str
    right: str
    words: tuple[tuple[str, str, str], tuple[str, str, str]]


@cache
def load_relations() -> tuple[Relation, ...]:
    """The relations of the dictionary, in order."""
    text = files("normalize.form").joinpath("relations.csv").read_text(encoding="utf-8")
    return tuple(
        Relation(
            *(r["check"], r["table"], r["scope"], r["left"], r["right"]),
            (_words(r, "zh"), _words(r, "en")),
        )
        for r in csv.DictReader(text.splitlines())
    )


def _words(row: Mapping[str, str], lang: str) -> tuple[str, str, str]:
    return row[f"left_{lang}"], row[f"right_{lang}"], row[f"more_{lang}"]


_REQUEST_ROWS = tuple(f.field for f in FORM.fields_of("requests"))
_LEAVES = tuple(f for f in _REQUEST_ROWS if f.startswith("outcome.") and f != "outcome.total")
_THREE = tuple(f for f in _LEAVES if f.startswith("outcome.other."))
_COMMON = tuple(f for f in _LEAVES if f not in _THREE and f != "outcome.other")
_APPLICANTS = tuple(a.applicant for a in FORM.applicants)
_BLOCKS = tuple(dict.fromkeys(f.field.split(".")[0] for f in FORM.fields_of("remedies")))
_LABEL = {f.field: name_row(f) for f in FORM.fields}
_APPLICANT_LABEL = {a.applicant: a.label_zh for a in FORM.applicants}


@dataclass(frozen=True, slots=True)
class _Side:
    """One operand: what is printed of it, and whether more may hide in blanks or unread cells."""

    parts: tuple[Decimal, ...]
    open: bool
    unread: bool

    @property
    def total(self) -> Decimal:
        return add_up(self.parts)

    @property
    def incomplete(self) -> bool:
        return self.open or self.unread


def _side(observations: Sequence[Observation | None]) -> _Side:
    parts, is_open, unread = [], False, False
    for o in observations:
        if o is None:
            unread = True
        elif o.value is not None:
            parts.append(o.value)
        elif o.status in _OPEN:
            is_open = True
        else:
            unread = True
    return _Side(tuple(parts), is_open, unread)


def _verdict(left: _Side, right: _Side) -> Verdict:
    if not left.parts and not right.parts:
        return Verdict.NOT_APPLICABLE
    if left.total == right.total and not (left.unread or right.unread):
        return Verdict.PASS
    if (left.total > right.total and not right.incomplete) or (
        right.total > left.total and not left.incomplete
    ):
        return Verdict.FAIL
    return Verdict.PASS if left.total == right.total else Verdict.NOT_APPLICABLE


def _leaves(cells: Mapping[CellKey, Observation], applicant: str) -> list[Observation | None]:
    """The outcome leaves of the edition that the column follows (one row of （六） or three)."""
    found = [cells.get(("requests", f, applicant)) for f in _COMMON]
    one = cells.get(("requests", "outcome.other", applicant))
    three = [cells.get(("requests", f, applicant)) for f in _THREE]
    if not any(_present(o) for o in three):
        return [*found, one]
    return [*found, *three, one] if _present(one) else [*found, *three]


def _present(observation: Observation | None) -> bool:
    return observation is not None and observation.status is not Status.ABSENT


def _instances(
    relation: Relation, cells: Mapping[CellKey, Observation]
) -> Iterator[tuple[str, list[Observation | None], list[Observation | None]]]:
    """(scope, left operands, right operands) of every instance."""
    if relation.scope == "applicant":
        for a in _APPLICANTS:
            left = (
                _leaves(cells, a)
                if relation.left == "leaves"
                else _operands(relation.left, "requests", "", a, cells)
            )
            yield a, left, _operands(relation.right, "requests", "", a, cells)
    elif relation.scope == "row":
        for field in _REQUEST_ROWS:
            row = [cells.get(("requests", field, a)) for a in _APPLICANTS]
            yield field, row[:-1], row[-1:]
    else:
        for block in _BLOCKS:
            left = _operands(relation.left, "remedies", block + ".", "", cells)
            yield block, left, _operands(relation.right, "remedies", block + ".", "", cells)


def _operands(
    terms: str, table: str, prefix: str, applicant: str, cells: Mapping[CellKey, Observation]
) -> list[Observation | None]:
    return [cells.get((table, prefix + term.strip(), applicant)) for term in terms.split("+")]


def check_relations(observations: Sequence[Observation]) -> tuple[tuple[Check, tuple[CellKey, ...]], ...]:
    """Every instance tested, each with the cells that take part in it."""
    cells: dict[CellKey, Observation] = {o.key: o for o in observations}
    tested = []
    for relation in load_relations():
        for scope, left, right in _instances(relation, cells):
            operands = [o for o in (*left, *right) if o is not None and o.status is not Status.ABSENT]
            if operands:
                check = _check(relation, scope, _side(left), _side(right), operands)
                tested.append((check, tuple([o.key for o in operands])))
    return tuple(tested)


def _check(
    relation: Relation, scope: str, left: _Side, right: _Side, operands: Sequence[Observation]
) -> Check:
    verdict = _verdict(left, right)
    if verdict is Verdict.FAIL and any(o.confidence <= GUESSED and _is_misplaced(o) for o in operands):
        verdict = Verdict.NOT_APPLICABLE
    doubtful = any(o.confidence < CERTAIN or (o.flags and is_doubted(o)) for o in operands)
    origin = Origin.UNCERTAIN if doubtful else Origin.AS_PRINTED
    difference = add_up((left.total, right.total.copy_negate()))
    messages = _messages(relation, scope, left, right, difference, verdict)
    if verdict is Verdict.NOT_APPLICABLE:
        return Check(relation.check, scope, None, None, None, verdict, origin, *messages)
    return Check(relation.check, scope, left.total, right.total, difference, verdict, origin, *messages)


def is_doubted(observation: Observation) -> bool:
    """Its value or its place carries a doubt."""
    return any(flag.startswith("doubt.") for flag in observation.flags)


def _is_misplaced(observation: Observation) -> bool:
    """Its column is one of several that are possible."""
    return "doubt.column" in observation.flags


def _scope(relation: Relation, scope: str) -> tuple[str, str]:
    """Where it is to be looked at."""
    zh, en = TABLE_NAMES[relation.table]
    if relation.scope == "applicant":
        name = _APPLICANT_LABEL[scope].split(" / ")[-1]
        return f"{zh}“{name}”列", f"{en}, column “{spell(scope)}”"
    if relation.scope == "row":
        return f"{zh}“{_LABEL[scope]}”行", f"{en}, row “{spell(scope)}”"
    block, _, branch = _LABEL[f"{scope}.total"].rpartition(" / ")[0].partition(" / ")
    return f"{zh}{block}（{branch}）".replace("（）", ""), f"{en}, {spell(scope)}"


def _messages(
    relation: Relation, scope: str, left: _Side, right: _Side, difference: Decimal, verdict: Verdict
) -> tuple[str, str]:
    """The sentence for a clerk, in Chinese and in English."""
    where = _scope(relation, scope)
    if verdict is Verdict.NOT_APPLICABLE:
        return (
            f"{where[0]}有空白或读不准的单元格，无法判断。",
            f"{where[1]}: blank or unreadable cells, undecided",
        )
    (left_zh, right_zh, more_zh), (left_en, right_en, more_en) = relation.words
    (sum_zh, sum_en), (total_zh, total_en) = (spell_sum(side.total, side.parts) for side in (left, right))
    zh = f"{where[0]}：{right_zh} {total_zh}，{left_zh} {sum_zh}，"
    en = f"{where[1]}: {right_en} {total_en}, {left_en} {sum_en}"
    not_zh, not_en = NOT_COUNTED if left.incomplete or right.incomplete else ("", "")
    if verdict is Verdict.PASS:
        return f"{zh}两者相等{not_zh}。", f"{en}{not_en}"
    by_zh, by_en = weigh(difference.copy_negate())
    return (
        f"{zh}{more_zh}{by_zh}{not_zh}，请对照原件。",
        f"{en}: {more_en} {by_en}{not_en}; compare the original",
    )
