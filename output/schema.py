"""Every table that is written and each of its columns: the one source for CSV, Parquet, package, codebook.

Enters: columns.csv beside this module, and the form, whose tables its descriptions name. Leaves: one
`TableSchema` per table. Columns marked `contract` there are public: never renamed, never moved; others come
after them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any

from normalize.form.loader import FORM
from normalize.report import Origin, Status, Verdict
from normalize.words.csv_lines import refuse
from output.official_form import WideColumn, split_title, tables_with_applicants, wide_columns

RowValues = tuple[Any, ...]
"""Values in the order of a table's columns; "" and None are both empty, text may hold any character."""


class SchemaError(Exception):
    """columns.csv is faulty; `faults` lists everything found."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(self.faults)


class Kind(StrEnum):
    """The type of a column."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    """An exact decimal: printed as it stands in CSV, decimal128(38, 10) in Parquet."""
    FLOAT = "float"
    """A measure with at most two decimals (a box, a confidence): float64 in Parquet."""
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: as in the files.
        kind: its type.
        zh, en: what it means.
        required: never empty.
        choices: the closed set of its values, () where open.
        least, most: bounds of a number, None where there are none.
        pattern: of text, "" where there is none.
        contract: part of the public contract.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    required: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    pattern: str = ""
    contract: bool = True


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: `name`.csv and `name`.parquet.

    Attributes:
        name: the file name without its suffix.
        columns: in the order of the file.
        zh, en: what one row is.
        key: columns that identify a row, () where none do.
    """

    name: str
    columns: tuple[Column, ...]
    zh: str
    en: str
    key: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)


FORM_TABLES = FORM.table_names

CHOICES = {
    "": (),
    "table": FORM_TABLES,
    "edition": tuple(edition.name for edition in FORM.editions),
    "file_status": ("ok", "flagged", "not_a_report", "duplicate", "failed"),
    "status": tuple(status.value for status in Status),
    "verdict": tuple(verdict.value for verdict in Verdict),
    "origin": tuple(origin.value for origin in Origin),
}

PATTERNS = {"report_id": "r[0-9a-f]{16}(#[0-9]+)?"}
"""By the name of the column."""

ROWS = {
    "observations": ("表样的每个单元格一行", "one row per cell of the form"),
    "reports": ("找到的每个文件一行", "one row per file found"),
    "checks": ("每条检验过的勾稽关系一行", "one row per arithmetic relation tested"),
    "narrative": ("每个部分的正文一行", "one row per section of prose"),
    "mentions": (
        "正文中提到的每个数一行；日期、条款、文号、电话、法定期限不算",
        "one row per figure in the prose; dates, articles, numbers of documents, terms set by law are none",
    ),
    "wide": (
        "每份报告一行，每个指标一列；同一报告有几个文件时只列一个，一份报告内同一指标印有不同的数时留空",
        "one row per report, one column per field; empty where a report prints two numbers for it",
    ),
    "issues": (
        "每个无法归位或需人工查看之处一行",
        "one row per thing that could not be placed or that a person should look at",
    ),
}


_PLACES = {
    "tables": "、".join(f"{one.name}（{split_title(one)[0] or one.short[0]}）" for one in FORM.tables),
    "with_applicants": ", ".join(one.name for one in tables_with_applicants()),
}
"""What descriptions in columns.csv leave to the form."""


def _column(row: dict[str, str]) -> Column:
    return Column(
        name=row["column"],
        kind=Kind(row["kind"]),
        zh=row["zh"].format(**_PLACES),
        en=row["en"].format(**_PLACES),
        required=row["required"] == "yes",
        choices=CHOICES[row["choices"]],
        least=int(row["least"]) if row["least"] else None,
        most=int(row["most"]) if row["most"] else None,
        pattern=PATTERNS.get(row["column"], ""),
        contract=row["contract"] == "yes",
    )


def _faults(rows: list[dict[str, str]]) -> list[str]:
    faults = []
    for number, row in enumerate(rows, 2):
        checks = (
            (row["table"] in ROWS, f"table {row['table']!r} is unknown"),
            (row["kind"] in set(Kind), f"kind {row['kind']!r} is unknown"),
            (row["choices"] in CHOICES, f"choices {row['choices']!r} are unknown"),
            (row["zh"] and row["en"], "a description is missing"),
        )
        faults += [f"columns.csv:{number}: {fault}" for holds, fault in checks if not holds]
    return faults


def _load_columns() -> dict[str, tuple[Column, ...]]:
    text = files("output").joinpath("columns.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    faults = _faults(rows)
    if faults:
        raise SchemaError(tuple(faults))
    return {name: tuple(_column(row) for row in rows if row["table"] == name) for name in ROWS}


_COLUMNS = _load_columns()


def _table(name: str, *, key: tuple[str, ...] = ()) -> TableSchema:
    zh, en = ROWS[name]
    return TableSchema(name, _COLUMNS[name], zh, en, key)


def _number(one: WideColumn) -> Column:
    kind = Kind.DECIMAL if one.money else Kind.INTEGER
    return Column(one.name, kind, one.label_zh, one.name.replace(".", " / "), contract=False)


def _in_one_unit(money: WideColumn) -> tuple[Column, Column]:
    """What `wide` adds to a sum of money."""
    name, label = money.name, money.label_zh
    unit = Column(f"{name}.unit", Kind.TEXT, f"{label}：所印单位", f"unit of {name}", contract=False)
    in_wan = f"{label}：折合万元；单位不明则空", f"{name} in 10 000 yuan; empty where the unit is not known"
    return unit, Column(f"{name}.wan_yuan", Kind.DECIMAL, *in_wan, contract=False)


def _find_taken() -> Iterator[str]:
    """Fields of the form that make a column of `wide` which it has already."""
    lines = {field.field: field.order + 1 for field in reversed(FORM.fields)}
    taken = {column.name for column in _COLUMNS["wide"]}
    for one in wide_columns():
        own = {one.name, *(column.name for column in _in_one_unit(one) if one.money)}
        for name in sorted(taken & own):
            yield f"fields.csv:{lines[one.field]}: field {one.field!r} makes column {name!r} of `wide` twice"
        taken |= own


refuse(tuple(_find_taken()))

OBSERVATIONS = _table("observations")
REPORTS = _table("reports", key=("source",))
CHECKS = _table("checks")
NARRATIVE = _table("narrative")
MENTIONS = _table("mentions")
WIDE_HEAD = tuple(column for column in _COLUMNS["wide"] if column.contract)
"""The columns of `wide` that say which report a row is."""
WIDE_END = (
    *(column for one in wide_columns() if one.money for column in _in_one_unit(one)),
    *(column for column in _COLUMNS["wide"] if not column.contract),
)
"""Those behind the numbers."""
WIDE = TableSchema("wide", (*WIDE_HEAD, *map(_number, wide_columns()), *WIDE_END), *ROWS["wide"], ("source",))
ISSUES = _table("issues")

TABLES = (OBSERVATIONS, REPORTS, CHECKS, NARRATIVE, MENTIONS, WIDE, ISSUES)
"""Every table, in the order in which they are written."""
