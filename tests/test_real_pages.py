"""Published pages, where a folder of them lies beside the checkout: every figure against what was read by eye.

The documents are nobody's to hand on; without the folder only its absence is told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scoring import failures_of, failures_of_line, read_bytes, score_cells, show

from corpus.official import APPLICANTS, REQUEST_ROWS, RESULTS_OF_REVIEW
from extract.document import Document, Source, Table
from extract.read import read_document
from normalize.form.labels import find_hits
from normalize.report import Report

REAL = Path(__file__).resolve().parent.parent.parent / "shared" / "real"
FORMS = [p for y in (2019, 2020) if (p := REAL / f"pingtan_{y}.rebuilt.html").is_file()]
INDICATORS = [p for y in (2014, 2016) if (p := REAL / f"pingtan_{y}.rebuilt.html").is_file()]
PAGES = [p for p in (REAL / "shanghai_2019.html",) if p.is_file()]
REVIEWS = {
    "行政复议": "reconsideration",
    "未经复议直接起诉": "litigation_direct",
    "复议后起诉": "litigation_after_reconsideration",
}


@cache
def report_of(path: Path) -> Report:
    return read_bytes(path.read_bytes(), path.name)


def truth_of(path: Path) -> dict[str, Any]:
    name = path.name.replace(".rebuilt.html", ".truth.json")
    return dict(json.loads(path.with_name(name).read_text(encoding="utf-8")))


def number(text: object) -> Decimal | None:
    return None if text is None else Decimal(str(text).rstrip("元"))


def field_of(axis: str, label: str) -> str:
    return next(hit.name for hit in find_hits(label) if hit.axis == axis and hit.similarity == 1)


def figures(truth: dict[str, Any]) -> Iterator[tuple[tuple[str, str, str], Decimal | None]]:
    """Every figure with the place of the form that it belongs to."""
    for rows in truth["table2"].values():
        for row, columns in rows.items():
            for column, value in columns.items():
                named = field_of("disclosure.column", column)  # a field where a column is of one row alone
                place = named if "." in named else f"{field_of('disclosure.row', row)}.{named}"
                yield ("disclosure", place, ""), number(value)
    for row, values in zip(REQUEST_ROWS["2019"], truth["table3"].values(), strict=True):
        for applicant, value in zip(APPLICANTS, values, strict=True):
            yield ("requests", row.field, applicant), number(value)
    for label, values in truth["table4"].items():
        for result, value in zip(RESULTS_OF_REVIEW, values, strict=True):
            yield ("remedies", f"{REVIEWS[label]}.{result}", ""), number(value)


def test_the_pages_are_read_wherever_their_folder_is() -> None:
    assert bool(FORMS and INDICATORS and PAGES) == REAL.is_dir()


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.name)
def test_every_figure_equals_the_truth(path: Path) -> None:
    found = {(o.table, o.field, o.applicant): o for o in report_of(path).observations if o.value is not None}
    expected = {key: value for key, value in figures(truth_of(path)) if value is not None}
    assert {key: o.value for key, o in found.items()} == expected
    assert (report_of(path).identity.agency, report_of(path).edition) == ("平潭综合实验区", "2019")
    assert report_of(path).identity.year == truth_of(path)["year"]


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.name)
def test_relations_fail_exactly_as_printed(path: Path) -> None:
    failed = {(scope, left, right) for _, scope, left, right in failures_of(report_of(path))}
    wrong = {("natural_person", Decimal(26), Decimal(20)), ("total", Decimal(27), Decimal(21))}
    assert failed == (wrong if truth_of(path)["year"] == 2020 else set())


@pytest.mark.parametrize("path", INDICATORS, ids=lambda p: p.name)
def test_an_indicator_table_puts_nothing_on_the_form(path: Path) -> None:
    report = report_of(path)
    assert report.is_report
    assert (report.edition, report.observations) == ("2014", ())
    assert report.identity.agency.startswith("平潭综合实验区")
    assert report.identity.year == truth_of(path)["year"]


@pytest.mark.parametrize("path", INDICATORS, ids=lambda p: p.name)
def test_an_indicator_table_is_in_the_document_with_every_figure(path: Path) -> None:
    truth = truth_of(path)
    data = path.read_bytes()
    rows = rows_of(read_document(data, Source(path.name, hashlib.sha256(data).hexdigest(), len(data))))
    for label, values in truth["stat_table"].items():
        shown = rows["".join(label.split())]
        assert shown[-2:] == [str(values[column]) for column in truth["columns"][-2:]]


def rows_of(document: Document) -> dict[str, list[str]]:
    table = next(b for b in document.blocks if isinstance(b, Table))
    rows = [[c.text for c in table.cells if c.row == r] for r in range(table.n_rows)]
    return {"".join(row[0].split()): row for row in rows}


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_a_page_with_its_line_of_truth(path: Path) -> None:
    line = json.loads(path.with_name("shanghai_2019.truth.jsonl").read_text(encoding="utf-8").splitlines()[0])
    report = report_of(path)
    score = score_cells(report, line["observations"])
    assert not (*score.wrong, *score.missing), show((*score.wrong, *score.missing))
    assert failures_of(report) == failures_of_line(line["checks_failed"])
    assert report.identity.agency in line["agency_accept"]
    assert str(report.identity.issued_on) == line["issued_on"]
