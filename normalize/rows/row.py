"""Rows of tables, wherever the document drew them, and what stands between two tables.

Enters: nothing. Leaves: `Row` and `Break`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.document import Cell, Layout


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        cells: its own cells in order, empty ones included.
        covering: cells of rows above that reach down into it (grids only).
        block: which table of the document, from 0.
        layout: how far the columns of its cells may be trusted.
        stream: made of paragraphs, one cell each.
        doubts: what its lines leave open: `doubt.joined` (a value glued to the label, digits torn over two
            lines), `doubt.column` (empty cells whose place only wandering columns tell).
        part: counts up where prose or a heading stands between two rows of a table.
    """

    cells: tuple[Cell, ...]
    covering: tuple[Cell, ...]
    block: int
    layout: Layout
    stream: bool = False
    doubts: tuple[str, ...] = ()
    part: int = 0

    @property
    def text(self) -> str:
        """All that it prints."""
        return " ".join(c.text for c in self.cells if c.text)


MOST_CELLS = 256
"""Cells of the widest row: table 三 on one line has two hundred; each cell is asked about others."""


def cut_wide(row: Row) -> Iterator[Row]:
    """The row; one with more cells than any of the form in pieces, as if it were printed on several lines."""
    for start in range(0, max(len(row.cells), 1), MOST_CELLS):
        whole = len(row.cells) <= MOST_CELLS
        yield row if whole else replace(row, cells=row.cells[start : start + MOST_CELLS])


@dataclass(frozen=True, slots=True)
class Break:
    """What stands between two tables: a heading of a section (1-6) or prose (0)."""

    section: int
    text: str


LOOSE = frozenset({Layout.ALIGNED, Layout.SPACED})
"""Layouts of text without rulings: cells wrap over lines, and an empty cell leaves no trace."""


def part_layouts(rows: Sequence[Row]) -> Iterator[tuple[Layout, list[Row]]]:
    """Runs of rows of one layout, those of stated cells and of delimiters together as `DELIMITED`."""
    for layout, group in groupby(rows, key=lambda r: r.layout if r.layout in LOOSE else Layout.DELIMITED):
        yield layout, list(group)
