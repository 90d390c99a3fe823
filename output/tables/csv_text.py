"""Rows -> the text of a CSV file.

Enters: rows of `output.tables.rows`. Leaves: bytes. Text that a spreadsheet would take for a formula is
guarded; a decimal always has a point, for readers that judge a column by its first rows. RFC 4180 is followed
here rather than by the csv module, which looks at each letter of cells that stand in thousands of rows: a
text is looked at once per call.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from output.schema import Kind, RowValues, TableSchema
from output.values import escape_unwritable, guard, is_formula

END_OF_ROW = "\r\n"


class CsvRows(NamedTuple):
    """Rows of a table as the text of a CSV file without its head, in UTF-8.

    Attributes:
        csv: what stands in the file: an apostrophe before text that a spreadsheet would take for a formula.
        verbatim: the same without these.
    """

    csv: bytes
    verbatim: bytes


def print_rows(schema: TableSchema, rows: Sequence[RowValues]) -> CsvRows:
    """Rows as CSV without the head.

    Args:
        schema: the table.
        rows: its rows.

    Returns:
        Two texts, mostly one and the same; a row gives the same bytes whatever rows stand around it.
    """
    csv, verbatim = _print(schema, rows, str)
    if "\x00" not in verbatim:
        try:
            return _encode(csv, verbatim)
        except UnicodeEncodeError:  # a lone surrogate; no other way of noticing it costs nothing
            pass
    return _encode(*_print(schema, rows, escape_unwritable))


def _encode(csv: str, verbatim: str) -> CsvRows:
    text = verbatim.encode()
    return CsvRows(text if csv is verbatim else csv.encode(), text)


def print_head(schema: TableSchema) -> bytes:
    """The first row of a table's CSV, without a byte-order mark.

    The last name stands in quotes: DuckDB takes a file whose first 20 480 rows have none for one without.

    Args:
        schema: the table.

    Returns:
        The column names.
    """
    *names, last = schema.names
    return (",".join([*names, f'"{last}"']) + END_OF_ROW).encode()


def _print(schema: TableSchema, rows: Sequence[RowValues], escape: Callable[[str], str]) -> tuple[str, str]:
    """The rows with guards and without them."""
    verbatim: list[list[str]] = []
    guarded: dict[int, list[str]] = {}
    # No rows: no columns.
    for place, (column, values) in enumerate(zip(schema.columns, zip(*rows, strict=True), strict=False)):
        if column.kind is not Kind.TEXT:
            verbatim.append(_print_column(column.kind, values))
            continue
        known = {value: escape(value) if value else "" for value in set(values)}
        verbatim.append(_print_texts(known, values))
        if any(map(is_formula, known.values())):
            guarded[place] = _print_texts({value: guard(text) for value, text in known.items()}, values)
    text = _join(verbatim)
    if not guarded:
        return text, text
    return _join([guarded.get(place, column) for place, column in enumerate(verbatim)]), text


def _join(columns: Sequence[Sequence[str]]) -> str:
    return "".join(",".join(row) + END_OF_ROW for row in zip(*columns, strict=True))


def _print_texts(known: Mapping[str | None, str], values: Sequence[str | None]) -> list[str]:
    quoted = {value: _quote(text) for value, text in known.items()}
    return [quoted[value] for value in values]


def _print_column(kind: Kind, values: Sequence[Any]) -> list[str]:
    printer = _PRINTERS[kind]
    if kind is Kind.DECIMAL:  # 4 and 4.0 are equal and printed differently
        return ["" if value is None else printer(value) for value in values]
    known = {value: "" if value is None else printer(value) for value in set(values)}
    return [known[value] for value in values]


def _quote(text: str) -> str:
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def print_decimal(value: Decimal) -> str:
    """A decimal as printed in the document: no exponent, none of its digits removed, and always a point.

    DuckDB takes a column for whole numbers whose first 20 480 rows have no point, and rounds 18.085682 in the
    next to 18 without a word; polars stops at the first point after 100 rows without one.

    Args:
        value: a finite decimal.

    Returns:
        `18.085682`, `0.50`, and `12.0` for 12.
    """
    text = str(value)
    text = format(value, "f") if "E" in text else text
    return text if "." in text else f"{text}.0"


def print_measure(value: float) -> str:
    """A measure with two decimals: `1.00`, `0.95`, `72.50`.

    Args:
        value: a measure.

    Returns:
        What it is when rounded to two decimals; zero has no sign.
    """
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text


_PRINTERS: dict[Kind, Callable[[Any], str]] = {
    Kind.INTEGER: str,
    Kind.DECIMAL: print_decimal,
    Kind.FLOAT: print_measure,
    Kind.BOOLEAN: {True: "true", False: "false"}.__getitem__,
    Kind.DATE: dt.date.isoformat,
}
