"""What the readers of the three tables hand on: cells placed on the form, and what they could not place.

Enters: nothing. Leaves: the types between the alignment and the observations.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Cell


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell of the document on one cell of the form.

    Attributes:
        table, field, applicant: canonical names.
        cell: the cell, None where the layout leaves no trace of an empty one.
        label: the row label as printed.
        row, column: 0-based position in the stitched table.
        confidence: of the placing, 0 to 1.
        doubts: reading doubts (`doubt.alignment`, ...), () if none.
        edition: those that print it (`2019`, `2021|2030`) where others do not, else "".
        unit: as the column label states it (`单位：元`), else "".
    """

    table: str
    field: str
    applicant: str
    cell: Cell | None
    label: str
    row: int
    column: int
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    edition: str = ""
    unit: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """The cell of the form."""
        return (self.table, self.field, self.applicant)

    @property
    def text(self) -> str:
        """The cell's text, "" for an empty one."""
        return self.cell.text if self.cell else ""


@dataclass(frozen=True, slots=True)
class Left:
    """What one row prints and the form has no place for.

    Attributes:
        code: `row.unplaced`, `column.unplaced` or `cell.unplaced`.
        table: of the form.
        row: 0-based position in the stitched table.
        label: the row label as printed, "" if none.
        numbers: as printed.
        raw: the text that holds them.
    """

    code: str
    table: str
    row: int
    label: str
    numbers: tuple[str, ...]
    raw: str


@dataclass(frozen=True, slots=True)
class TableReading:
    """One table of the form as read: placed cells, and what has no place."""

    placed: tuple[Placed, ...] = ()
    left: tuple[Left, ...] = ()
