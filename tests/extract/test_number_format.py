"""What a number prints under a format of a spreadsheet."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sheets.shown.format_code import builtin_codes, parse_code
from extract.sheets.shown.number_format import ShownNumber, print_number, print_text

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [
        ("18.085681999999998", "General", "18.085682"),
        ("12", "General", "12"),
        ("12.0", "General", "12"),
        ("-0.5", "General", "-0.5"),
        ("0.00001", "General", "0.00001"),
        ("0.1", "G/通用格式", "0.1"),
        ("12", 'General"件"', "12件"),
        ("12", "", "12"),
        ("12", "@", "12"),
        ("0.18085682", "0.00", "0.18"),
        ("2.5", "0", "3"),
        ("1.005", "0.00", "1.01"),
        ("12", '0"件"', "12件"),
        ("12", "0_ ", "12"),
        ("12", "0\\ 件", "12 件"),
        ("0", "0;-0;;@", ""),
        ("5", "0;-0;;@", "5"),
        ("-5", "0;-0;;@", "-5"),
        ("5", ";;;", ""),
        ("0", "#", ""),
        ("180856.82", "0!.0,", "18.1"),
        ("180857", "0!.0000", "18.0857"),
        ("3", '0!"', '3"'),
        ("7", "000", "007"),
        ("0.5", ".00", ".50"),
        ("3", "0.0#", "3.0"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("123", "#,##0", "123"),
        ("1500000", "0.00,,", "1.50"),
        ("1234567890", "000-0000", "123456-7890"),
        ("-5", "#,##0_);(#,##0)", "(5)"),
        ("0", ACCOUNTING, "-"),
        ("1234", ACCOUNTING, "1,234.00"),
        ("-1234", ACCOUNTING, "-1,234.00"),
        ("0.1255", "0.00%", "12.55%"),
        ("5", "[Red][>3]0.0;0", "5.0"),
        ("2", "[>3]0.0;0", "2"),
        ("12", "[$¥-804]#,##0.00", "¥12.00"),
        ("44927", 'yyyy"年"m"月"d"日"', "2023年1月1日"),
        ("44927", "yyyy-mm-dd;@", "2023-01-01"),
        ("44927", "yyyy/m/d", "2023/1/1"),
        ("44927.5", "yyyy/m/d h:mm", "2023/1/1 12:00"),
        ("44927", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2023年1月1日"),
        ("44927", "[$-804]aaaa", "星期日"),
        ("44927", "d-mmm-yy", "1-Jan-23"),
        ("59", "yyyy/m/d", "1900/2/28"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("0.75", '上午/下午h"时"mm"分"', "下午6时00分"),
        ("0.75", "h:mm AM/PM", "6:00 PM"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.000005787", "mm:ss.0", "00:00.5"),
    ],
)
def test_numbers_print_as_excel_prints_them(stored: str, code: str, printed: str) -> None:
    assert print_number(Decimal(stored), code).text == printed


def test_days_may_count_from_1904() -> None:
    assert print_number(Decimal(43465), "yyyy/m/d", from_1904=True).text == "2023/1/1"


@pytest.mark.parametrize(
    "code", ["[DBNum1][$-804]General", "# ?/?", "0.00E+00", "[$-F400]h:mm:ss", "zz0", "0" * 600]
)
def test_a_format_that_is_not_understood_hides_nothing(code: str) -> None:
    assert print_number(Decimal("12.5"), code) == ShownNumber("12.5", unknown=True)


@pytest.mark.parametrize("stored", ["-1", "3000000"])
def test_no_day_has_that_number(stored: str) -> None:
    assert print_number(Decimal(stored), "yyyy/m/d").unknown


def test_rounding_is_told() -> None:
    assert print_number(Decimal("0.18085682"), "0.00").rounded
    assert not print_number(Decimal("0.18"), "0.00").rounded
    assert not print_number(Decimal("18.085681999999998"), "0.000000").rounded


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("General", "12 件"),
        ("0.00", "12 件"),
        (ACCOUNTING, "12 件"),
        (";;;", ""),
        ('@"（暂）"', "12 件（暂）"),
        ("[DBNum1]0", "12 件"),
    ],
)
def test_a_text_prints_by_its_own_section_only(code: str, printed: str) -> None:
    assert print_text("12 件", code) == printed


def test_every_builtin_format_is_understood() -> None:
    for code in builtin_codes().values():
        assert parse_code(code)


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_plain_number_prints_itself(value: Decimal) -> None:
    printed = print_number(value, "General")
    assert Decimal(printed.text) == value
    assert Decimal(print_number(value, "#,##0.0000").text.replace(",", "")) == value


@given(
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text('0#?.,%;@"\\_*[]ymdhsaE+-/ 年件General<>=1', max_size=12),
)
def test_any_format_prints_something_or_says_that_it_does_not(value: Decimal, code: str) -> None:
    assert isinstance(print_number(value, code), ShownNumber)
    assert isinstance(print_text("a", code), str)
