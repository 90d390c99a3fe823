"""CSV and Parquet hold the same, and what was read."""

import csv
from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import BBox
from normalize.report import Observation, Status
from output.csv_parquet import print_decimal, print_measure, write_csv, write_parquet
from output.frames import build_frames, escape_unwritable
from output.schema import OBSERVATIONS, TABLES, Kind

ODD_TEXT = st.one_of(
    st.text(st.characters(), max_size=12),
    st.sampled_from(
        ["", "=1+1", "+1", "-", "@x", "a\r", "\n", '"', '","', "\x00", "\ud800", "﻿", " 0 ", "😀", "NA"]
    ),
)
VALUES = st.one_of(
    st.none(),
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12),
    st.integers(min_value=-(10**27), max_value=10**27).map(Decimal),
    st.sampled_from([Decimal("1E+3"), Decimal("18.085682"), Decimal("0.50"), Decimal("-0")]),
)
POSITIONS = st.one_of(st.none(), st.integers(min_value=0, max_value=10**6))
BOXES = st.one_of(
    st.none(),
    st.builds(BBox, *[st.floats(min_value=-1e4, max_value=1e4)] * 4),
)
SEEN = st.builds(
    Observation,
    *(st.just("disclosure"), st.just("rules.issued"), st.just(""), VALUES, ODD_TEXT),
    *(st.sampled_from(Status), ODD_TEXT, ODD_TEXT, POSITIONS, BOXES, POSITIONS, POSITIONS),
    confidence=st.integers(0, 100).map(lambda percent: percent / 100),
    flags=st.lists(st.sampled_from(["a", "doubt.ocr"]), unique=True).map(lambda flags: tuple(sorted(flags))),
)


csv.field_size_limit(2**24)  # the csv module stops at 131 072 characters; a section may be longer


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def as_printed(kind, value):
    """The CSV cell that a Parquet value stands for, numbers compared as numbers."""
    if value is None:
        return ""
    if kind is Kind.BOOLEAN:
        return "true" if value else "false"
    return value if kind in (Kind.DECIMAL, Kind.FLOAT) else str(value)


def assert_same(folder, schema):
    printed = read_csv(folder / f"{schema.name}.csv")
    typed = pl.read_parquet(folder / f"{schema.name}.parquet").to_dicts()
    assert len(printed) == len(typed)
    for one, other in zip(printed, typed, strict=True):
        assert tuple(one) == tuple(other) == schema.names
        for column in schema.columns:
            cell, value = one[column.name], as_printed(column.kind, other[column.name])
            if column.kind is Kind.DECIMAL and cell:
                cell = Decimal(cell)
            elif column.kind is Kind.FLOAT and cell:
                cell = float(cell)
            assert cell == value, column.name


@given(st.lists(SEEN, max_size=5))
def test_observations_read_back_equal(tmp_path_factory, build, observations):
    folder = tmp_path_factory.mktemp("property")
    frame = build_frames([build.outcome(build.report(observations=tuple(observations)))])["observations"]
    write_csv(frame, OBSERVATIONS, folder / "observations.csv")
    write_parquet(frame, OBSERVATIONS, folder / "observations.parquet")
    assert_same(folder, OBSERVATIONS)
    expected = sorted(
        (escape_unwritable(one.raw), one.value) for one in observations if one.value is not None
    )
    found = read_csv(folder / "observations.csv")
    assert sorted((one["raw"], Decimal(one["value"])) for one in found if one["value"]) == expected


@pytest.mark.parametrize("schema", TABLES, ids=lambda table: table.name)
def test_every_table_is_the_same_in_both_formats(written, schema):
    assert_same(written, schema)


def test_observations_golden(written):
    first = (written / "observations.csv").read_bytes()
    assert first.startswith(b"\xef\xbb\xbfreport_id,source,agency,year,table")
    lines = read_csv(written / "observations.csv")
    box = next(line for line in lines if line["page"])
    assert [box[name] for name in ("x0", "top", "x1", "bottom", "confidence")] == [
        *("72", "100.13", "144", "120.5", "1"),
    ]
    assert [line["value"] for line in lines[:5]] == ["3", "3", "18.085682", "251000", "5"]
    assert [line["status"] for line in lines[7:]] == ["blank", "dash", "unreadable", "absent", "printed"]


@pytest.mark.parametrize(
    ("value", "printed"),
    [("1E+3", "1000"), ("18.085682", "18.085682"), ("0.50", "0.50"), ("1E-7", "0.0000001")],
)
def test_decimals_are_printed_without_exponent(value, printed):
    assert print_decimal(Decimal(value)) == printed


@pytest.mark.parametrize(
    ("value", "printed"), [(1.0, "1"), (0.95, "0.95"), (0.5, "0.5"), (0.0, "0"), (100.0, "100")]
)
def test_measures_have_a_fixed_rule(value, printed):
    assert print_measure(value) == printed


PANDAS = {
    Kind.TEXT: "string",
    Kind.INTEGER: "Int64",
    Kind.DECIMAL: "object",
    Kind.FLOAT: "Float64",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "object",
}
POLARS = {
    Kind.TEXT: pl.String,
    Kind.INTEGER: pl.Int64,
    Kind.DECIMAL: pl.Decimal(38, 10),
    Kind.FLOAT: pl.Float64,
    Kind.BOOLEAN: pl.Boolean,
    Kind.DATE: pl.Date,
}
DUCKDB = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.DECIMAL: "DECIMAL(38,10)",
    Kind.FLOAT: "DOUBLE",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.DATE: "DATE",
}


@pytest.mark.parametrize("schema", TABLES, ids=lambda table: table.name)
def test_parquet_types_in_pandas_polars_and_duckdb(written, schema):
    path = written / f"{schema.name}.parquet"
    pandas_types = pd.read_parquet(path).dtypes
    polars_types = pl.read_parquet_schema(path)
    described = duckdb.sql(f"describe select * from read_parquet('{path}')").fetchall()  # noqa: S608
    duckdb_types = {name: kind for name, kind, *_ in described}
    for column in schema.columns:
        assert str(pandas_types[column.name]) == PANDAS[column.kind], column.name
        assert polars_types[column.name] == POLARS[column.kind], column.name
        assert duckdb_types[column.name] == DUCKDB[column.kind], column.name


def test_sums_are_exact_in_duckdb(written):
    query = f"select sum(value) from read_parquet('{written / 'observations.parquet'}') where page is null"  # noqa: S608
    assert duckdb.sql(query).fetchall() == [(Decimal("252265.085682"),)]
