"""The schema -> Arrow types; the text of a CSV file -> typed Arrow columns.

Enters: a `TableSchema`, and bytes of `output.tables.csv_text`. Leaves: Arrow tables, as Parquet files hold
them. They are read from the CSV so that both formats cannot differ, and because pyarrow reads text several
times faster than Python objects, for which it would import pandas, too.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.csv

from normalize.report import DECIMALS, INTEGER_DIGITS
from output.schema import Kind, TableSchema
from output.tables.csv_text import print_head

ARROW_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.DECIMAL: pa.decimal128(INTEGER_DIGITS + DECIMALS, DECIMALS),
    Kind.FLOAT: pa.float64(),
    Kind.BOOLEAN: pa.bool_(),
    Kind.DATE: pa.date32(),
}
# What pandas would note of such columns: by it, read_parquet gives nullable types back.
_PANDAS_TYPES = {
    Kind.TEXT: ("unicode", "string"),
    Kind.INTEGER: ("int64", "Int64"),
    Kind.DECIMAL: ("decimal", "object"),
    Kind.FLOAT: ("float64", "Float64"),
    Kind.BOOLEAN: ("bool", "boolean"),
    Kind.DATE: ("date", "object"),
}
_OF_DECIMALS = {"precision": INTEGER_DIGITS + DECIMALS, "scale": DECIMALS}


@cache
def arrow_schema(schema: TableSchema) -> pa.Schema:
    """The columns of a Parquet file.

    Args:
        schema: the table.

    Returns:
        Names and types, with the notes that pandas reads; the same for every run and every release of pandas.
    """
    fields = [pa.field(column.name, ARROW_TYPES[column.kind]) for column in schema.columns]
    notes = {
        "index_columns": [],
        "column_indexes": [],
        "columns": [_note(column.name, column.kind) for column in schema.columns],
        "attributes": {},
        "creator": {"library": "nianbao", "version": "1"},
        "pandas_version": "2.2.0",
    }
    return pa.schema(fields, metadata={"pandas": json.dumps(notes)})


def _note(name: str, kind: Kind) -> dict[str, Any]:
    pandas_type, numpy_type = _PANDAS_TYPES[kind]
    return {
        "name": name,
        "field_name": name,
        "pandas_type": pandas_type,
        "numpy_type": numpy_type,
        "metadata": _OF_DECIMALS if kind is Kind.DECIMAL else None,
    }


def type_rows(schema: TableSchema, rows: bytes) -> pa.Table:
    """Rows of a CSV file as typed columns.

    Args:
        schema: the table.
        rows: what `print_rows` gives, without guards.

    Returns:
        One chunk per column; an empty cell is null.
    """
    # The head goes first: at the very beginning, a byte-order mark of a cell would be lost.
    text = print_head(schema) + rows
    table: pa.Table = pa.csv.read_csv(
        pa.BufferReader(text),
        # One block, as a row must not be longer than a block; threads gain nothing on one.
        read_options=pa.csv.ReadOptions(use_threads=False, block_size=len(text) + 1),
        parse_options=pa.csv.ParseOptions(newlines_in_values=True),
        convert_options=_conversion(schema),
    )
    return table


@cache
def _conversion(schema: TableSchema) -> pa.csv.ConvertOptions:
    return pa.csv.ConvertOptions(
        column_types={column.name: ARROW_TYPES[column.kind] for column in schema.columns},
        null_values=[""],
        strings_can_be_null=True,
        true_values=["true"],
        false_values=["false"],
    )


def to_stream(table: pa.Table) -> bytes:
    """Typed columns as bytes.

    Args:
        table: of any schema.

    Returns:
        An Arrow IPC stream.
    """
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    stream: bytes = sink.getvalue().to_pybytes()
    return stream


def from_stream(stream: bytes) -> pa.Table:
    """Typed columns from bytes, which stay where they are.

    Args:
        stream: what `to_stream` gives.

    Returns:
        The columns.
    """
    with pa.ipc.open_stream(stream) as reader:
        table: pa.Table = reader.read_all()
    return table
