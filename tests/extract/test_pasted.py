"""Tables copied from a web page whose cells hold paragraphs: one line for each row again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.text.pasted import FEWEST, unfold

ROW = "行政许可\n\n\t\n\n{}\n\n\t\n\n0\n\n\t\n\n7"
FILLER = "\n\n\n\n\n".join(ROW.format(n) for n in range(FEWEST))
"""Rows enough to show where the text comes from."""


def unfolded(text: str) -> list[str]:
    """What becomes of a text that stands behind the rows."""
    lines = [line for _, line in unfold(f"{FILLER}\n\n\n\n\n{text}".split("\n"))]
    assert lines[:FEWEST] == [f"行政许可\t{n}\t0\t7" for n in range(FEWEST)]
    return lines[FEWEST:]


def test_a_row_goes_on_over_paragraphs_and_ends_at_a_wider_gap() -> None:
    text = "本年新\n制作数量\n\n\t\n\n本年新\n\n公开数量\n\n\n\n\n规章\n\n\t\n\n13"
    assert unfolded(text) == ["本年新制作数量\t本年新公开数量", "规章\t13"]


def test_empty_cells_stay() -> None:
    assert unfolded("一、甲\n\n\t\n\n\xa0\n\n\t\xa0\t\t\n\n5\n\n\t\n\n\n\n二、乙\n\n\t\n\n6") == [
        "一、甲\t\xa0\t\xa0\t\t5\t",
        "二、乙\t6",
    ]


def test_a_value_may_stand_below_an_empty_paragraph() -> None:
    assert unfolded("一、甲\n\n\t\n\n\xa0\n\n5\n\n\t\n\n6\n\n二、乙") == ["一、甲\t\xa05\t6", "二、乙"]


def test_a_row_may_begin_with_empty_cells() -> None:
    assert unfolded("其他\n\n\t\n\n总计\n\n\n\t\t\n\n5") == ["其他\t总计", "\t\t5"]


def test_what_stands_between_two_tables_is_no_cell() -> None:
    text = "政府集中采购\n\n\t\n\n6\n\n三、收到的申请\n\n本年收到六件。\n\n（本列）\n\n\t\n\n申请人情况\n\n\n\n\n自然人"
    assert unfolded(text) == [
        "政府集中采购\t6",
        "三、收到的申请",
        "本年收到六件。",
        "（本列）\t申请人情况",
        "自然人",
    ]


def test_rows_without_paragraphs_are_lines_already() -> None:
    assert unfolded("规章\t13\n规范性文件\t60\n\n五、问题") == ["规章\t13", "规范性文件\t60", "五、问题"]


def test_lines_keep_their_numbers() -> None:
    assert [number for number, _ in unfold(FILLER.split("\n"))] == [1 + 17 * n for n in range(FEWEST)]


@given(st.lists(st.text("甲5。 \t\xa0", max_size=6), max_size=30))
def test_nothing_printed_is_lost(lines: list[str]) -> None:
    text = FILLER.split("\n") + lines
    assert "".join("".join(line for _, line in unfold(text)).split()) == "".join("".join(text).split())


@given(st.lists(st.text("甲5。 \xa0", max_size=6)))
def test_any_other_text_stays_as_it_is(lines: list[str]) -> None:
    assert unfold(lines) == list(enumerate(lines, 1))
