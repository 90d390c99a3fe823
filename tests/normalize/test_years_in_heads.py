"""Heads of table 三 with columns of several years: this report's own are read, the others are placed nowhere."""

from __future__ import annotations

import pytest
from scoring import NEW, draw

from corpus.official import APPLICANT_LABELS
from extract.document import Cell, Layout
from normalize.form.placed import TableReading
from normalize.requests.read import read_requests
from normalize.requests.year_words import latest_year, whose_year
from normalize.rows.row import Row

NAMES = tuple(APPLICANT_LABELS)
LABELS = {"new": "一、本年新收政府信息公开申请数量", "carried_in": "二、上年结转政府信息公开申请数量"}
OTHER = "99999"
"""What columns of another year print."""
PAIRS = [
    ("今年", "2020年度"),
    ("2023年", "2022年"),
    ("本年数据", "上一年数"),
    ("本年度", "去年同期"),
    ("2023年度", "去年"),
]


def row(number: int, cells: list[tuple[str, int, int, int]]) -> Row:
    """A row of a grid from (text, column, columns, rows)."""
    made = tuple(Cell(t, number, c, row_span=r, column_span=n) for t, c, n, r in cells)
    return Row(made, (), 0, Layout.GRID)


def read(names: tuple[str, ...], years: tuple[str, ...], own: int) -> TableReading:
    """A table with the columns of all years below each name; of the report's own year is the `own`-th."""
    facts = draw(NEW, seed="years").facts
    width = len(years)
    head = [("项目", 0, 1, 2)]
    head += [(APPLICANT_LABELS[name], 1 + i * width, width, 1) for i, name in enumerate(names)]
    below = [(year, 1 + i * width + k, 1, 1) for i in range(len(names)) for k, year in enumerate(years)]
    rows = [row(0, head), row(1, below)]
    for number, (field, label) in enumerate(LABELS.items(), 2):
        values = [
            facts["requests", field, name].raw if k == own else OTHER for name in names for k in range(width)
        ]
        rows.append(row(number, [(label, 0, 1, 1), *((v, 1 + i, 1, 1) for i, v in enumerate(values))]))
    return read_requests(rows)


@pytest.mark.parametrize("own", [0, 1])
@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_years_below_each_column_this_one_is_read(pair: tuple[str, str], own: int) -> None:
    facts = draw(NEW, seed="years").facts
    found = read(NAMES, pair if own == 0 else pair[::-1], own)
    assert len(found.placed) == len(LABELS) * len(NAMES)
    for item in found.placed:
        assert item.text == facts["requests", item.field, item.applicant].raw
        assert not item.doubts
    assert {left.code for left in found.left} == {"column.unplaced"}


@pytest.mark.parametrize("own", [0, 1, 2])
def test_the_total_alone_with_last_year_and_the_change_beside_it(own: int) -> None:
    facts = draw(NEW, seed="years").facts
    years = ["上年度", "变化"]
    years.insert(own, "本年数据")
    placed = [p for p in read(("total",), tuple(years), own).placed if p.text]
    assert {(p.field, p.applicant): p.text for p in placed} == {
        (field, "total"): facts["requests", field, "total"].raw for field in LABELS
    }


def test_a_word_for_this_year_makes_every_year_in_digits_another() -> None:
    assert latest_year(["今年", "2020年度"]) == ""
    assert whose_year("2020年度", "") == "other"
    assert latest_year(["2022年", "2023年", "变化"]) == "2023"


@pytest.mark.parametrize("text", ["自然人", *LABELS.values(), "总计", "本年增/减数量"])
def test_a_label_that_holds_such_a_word_says_nothing_of_a_year(text: str) -> None:
    assert whose_year(text, "2023") == ""
