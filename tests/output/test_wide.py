"""One row per report: counts whole, money in one unit, nothing lost without a flag."""

from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring import read_bytes

from normalize.report import Report
from output.official_form import wide_columns
from output.schema import WIDE
from output.tables.rows import table_rows
from output.tables.wide import MOST
from output.write import write_all


def wide_of(build, *seen, **parts):
    (row,) = table_rows([build.outcome(build.report(observations=seen, **parts))])["wide"]
    return dict(zip(WIDE.names, row, strict=True))


@pytest.mark.parametrize(
    ("value", "unit", "in_wan"),
    [
        ("4208", "元", "0.4208"),
        ("18.085682", "万元", "18.085682"),
        ("3", "千元", "0.3"),
        ("0.5", "亿元", "5000"),
        ("-1.2", "万元", "-1.2"),
        ("0", "", "0"),
        ("12", "", None),
        ("12", "件", None),
        ("0.0000001", "元", None),
    ],
)
def test_money_stands_in_its_unit_and_in_wan_yuan(build, value, unit, in_wan):
    for field in ("charges.amount", "procurement.amount"):
        row = wide_of(build, build.number("disclosure", field, value, unit=unit))
        assert row[field] == Decimal(value)
        assert row[f"{field}.unit"] == unit
        assert row[f"{field}.wan_yuan"] == (None if in_wan is None else Decimal(in_wan))


@pytest.mark.parametrize(
    ("value", "unit", "in_wan"),
    [
        ("4208", "元", "0.4208"),
        ("5000", "元", "0.5"),
        ("12", "", None),
        ("0", "", "0"),
        ("3", "亿元", "30000"),
    ],
)
def test_money_is_converted_without_zeros_of_our_own(build, value, unit, in_wan):
    row = wide_of(build, build.number("disclosure", "charges.amount", value, unit=unit))
    converted = row["charges.amount.wan_yuan"]
    assert (str(row["charges.amount"]), None if converted is None else str(converted)) == (value, in_wan)


def test_one_amount_in_two_units_is_two_amounts(build):
    seen = [build.number("disclosure", "charges.amount", "4", unit=unit) for unit in ("元", "万元")]
    row = wide_of(build, *seen)
    assert (row["charges.amount"], row["charges.amount.unit"], row["charges.amount.wan_yuan"]) == (
        None,
        "",
        None,
    )


def test_every_amount_of_the_form_and_nothing_else_is_money():
    money = [column.name for column in wide_columns() if column.money]
    assert money == ["charges.amount", "procurement.amount"]


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        ("12", 12),
        ("12.0", 12),
        ("-3", -3),
        ("0", 0),
        ("12.5", None),
        (str(MOST), MOST),
        (str(MOST + 1), None),
    ],
)
def test_counts_are_whole(build, value, whole):
    row = wide_of(build, build.number("requests", "new", value, "total"))
    assert row["new.total"] == whole
    assert row["new.total"] is None or type(row["new.total"]) is int


def test_the_end_says_how_the_report_was_read(build):
    seen = (
        build.number("requests", "new", "7", "total", flags=("doubt.column", "requests.balance")),
        build.number("requests", "new", "7", "business", flags=("doubt.column",)),
        build.number("requests", "carried_in", "7", "business"),
    )
    outcome = build.outcome(build.report(observations=seen, edition="mixed"), "flagged")
    (row,) = table_rows([outcome])["wide"]
    assert row[-4:] == ("mixed", "flagged", 3, "r" + "a" * 16)


def test_the_columns_and_their_types_are_the_same_whatever_the_batch(build, run, tmp_path):
    batches = {
        "nothing": (),
        "no number": [build.outcome(build.report())],
        "everything": run,
    }
    schemas = []
    for name, batch in batches.items():
        folder = tmp_path / name
        folder.mkdir()
        write_all(batch, folder, workbook=False)
        schemas.append(pq.read_schema(folder / "wide.parquet"))
    assert schemas[0].equals(schemas[1], check_metadata=True)
    assert schemas[0].equals(schemas[2], check_metadata=True)
    kinds = {column.name: "decimal128(38, 10)" if column.money else "int64" for column in wide_columns()}
    assert {name: str(schemas[0].field(name).type) for name in kinds} == kinds


PAGE = """某县某局2022年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项
信息内容	本年制发件数	本年废止件数	现行有效件数
规章	{0}	0	0
行政规范性文件	1	0	2
第二十条第（五）项
信息内容	本年处理决定数量
行政许可	{1}
第二十条第（八）项
信息内容	本年收费金额（单位：万元）
行政事业性收费	{2}
"""
PRINTED = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**20, places=3).map(str)


@given(st.tuples(PRINTED | st.integers(0, 10**21).map(str), PRINTED, PRINTED))
def test_what_wide_cannot_hold_is_flagged_and_counted(build, printed):
    """On a page that is read: no number vanishes from `wide` of a report whose cells have no flag."""
    report: Report = read_bytes(PAGE.format(*printed).encode())
    rows = table_rows([build.outcome(report)])
    (row,) = rows["wide"]
    held = dict(zip(WIDE.names, row, strict=True))
    for seen in report.observations:
        name = f"{seen.field}.{seen.applicant}" if seen.applicant else seen.field
        if seen.value is not None and held[name] != seen.value:
            assert held[name] is None
            assert seen.flags, seen
            assert held["flags"] >= len(seen.flags)


def test_a_count_with_a_fraction_is_in_doubt_and_a_whole_one_is_not():
    seen = {one.field: one for one in read_bytes(PAGE.format("12.5", "12.0", "4.5").encode()).observations}
    assert seen["rules.issued"].value == Decimal("12.5")
    assert seen["rules.issued"].flags == ("doubt.quantity",)
    assert seen["licensing.decisions"].flags == ()
    assert seen["charges.amount"].flags == ()
