"""Outcomes -> one pandas frame per table, for those who go on in Python. No file is written by this way.

Enters: the outcomes of a run. Leaves: frames with the columns and types of `schema`, as `read_parquet` gives
them, but for decimals that keep the zeros they were printed with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from output.outcome import Outcome
from output.rows import Row, in_order, table_rows
from output.schema import TABLES, Kind, TableSchema
from output.values import escape_unwritable

_DTYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "Int64",
    Kind.DECIMAL: "object",
    Kind.FLOAT: "Float64",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "object",
}


def build_frames(outcomes: Iterable[Outcome]) -> dict[str, pd.DataFrame]:
    """Every table of the contract.

    Args:
        outcomes: one per file found, in any order.

    Returns:
        Table name to frame, in the order in which they are written.
    """
    rows = table_rows(in_order(outcomes))
    return {schema.name: frame(schema, rows[schema.name]) for schema in TABLES}


def frame(schema: TableSchema, rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as a typed frame.

    Args:
        schema: the table.
        rows: values in the order of its columns; "" and None are both empty.

    Returns:
        The frame; empty text is missing, as it is for everyone who reads the CSV.
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(schema.columns)
    series = map(_typed, (column.kind for column in schema.columns), columns)
    return pd.DataFrame(dict(zip(schema.names, series, strict=True)))


def _typed(kind: Kind, values: Sequence[Any]) -> pd.Series[Any]:
    if kind is Kind.TEXT:
        values = [escape_unwritable(value) if value else None for value in values]
    elif kind is Kind.FLOAT:
        values = [None if value is None else round(float(value), 2) + 0.0 for value in values]
    return pd.Series(list(values), dtype=_DTYPES[kind])
