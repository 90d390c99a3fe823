"""What people read the tables with, at its default settings, finds the types and the values of the contract.

Readers of CSV judge a column by its first rows (polars by 100, DuckDB by 20 480), and the order of the rows is
that of the contract: a column that is empty there is text for them, and text that is digits alone there (`raw`,
`form`) a number, which nothing in a file can help. Here the first report has words in both.
"""

import csv
from dataclasses import replace
from decimal import Decimal

import duckdb
import frictionless
import numpy as np
import pandas as pd
import polars as pl
import pytest
from pandas.io.stata import InvalidColumnName

import nianbao
from extract.document import BBox
from normalize.report import Check, Identity, Mention, Origin, Section, Status, Verdict
from output.official_form import wide_columns
from output.schema import TABLES, Kind
from output.write import write_all

REPORTS = 130
"""So many that DuckDB sees no fraction before it has judged the columns."""
SEEN_BY_POLARS = 100

POLARS = {
    Kind.TEXT: pl.String,
    Kind.INTEGER: pl.Int64,
    Kind.DECIMAL: pl.Float64,
    Kind.FLOAT: pl.Float64,
    Kind.BOOLEAN: pl.Boolean,
    Kind.DATE: pl.String,  # polars parses dates where it is told to
}
DUCKDB = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.DECIMAL: "DOUBLE",
    Kind.FLOAT: "DOUBLE",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.DATE: "DATE",
}
ODD = (
    "=1+1",
    "+无",
    "-",
    "@某",
    "\t3",
    '见"附件"',
    "a,b\r\n第二行",
    "NA",
    "'=1",
    "1e999999999",
    "007",
    "true",
)


def plain_report(build, number):
    """Whole numbers, no quotes; nearly every column has a value in it but for the boxes."""
    seen = [
        build.number(
            "requests" if column.applicant else "disclosure",
            *(column.field, number % 7),
            column.applicant,
            unit="万元" if column.money else "件",
            flags=("requests.balance",) if column.field == "new" else (),
        )
        for column in wide_columns()
    ]
    seen[0] = build.wordless("disclosure", seen[0].field, Status.DASH, "—")
    year = None if number < 3 else 2019 + number % 5
    return build.report(
        f"{number:03}.docx",
        f"{number:03x}",
        identity=Identity(f"第{number}局年报", f"第{number}局", "title", year, "title"),
        edition="2021" if number else "mixed",
        observations=tuple(seen),
        checks=(check(0), check(1)),
        sections=(Section(1, "一、总体情况", "正文，“引号”" * 9),),
        mentions=(Mention(1, "公开信息", Decimal(number), "条", "公开信息多条。"),),
    )


def check(difference):
    operands = (Decimal(7), Decimal(7 - difference), Decimal(difference))
    verdict = Verdict.FAIL if difference else Verdict.PASS
    return Check("requests.balance", "total", *operands, verdict, Origin.AS_PRINTED, "一句话。")


def awkward_report(build, number):
    """Fractions, minus signs, boxes, doubts and odd texts, all of them first here."""
    report = plain_report(build, number)
    seen = [
        replace(one, raw=raw, label=raw, page=2, bbox=BBox(1.5, 2, 3.25, 4), confidence=0.85)
        for one, raw in zip(report.observations[1:], ODD, strict=False)
    ]
    seen.append(build.number("disclosure", "charges.amount", "18.085682", unit="元", flags=("doubt.unit",)))
    seen.append(build.number("disclosure", "procurement.amount", "-0.5", unit=""))
    seen.append(build.number("requests", "new", "12.5", "total", flags=("doubt.quantity",)))
    return replace(
        report,
        identity=replace(report.identity, agency="=某局", title="+某", document_number="-某"),
        observations=tuple(seen),
        checks=(replace(check(1), left=Decimal("0.5"), difference=Decimal("-6.5")),),
        mentions=(Mention(1, "同比增长", Decimal("12.75"), "%", "@", approximate=True),),
        pages=3,
    )


