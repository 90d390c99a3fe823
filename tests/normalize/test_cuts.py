"""Tables cut by a page end at every possible row: every number right or flagged, none silently wrong."""

from __future__ import annotations

from functools import cache

import pytest
from scoring import (
    NEW,
    OLD,
    PIPES_COLLAPSED,
    TABS,
    TABS_COLLAPSED,
    WORD,
    Output,
    Score,
    distinct,
    draw,
    read_bytes,
    score_truth,
    show,
    tables,
    write_with,
)

from corpus.flatten import Flattening
from corpus.grid import Content, Grid
from corpus.official import APPLICANT_LABELS, APPLICANTS
from corpus.page import Block, Line
from corpus.printing import Hand
from corpus.quirks import cut_at
from corpus.truth import ReportTruth

OUTPUTS: dict[str, Output] = {
    "tabs": TABS,
    "tabs_collapsed": TABS_COLLAPSED,
    "pipes": Flattening("pipes", option="edges"),
    "pipes_collapsed": PIPES_COLLAPSED,
    "word": WORD,
}
BETWEEN = {"page_number": Line("— 5 —", "page"), "nothing": Line("", "between")}


@cache
def truth_of(name: str) -> ReportTruth:
    if name in ("2021", "2019"):
        return distinct(NEW if name == "2021" else OLD)
    if name == "few":
        return draw(NEW, Hand(zero="dash"), "tiny", name)
    return draw(NEW, Hand(zero=name), seed=name)


@cache
def grid_of(name: str, table: str) -> Grid:
    return tables(truth_of(name))[table][0]


def rows_of(table: str, name: str) -> range:
    return range(1, grid_of(name, table).n_rows)


def cases(table: str, *names: str) -> list[tuple[str, int]]:
    return [(name, at) for name in names for at in rows_of(table, name)]


def score_cut(
    name: str, table: str, output: str, at: int, again: bool, repeated: bool, between: str
) -> Score:
    """The report with one table cut before row `at`, against its truth."""
    parts = cut_at(grid_of(name, table), at, again, repeated)
    blocks: list[Block] = [parts[0], BETWEEN[between], parts[1]]
    return score_truth(
        read_bytes(write_with(truth_of(name), OUTPUTS[output], **{table: blocks})), truth_of(name)
    )


def assert_no_number_lost(score: Score) -> None:
    assert not score.silent, show(score.silent)
    assert not score.unflagged, show(score.unflagged)


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("name", ["2021", "2019", "few"])
def test_cut_inside_the_head_where_its_tall_cells_go_on_empty(name: str, between: str) -> None:
    """As browsers print it: below the page end 自然人 and 总计 are boxes without their text."""
    grid = grid_of(name, "requests")
    upper, lower = cut_at(grid, 2, again=False, repeated=False)
    for column in range(grid.n_columns):
        if not grid.starts_row(2, column):
            lower = lower.with_slots(range(1), column, Content("", "head"))
    blocks: list[Block] = [upper, BETWEEN[between], lower]
    score = score_truth(read_bytes(write_with(truth_of(name), WORD, requests=blocks)), truth_of(name))
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("repeated", [False, True], ids=["groups_lost", "groups_repeated"])
@pytest.mark.parametrize("again", [False, True], ids=["no_head", "head_again"])
@pytest.mark.parametrize(("name", "at"), cases("requests", "2021", "2019"))
def test_table_three_cut_anywhere(name: str, at: int, again: bool, repeated: bool, output: str) -> None:
    if again and at < grid_of(name, "requests").head_rows:
        again = False  # a head that is itself cut is not printed again
    score = score_cut(name, "requests", output, at, again, repeated, "page_number")
    assert_no_number_lost(score)
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)


@pytest.mark.parametrize("output", ["tabs", "word"])
@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize(("name", "at"), cases("requests", "blank", "dash", "few"))
def test_table_three_with_empty_cells_cut_anywhere(name: str, at: int, between: str, output: str) -> None:
    assert_no_number_lost(score_cut(name, "requests", output, at, False, False, between))


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize(("name", "at"), cases("disclosure", "2021", "2019"))
def test_table_two_cut_anywhere(name: str, at: int, between: str, output: str) -> None:
    score = score_cut(name, "disclosure", output, at, False, False, between)
    assert_no_number_lost(score)
    assert not score.wrong, show(score.wrong)


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize(("name", "at"), cases("remedies", "2021"))
def test_table_four_cut_anywhere(name: str, at: int, between: str, output: str) -> None:
    score = score_cut(name, "remedies", output, at, False, False, between)
    assert_no_number_lost(score)
    assert not score.wrong, show(score.wrong)


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("first", range(4, 26, 3))
def test_table_three_in_three_pieces(first: int, output: str) -> None:
    upper, rest = cut_at(grid_of("2021", "requests"), first, again=False, repeated=False)
    middle, lower = cut_at(rest, 2, again=False, repeated=False)
    page = BETWEEN["page_number"]
    truth = truth_of("2021")
    data = write_with(truth, OUTPUTS[output], requests=[upper, page, middle, page, lower])
    score = score_truth(read_bytes(data), truth)
    assert_no_number_lost(score)
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)


@pytest.mark.parametrize("rest", ["0", "/", ""])
def test_a_piece_whose_rows_have_labels_of_different_depth(rest: str) -> None:
    """Two rows with one label and two empty cells, one with three labels: seven columns in each of them."""
    filler = f"\t{rest}" * 5
    head = "\t".join(["项目", "", "", *APPLICANT_LABELS.values()])
    lines = [
        "云台县人民政府2022年政府信息公开工作年度报告",
        "三、收到和处理政府信息公开申请情况",
        "",
        head,
        f"一、本年新收政府信息公开申请数量\t\t\t1{filler}\t1",
        f"二、上年结转政府信息公开申请数量\t\t\t0{filler}\t0",
        f"三、本年度办理结果\t（三）不予公开\t1.属于国家秘密\t1{filler}\t1",
        "",
        f"四、结转下年度继续办理\t\t\t0{filler}\t0",
    ]
    found = {(o.field, o.applicant): o for o in read_bytes("\n".join(lines).encode()).observations}
    for applicant in APPLICANTS:
        cell = found["outcome.denied.state_secret", applicant]
        assert cell.raw == ("1" if applicant in ("natural_person", "total") else rest)
