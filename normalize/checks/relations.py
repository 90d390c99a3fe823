"""The arithmetic of one document (勾稽关系), on values as printed; tolerance 0.

Enters: observations. Leaves: one `Check` for each instance of each relation of relations.csv. A blank is
unknown: a relation fails only where no counts in the blanks could close it, passes where zeros close it,
and is not applicable otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from normalize.form.confidence import CERTAIN, GUESSED
from normalize.form.in_sentences import spell_sum, weigh
from normalize.form.instances import Instance, Operand, Operands, list_instances
from normalize.form.loader import FORM
from normalize.report import CellKey, Check, Observation, Origin, Status, Verdict
from normalize.sentences import Both, say_both
from normalize.words.quantity import add_up

NOT_COUNTED = say_both("check.not_counted")
"""What is said of a sum in which such cells take part."""
INSTANCES: Final = list_instances(FORM)
"""Every place in which the relations of the form are tested."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a relation.

    Attributes:
        parts: what is printed, with the signs of the terms.
        total: their sum.
        more, less: the side may be more, or less, for a cell that is added, or taken away, is not known.
    """

    parts: tuple[Decimal, ...]
    total: Decimal
    more: bool
    less: bool

    @property
    def incomplete(self) -> bool:
        return self.more or self.less


def _side(parts: Sequence[Operand], cells: Mapping[CellKey, Observation]) -> _Side:
    if not parts:  # the document's edition has none of them, which is no sum of nothing
        return _Side((), Decimal(0), more=True, less=True)
    printed, unknown = [], set()
    for part in parts:
        o = cells.get(part.key)
        if o is None or o.value is None:
            unknown.add(part.negative)
        else:
            printed.append(o.value.copy_negate() if part.negative else o.value)
    return _Side(tuple(printed), add_up(printed), False in unknown, True in unknown)


def _verdict(left: _Side, right: _Side) -> Verdict:
    if not left.parts and not right.parts:
        return Verdict.NOT_APPLICABLE
    if left.total == right.total:
        return Verdict.PASS
    larger, smaller = (left, right) if left.total > right.total else (right, left)
    return Verdict.NOT_APPLICABLE if smaller.more or larger.less else Verdict.FAIL


def _is_present(part: Operand, cells: Mapping[CellKey, Observation]) -> bool:
    observation = cells.get(part.key)
    return observation is not None and observation.status is not Status.ABSENT


def _choose(side: Operands, edition: str, cells: Mapping[CellKey, Observation]) -> tuple[Operand, ...]:
    """The operands that the document has of those of one edition only (one row of （六） or three).

    Where it has none of them, those of its edition are lacking; where that is not known, and every edition
    has some, those of the first.
    """
    if not side.alternatives:
        return side.always
    used = [a for a in side.alternatives if any(_is_present(operand, cells) for operand in a.operands)]
    used = used or [a for a in side.alternatives if edition in a.editions]
    if not used and side.covers_all:
        used = [side.alternatives[-1]]
    return (*side.always, *(operand for a in used for operand in a.operands))


def check_relations(
    observations: Sequence[Observation], edition: str = "", instances: Sequence[Instance] = INSTANCES
) -> tuple[tuple[Check, tuple[CellKey, ...]], ...]:
    """Every instance tested, each with the cells that take part in it.

    Args:
        observations: of one document.
        edition: that it follows; without one, relations of one edition alone are not tested.
        instances: what is tested.
    """
    cells: dict[CellKey, Observation] = {o.key: o for o in observations}
    tested = []
    for instance in instances:
        if instance.relation.applies_to(edition):
            left, right = (_choose(side, edition, cells) for side in (instance.left, instance.right))
            operands = [cells[part.key] for part in (*left, *right) if _is_present(part, cells)]
            if operands:
                check = _check(instance, _side(left, cells), _side(right, cells), operands)
                tested.append((check, tuple([o.key for o in operands])))
    return tuple(tested)


def _check(instance: Instance, left: _Side, right: _Side, operands: Sequence[Observation]) -> Check:
    verdict = _verdict(left, right)
    if verdict is Verdict.FAIL and any(o.confidence <= GUESSED and _is_misplaced(o) for o in operands):
        verdict = Verdict.NOT_APPLICABLE
    doubtful = any(o.confidence < CERTAIN or (o.flags and is_doubted(o)) for o in operands)
    origin = Origin.UNCERTAIN if doubtful else Origin.AS_PRINTED
    difference = add_up((left.total, right.total.copy_negate()))
    messages = _messages(instance, left, right, difference, verdict)
    name, scope = instance.relation.check, instance.scope
    if verdict is Verdict.NOT_APPLICABLE:
        return Check(name, scope, None, None, None, verdict, origin, *messages)
    return Check(name, scope, left.total, right.total, difference, verdict, origin, *messages)


def is_doubted(observation: Observation) -> bool:
    """Its value or its place carries a doubt."""
    return any(flag.startswith("doubt.") for flag in observation.flags)


def _is_misplaced(observation: Observation) -> bool:
    """Its column is one of several that are possible."""
    return "doubt.column" in observation.flags


@lru_cache(maxsize=1024)
def _undecided(place: Both) -> Both:
    return say_both("check.undecided", place=place)


def _messages(instance: Instance, left: _Side, right: _Side, difference: Decimal, verdict: Verdict) -> Both:
    """The sentence for a clerk, in Chinese and in English."""
    if verdict is Verdict.NOT_APPLICABLE:
        return _undecided(instance.place)
    before_left, before_right, before_more = instance.relation.words
    sums = say_both(
        "check.sums",
        place=instance.place,
        right=before_right,
        total=spell_sum(right.total, right.parts),
        left=before_left,
        sum=spell_sum(left.total, left.parts),
    )
    rest = NOT_COUNTED if left.incomplete or right.incomplete else ("", "")
    if verdict is Verdict.PASS:
        return say_both("check.equal", sums=sums, not_counted=rest)
    by = weigh(difference.copy_negate())
    return say_both("check.differ", sums=sums, more=before_more, by=by, not_counted=rest)
