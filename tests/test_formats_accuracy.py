"""Generated web pages and spreadsheets against their truth: cells, faults, who and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from scoring import Score, failures_of, failures_of_line, read_bytes, same_number, score_cells, show

from corpus.__main__ import generate_family
from corpus.variants import Made
from normalize.report import Report

SEED = 20264
COUNTS = {"html": 60, "sheet": 30, "saved": 40}
FLOOR = Decimal("0.999")
EACH = pytest.mark.parametrize("family", COUNTS)


@dataclass(frozen=True)
class Read:
    """A generated report and what came out of it."""

    made: Made
    report: Report
    score: Score

    @property
    def line(self) -> dict[str, Any]:
        return self.made.line

    @property
    def name(self) -> str:
        return f"{self.made.source} ({self.line['variant']})"


@cache
def corpus(family: str) -> tuple[Read, ...]:
    found = []
    for made in generate_family(SEED, COUNTS[family], family):
        if made.line["kind"] == "report":
            report = read_bytes(made.content, made.source)
            found.append(Read(made, report, score_cells(report, made.line["observations"])))
    return tuple(found)


def certain(family: str) -> Iterable[Read]:
    """Without those whose cells no reader could tell from the page alone."""
    return (r for r in corpus(family) if ".ambiguous" not in r.line["variant"])


@EACH
def test_there_is_something_to_read(family: str) -> None:
    assert len(list(certain(family))) > COUNTS[family] // 2


@EACH
def test_no_silent_error(family: str) -> None:
    silent = [f"{r.name}\n{show(r.score.silent)}" for r in certain(family) if r.score.silent]
    assert not silent, "\n".join(silent)


@EACH
def test_share_of_cells_that_are_right(family: str) -> None:
    reads = list(certain(family))
    right = sum(len(r.score.right) for r in reads)
    every = right + sum(len(r.score.wrong) + len(r.score.missing) for r in reads)
    worst = [
        f"{r.name}: {r.score.share:.4f}\n{show((*r.score.wrong, *r.score.missing), 3)}"
        for r in reads
        if r.score.share < 1
    ]
    assert Decimal(right) / every >= FLOOR, "\n".join(worst)


@EACH
def test_every_planted_fault_is_found(family: str) -> None:
    for r in certain(family):
        lost = failures_of_line(r.line["checks_failed"]) - failures_of(r.report)
        assert not lost, f"{r.name}: {lost}, planted {r.line['planted']}"


@EACH
def test_no_fault_is_invented(family: str) -> None:
    for r in certain(family):
        known = failures_of_line(r.line["checks_failed"]) | failures_of_line(r.line["checks_optional"])
        assert failures_of(r.report) <= known, f"{r.name}: {failures_of(r.report) - known}"


@EACH
@pytest.mark.parametrize("what", ["agency", "year", "document_number", "issued_on"])
def test_who_and_when(family: str, what: str) -> None:
    wrong = []
    for r in corpus(family):
        identity = r.report.identity
        issued = identity.issued_on.isoformat() if identity.issued_on else None
        right = {
            "agency": identity.agency in r.line["agency_accept"],
            "year": identity.year == r.line["year"],
            "document_number": same_number(identity.document_number, r.line["document_number"]),
            "issued_on": issued == r.line["issued_on"],
        }
        wrong += [] if right[what] else [f"{r.name}: {r.line[what]} read as {getattr(identity, what)}"]
    assert len(wrong) <= COUNTS[family] * Decimal("0.02"), "\n".join(wrong)


@EACH
def test_form_of_every_report(family: str) -> None:
    for r in certain(family):
        accepted = r.line["form_accept"]
        assert r.report.edition in accepted or not r.line["observations"], (
            f"{r.name}: {r.report.edition}, {accepted}"
        )


def test_pages_without_a_report_are_none() -> None:
    for made in generate_family(SEED, COUNTS["saved"], "saved"):
        if made.line["kind"] == "not_a_report":
            report = read_bytes(made.content, made.source)
            assert not report.is_report, f"{made.source} ({made.line['variant']})"
            assert report.observations == ()
