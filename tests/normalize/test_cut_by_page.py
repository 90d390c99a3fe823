"""Rows of table 三 that a page end cuts in two, label and all: one row, or two rows in doubt."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from scoring import NEW, OLD, WORD, distinct, draw, score_truth, show, write_report

from corpus.official import Editions
from corpus.printing import Hand
from corpus.truth import ReportTruth
from extract.document import Cell, Document, Layout, Source, Table
from extract.docx import read_docx
from normalize.read import read_report
from normalize.rows.cut_by_page import join_cut_rows
from normalize.rows.row import Row
from normalize.words.quantity import is_quantity

REQUESTS = 30
"""Columns and rows: only table 三 has as many."""
BLANKS = Hand(zero="blank")


@cache
def truth_of(zero: str) -> ReportTruth:
    return draw(NEW, BLANKS, seed="cut") if zero == "blank" else distinct(NEW)


@cache
def document_of(zero: str) -> Document:
    data = write_report(truth_of(zero), WORD)
    return read_docx(data, Source("report.docx", "0" * 64, len(data)))


def labelled(table: Table) -> list[int]:
    """Rows with a label of their own and seven values."""
    return [r for r in range(3, table.n_rows) if len([c for c in table.cells if c.row == r]) >= 8]


def cut(table: Table, at: int, letters: int, *, values_below: bool) -> Table:
    """The table on two pages, row `at` on both: `letters` of its label above, the rest of it below."""
    own = [c for c in table.cells if c.row == at]
    label = [c for c in own if c.row_span == 1][-8]
    text = label.text.replace("\n", "")
    cells: list[Cell] = []
    for c in table.cells:
        if c.row < at:
            reaches = c.row + c.row_span > at
            cells.append(replace(c, page=1, row_span=c.row_span + reaches))
        elif c.row > at:
            cells.append(replace(c, page=2, row=c.row + 1))
        elif c.row_span > 1:
            cells.append(replace(c, page=1, row_span=c.row_span + 1))
        elif c is label:
            cells.append(replace(c, page=1, text=text[:letters]))
            cells.append(replace(c, page=2, row=at + 1, text=text[letters:]))
        else:
            cells.append(replace(c, page=1, text="" if values_below else c.text))
            cells.append(replace(c, page=2, row=at + 1, text=c.text if values_below else ""))
    cells.sort(key=lambda c: (c.row, c.column))
    return replace(table, cells=tuple(cells), n_rows=table.n_rows + 1)


@pytest.mark.parametrize("values_below", [False, True], ids=["values_above", "values_below"])
@pytest.mark.parametrize("letters", [2, 4, 7])
@pytest.mark.parametrize("zero", ["digit", "blank"])
def test_a_row_that_goes_on_over_the_page(zero: str, letters: int, values_below: bool) -> None:
    document, truth = document_of(zero), truth_of(zero)
    (table,) = (b for b in document.blocks if isinstance(b, Table) and b.n_rows > REQUESTS - 5)
    for at in labelled(table):
        parted = cut(table, at, letters, values_below=values_below)
        blocks = tuple(parted if b is table else b for b in document.blocks)
        score = score_truth(read_report(replace(document, blocks=blocks)), truth)
        assert not score.silent, (at, show(score.silent))
        assert not score.unflagged, (at, show(score.unflagged))


def cut_beside(table: Table, at: int) -> Table:
    """A ruling cuts the cell left of row `at` in the middle of the row; the rest of the row stays whole."""
    (group,) = (c for c in table.cells if c.column == 0 and c.row <= at < c.row + c.row_span)
    upper = at + 1 - group.row
    cells = [replace(group, row_span=upper)]
    cells.append(replace(group, row=at + 1, row_span=group.row_span + 1 - upper, text=""))
    for c in table.cells:
        if c is not group:
            below = c.row > at
            reaches = not below and c.row + c.row_span > at
            cells.append(replace(c, row=c.row + below, row_span=c.row_span + reaches))
    cells.sort(key=lambda c: (c.row, c.column))
    return replace(table, cells=tuple(cells), n_rows=table.n_rows + 1)


@pytest.mark.parametrize("editions", [OLD, NEW], ids=["2019", "2021"])
def test_a_ruling_in_a_cell_beside_the_rows_makes_no_row(editions: Editions) -> None:
    """As browsers draw where 三、本年度办理结果 goes on after a page break."""
    truth = draw(editions, BLANKS, size="tiny", seed="cut")
    data = write_report(truth, WORD)
    document = read_docx(data, Source("report.docx", "0" * 64, len(data)))
    (table,) = (b for b in document.blocks if isinstance(b, Table) and b.n_rows > REQUESTS - 5)
    group = next(c for c in table.cells if c.column == 0 and c.row_span > 9)
    for at in range(group.row, group.row + group.row_span):
        blocks = tuple(cut_beside(table, at) if b is table else b for b in document.blocks)
        score = score_truth(read_report(replace(document, blocks=blocks)), truth)
        assert score.share == 1, (at, show([*score.wrong, *score.missing]))


def pages(*rows: tuple[int, tuple[str, ...]]) -> list[Row]:
    """Rows of a grid from (page, texts)."""
    return [
        Row(tuple(Cell(t, r, c, page=page) for c, t in enumerate(texts)), (), 0, Layout.GRID)
        for r, (page, texts) in enumerate(rows)
    ]


def texts(rows: list[Row]) -> list[list[str]]:
    return [[c.text.replace("\n", "") for c in row.cells] for row in rows]


def test_digits_that_go_on_are_in_doubt() -> None:
    (row,) = join_cut_rows(
        pages((1, ("一", "2", "", "25")), (2, ("、本年新收政府信息公开申请数量", "4", "", "")))
    )
    assert texts([row]) == [["一、本年新收政府信息公开申请数量", "24", "", "25"]]
    assert row.doubts == ("doubt.joined",)


def test_an_empty_row_beside_the_break_is_none() -> None:
    parts = pages((1, ("二、上", "3")), (1, ("", "")), (2, ("年结转政府信息公开申请数量", "")))
    assert texts(list(join_cut_rows(parts))) == [["二、上年结转政府信息公开申请数量", "3"]]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("（三）不予公", "属于国家秘密", "1"), ("开", "其他法律行政法规禁止公开", "2")),
        (("", "2.重复申请", "1"), ("", "3.要求提供公开出版物", "")),
        (("", "3.其他", "1"), ("（七）总计", "", "4")),
        (("行政复议", "", ""), ("复议后起诉", "", "")),
    ],
)
def test_two_rows_stay_two(above: tuple[str, ...], below: tuple[str, ...]) -> None:
    parts = pages((1, above), (2, below))
    assert list(join_cut_rows(parts)) == parts


def test_rows_of_one_page_stay_two() -> None:
    parts = pages((1, ("二、上", "3")), (1, ("年结转政府信息公开申请数量", "")))
    assert list(join_cut_rows(parts)) == parts


def test_an_empty_row_beside_numbers_without_a_row_is_in_doubt() -> None:
    document, truth = document_of("digit"), truth_of("digit")
    (table,) = (b for b in document.blocks if isinstance(b, Table) and b.n_rows > REQUESTS - 5)
    at = next(c.row for c in table.cells if "重复申请" in c.text)
    parted = cut(table, at, 2, values_below=False)
    cells = tuple(replace(c, page=None, text="甲" if c.text == "2." else c.text) for c in parted.cells)
    blocks = tuple(replace(parted, cells=cells) if b is table else b for b in document.blocks)
    report = read_report(replace(document, blocks=blocks))
    numbers = [o for o in report.observations if o.field == "outcome.not_processed.repeated"]
    assert all(o.flags or is_quantity(o.raw) for o in numbers)
    assert not score_truth(report, truth).unflagged
