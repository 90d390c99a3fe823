"""What a sheet of the workbook is: cells with a tone and a note, and how rows are read from a frame.

Enters: nothing. Leaves: `Sheet`, `Shown`, `Tone`, `records`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pandas as pd

Frames = Mapping[str, pd.DataFrame]


class Tone(StrEnum):
    """How a cell is coloured."""

    PLAIN = "plain"
    FAIL = "fail"
    DOUBT = "doubt"
    MUTED = "muted"
    CORRECTED = "corrected"


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        name: its tab.
        headings: Chinese heading and width in characters, per column.
        rows: below the headings.
        frozen_columns: how many columns stay in view.
        full_table: the file that has everything, named where something had to be left out.
    """

    name: str
    headings: tuple[tuple[str, int], ...]
    rows: Iterable[Row]
    frozen_columns: int
    full_table: str


def records(frame: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """Rows of some columns as plain Python values, None where empty.

    Args:
        frame: a table.
        names: the columns wanted.

    Returns:
        One tuple per row.
    """
    columns = (frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in names)
    return zip(*columns, strict=True)
