"""Rows of a grid with a cell lost, added or merged: where the columns cannot be told, nothing is silent."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from scoring import NEW, WORD, distinct, draw, score_truth, show, write_report

from corpus.official import APPLICANT_LABELS
from corpus.printing import Hand
from corpus.truth import ReportTruth
from extract.document import Cell, Document, Layout, Source, Table
from extract.docx import read_docx
from normalize.disclosure.read import read_disclosure
from normalize.form.placed import Placed
from normalize.read import read_report
from normalize.requests.assign_columns import assign_window
from normalize.requests.head_words import DEFAULT
from normalize.requests.read import read_requests
from normalize.rows.row import Row

LABEL = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"


def row(number: int, *parts: tuple[str, int, int]) -> Row:
    """A row of a grid from (text, column, columns)."""
    return Row(tuple(Cell(t, number, c, column_span=n) for t, c, n in parts), (), 0, Layout.GRID)


def plain(number: int, *texts: str, first: int = 0) -> Row:
    return row(number, *((t, first + i, 1) for i, t in enumerate(texts)))


HEAD = plain(0, "", "", "", *APPLICANT_LABELS.values())


def of_field(rows: list[Row], field: str) -> list[Placed]:
    return [p for p in read_requests(rows).placed if p.field == field]


@cache
def sample(zero: str) -> tuple[ReportTruth, Document]:
    truth = draw(NEW, Hand(zero=zero), seed="uneven") if zero != "digit" else distinct(NEW)
    data = write_report(truth, WORD)
    return truth, read_docx(data, Source("report.docx", "0" * 64, len(data)))


def is_value(cell: Cell, table: Table) -> bool:
    return cell.row >= 3 and cell.column >= table.n_columns - 7


def without(table: Table, gone: Cell) -> Table:
    """The cell is lost: what follows it in its row moves up."""
    cells = tuple(
        replace(c, column=c.column - gone.column_span) if c.row == gone.row and c.column > gone.column else c
        for c in table.cells
        if c is not gone
    )
    return replace(table, cells=cells)


def merged(table: Table, at: Cell) -> Table:
    """The cell takes in the next one of its row."""
    after = next((c for c in table.cells if c.row == at.row and c.column == at.column + at.column_span), None)
    wide = replace(at, column_span=at.column_span + (after.column_span if after else 0))
    return replace(table, cells=tuple(wide if c is at else c for c in table.cells if c is not after))


@pytest.mark.parametrize("change", [without, merged])
@pytest.mark.parametrize("zero", ["digit", "blank", "dash"])
def test_no_lost_cell_moves_the_others_silently(change: object, zero: str) -> None:
    assert callable(change)
    truth, document = sample(zero)
    (table,) = (b for b in document.blocks if isinstance(b, Table) and b.n_rows > 20)
    for cell in [c for c in table.cells if is_value(c, table)][::5]:
        blocks = tuple(change(table, cell) if b is table else b for b in document.blocks)
        score = score_truth(read_report(replace(document, blocks=blocks)), truth)
        assert not score.silent, (cell, show(score.silent))


def test_a_row_that_begins_left_of_its_head_is_read_by_its_order_or_in_doubt() -> None:
    full = plain(1, "一、本年新收政府信息公开申请数量", "", "", "5", "1", "1", "1", "1", "1", "10")
    shifted = plain(2, LABEL, "", "", "3", "", "", "", "3")
    placed = of_field([HEAD, full, shifted], "outcome.partially_granted")
    in_order = [p.text for p in placed] == ["", "", "3", "", "", "", "3"]
    assert in_order or all("doubt.column" in p.doubts for p in placed)
    by_head = [p.text for p in placed if not p.doubts]
    assert by_head != ["3", "", "", "", "3", "", ""]


def test_a_row_wider_than_the_others_is_in_doubt() -> None:
    rows = [HEAD, *(plain(i, "（一）予以公开", "", "", *"0000000") for i in (1, 2, 3))]
    placed = of_field([*rows, plain(4, LABEL, "", "", "", *"0000000")], "outcome.partially_granted")
    assert all(p.doubts == ("doubt.column",) for p in placed)


def test_one_of_two_empty_columns_is_too_many() -> None:
    cells = tuple(Cell(t, 0, i) for i, t in enumerate(("标签", "0", "", "0", "0", "0", "0", "0", "")))
    found = assign_window(cells, 1, DEFAULT, Counter(), Counter(), 1, counted=True)
    assert found.doubts == ("doubt.column",)


RULES = [("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")]


def rules(*rows: Row) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {p.field: (p.text, p.doubts) for p in read_disclosure(rows).placed}


def test_rows_with_blanks_under_a_head_that_another_row_overruns_are_in_doubt() -> None:
    head = plain(0, *RULES[0])
    found = rules(head, plain(1, "规章", "21", "", "23", ""), plain(2, "行政规范性文件", "114", "", "", "16"))
    assert {doubts for _, doubts in found.values()} == {("doubt.column",)}


def test_full_rows_under_a_head_that_another_row_overruns_are_sure() -> None:
    found = rules(
        plain(0, *RULES[0]),
        plain(1, "规章", "21", "22", "23", ""),
        plain(2, "行政规范性文件", "1", "", "", "16"),
    )
    assert [found[f"rules.{x}"] for x in ("issued", "repealed", "in_force")] == [
        ("21", ()),
        ("22", ()),
        ("23", ()),
    ]


def test_an_empty_cell_under_two_heads_tells_no_column() -> None:
    head = row(0, ("信息内容", 0, 1), ("本年制发件数", 1, 1), ("本年废止件数", 2, 1), ("现行有效件数", 3, 3))
    values = row(1, ("规章", 0, 1), ("", 1, 2), ("27", 3, 1), ("", 4, 1), ("", 5, 1))
    assert {doubts for _, doubts in rules(head, values).values()} == {("doubt.column",)}


@pytest.mark.parametrize("values", [("58", "1"), ("58",), ("58", "", ""), ()])
def test_a_row_that_lacks_a_cell_under_its_head_is_in_doubt(values: tuple[str, ...]) -> None:
    head = plain(0, *RULES[0], "")
    found = rules(head, plain(1, "规章", *values))
    assert {doubts for _, doubts in found.values()} == {("doubt.column",)}


HEAD_LEAVES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


@pytest.mark.parametrize(
    ("cells", "sure"),
    [
        # a blank beside the label, and a cell that covers two columns: seven cells for seven columns
        ((("5", 2, 1), ("1", 3, 1), ("2", 4, 2), ("3", 6, 1), ("4", 7, 1), ("9", 8, 1)), False),
        # the same with a column lost: the sum closes wherever the row is put
        ((("1", 2, 1), ("0", 3, 1), ("0", 4, 1), ("0", 6, 1), ("0", 7, 1), ("1", 8, 1)), True),
    ],
)
def test_a_blank_left_of_the_head_takes_no_column_that_a_number_stands_in(cells, sure) -> None:
    head = row(0, ("", 0, 2), *((label, 2 + i, 1) for i, label in enumerate(HEAD_LEAVES)))
    body = row(1, ("一、本年新收政府信息公开申请数量", 0, 1), ("", 1, 1), *cells)
    placed = {one.applicant: one for one in read_requests([head, body]).placed if one.field == "new"}
    first = placed["natural_person"]
    assert first.text == cells[0][0]
    assert sure is not any("doubt.column" in one.doubts for one in placed.values())
    if sure:
        assert placed["total"].text == "1"