@pytest.fixture(scope="module")
def batch(build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("batch")
    reports = [plain_report(build, number) for number in range(REPORTS)]
    reports += [awkward_report(build, REPORTS + number) for number in range(5)]
    write_all([*map(build.outcome, reports), *build.run()], folder, workbook=False)
    return folder


def rows_of(folder, schema):
    csv.field_size_limit(2**24)
    with (folder / f"{schema.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def seen_early(rows, schema, count):
    """The columns that have a value among the first rows."""
    return [column for column in schema.columns if any(row[column.name] for row in rows[:count])]


def numbers(schema):
    return [column.name for column in schema.columns if column.kind in (Kind.DECIMAL, Kind.FLOAT)]


def as_floats(rows, name):
    return [float(row[name]) if row[name] else None for row in rows]


@pytest.mark.parametrize("schema", TABLES, ids=lambda table: table.name)
def test_polars_reads_every_csv_by_itself(batch, schema):
    rows = rows_of(batch, schema)
    found = pl.read_csv(batch / f"{schema.name}.csv")
    for column in seen_early(rows, schema, SEEN_BY_POLARS):
        assert found.schema[column.name] == POLARS[column.kind], column.name
    early = {column.name for column in seen_early(rows, schema, SEEN_BY_POLARS)}
    for name in early.intersection(numbers(schema)):
        assert found[name].to_list() == as_floats(rows, name), name


@pytest.mark.parametrize("schema", TABLES, ids=lambda table: table.name)
def test_duckdb_reads_every_csv_by_itself_and_rounds_nothing(batch, schema):
    rows = rows_of(batch, schema)
    found = duckdb.sql(f"from '{batch / schema.name}.csv'")
    kinds = dict(zip(found.columns, map(str, found.types), strict=True))
    early = seen_early(rows, schema, 20_000)
    assert {column.name: kinds[column.name] for column in early} == {
        column.name: DUCKDB[column.kind] for column in early
    }
    content = found.fetchnumpy()
    for name in {column.name for column in early}.intersection(numbers(schema)):
        read = [
            None if gap else value for value, gap in zip(content[name].data, mask(content[name]), strict=True)
        ]
        assert read == as_floats(rows, name), name


def mask(column):
    return np.ma.getmaskarray(column)


@pytest.mark.parametrize("schema", TABLES, ids=lambda table: table.name)
def test_pandas_reads_every_csv_by_itself(batch, schema):
    rows = rows_of(batch, schema)
    found = pd.read_csv(batch / f"{schema.name}.csv")
    assert list(found.columns) == list(schema.names)
    assert len(found) == len(rows)
    for column in schema.columns:
        if column.kind is not Kind.TEXT and column.kind is not Kind.DATE and found[column.name].notna().any():
            kind = "b" if column.kind is Kind.BOOLEAN else "if"
            assert found[column.name].dtype.kind in kind, column.name
    for name in numbers(schema):
        read = [None if value != value else value for value in found[name].tolist()]  # noqa: PLR0124
        assert read == as_floats(rows, name), name


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_frictionless_finds_nothing_wrong(batch):
    report = frictionless.validate(str(batch / "datapackage.json"))
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])[:9]


def test_wide_goes_to_stata_and_back(batch, tmp_path):
    wide = nianbao.load(batch).wide
    path = tmp_path / "wide.dta"
    with pytest.warns(InvalidColumnName):
        wide.to_stata(path, version=118, write_index=False)
    back = pd.read_stata(path)
    assert len(back) == len(wide)
    assert back["agency"].tolist() == wide["agency"].tolist()
    assert back["charges_amount"].dropna().tolist() == wide["charges.amount"].dropna().tolist()
    assert back["year"].isna().tolist() == wide["year"].isna().tolist()


def test_wide_can_be_described_however_it_is_read(batch):
    for wide in (nianbao.load(batch).wide, pd.read_parquet(batch / "wide.parquet")):
        described = wide.describe()
        assert described.loc["count", "new.total"] == REPORTS + 1  # the last ones print two numbers for it
        assert described.loc["max", "new.natural_person"] == 6


def test_types_of_the_loaded_frames(batch):
    expected = {
        Kind.TEXT: "string",
        Kind.INTEGER: "Int64",
        Kind.DECIMAL: "float64",
        Kind.FLOAT: "float64",
        Kind.BOOLEAN: "boolean",
        Kind.DATE: "datetime64[s]",
    }
    tables = nianbao.load(str(batch))
    for schema in TABLES:
        frame = tables[schema.name]
        assert list(frame.columns) == list(schema.names)
        assert {str(frame[column.name].dtype) for column in schema.columns} <= set(expected.values())
        for column in schema.columns:
            assert str(frame[column.name].dtype) == expected[column.kind], column.name
        rows = rows_of(batch, schema)
        for name in numbers(schema):
            assert frame[name].astype(object).where(frame[name].notna(), None).tolist() == as_floats(
                rows, name
            )


def test_text_is_guarded_in_csv_and_verbatim_in_parquet(batch):
    (schema,) = [schema for schema in TABLES if schema.name == "observations"]
    raws = {row["raw"] for row in rows_of(batch, schema)}
    assert {"'=1+1", "'+无", "'-", "'@某", "'\t3", "—", "'=1", "007"} <= raws
    assert set(ODD) <= set(pl.read_parquet(batch / "observations.parquet")["raw"])
    unguarded = [
        (schema.name, name, cell)
        for schema in TABLES
        for row in rows_of(batch, schema)
        for name, cell in row.items()
        if cell.startswith(("=", "@", "\t", "\r"))
        or (cell.startswith(("+", "-")) and not cell[1:2].isdigit())
    ]
    assert unguarded == []
