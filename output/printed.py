"""Rows -> the text of a CSV file.

Enters: rows of `output.rows`. Leaves: bytes. Cells are verbatim, a leading `=` or `+` included; the workbook
is the file made for double-clicking. RFC 4180 is followed here rather than by the csv module, which looks at
each letter of cells that stand in thousands of rows: a text is looked at once per call.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from output.rows import Row
from output.schema import Kind, TableSchema
from output.values import escape_unwritable

END_OF_ROW = "\r\n"


def print_rows(schema: TableSchema, rows: Sequence[Row]) -> bytes:
    """Rows as CSV without the head.

    Args:
        schema: the table.
        rows: its rows.

    Returns:
        UTF-8; a row gives the same bytes whatever rows stand around it.
    """
    text = _print(schema, rows, _quote)
    if "\x00" not in text:
        try:
            return text.encode()
        except UnicodeEncodeError:  # a lone surrogate; no other way of noticing it costs nothing
            pass
    return _print(schema, rows, lambda cell: _quote(escape_unwritable(cell))).encode()


def print_head(schema: TableSchema) -> bytes:
    """The first row of a table's CSV, without a byte-order mark.

    Args:
        schema: the table.

    Returns:
        The column names.
    """
    return (",".join(map(_quote, schema.names)) + END_OF_ROW).encode()


def _print(schema: TableSchema, rows: Sequence[Row], quote: Callable[[str], str]) -> str:
    kinds = (column.kind for column in schema.columns)
    columns = [
        _print_column(kind, values, quote if kind is Kind.TEXT else _PRINTERS[kind])
        for kind, values in zip(kinds, zip(*rows, strict=True), strict=False)  # no rows: no columns
    ]
    return "".join(",".join(row) + END_OF_ROW for row in zip(*columns, strict=True))


def _print_column(kind: Kind, values: Sequence[Any], printer: Callable[[Any], str]) -> list[str]:
    if kind is Kind.DECIMAL:  # 4 and 4.0 are equal and printed differently
        return ["" if value is None else printer(value) for value in values]
    known = {value: "" if value is None else printer(value) for value in set(values)}
    return [known[value] for value in values]


def _quote(text: str) -> str:
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def print_decimal(value: Decimal) -> str:
    """A decimal as printed in the document: no exponent, no zeros added or removed.

    Args:
        value: a finite decimal.

    Returns:
        Its digits.
    """
    text = str(value)
    return format(value, "f") if "E" in text else text


def print_measure(value: float) -> str:
    """A measure with at most two decimals: `1`, `0.95`, `72.5`.

    Args:
        value: a measure.

    Returns:
        The shortest form of what it is when rounded to two decimals.
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


_PRINTERS: dict[Kind, Callable[[Any], str]] = {
    Kind.INTEGER: str,
    Kind.DECIMAL: print_decimal,
    Kind.FLOAT: print_measure,
    Kind.BOOLEAN: {True: "true", False: "false"}.__getitem__,
    Kind.DATE: dt.date.isoformat,
}
