"""Chinese dates."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.words.dates import DATE, date_of_match, parse_year
from normalize.words.plain import plain

HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
DAYS = st.dates(datetime.date(2001, 1, 1), datetime.date(2059, 12, 31))


def han_small(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


def dates_in(text: str) -> list[datetime.date | None]:
    return [date_of_match(match) for match in re.finditer(rf"(?<!\d){DATE}", plain(text))]


@given(DAYS)
def test_every_way_of_writing_a_day(day: datetime.date) -> None:
    usual = f"{day.year}年{day.month}月{day.day}日"
    year = str(day.year).translate(HAN)
    for text in (
        usual,
        usual + "印发",
        usual.translate(WIDE),
        f"{day.year} 年 {day.month} 月\n{day.day} 日",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        *(f"{year.replace('〇', zero)}年{han_small(day.month)}月{han_small(day.day)}日" for zero in "〇○零"),
    ):
        assert dates_in(text) == [day], text


@pytest.mark.parametrize(
    "text",
    ["2022年2月30日", "2022-13-01", "2022年0月1日", "1022年2月1日", "2022年2月", "2022", "", "0517-87222589"],
)
def test_no_such_day(text: str) -> None:
    assert not any(dates_in(text))


def test_dates_in_order_and_none_for_the_impossible() -> None:
    found = dates_in("2022年2月30日，2021年1月1日至2021年12月31日")
    assert found == [None, datetime.date(2021, 1, 1), datetime.date(2021, 12, 31)]


@pytest.mark.parametrize(
    "text", ["2021", "二〇二一", "二○二一", "二零二一", "二O二一", "二Ｏ二一", "２０２１"]
)
def test_years(text: str) -> None:
    assert parse_year(text) == 2021


def test_year_out_of_range() -> None:
    assert parse_year("1021") is None
