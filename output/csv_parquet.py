"""Frames -> CSV and Parquet files with the same rows, columns and values.

Enters: a frame of `frames.build_frames`. Leaves: two files whose bytes depend on nothing else.
Cells are verbatim, a leading `=` or `+` included; the workbook is the file made for double-clicking.
"""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from output.frames import DECIMALS, INTEGER_DIGITS
from output.schema import Kind, TableSchema

ARROW_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.DECIMAL: pa.decimal128(INTEGER_DIGITS + DECIMALS, DECIMALS),
    Kind.FLOAT: pa.float64(),
    Kind.BOOLEAN: pa.bool_(),
    Kind.DATE: pa.date32(),
}


def write_csv(frame: pd.DataFrame, schema: TableSchema, path: Path) -> None:
    """Write a table as CSV: UTF-8 with a byte-order mark, RFC 4180.

    Rows end in CR LF, also because the csv module of Python 3.11 would otherwise leave a lone CR unquoted.

    Args:
        frame: the rows.
        schema: the table.
        path: the file to write.
    """
    columns = [_printed(frame[column.name], column.kind) for column in schema.columns]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(schema.names)
        writer.writerows(zip(*columns, strict=True))


def _printed(values: pd.Series[Any], kind: Kind) -> list[str]:
    missing = values.isna().tolist()
    printer = _PRINTERS[kind]
    return ["" if empty else printer(value) for value, empty in zip(values.tolist(), missing, strict=True)]


def print_decimal(value: Decimal) -> str:
    """A decimal as printed in the document: no exponent, no zeros added or removed.

    Args:
        value: a finite decimal.

    Returns:
        Its digits.
    """
    return format(value, "f")


def print_measure(value: float) -> str:
    """A measure with at most two decimals: `1`, `0.95`, `72.5`.

    Args:
        value: a measure already rounded to two decimals.

    Returns:
        Its shortest form.
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


_PRINTERS: dict[Kind, Any] = {
    Kind.TEXT: str,
    Kind.INTEGER: str,
    Kind.DECIMAL: print_decimal,
    Kind.FLOAT: print_measure,
    Kind.BOOLEAN: {True: "true", False: "false"}.__getitem__,
    Kind.DATE: dt.date.isoformat,
}


def write_parquet(frame: pd.DataFrame, schema: TableSchema, path: Path) -> None:
    """Write a table as Parquet with real types.

    The notes that pandas leaves in the schema stay, so that `read_parquet` gives nullable types back;
    they hold versions and types, no time and no path.

    Args:
        frame: the rows.
        schema: the table.
        path: the file to write.
    """
    fields = [pa.field(column.name, ARROW_TYPES[column.kind]) for column in schema.columns]
    table = pa.Table.from_pandas(frame, schema=pa.schema(fields), preserve_index=False)
    with path.open("wb") as stream:  # pyarrow itself takes no name that is not UTF-8
        pq.write_table(table, stream, compression="zstd", row_group_size=100_000)
