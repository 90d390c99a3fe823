"""Published reports, where a folder of them lies beside the checkout; their figures are in the fixtures as well.

The documents themselves are nobody's to hand on, so the list of cases is made of what is there: at least
the fixture that carries the same figures.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scoring import failures_of, failures_of_line, read_bytes, same_number, score_cells, show

from normalize.report import Report, Status

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "real"
NAME = "gangcha_2021"
PLACES = {
    "fixture": (ROOT / f"fixtures/reports/{NAME}.txt", ROOT / "fixtures/expected/truth.jsonl"),
    "published": (REAL / f"{NAME}.txt", REAL / f"{NAME}.truth.jsonl"),
}
GANGCHA = {name: paths for name, paths in PLACES.items() if all(p.is_file() for p in paths)}
EMPTY_FORMS = [p for p in (REAL / "blank_form_2021.docx",) if p.is_file()]
EACH = pytest.mark.parametrize("place", GANGCHA)


@cache
def report_of(place: str) -> Report:
    return read_bytes(GANGCHA[place][0].read_bytes(), f"{NAME}.txt")


@cache
def truth_of(place: str) -> dict[str, Any]:
    lines = map(json.loads, GANGCHA[place][1].read_text(encoding="utf-8").splitlines())
    return next(line for line in lines if line["source"].endswith(f"{NAME}.txt"))


def test_the_fixture_is_always_there() -> None:
    assert "fixture" in GANGCHA


def test_the_published_report_is_read_wherever_its_folder_is() -> None:
    assert ("published" in GANGCHA) == REAL.is_dir()


@EACH
def test_every_observation_equals_the_truth(place: str) -> None:
    score = score_cells(report_of(place), truth_of(place)["observations"])
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)
    assert len(score.right) == len(truth_of(place)["observations"])


@EACH
def test_failures_are_exactly_those_listed(place: str) -> None:
    assert failures_of(report_of(place)) == failures_of_line(truth_of(place)["checks_failed"])


@EACH
def test_the_fee_has_its_own_unit(place: str) -> None:
    fee = next(o for o in report_of(place).observations if o.field == "charges.amount")
    assert (fee.value, fee.unit) == (Decimal("18.085682"), "万元")


@EACH
def test_blank_cells_of_reconsideration_are_blank(place: str) -> None:
    cells = [o for o in report_of(place).observations if o.field.startswith("reconsideration.")]
    assert [(o.value, o.status) for o in cells] == [(None, Status.BLANK)] * 5


@EACH
def test_item_one_is_read_by_its_own_heads(place: str) -> None:
    fields = {o.field for o in report_of(place).observations if o.field.startswith(("rules.", "normative"))}
    names = ("created", "newly_published", "total_published")
    assert fields == {f"{stub}.{name}" for stub in ("rules", "normative_documents") for name in names}


@EACH
def test_who_and_when(place: str) -> None:
    line, identity = truth_of(place), report_of(place).identity
    assert identity.agency in line["agency_accept"]
    assert same_number(identity.document_number, line["document_number"])
    assert identity.issued_on is not None
    assert identity.issued_on.isoformat() == line["issued_on"]
    assert identity.year == 2021


def test_an_empty_form_is_no_report() -> None:
    for path in EMPTY_FORMS:
        assert not read_bytes(path.read_bytes(), path.name).is_report


def test_an_empty_form_that_a_body_has_named_is_blank_everywhere() -> None:
    for path in EMPTY_FORMS:
        report = read_bytes(path.read_bytes(), f"某县教育局2021年政府信息公开工作年度报告{path.suffix}")
        observations = report.observations
        assert observations
        assert "numbers.none" in [issue.code for issue in report.issues]
        assert {o.status for o in observations} == {Status.BLANK}
        assert {o.value for o in observations} == {None}
