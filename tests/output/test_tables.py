"""CSV and Parquet hold the same, and what was read."""

import csv
from dataclasses import replace
from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from extract.document import BBox
from normalize.report import Observation, Status
from output.schema import OBSERVATIONS, TABLES, Kind
from output.tables.csv_text import print_decimal, print_measure
from output.tables.render import render
from output.tables.writer import GROUP_ROWS, UNKNOWN_YEAR, YEAR, TableWriter
from output.values import escape_unwritable, guard
from output.write import write_all

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
    flags=st.lists(st.sampled_from(["a", "doubt.column"]), unique=True).map(
        lambda flags: tuple(sorted(flags))
    ),
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
    return value if kind in (Kind.DECIMAL, Kind.FLOAT) else guard(str(value))


def assert_same(folder, schema):
    typed = pl.read_parquet(folder / f"{schema.name}.parquet").to_dicts()
    assert_rows_equal(read_csv(folder / f"{schema.name}.csv"), typed, schema)


def assert_rows_equal(printed, typed, schema):
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
    with TableWriter(folder) as writer:
        writer.add(render([build.outcome(build.report(observations=tuple(observations)))]))
    assert_same(folder, OBSERVATIONS)
    expected = sorted(
        (guard(escape_unwritable(one.raw)), one.value) for one in observations if one.value is not None
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
        *("72.00", "100.13", "144.00", "120.50", "1.00"),
    ]
    assert [line["value"] for line in lines[:5]] == ["3.0", "3.0", "18.085682", "251000.0", "5.0"]
    assert [line["status"] for line in lines[7:]] == ["blank", "dash", "unreadable", "absent", "printed"]


@pytest.mark.parametrize(
    ("value", "printed"),
    [("1E+3", "1000.0"), ("18.085682", "18.085682"), ("0.50", "0.50"), ("1E-7", "0.0000001"), ("12", "12.0")],
)
def test_decimals_are_printed_without_exponent_and_with_a_point(value, printed):
    assert print_decimal(Decimal(value)) == printed


@pytest.mark.parametrize(
    ("value", "printed"), [(1.0, "1.00"), (0.95, "0.95"), (0.5, "0.50"), (-0.001, "0.00"), (100.0, "100.00")]
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


def test_the_notes_for_pandas_hold_no_version_of_it(written):
    notes = pq.read_schema(written / "wide.parquet").metadata[b"pandas"]
    assert pd.__version__.encode() not in notes


def test_row_groups_have_a_fixed_number_of_rows(build, tmp_path, monkeypatch):
    monkeypatch.setitem(GROUP_ROWS, "observations", 7)
    seen = tuple(build.number("disclosure", "rules.issued", "1", row=row) for row in range(9))
    with TableWriter(tmp_path) as writer:
        for name in "abc":
            writer.add(render([build.outcome(build.report(name, observations=seen))]))
    found = pq.read_metadata(tmp_path / "observations.parquet")
    assert [found.row_group(number).num_rows for number in range(found.num_row_groups)] == [7, 7, 7, 6]


def in_years(build, *years):
    reports = [
        replace(one.report, identity=replace(one.report.identity, year=year))
        for one, year in ((build.run()[0], year) for year in years)
    ]
    reports = [replace(one, source=replace(one.source, path=f"{n}.docx")) for n, one in enumerate(reports)]
    return [build.outcome(report) for report in reports]


@pytest.mark.parametrize("years", [(2023, 2021, 2023), (2021, None), (None,), ()])
def test_a_folder_by_year_is_read_like_a_file(build, tmp_path, years):
    """Each by its own path alone, without options: the same types and, sorted, the same rows."""
    folders = [tmp_path / name for name in ("files", "folders")]
    for folder in folders:
        folder.mkdir()
        write_all(in_years(build, *years), folder, workbook=False, by_year=folder.name == "folders")
    for schema in TABLES:
        file, folder = (folder / f"{schema.name}.parquet" for folder in folders)
        assert folder.is_dir() == (YEAR in schema.names)
        whole, parted = pd.read_parquet(file), pd.read_parquet(folder)
        assert list(parted.dtypes.items()) == list(whole.dtypes.items())
        assert_frame_equal(
            *(one.sort_values("source", kind="stable", ignore_index=True) for one in (whole, parted))
        )
        by_polars = [pl.read_parquet(path).sort("source", maintain_order=True) for path in (file, folder)]
        assert by_polars[0].equals(by_polars[1])
        queries = [f"select * from read_parquet('{path}') order by all" for path in (file, folder)]  # noqa: S608
        by_duckdb = [duckdb.sql(query).fetchall() for query in queries]
        assert by_duckdb[0] == by_duckdb[1]


def test_a_folder_by_year_holds_what_the_csv_holds(build, tmp_path):
    write_all(in_years(build, 2023, None, 2021), tmp_path, workbook=False, by_year=True)
    folder = tmp_path / "observations.parquet"
    assert {path.name for path in folder.iterdir()} == {
        "2021.parquet",
        "2023.parquet",
        f"{UNKNOWN_YEAR}.parquet",
    }
    typed = pl.read_parquet(folder).sort("source", maintain_order=True)
    assert_rows_equal(read_csv(tmp_path / "observations.csv"), typed.to_dicts(), OBSERVATIONS)


@pytest.mark.parametrize("name", ["observations.csv", "issues.csv", "observations.parquet", "wide.parquet"])
def test_a_full_disk_is_an_error_of_the_system(run, tmp_path, name):
    (tmp_path / name).symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        write_all(run, tmp_path, workbook=False)


def test_an_error_on_the_way_is_not_hidden_by_one_of_closing(run, tmp_path):
    (tmp_path / "checks.csv").symlink_to("/dev/full")

    def write_and_fail():
        with TableWriter(tmp_path) as writer:
            writer.add(render(run))
            raise KeyError("first")

    with pytest.raises(KeyError, match="first"):
        write_and_fail()


def test_what_cannot_be_opened_is_an_error_of_the_system(tmp_path):
    (tmp_path / "issues.parquet").mkdir()
    with pytest.raises(IsADirectoryError), TableWriter(tmp_path):
        raise AssertionError("never entered")
