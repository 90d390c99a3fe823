"""What a sheet of the workbook is: cells with a tone and a note, and where its rows come from.

Enters: nothing. Leaves: `Sheet`, `Shown`, `Tone`, `Entry`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from output.schema import Row as TableRow
from output.schema import TableSchema


class Tone(StrEnum):
    """How a cell is coloured."""

    PLAIN = "plain"
    FAIL = "fail"
    DOUBT = "doubt"
    MUTED = "muted"

    __hash__ = str.__hash__  # that of Enum is a Python function, called for each cell


Value = str | int | Decimal | dt.date | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell that is more than its value.

    Attributes:
        value: what stands in it.
        tone: its colour.
        note: a comment, "" for none.
        suffix: a unit to show behind a number.
    """

    value: Value
    tone: Tone = Tone.PLAIN
    note: str = ""
    suffix: str = ""


Row = tuple[Value | Shown, ...]
Record = Mapping[str, Any]
"""A row of a table by the names of its columns, None where empty."""
FormCells = Mapping[tuple[str, str, str], Value | Shown]
"""(table, field, applicant) to what a report prints there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the run, as the sheets need it.

    Attributes:
        file: its row of `reports`.
        cells: what its report prints in the form, empty where none was read.
        listed: whether table `wide` has it.
        problems: its rows of `checks` that a person should see.
        issues: its rows of that table.
    """

    file: Record
    cells: FormCells
    listed: bool
    problems: tuple[Record, ...]
    issues: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        name: its tab.
        headings: Chinese heading and width in characters, per column.
        rows_of: the rows that a file of the run adds.
        frozen_columns: how many columns stay in view.
        full_table: the file that has everything, named where something had to be left out.
        rows: rows that stand there whatever the run found.
    """

    name: str
    headings: tuple[tuple[str, int], ...]
    rows_of: Callable[[Entry], Iterable[Row]]
    frozen_columns: int
    full_table: str
    rows: tuple[Row, ...] = ()


def record(schema: TableSchema, row: TableRow) -> Record:
    """A row with the names of its columns.

    Args:
        schema: the table.
        row: one of its rows.

    Returns:
        Column name to value; empty text is None.
    """
    return dict(zip(schema.names, (None if value == "" else value for value in row), strict=True))
