"""The number formats of reports, and what no text may ever do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.report import Status
from normalize.words.quantity import Quantity, is_quantity, read_quantity

NUMBERS = {
    "增10": "10",
    "增加3项": "3",
    "减5": "-5",
    "减少1,200": "-1200",
    "0": "0",
    "12": "12",
    "１２": "12",
    "１２．５": "12.5",
    "12 345": "12345",
    "12\n345": "12345",
    " 7\u3000": "7",
    "\u00a07\u00a0": "7",
    "1,234": "1234",
    "1，234": "1234",
    "1,234,567.89": "1234567.89",
    "-40": "-40",
    "－40": "-40",
    "−40": "-40",
    "+12": "12",
    "＋12": "12",
    "22（其中修订16件）": "22",
    "22(其中修订16件)": "22",
    "0.000001": "0.000001",
    "共5件": "5",
}
UNITS = {
    "262件": ("262", "件"),
    "262 件": ("262", "件"),
    "２６２件": ("262", "件"),
    "251000元": ("251000", "元"),
    "18.085682 万元": ("18.085682", "万元"),
    "18.085682万元": ("18.085682", "万元"),
    "3项": ("3", "项"),
    "1,234.5万元": ("1234.5", "万元"),
    "2.5亿元": ("2.5", "亿元"),
}
DASHES = ("/", "／", "—", "——", "-", "－", "--", "–", "―", "−", "无", "没有", "\\", "…", " / ", "－\n")
UNREADABLE = (
    "见附件",
    "详见附表",
    "***",
    "待补充",
    "#REF!",
    "不详",
    "1,23",
    "12,3456",
    "1.2.3",
    "①",
    "12/345",
    "5 或 6",
)
BLANKS = ("", " ", "\u3000", "\u00a0\u00a0", "\n", "\t", "\u200b", "\ufeff")
DOUBTFUL = ("0  0", "0 5", "007", "约5", "近1400个", "100余件", "96.1%", "5.", "—5")


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_numbers(text: str, value: str) -> None:
    found = read_quantity(text)
    assert (found.value, found.status) == (Decimal(value), Status.PRINTED)
    assert not found.doubtful


@pytest.mark.parametrize(("text", "expected"), UNITS.items())
def test_units(text: str, expected: tuple[str, str]) -> None:
    found = read_quantity(text)
    assert (found.value, found.unit) == (Decimal(expected[0]), expected[1])


@pytest.mark.parametrize("text", DASHES)
def test_dashes(text: str) -> None:
    assert (read_quantity(text).value, read_quantity(text).status) == (None, Status.DASH)


@pytest.mark.parametrize("text", UNREADABLE)
def test_unreadable(text: str) -> None:
    assert (read_quantity(text).value, read_quantity(text).status) == (None, Status.UNREADABLE)


@pytest.mark.parametrize("text", BLANKS)
def test_blanks(text: str) -> None:
    assert (read_quantity(text).value, read_quantity(text).status) == (None, Status.BLANK)


@pytest.mark.parametrize("text", DOUBTFUL)
def test_doubtful_numbers(text: str) -> None:
    assert read_quantity(text).value is not None
    assert read_quantity(text).doubtful


@given(st.text())
def test_never_raises_and_a_number_needs_digits(text: str) -> None:
    found = read_quantity(text)
    assert (found.value is not None) == (found.status is Status.PRINTED)
    if found.value is not None:
        assert any(c.isdigit() for c in text)


@given(st.text(alphabet=" \t\n\r\u3000\u00a0\u2003\u200b\ufeff"))
def test_a_blank_is_never_a_number(text: str) -> None:
    assert read_quantity(text).status is Status.BLANK
    assert read_quantity(text).value is None


@given(st.text(alphabet="0123456789０１２３４５６７８９,，.．-－—/ \n件元万（）()其中无约%", max_size=12))
def test_same_text_same_answer_and_space_around_it_changes_nothing(text: str) -> None:
    assert read_quantity(text) == read_quantity(f" {text}\u3000")


@given(
    st.decimals(min_value=0, max_value=10**12, places=4, allow_nan=False),
    st.sampled_from(["", "件", "万元", " 元"]),
)
def test_a_printed_number_is_read_back_exactly(value: Decimal, unit: str) -> None:
    found = read_quantity(f"{value:f}{unit}")
    assert (found.value, found.unit) == (value, unit.strip())
    assert read_quantity(f"{found.value:f}{found.unit}") == found
    assert read_quantity(f"{value:,f}{unit}").value == value


@given(st.integers(min_value=0, max_value=10**9))
def test_full_width_digits_are_digits(value: int) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in str(value))
    assert read_quantity(wide).value == value


@pytest.mark.parametrize(
    "text", ["\ufffd", "1\ufffd5", "\ufffd\ufffd元", "22（其中修订1\ufffd件）", "\ue0015"]
)
def test_a_glyph_without_a_character_makes_the_cell_unreadable(text):
    assert read_quantity(text) == Quantity(None, "", Status.UNREADABLE)


def test_a_number_in_such_glyphs_is_one_that_is_printed():
    assert is_quantity("1\ufffd5")
    assert not is_quantity("\ufffd、属于国家秘密")


@pytest.mark.parametrize("mark", ["\ufe0e", "\ufe0f", "\u034f", "\u2066", "\U000e0101", "\u180e"])
def test_characters_that_print_nothing_change_no_number(mark: str) -> None:
    assert read_quantity(f"1{mark}5{mark}件") == read_quantity("15件")
    assert read_quantity(mark) == read_quantity("")
    assert read_quantity(f"/{mark}") == read_quantity("/")
