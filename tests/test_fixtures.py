"""The committed fixtures read from their bytes: every cell, every failed check, who and when."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scoring import failures_of, failures_of_line, read_bytes, same_number, score_cells, show

from extract.archive import open_archive
from extract.errors import ReadError
from normalize.report import Report, Status

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
LINES = [json.loads(x) for x in (FIXTURES / "expected/truth.jsonl").read_text(encoding="utf-8").splitlines()]
REPORTS = {line["source"]: line for line in LINES if line["kind"] == "report"}
OTHERS = {line["source"]: line for line in LINES if line["kind"] != "report"}
EACH = pytest.mark.parametrize("name", REPORTS)


@cache
def report_of(name: str) -> Report:
    outer, _, inner = name.partition("!/")
    data = (FIXTURES / "reports" / outer).read_bytes()
    if inner:
        with open_archive(data, "zip", outer) as archive:
            (data,) = (archive.read(member) for member in archive.members if member.name == inner)
    return read_bytes(data, name)


def expected(name: str) -> dict[str, Any]:
    return REPORTS[name]


def test_every_fixture_has_its_answers() -> None:
    assert {p.name for p in (FIXTURES / "reports").iterdir()} == {
        line["source"].partition("!/")[0] for line in LINES
    }
    formats = ("text", "docx", "pdf", "html", "sheet", "ofd", "zip")
    assert {line["group"] for line in REPORTS.values()} == {f"fixture_{name}" for name in formats}


@EACH
def test_every_cell_is_right(name: str) -> None:
    score = score_cells(report_of(name), expected(name)["observations"])
    assert not score.silent, show(score.silent)
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)


@EACH
def test_every_cell_is_printed_as_it_stands(name: str) -> None:
    found = {(o.table, o.field, o.applicant): o for o in report_of(name).observations}
    for cell in expected(name)["observations"]:
        mine = found[cell["table"], cell["field"], cell["applicant"]]
        assert "".join(mine.raw.split()) == "".join(cell["raw"].split())
        if cell["value"] is not None:
            assert mine.unit == cell["unit"]


@EACH
def test_failed_checks_are_those_of_the_published_report(name: str) -> None:
    line = expected(name)
    failed = failures_of(report_of(name))
    assert failures_of_line(line["checks_failed"]) <= failed
    assert failed <= failures_of_line(line["checks_failed"]) | failures_of_line(line["checks_optional"])


@EACH
def test_who_and_when(name: str) -> None:
    line, identity = expected(name), report_of(name).identity
    assert identity.agency in line["agency_accept"]
    assert identity.year == line["year"]
    assert same_number(identity.document_number, line["document_number"])
    assert (identity.issued_on.isoformat() if identity.issued_on else None) == line["issued_on"]
    assert report_of(name).edition in line["form_accept"]


@EACH
def test_absent_cells_are_those_that_the_page_does_not_show(name: str) -> None:
    shown = {(o["table"], o["field"], o["applicant"]) for o in expected(name)["observations"]}
    for o in report_of(name).observations:
        assert ((o.table, o.field, o.applicant) in shown) == (o.status is not Status.ABSENT)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_report_is_no_report(name: str) -> None:
    data = (FIXTURES / "reports" / name).read_bytes()
    if not data:
        with pytest.raises(ReadError):
            read_bytes(data, name)
        return
    report = read_bytes(data, name)
    assert not report.is_report
    assert report.reason
    assert report.observations == ()
