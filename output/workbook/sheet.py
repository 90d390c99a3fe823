"""What a sheet of the workbook is: cells with a tone and a note, and where its rows come from.

Enters: nothing. Leaves: `Sheet`, `SheetColumn`, `Shown`, `Tone`, `FileEntry`, `Problem`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from output.schema import RowValues, TableSchema


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


SheetRow = tuple[Value | Shown, ...]
NamedValues = Mapping[str, Any]
"""A row of a table by the names of its columns, None where empty."""
FormCells = Mapping[tuple[str, str, str], Value | Shown]
"""(table, field, applicant) to what a report prints there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person should look at.

    Attributes:
        kind: in a word, with its colour.
        name: the relation that fails, or the doubt.
        scope: the row, column or cell of the form, in words.
        left, right, difference: the operands of a relation, None for a doubt.
        origin: whose fault it is, as far as that is known.
        text: what is wrong, and what to do.
        raw: what is printed there.
        place: where in the file, in words.
    """

    kind: Shown
    name: str
    scope: str | None = None
    left: Decimal | None = None
    right: Decimal | None = None
    difference: Decimal | None = None
    origin: str | None = None
    text: str | None = None
    raw: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the run, as the sheets need it.

    Attributes:
        file: its row of `reports`.
        cells: what its report prints in the form, empty where none was read.
        read: whether a report was read from it.
        listed: whether table `wide` has it: of the files of one report, one.
        problems: everything in it that a person should look at.
    """

    file: NamedValues
    cells: FormCells
    read: bool
    listed: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet.

    Attributes:
        heading: in Chinese.
        width: in digits; texts wrap in it, and it grows with numbers that would not fit.
        printed: whether it is within the print area, at whose right all columns stand that are not; texts
            in these do not wrap.
    """

    heading: str
    width: int
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        name: its tab.
        title: what the pages say above, when printed.
        columns: from left to right.
        rows_of: the rows that a file of the run adds.
        frozen: how many columns stay in view, and are printed on every page.
        full_table: the file that has everything, named where something had to be left out.
        legend: what the colours mean, in a line for the head of each page.
        rows: rows that stand there whatever the run found.
        closing: the last lines, from what was counted over all files.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows_of: Callable[[FileEntry], Iterable[SheetRow]]
    frozen: int
    full_table: str
    legend: str = ""
    rows: tuple[SheetRow, ...] = ()
    closing: Callable[[Mapping[str, int]], Iterable[SheetRow]] = lambda _: ()


def name_values(schema: TableSchema, row: RowValues) -> NamedValues:
    """A row with the names of its columns.

    Args:
        schema: the table.
        row: one of its rows.

    Returns:
        Column name to value; empty text is None.
    """
    return dict(zip(schema.names, (None if value == "" else value for value in row), strict=True))


def agency_of(file: NamedValues) -> Value | Shown:
    """The agency of a file as a cell: muted where only the name of the file or of a folder says it."""
    return Shown(file["agency"], Tone.MUTED) if file["agency_source"] in BY_NAME else file["agency"]


def year_of(file: NamedValues) -> Value | Shown:
    """The year of a file as a cell, like its agency."""
    return Shown(file["year"], Tone.MUTED) if file["year_source"] in BY_NAME else file["year"]


BY_NAME = frozenset({"file_name", "folder"})
"""Sources of facts that the document itself does not print."""
