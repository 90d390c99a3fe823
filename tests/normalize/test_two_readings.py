"""What two readings of one document say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from extract.document import Source
from normalize.checks.relations import check_relations
from normalize.checks.two_readings import DIFFERS, agree, stand_alone
from normalize.report import Identity, Observation, Origin, Report, Status, Verdict

NAMES = ("upheld", "corrected", "other", "pending", "total")


def report(reader: str = "pdf", status: Mapping[str, Status] | None = None, **figures: int) -> Report:
    """A report with the block 行政复议: 1 0 0 0 with the total 1 unless said otherwise."""
    values = {"upheld": 1, "corrected": 0, "other": 0, "pending": 0, "total": 1} | figures
    seen = tuple(
        Observation(
            "remedies", f"reconsideration.{n}", "", Decimal(values[n]), "件", Status.PRINTED, str(values[n])
        )
        for n in NAMES
    )
    seen = tuple(
        replace(o, value=None, status=status[n]) if status and n in status else o
        for n, o in zip(NAMES, seen, strict=True)
    )
    checks = tuple(check for check, _ in check_relations(seen))
    return Report(Source("a.pdf", "0" * 64, 1), "pdf", reader, 1, Identity(), "2021", seen, checks)


def flagged(merged: Report) -> list[str]:
    return [o.field.split(".")[1] for o in merged.observations if DIFFERS in o.flags]


def test_equal_readings_leave_everything_as_it_was():
    first = report()
    assert agree(first, report("pdfplumber")) == first


def test_what_fails_in_both_is_printed_so():
    merged = agree(stand_alone(report(total=0)), report("pdfplumber", total=0))
    (check,) = merged.checks
    assert (check.verdict, check.origin, check.left, check.right) == (Verdict.FAIL, Origin.AS_PRINTED, 1, 0)
    assert flagged(merged) == []


def test_what_is_in_doubt_proves_no_fault_even_if_both_read_it():
    """Two readers that take a raised note digit for a part of the number agree, and are wrong."""
    first = report(total=0)
    doubted = replace(first.observations[-1], flags=("doubt.joined",))
    merged = agree(replace(first, observations=(*first.observations[:-1], doubted)), report("p", total=0))
    assert merged.checks[0].origin is Origin.UNCERTAIN
    assert flagged(merged) == []


def test_what_differs_is_in_doubt_and_keeps_the_first_value():
    merged = agree(report(total=0), report("pdfplumber"))
    (check,) = merged.checks
    assert (check.verdict, check.origin) == (Verdict.FAIL, Origin.UNCERTAIN)
    assert flagged(merged) == ["total"]
    assert (merged.observations[-1].value, merged.observations[-1].confidence) == (0, 0.5)
    assert merged.reader == "pdf"


def test_a_difference_beside_a_relation_that_holds_is_flagged_too():
    merged = agree(report(), report("pdfplumber", other=7))
    assert flagged(merged) == ["other"]
    assert merged.checks[0].verdict is Verdict.PASS
    assert merged.checks[0].origin is Origin.UNCERTAIN


@pytest.mark.parametrize("status", [Status.BLANK, Status.DASH, Status.ABSENT, Status.UNREADABLE])
def test_a_number_against_none(status):
    assert flagged(agree(report(), report("pdfplumber", {"other": status}))) == ["other"]
    assert flagged(agree(report("pdf", {"other": status}), report("pdfplumber"))) == ["other"]


def test_blank_against_dash():
    merged = agree(report("pdf", {"other": Status.BLANK}), report("pdfplumber", {"other": Status.DASH}))
    assert flagged(merged) == ["other"]


def test_a_cell_that_the_second_does_not_know():
    second = report("pdfplumber")
    merged = agree(report(), replace(second, observations=second.observations[:-1]))
    assert flagged(merged) == ["total"]


def test_a_lower_confidence_stays():
    first = report()
    first = replace(first, observations=tuple(replace(o, confidence=0.3) for o in first.observations))
    merged = agree(first, report("pdfplumber", other=7))
    assert {o.confidence for o in merged.observations} == {0.3}


def test_a_reading_that_found_nothing_says_nothing():
    nothing = report("pdfplumber", dict.fromkeys(NAMES, Status.ABSENT))
    merged = agree(report(total=0), nothing)
    assert flagged(merged) == []
    assert merged.checks[0].origin is Origin.UNCERTAIN
    assert agree(replace(nothing, reader="pdf"), report("pdfplumber")).reader == "pdfplumber"


def test_one_reading_proves_no_fault():
    assert stand_alone(report(total=0)).checks[0].origin is Origin.UNCERTAIN
    assert stand_alone(report()) == report()


def test_where_the_first_lost_the_numbers_the_second_stands_in_with_all_in_doubt():
    lost = dict.fromkeys(NAMES, Status.UNREADABLE)
    merged = agree(report("pdf", lost), report("pdfplumber"))
    assert merged.reader == "pdfplumber"
    assert [o.value for o in merged.observations] == [1, 0, 0, 0, 1]
    assert flagged(merged) == list(NAMES)
    assert {o.confidence for o in merged.observations} == {0.5}


def test_where_both_lost_the_numbers_the_first_stays():
    lost = dict.fromkeys(NAMES, Status.UNREADABLE)
    assert agree(report("pdf", lost), report("pdfplumber", lost)).reader == "pdf"
