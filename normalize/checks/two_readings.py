"""Two readings of one document -> one report that says how far they agree.

Enters: the reports of two independent readers. Leaves: the first one's, with every cell in doubt that the
second reads otherwise, and with the origin of what does not add up; or, where the first lost most of the
numbers, the second's whole, in doubt. No value is changed, nor put together of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.checks.relations import check_relations, is_doubted
from normalize.form.confidence import GUESSED
from normalize.report import CellKey, Check, Observation, Origin, Report, Status, Verdict

DIFFERS = "doubt.readings_differ"


def agree(first: Report, second: Report) -> Report:
    """The first report in the light of the second.

    Args:
        first: the reading whose values are kept.
        second: another reader's, of the same bytes.

    Returns:
        `first` with differing cells flagged, and with failed checks told apart: printed so where both
        readings have the same operands without a doubt, else a possible misreading. A second reading that
        found no table says nothing about the first, which then stands alone; and the other way round. Where
        the first lost most of the numbers that the second found, those cells stand, all of them in doubt.
    """
    if not _found(second):
        return stand_alone(first)
    if not _found(first):
        return stand_alone(second)
    if 2 * _numbers(first) < _numbers(second):
        return stand_in(second)
    others = {o.key: o for o in second.observations}
    differing = {o.key for o in first.observations if _differs(o, others.get(o.key))}
    return replace(
        first,
        observations=tuple(_doubt(o) if o.key in differing else o for o in first.observations),
        checks=_judge(first, differing),
    )


def stand_alone(report: Report) -> Report:
    """The report of a single reading of a format that does not state its cells: no fault is proved by it."""
    return replace(
        report,
        checks=tuple(
            replace(check, origin=Origin.UNCERTAIN) if check.verdict is Verdict.FAIL else check
            for check in report.checks
        ),
    )


def stand_in(report: Report) -> Report:
    """The report of a reading in place of one that could not make out the characters: in doubt."""
    alone = stand_alone(report)
    doubted = (_doubt(o) if o.status is not Status.ABSENT else o for o in alone.observations)
    return replace(alone, observations=tuple(doubted))


def _numbers(report: Report) -> int:
    return sum(o.value is not None for o in report.observations)


def _found(report: Report) -> bool:
    return any(o.status is not Status.ABSENT for o in report.observations)


def _differs(one: Observation, other: Observation | None) -> bool:
    if other is None:
        return one.status is not Status.ABSENT
    return (one.value, one.status) != (other.value, other.status)


def _doubt(observation: Observation) -> Observation:
    flags = tuple(sorted({*observation.flags, DIFFERS}))
    return replace(observation, confidence=min(observation.confidence, GUESSED), flags=flags)


def _judge(first: Report, differing: set[CellKey]) -> tuple[Check, ...]:
    """The checks with their origin; which cells take part is asked of the relations again."""
    tested = check_relations(first.observations, first.edition)
    operands = {(c.check, c.scope): keys for c, keys in tested}
    unsettled = differing | {o.key for o in first.observations if is_doubted(o)}
    return tuple(_origin(c, operands.get((c.check, c.scope), ()), unsettled) for c in first.checks)


def _origin(check: Check, operands: Sequence[CellKey], unsettled: set[CellKey]) -> Check:
    if any(key in unsettled for key in operands):
        return replace(check, origin=Origin.UNCERTAIN)
    if check.verdict is Verdict.FAIL and operands:
        return replace(check, origin=Origin.AS_PRINTED)
    return check
