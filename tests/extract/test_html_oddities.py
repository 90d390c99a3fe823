"""Pages that hide, copy, carry or misdraw their tables: every number all the same, and none in doubt."""

from __future__ import annotations

import pytest
from html_oddities import ODDITIES, numbers_in, page_with
from html_pages import body
from scoring import (
    NEW,
    OLD,
    distinct,
    draw,
    facts_of,
    facts_of_truth,
    page_of,
    read_bytes,
    score_truth,
    show,
    tables,
)

from corpus.printing import Hand
from extract.document import Source, Table
from extract.read import read_document
from normalize.report import Status


@pytest.mark.parametrize("edition", [NEW, OLD], ids=["2021", "2019"])
@pytest.mark.parametrize("oddity", ODDITIES)
def test_every_number_of_an_odd_page_without_a_doubt(oddity: str, edition: object) -> None:
    truth = distinct(edition)  # type: ignore[arg-type]
    report = read_bytes(ODDITIES[oddity](page_of(truth, tables(truth))), "page.html")
    assert facts_of(report) == facts_of_truth(truth)
    identity = report.identity
    assert (identity.agency, identity.year) == ("云台县人民政府", 2022)
    assert identity.document_number == "云政〔2023〕7号"
    assert str(identity.issued_on) == "2023-01-19"
    assert not [o for o in report.observations if o.flags]


@pytest.mark.parametrize("zero", ["0", "blank", "mixed"])
@pytest.mark.parametrize("oddity", [name for name in ODDITIES if "_too_" in name])
def test_wrong_spans_mislead_nobody_where_few_numbers_are_printed(oddity: str, zero: str) -> None:
    for seed in range(6):
        truth = draw(NEW, Hand(zero=zero, blank_totals=zero == "mixed"), seed=seed)
        report = read_bytes(ODDITIES[oddity](page_of(truth, tables(truth))), "page.html")
        score = score_truth(report, truth)
        assert not score.unflagged, show(score.unflagged)


@pytest.mark.parametrize("picture", ['<img src="n/{}.gif">', '<img src="n.png" alt="{}" width=9 height=12>'])
def test_a_number_in_a_picture_is_not_blank(picture: str) -> None:
    truth = distinct(NEW)
    report = read_bytes(numbers_in(picture)(page_of(truth, tables(truth))), "page.html")
    seen = {o.status for o in report.observations}
    assert seen == {Status.UNREADABLE}
    assert all("doubt.unreadable" in o.flags for o in report.observations)


def test_a_picture_that_keeps_a_place_free_prints_nothing() -> None:
    truth = distinct(NEW)
    page = numbers_in('<img src="spacer.gif" width=1 height=1>')(page_of(truth, tables(truth)))
    assert {o.status for o in read_bytes(page, "page.html").observations} == {Status.BLANK}


def test_digits_raised_behind_a_number_are_told_to_a_person() -> None:
    truth = distinct(NEW)
    report = read_bytes(numbers_in("{}<sup>2</sup>")(page_of(truth, tables(truth))), "page.html")
    assert facts_of(report) == facts_of_truth(truth)
    assert all("doubt.quantity" in o.flags for o in report.observations)


def test_digits_lowered_behind_a_number_are_no_number() -> None:
    truth = distinct(NEW)
    report = read_bytes(numbers_in("{}<sub>2</sub>")(page_of(truth, tables(truth))), "page.html")
    assert {o.status for o in report.observations} == {Status.UNREADABLE}


def test_a_hidden_table_of_the_same_words_is_left_out() -> None:
    shown = "<table><tr><td>项目</td><td>本年数</td><td>上年数</td></tr><tr><td>受理</td><td>5</td><td>7</td></tr></table>"
    page = (
        f"<html><body>{shown}<div style='display:none'>{shown.replace('5', '4')}</div></body></html>".encode()
    )
    document = read_document(page, Source("page.html", "a" * 64, len(page)))
    assert [c.text for b in document.blocks if isinstance(b, Table) for c in b.cells].count("5") == 1
    assert "4" not in [c.text for b in document.blocks if isinstance(b, Table) for c in b.cells]


def test_two_reports_that_differ_are_no_copies() -> None:
    truth = distinct(NEW)
    text = body(page_of(truth, tables(truth)))
    other = text.replace("2022", "2021").replace(">15", ">16").replace(">2", ">3").replace(">1", ">2")
    report = read_bytes(f"<html><body>{text}{other}</body></html>".encode(), "page.html")
    assert not report.is_report
    assert "两份年报" in report.reason


def test_a_hidden_table_without_words_is_left_out() -> None:
    shown = "<table><tr><td>规章</td><td>1</td><td>2</td></tr></table>"
    hidden = "<table style='display:none'><tr><td>7</td><td>8</td></tr></table>"
    document = read_document(page_with(shown + hidden), Source("a.html", "0" * 64, 1))
    texts = [cell.text for block in document.blocks if isinstance(block, Table) for cell in block.cells]
    assert texts == ["规章", "1", "2"]


def test_two_blocks_of_zeros_alike_are_both_read() -> None:
    block = (
        "<table><tr>" + "".join(f"<td>{x}</td>" for x in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
        + "</tr><tr>" + "<td>0</td>" * 5 + "</tr></table>"
    )  # fmt: skip
    document = read_document(page_with(block * 2), Source("a.html", "0" * 64, 1))
    assert sum(isinstance(b, Table) for b in document.blocks) == 2
