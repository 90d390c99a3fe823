"""The outcomes of a run once files that are one report have found each other.

Enters: every outcome of a run. Leaves: the same outcomes in the same order, with what comparing them adds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalize.versions import Version, mark, relate
from output.outcome import READ, Outcome


def relate_versions(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with versions of one report related: which one is used, why, and where they differ."""
    versions = relate(outcome.report for outcome in outcomes if outcome.report and outcome.status in READ)
    return [_relate(outcome, versions) for outcome in outcomes]


def _relate(outcome: Outcome, versions: Mapping[str, Version]) -> Outcome:
    if outcome.status == "duplicate":
        twin = versions.get(outcome.duplicate_of)
        return replace(outcome, duplicate_of=twin.used) if twin and twin.used else outcome
    version = versions.get(outcome.source.path)
    if version is None or outcome.report is None or outcome.status not in READ:
        return outcome
    return replace(
        outcome,
        status="flagged" if version.differing else outcome.status,
        report=mark(outcome.report, version),
        duplicate_of=version.used,
        version_reason=version.reason,
        versions=version.files,
    )
