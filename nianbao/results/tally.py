"""The counts of a run, kept while it goes on.

Enters: outcomes, one by one. Leaves: how many of each status, the frequent problems, what to see first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from normalize.report import Check, Report, Verdict
from output.outcome import Outcome
from output.wording import FLAG

ProblemKey = tuple[Literal["check", "doubt", "issue", "error"], str]
STATUSES = ("ok", "flagged", "not_a_report", "duplicate", "failed")


@dataclass(frozen=True, slots=True)
class Bug:
    """An error of the program itself."""

    source: str
    sha256: str
    traceback: str


@dataclass(slots=True)
class Tally:
    """What has been counted so far.

    Attributes:
        statuses: number of files by status.
        problems: number of files by problem.
        bugs: files that met an error of the program itself, with what is to be reported of them.
        first_flagged, first_failed: what to look at, in the order of the sources.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    problems: Counter[ProblemKey] = field(default_factory=Counter)
    bugs: list[Bug] = field(default_factory=list)
    first_flagged: Outcome | None = None
    first_failed: Outcome | None = None

    @property
    def total(self) -> int:
        """How many files are done."""
        return self.statuses.total()

    def add(self, outcome: Outcome) -> None:
        """Count one file."""
        self.statuses[outcome.status] += 1
        self.problems.update(set(list_problems(outcome)))
        if outcome.error_code == "bug":
            self.bugs.append(Bug(outcome.source.path, outcome.source.sha256, outcome.traceback))
        elif outcome.status == "failed":
            self.first_failed = self.first_failed or outcome
        elif outcome.status == "flagged" and prefers(outcome, self.first_flagged):
            self.first_flagged = outcome

    def merge(self, later: Tally) -> None:
        """Count what was counted of the files that come after these."""
        self.statuses.update(later.statuses)
        self.problems.update(later.problems)
        self.bugs += later.bugs
        self.first_failed = self.first_failed or later.first_failed
        if later.first_flagged and prefers(later.first_flagged, self.first_flagged):
            self.first_flagged = later.first_flagged


def count(outcomes: Iterable[Outcome]) -> Tally:
    """The counts of some files, in their order."""
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome)
    return tally


def prefers(outcome: Outcome, known: Outcome | None) -> bool:
    """Whether `outcome` is the better one to look at: a failed relation before a mere doubt."""
    return known is None or (not failed_checks(known.report) and bool(failed_checks(outcome.report)))


def failed_checks(report: Report | None) -> tuple[Check, ...]:
    """The failed relations of a report."""
    return tuple(check for check in report.checks if check.verdict is Verdict.FAIL) if report else ()


def list_problems(outcome: Outcome) -> Iterator[ProblemKey]:
    """Everything that keeps a file from being `ok`, with repeats."""
    if outcome.status == "failed":
        yield "error", outcome.error_code
    if outcome.status == "flagged" and outcome.report:
        yield from list_report_problems(outcome.report)


def list_report_problems(report: Report) -> Iterator[ProblemKey]:
    """The failed relations, issues and doubts of one report."""
    for check in failed_checks(report):
        yield "check", check.check
    for issue in report.issues:
        yield "issue", issue.code
    for doubt in list_doubts(report):
        yield "doubt", doubt


def list_doubts(report: Report) -> Iterator[str]:
    """The doubts about who and when and about single values."""
    yield from report.identity.doubts
    for observation in report.observations:
        yield from (flag for flag in observation.flags if flag.startswith(FLAG))
