"""A cell on the grid of a table whose format states spans (Word, HTML).

Enters: nothing. Leaves: `SpannedCell`, which both ways of resolving spans give.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpannedCell:
    """A grid rectangle, with the row and the position in that row of the cell that fills it."""

    row: int
    column: int
    row_span: int
    column_span: int
    stated_row: int
    stated_at: int
