"""Value cells of a row of table 三 on its seven columns: head, order, and what is refused."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.official import APPLICANT_LABELS, APPLICANTS
from extract.document import Cell, Layout
from normalize.requests import assign_columns, head_words
from normalize.requests.delimited_head import read_delimited_head
from normalize.requests.grid_head import read_head
from normalize.requests.head_words import DEFAULT, Leaf
from normalize.rows.row import Row

NAMES = tuple(APPLICANT_LABELS.values())
ORGANISATIONS = NAMES[1:6]


def cells(*texts: str, first: int = 0, number: int = 0) -> tuple[Cell, ...]:
    return tuple(Cell(t, number, first + i) for i, t in enumerate(texts))


def spans(number: int, *parts: tuple[str, int, int]) -> Row:
    """A row of a grid from (text, column, columns)."""
    return Row(tuple(Cell(t, number, c, column_span=n) for t, c, n in parts), (), 0, Layout.GRID)


def texts_of(assignment: assign_columns.Assignment) -> list[str]:
    return [c.text if c else "" for c in assignment.cells]


HEAD = (
    spans(0, ("", 0, 3), ("申请人情况", 3, 7)),
    spans(1, ("自然人", 3, 1), ("法人或其他组织", 4, 5), ("总计", 9, 1)),
    spans(2, *((t, 4 + i, 1) for i, t in enumerate(ORGANISATIONS))),
)


def test_head_of_three_rows() -> None:
    leaves = read_head(HEAD)
    assert [leaf.applicant for leaf in leaves] == list(APPLICANTS)
    assert [leaf.start for leaf in leaves] == list(range(3, 10))


def test_head_with_a_column_of_another_kind() -> None:
    rows = (
        spans(0, ("自然人", 3, 1), ("法人或其他组织", 4, 6), ("总计", 10, 1)),
        spans(1, *((t, 4 + i, 1) for i, t in enumerate((*ORGANISATIONS, "小计")))),
    )
    leaves = read_head(rows)
    assert [leaf.applicant for leaf in leaves if leaf.applicant] == list(APPLICANTS)
    assert [leaf.text for leaf in leaves if leaf.applicant is None] == ["小计"]


def test_head_in_another_order() -> None:
    names = (NAMES[0], NAMES[2], NAMES[1], *NAMES[3:])
    leaves = read_head((spans(0, *((t, 3 + i, 1) for i, t in enumerate(names))),))
    order = [leaf.applicant for leaf in leaves]
    assert order == ["natural_person", "research_institution", "business", *APPLICANTS[3:]]


@pytest.mark.parametrize("slip", ["商业\n企业", "商业企", "社会公益组 织", "法律服务机构构", "总 计"])
def test_head_with_a_slip(slip: str) -> None:
    names = list(NAMES)
    near = next(i for i, n in enumerate(NAMES) if set(slip) & set(n) >= set(n[:2]))
    names[near] = slip
    leaves = read_head((spans(0, *((t, i, 1) for i, t in enumerate(names))),))
    assert [leaf.applicant for leaf in leaves] == list(APPLICANTS)


@pytest.mark.parametrize(
    ("texts", "head"),
    [
        (("", "", "", "申请人情况"), True),
        (("自然人", "法人或其他组织", "总计"), True),
        (ORGANISATIONS, True),
        (("（三）不予公开", "1.属于国家秘密"), False),
        (("（七）总计", "1", "0", "0", "0", "0", "0", "1"), False),
        (("", ""), False),
    ],
)
def test_which_rows_are_the_head(texts: tuple[str, ...], head: bool) -> None:
    assert head_words.is_head(Row(cells(*texts), (), 0, Layout.DELIMITED)) is head


SEVEN = ("5", "4", "3", "2", "1", "0", "15")


def test_seven_cells_under_seven_columns() -> None:
    found = assign_columns.assign_grid(cells(*SEVEN), DEFAULT)
    assert (texts_of(found), found.doubts, found.left_over) == (list(SEVEN), (), ())
    assert found.confidence >= 0.9


def test_a_foreign_column_is_left_over() -> None:
    leaves = (
        *(Leaf(a, i, i + 1) for i, a in enumerate(APPLICANTS[:6])),
        Leaf(None, 6, 7, "驻外机构"),
        Leaf("total", 7, 8),
    )
    found = assign_columns.assign_grid(cells(*SEVEN[:6], "10", "15"), leaves)
    assert texts_of(found) == list(SEVEN)
    assert [c.text for c in found.left_over] == ["10"]


def test_refused_cells_keep_what_was_printed() -> None:
    found = assign_columns.refuse(cells("693665", ""))
    assert found.missing
    assert found.confidence == 0
    assert found.doubts == ("doubt.column",)
    assert [c.text for c in found.left_over] == ["693665"]
    assert found.cells == (None,) * 7


def window(*texts: str) -> assign_columns.Assignment:
    """A row that is only ordered, without any other row to learn from."""
    return assign_columns.assign_window(
        cells("四、结转下年度继续办理", *texts), 1, DEFAULT, Counter(), Counter(), ()
    )


def test_window_of_seven() -> None:
    assert texts_of(window(*SEVEN)) == list(SEVEN)
    assert window(*SEVEN).doubts == ()


def test_window_after_empty_cells() -> None:
    found = window("", "", *SEVEN)
    assert texts_of(found) == list(SEVEN)
    assert found.doubts == ()


def test_window_closed_by_its_sum() -> None:
    found = window("", "", "3", "", "", "", "", "", "3")
    assert texts_of(found) == ["3", "", "", "", "", "", "3"]
    assert found.doubts == ()


def test_window_that_nothing_decides_is_doubtful() -> None:
    found = window("", "", "", "3", "", "", "", "")
    assert found.doubts == ("doubt.column",)
    assert found.confidence < 0.9


def test_more_numbers_than_columns_are_not_guessed() -> None:
    found = window("1", "2", "3", "4", "5", "6", "7", "8", "9")
    assert found.missing
    assert found.doubts


@pytest.mark.parametrize(
    ("texts", "closes"),
    [
        (SEVEN, True),
        (("1", "", "", "", "", "", "1"), True),
        (("1", "", "", "", "", "", "2"), False),
        (("0",) * 7, None),
    ],
)
def test_a_row_closes_if_its_total_is_its_sum(texts: tuple[str, ...], closes: bool | None) -> None:
    assert assign_columns.closes(cells(*texts)) is closes
    assert assign_columns.closes((None,) * 7) is None


NUMBERS = st.sampled_from(["", "0", "1", "2", "17", "/"])


@given(st.lists(NUMBERS, max_size=12))
def test_every_number_is_placed_or_left_over(texts: list[str]) -> None:
    found = window(*texts)
    printed = Counter(t for t in texts if t)
    assert (
        Counter(t for t in texts_of(found) if t) + Counter(c.text for c in found.left_over if c.text)
        == printed
    )


@given(st.lists(NUMBERS, min_size=7, max_size=7))
def test_a_grid_keeps_its_columns(texts: list[str]) -> None:
    assert texts_of(assign_columns.assign_grid(cells(*texts), DEFAULT)) == texts


@given(st.lists(NUMBERS, max_size=9))
def test_a_grid_loses_no_number(texts: list[str]) -> None:
    found = assign_columns.assign_grid(cells(*texts), DEFAULT)
    placed = Counter(t for t in texts_of(found) if t) + Counter(c.text for c in found.left_over if c.text)
    assert placed == Counter(t for t in texts if t)


@pytest.mark.parametrize(
    ("outer", "stream", "first"),
    [
        (("总计", "自然人", "法人或其他组织"), False, "total"),
        (("自然人", "法人或其他组织", "总计"), False, "natural_person"),
        (("总计", "自然人", "法人或其他组织"), True, "natural_person"),
    ],
)
def test_a_head_that_opens_with_the_total(outer: tuple[str, ...], stream: bool, first: str) -> None:
    """One cell a line, 总计 may be printed early because it reaches down from the row above."""
    rows = [
        Row(cells(*texts, number=i), (), 0, Layout.DELIMITED, stream=stream)
        for i, texts in enumerate((("", "申请人情况"), outer, ORGANISATIONS))
    ]
    leaves = read_delimited_head(rows)
    assert leaves[0].applicant == first
    assert sorted(leaf.applicant or "" for leaf in leaves) == sorted(APPLICANTS)
