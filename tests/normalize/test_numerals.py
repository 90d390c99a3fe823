"""Numbers in digits, in words and in both, to words and back."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.words.numerals import ONES, SIGNS, parse_amount, parse_numeral

DIGITS = "零一二三四五六七八九"
NUMBERS = st.integers(0, 10**8) | st.sampled_from(
    [10**k + d for k in range(9) for d in (-1, 0, 1) if 10**k + d >= 0]
)


def section_in_words(number: int) -> str:
    """A number below 10 000 as it is said: 一千零五, 二十三, 一百一十."""
    said, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return said


def in_words(number: int) -> str:
    if number == 0:
        return "零"
    said = ""
    for myriad, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // myriad % 10_000
        if section:
            said += ("零" if said and section < 1000 else "") + section_in_words(section) + name
    return said


def test_the_words_of_the_test() -> None:
    numbers = (23, 105, 110, 2005, 10_005, 20_300, 100_000, 123_000_456, 10**8)
    said = "二十三 一百零五 一百一十 二千零五 一万零五 二万零三百 一十万 一亿二千三百万零四百五十六 一亿"
    assert [in_words(number) for number in numbers] == said.split()


@given(NUMBERS, st.booleans(), st.booleans(), st.booleans())
def test_to_words_and_back(number: int, circle: bool, two: bool, short: bool) -> None:
    """Also with 〇 for 零, 两 for 二 before 百, 千, 万, 亿, and 十二 for 一十二."""
    said = in_words(number)
    if circle:
        said = said.replace("零", "〇")
    if two:
        for scale in "百千万亿":
            said = said.replace("二" + scale, "两" + scale)
    if short and said.startswith("一十"):
        said = said[1:]
    assert parse_numeral(said) == number
    assert parse_amount(said) == number


@given(
    st.integers(0, 10**6), st.integers(1, 3), st.sampled_from([("万", 10**4), ("亿", 10**8), ("千", 1000)])
)
def test_digits_before_a_scale(number: int, places: int, scale: tuple[str, int]) -> None:
    printed = f"{Decimal(number).scaleb(-places):f}"
    assert parse_amount(printed + scale[0]) == Decimal(printed) * scale[1]


@given(st.integers(0, 9999), st.text(DIGITS, min_size=1, max_size=12))
def test_decimals_in_words_keep_every_digit(whole: int, places: str) -> None:
    printed = f"{whole}." + "".join(str(DIGITS.index(c)) for c in places)
    assert parse_amount(f"{in_words(whole)}点{places}") == Decimal(printed)


def spell_out(words: str) -> str:
    """The words without 零, 两 and 廿, and with the 一 of 一百 and the 十 of 一百二十."""
    for short, full in (("两", "二"), ("廿", "二十"), ("卅", "三十")):
        words = words.replace(short, full)
    for scale, tenth in (("百", "十"), ("千", "百"), ("万", "千"), ("亿", "千万")):
        end = "$" if scale in "万亿" else "(?=[万亿]|$)"
        words = re.sub(f"(?<={scale})([{ONES}]){end}", rf"\1{tenth}", words)
    return re.sub(f"(?<![{ONES}])(?=[十百千])|^(?=[万亿])|(?<=亿)(?=万)", "一", words.replace("零", ""))


def one_by_one(words: str) -> bool:
    """二〇二二, 三四五."""
    return len(words) > 2 and set(words) <= {*DIGITS, "两"}


@given(st.text(SIGNS, min_size=1, max_size=8).filter(lambda text: not re.search("零[万亿]", text)))
@example("六八万九")
@example("九千百五")
def test_what_is_read_as_a_number_is_a_way_to_write_it(text: str) -> None:
    value = parse_amount(text)
    if value is not None and value < 10**12 and not one_by_one(text):
        assert spell_out(text) == spell_out(in_words(int(value)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百二十三", 123),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("两千零五", 2005),
        ("一万零三十", 10030),
        ("三亿二千万", 320_000_000),
        ("廿一", 21),
        ("二〇二二", 2022),
        ("贰佰", 200),
        ("４２", 42),
        ("", None),
        ("一二十", None),
        ("三件", None),
    ],
)
def test_numerals(text: str, value: int | None) -> None:
    assert parse_numeral(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,286", "1286"),
        ("1，286", "1286"),
        ("92.0", "92.0"),
        ("1.2万", "12000"),
        ("3千", "3000"),
        ("2万5千", "25000"),
        ("1亿2000万", "120000000"),
        ("1.2万亿", "1200000000000"),
        ("一点六亿", "160000000"),
        ("九十八点五", "98.5"),
        ("廿三", "23"),
        ("卅", "30"),
        ("叁佰", "300"),
        ("萬", "10000"),
        ("兩萬三千", "23000"),
        ("一百二", "120"),
        ("三万五", "35000"),
        ("二百零五", "205"),
        ("一〇五", "105"),
    ],
)
def test_amounts(text: str, value: str) -> None:
    assert str(parse_amount(text)) == value


@pytest.mark.parametrize(
    "text", ["", "两三", "三四", "十十", "一二十", "百千", "万万", "亿万亿", "一点", "点五", "件", "1.2.3"]
)
def test_no_amounts(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize("text", ["3万5", "3千5", "3百5", "2亿500", "1万05"])
def test_digits_that_may_count_tenths_or_ones_are_no_number(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("2千500", 2500), ("1万2345", 12345), ("3千零5", 3005), ("1亿2000万", 120_000_000), ("十5", 15)],
)
def test_digits_that_fill_what_a_scale_leaves(text: str, value: int) -> None:
    assert parse_amount(text) == value
