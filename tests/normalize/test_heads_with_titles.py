"""Heads of table 三 that print the title and the column in one cell, in any order, and columns left out."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from scoring import NEW, draw

from corpus.official import APPLICANT_LABELS
from extract.document import Cell, Layout
from normalize.disclosure.read import read_disclosure
from normalize.form.labels import find_hits
from normalize.form.placed import Placed
from normalize.requests.read import read_requests
from normalize.rows.row import Row

TITLE = "法人或其他组织"
NAMES = tuple(APPLICANT_LABELS)
ENDS = (NAMES[0], NAMES[-1])
GLUES = (
    "{title}（{name}）",
    "{title}-{name}",
    "{title}—{name}",
    "{title}：{name}",
    "{title}{name}",
    "{name}（{title}）",
)


def head_cell(name: str, glue: str) -> str:
    label = APPLICANT_LABELS[name]
    return label if name in ENDS else glue.format(title=TITLE, name=label)


def table(order: tuple[str, ...], glue: str, layout: Layout) -> list[Row]:
    """The first two rows and the total of a made report, with its columns in that order."""
    facts = draw(NEW, seed="titles").facts
    rows = [["项目", *(head_cell(name, glue) for name in order)]]
    labels = {
        "new": "一、本年新收政府信息公开申请数量",
        "carried_in": "二、上年结转政府信息公开申请数量",
        "outcome.total": "（七）总计",
    }
    for field, label in labels.items():
        rows.append([label, *(facts["requests", field, name].raw for name in order)])
    return [
        Row(tuple(Cell(text, i, j) for j, text in enumerate(row)), (), 0, layout)
        for i, row in enumerate(rows)
    ]


def placed(rows: list[Row]) -> dict[tuple[str, str], Placed]:
    return {(p.field, p.applicant): p for p in read_requests(rows).placed}


@pytest.mark.parametrize("layout", [Layout.GRID, Layout.DELIMITED])
@pytest.mark.parametrize("glue", GLUES)
def test_each_column_is_found_wherever_it_stands(glue: str, layout: Layout) -> None:
    order = tuple(Random(glue).sample(NAMES, len(NAMES)))
    facts = draw(NEW, seed="titles").facts
    found = placed(table(order, glue, layout))
    assert len(found) == 3 * len(NAMES)
    for (field, name), item in found.items():
        assert item.text == facts["requests", field, name].raw
        assert item.confidence >= 0.9
        assert not item.doubts


@pytest.mark.parametrize("missing", NAMES[1:-1])
def test_a_column_that_is_left_out_is_given_to_nobody(missing: str) -> None:
    order = tuple(name for name in NAMES if name != missing)
    facts = draw(NEW, seed="titles").facts
    found = placed(table(order, GLUES[0], Layout.DELIMITED))
    assert len(found) == 3 * len(NAMES)
    for (field, name), item in found.items():
        if name == missing:
            assert item.cell is None
        else:
            assert item.text == facts["requests", field, name].raw


def test_the_title_alone_is_none_of_its_columns_and_the_row_is_in_doubt() -> None:
    rows = [("项目", "自然人", TITLE, "总计"), ("一、本年新收政府信息公开申请数量", "1304", "460", "1764")]
    made = [
        Row(tuple(Cell(t, i, j) for j, t in enumerate(r)), (), 0, Layout.DELIMITED)
        for i, r in enumerate(rows)
    ]
    found = [p for p in read_requests(made).placed if p.text]
    assert found
    assert all("doubt.column" in p.doubts for p in found)


@pytest.mark.parametrize("number", ["5", "0"])
def test_one_number_for_a_whole_row_is_given_to_nobody_for_sure(number: str) -> None:
    head = ("项目", *APPLICANT_LABELS.values())
    rows = [head, ("一、本年新收政府信息公开申请数量", number, *[""] * 6)]
    made = [
        Row(tuple(Cell(t, i, j) for j, t in enumerate(r)), (), 0, Layout.DELIMITED)
        for i, r in enumerate(rows)
    ]
    found = read_requests(made).placed
    assert [p.text for p in found] == [number, *[""] * 6]
    assert all("doubt.column" in p.doubts for p in found)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_misread_keeps_its_column_where_the_others_stand_in_order(name: str) -> None:
    facts = draw(NEW, seed="titles").facts
    rows = table(NAMES, "{name}", Layout.GRID)
    at = 1 + NAMES.index(name)
    head = tuple(replace(c, text="※※※") if c.column == at else c for c in rows[0].cells)
    found = placed([replace(rows[0], cells=head), *rows[1:]])
    assert {key: item.text for key, item in found.items()} == {
        key: facts["requests", *key].raw for key in found
    }
    assert len(found) == 3 * len(NAMES)


def test_a_head_that_resembles_another_edition_takes_no_column_of_it_beside_its_own() -> None:
    rows = [("信息内容", "本年制定数量", "本年废止件数", "现行有效件数"), ("规章", "4", "1", "9")]
    made = [
        Row(tuple(Cell(t, i, j) for j, t in enumerate(r)), (), 0, Layout.GRID) for i, r in enumerate(rows)
    ]
    found = {p.field: p for p in read_disclosure(made).placed}
    assert "rules.created" not in found
    assert found["rules.repealed"].text == "1"
    assert found["rules.in_force"].text == "9"


def test_a_sum_of_the_organisations_is_not_the_total() -> None:
    assert not any(hit.name == "total" for hit in find_hits(f"{TITLE}（合计）"))


def test_a_head_goes_on_by_its_order_where_a_further_part_has_other_columns() -> None:
    first = table(NAMES[::-1], GLUES[0], Layout.GRID)
    cells = [("四、结转下年度继续办理", 0, 3), *((str(n), 3 + n, 1) for n in range(7))]
    row = Row(tuple(Cell(t, 0, c, column_span=n) for t, c, n in cells), (), 1, Layout.GRID)
    found = placed([*first, row])
    assert [found["carried_out", name].text for name in NAMES[::-1]] == [str(n) for n in range(7)]
