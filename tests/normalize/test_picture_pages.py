"""A page that is a picture only may hold what the tables lack: a person is told so, and only then."""

from __future__ import annotations

from dataclasses import replace

from pdf_drawing import Sheet, write_pdf
from scoring import NEW, distinct, page_of, tables

from corpus.paper import write_paper
from extract.document import Source
from extract.pdf import read_pdf
from normalize.read import read_report

CODE = "pages.without_text"


def codes_of(data: bytes) -> list[str]:
    return [issue.code for issue in read_report(read_pdf(data, Source("a.pdf", "0" * 64, len(data)))).issues]


def lone_table() -> Sheet:
    sheet = Sheet()
    sheet.text(90, 60, "某市某局2023年政府信息公开工作年度报告", 14)
    sheet.text(70, 110, "四、政府信息公开行政复议、行政诉讼情况", 12)
    head = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    sheet.table([70, 130, 190, 250, 310, 370], [140, 160, 180], [head, ["1", "0", "0", "0", "1"]])
    sheet.text(150, 135, "行政复议", 10)
    return sheet


def test_cells_that_are_absent_may_stand_on_a_picture() -> None:
    assert CODE in codes_of(write_pdf(lone_table(), Sheet(image=True)))
    assert CODE not in codes_of(write_pdf(lone_table()))


def test_where_nothing_is_absent_a_picture_is_no_matter() -> None:
    truth = distinct(NEW)
    data = write_paper(page_of(truth, tables(truth)))
    document = read_pdf(data, Source("a.pdf", "0" * 64, len(data)))
    assert not read_report(replace(document, remarks=(CODE,))).issues
