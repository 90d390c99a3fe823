"""A report as read against the truth about it: what is right, wrong, silent, missing.

Enters: a `Report`, and expected cells and checks as truth.jsonl has them. Leaves: lists, nothing is asserted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from corpus.official import Editions, Key
from corpus.relations import Printed, failed_checks
from corpus.truth import ReportTruth
from extract.document import Source
from extract.read import read_document
from normalize.read import read_report
from normalize.report import Observation, Report, Status, Verdict

CHECK_IDS = {
    "balance": "requests.balance",
    "column_total": "requests.outcome_sum",
    "row_total": "requests.applicant_sum",
    "review_total": "remedies.sum",
}
"""The names that truth.jsonl has for the relations of form.md."""

Failure = tuple[str, str, Decimal, Decimal]
"""Check, scope, left, right."""


@dataclass(frozen=True, slots=True)
class Miss:
    """One cell that differs from the truth."""

    key: Key
    expected: str
    got: str
    confidence: float
    flags: tuple[str, ...]

    @property
    def flagged(self) -> bool:
        """A person is told to look at it."""
        return bool(self.flags) or self.confidence < 0.9

    def __str__(self) -> str:
        return f"{'/'.join(self.key)}: {self.expected} read as {self.got} ({self.confidence}, {';'.join(self.flags)})"


@dataclass(frozen=True, slots=True)
class Score:
    """All cells of one report.

    Attributes:
        right: the number is the number, an empty cell has its status.
        wrong: another number, a number where none is printed, or another status.
        missing: a printed cell that is not there.
        silent: the part of `wrong` that shows a number, has no flag and confidence of 0.9 or more.
    """

    right: tuple[Key, ...]
    wrong: tuple[Miss, ...]
    missing: tuple[Miss, ...]
    silent: tuple[Miss, ...]

    @property
    def share(self) -> Decimal:
        """Right cells among the expected ones; 1 where nothing is expected."""
        count = len(self.right) + len(self.wrong) + len(self.missing)
        return Decimal(len(self.right)) / count if count else Decimal(1)

    @property
    def unflagged(self) -> tuple[Miss, ...]:
        """Printed numbers that are not right and that nothing points at."""
        return tuple(m for m in (*self.wrong, *self.missing) if not m.flagged)


def read_bytes(data: bytes, name: str = "report") -> Report:
    """The whole reading of a file that is only bytes."""
    return read_report(read_document(data, Source(name, hashlib.sha256(data).hexdigest(), len(data))))


def _describe(status: str, value: Decimal | None, unit: str) -> str:
    return f"{value:f} {unit}" if value is not None else f"[{status}]"


def _compare(expected: Mapping[str, Any], found: Observation | None) -> tuple[bool, bool]:
    """(right, missing)."""
    value = None if expected["value"] is None else Decimal(expected["value"])
    if found is None or found.status is Status.ABSENT:
        return False, True
    if value is not None:
        same_unit = expected["unit"] not in ("元", "万元") or found.unit == expected["unit"]
        return found.value == value and same_unit, found.value is None
    return found.value is None and found.status.value == expected["status"], False


def score_cells(report: Report, expected: Iterable[Mapping[str, Any]]) -> Score:
    """Every expected cell, and every number that the report has beyond them."""
    found = {(o.table, o.field, o.applicant): o for o in report.observations}
    right: list[Key] = []
    wrong: list[Miss] = []
    missing: list[Miss] = []
    silent: list[Miss] = []
    for cell in expected:
        key = (cell["table"], cell["field"], cell["applicant"])
        mine = found.pop(key, None)
        value = None if cell["value"] is None else Decimal(cell["value"])
        miss = _miss(key, _describe(cell["status"], value, cell["unit"]), mine)
        is_right, is_missing = _compare(cell, mine)
        if is_right:
            right.append(key)
            continue
        (missing if is_missing else wrong).append(miss)
        silent += [miss] if mine is not None and mine.value is not None and not miss.flagged else []
    for key, mine in found.items():
        if mine.value is not None:
            miss = _miss(key, "nothing", mine)
            wrong.append(miss)
            silent += [] if miss.flagged else [miss]
    return Score(tuple(right), tuple(wrong), tuple(missing), tuple(silent))


def _miss(key: Key, expected: str, found: Observation | None) -> Miss:
    if found is None:
        return Miss(key, expected, "no row", 1.0, ())
    got = _describe(found.status.value, found.value, found.unit)
    return Miss(key, expected, got, found.confidence, found.flags)


def score_truth(report: Report, truth: ReportTruth, present: Iterable[Key] | None = None) -> Score:
    """Against a truth of the generator; `present`: the cells that the page shows, all unless given."""
    return score_cells(report, truth.observations(truth.facts if present is None else present))


def facts_of(report: Report) -> dict[Key, tuple[Decimal | None, str, str]]:
    """(value, unit, status) of every cell that the document prints; no unit where there is no number."""
    return {
        (o.table, o.field, o.applicant): (o.value, o.unit if o.value is not None else "", o.status.value)
        for o in report.observations
        if o.status is not Status.ABSENT
    }


def facts_of_truth(truth: ReportTruth) -> dict[Key, tuple[Decimal | None, str, str]]:
    """The same of a truth."""
    return {
        key: (fact.value, fact.unit if fact.value is not None else "", fact.status)
        for key, fact in truth.facts.items()
    }


def failures_of(report: Report) -> set[Failure]:
    """The relations that a report finds broken."""
    return {
        (c.check, c.scope, c.left, c.right)
        for c in report.checks
        if c.verdict is Verdict.FAIL and c.left is not None and c.right is not None
    }


def failures_of_line(entries: Iterable[Mapping[str, str]]) -> set[Failure]:
    """`checks_failed` or `checks_optional` of a line of truth."""
    return {
        (CHECK_IDS[e["check"]], e["scope"], Decimal(e["left"]), Decimal(e["right"])) for e in entries
    }


def expected_failures(facts: Mapping[Key, Printed], editions: Editions) -> tuple[set[Failure], set[Failure]]:
    """(certain, optional) failures of printed cells."""
    certain, optional = failed_checks(facts, editions)
    return failures_of_line(certain), failures_of_line(optional)


def show(misses: Sequence[Miss], most: int = 8) -> str:
    """A few of them, one a line."""
    return "\n".join(map(str, misses[:most])) + (f"\n... {len(misses)} in all" if len(misses) > most else "")
