"""The values of a row -> the columns that they stand under.

Enters: a template, a row with its value cells, the columns of its head. Leaves: `Cells`. Place and order must
say the same; where they do not, or where there is no head, the row is in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import Cell, Layout
from normalize.any_table.head import HeadColumn
from normalize.form.confidence import GUESSED
from normalize.form.template import Template
from normalize.rows.row import LOOSE, Row
from normalize.words.quantity import is_blank, is_quantity

Pairs = tuple[tuple[HeadColumn, Cell | None], ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row.

    Attributes:
        placed: columns that name something, each with its cell, None where the layout left no trace of one.
        left_over: printed cells below no such column, without those of columns that are known as none.
    """

    placed: Pairs
    left_over: tuple[Cell, ...] = ()
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()


def assign_cells(
    template: Template, row: Row, values: Sequence[Cell], columns: Sequence[HeadColumn]
) -> Cells:
    """The cells of a row below their columns."""
    if not template.columns:
        return _only_number(row, values, columns)
    if not columns or row.stream:  # lines print a head row by row, not column by column
        return _without_head(template, values)
    start = values[0].column if values else 0
    under = [c for c in columns if c.column or c.end > start]
    standing, ordered = _by_place(row, under, values), _by_order(under, values)
    found = standing or ordered
    printed = tuple(v for v in values if not is_blank(v.text))
    if found is None:
        return Cells((), printed, 0.0, ("doubt.column",))
    used = {id(v) for c, v in found if v and (c.column or c.listed)}
    left = tuple(v for v in printed if id(v) not in used)
    placed = tuple((c, v) for c, v in found if c.column)
    if _is_sure(row, values, standing, ordered):
        return Cells(placed, left)
    return Cells(placed, left, GUESSED, ("doubt.column",))


def _by_place(row: Row, columns: Sequence[HeadColumn], values: Sequence[Cell]) -> Pairs | None:
    """Each column with the cell below it; None where places tell nothing, or one cell is below two heads."""
    found = tuple((c, _find_below(c, values)) for c in columns)
    used = [id(v) for _, v in found if v]
    return None if row.layout is Layout.SPACED or len(used) > len(set(used)) else found


def _by_order(columns: Sequence[HeadColumn], values: Sequence[Cell]) -> Pairs | None:
    """The columns with the cells, one by one; None where there are more of the one."""
    return tuple(zip(columns, values, strict=True)) if len(columns) == len(values) else None


def _is_sure(row: Row, values: Sequence[Cell], standing: Pairs | None, ordered: Pairs | None) -> bool:
    """The format states the place, or place and order agree; made with spaces, all values have a head."""
    if standing is None:
        return False
    if row.layout is Layout.GRID:
        return not _is_crowded(standing, values)
    if ordered:
        return [id(v) for _, v in standing] == [id(v) for _, v in ordered]
    return row.layout is Layout.ALIGNED and sum(v is not None for _, v in standing) == len(values)


def _is_crowded(standing: Pairs, values: Sequence[Cell]) -> bool:
    """Two numbers stand below one head: of two years, or it is merged over two columns."""
    used = {id(v) for _, v in standing if v}
    spare = [v for v in values if id(v) not in used and is_quantity(v.text)]
    return any(_width_below(c, v) > 0 for c, _ in standing if c.column for v in spare)


def _width_below(column: HeadColumn, cell: Cell) -> int:
    return min(column.end, cell.column + cell.column_span) - max(column.start, cell.column)


def _find_below(column: HeadColumn, values: Sequence[Cell]) -> Cell | None:
    """The cell that stands below most of a head, None where none does."""
    best, most = None, 0
    for cell in values:
        if (width := _width_below(column, cell)) > most:
            best, most = cell, width
    return best


def _without_head(template: Template, values: Sequence[Cell]) -> Cells:
    """Several columns are told by position alone, always in doubt."""
    printed = tuple(c for c in values if not is_blank(c.text))
    if len(values) != len(template.columns) or not template.rows_are:
        return Cells((), printed, 0.0, ("doubt.column",))
    columns = (HeadColumn("", name, i, i, 0.0, "", listed=False) for i, name in enumerate(template.columns))
    return Cells(tuple(zip(columns, values, strict=True)), (), GUESSED, ("doubt.column",))


def _only_number(row: Row, values: Sequence[Cell], columns: Sequence[HeadColumn]) -> Cells:
    """The number of a row of a list; in doubt where there is, or may be, another column of numbers."""
    listed = [c for c in columns if c.listed and not row.stream and row.layout is not Layout.SPACED]
    own = [v for v in values if not any(_width_below(c, v) > 0 for c in listed)]
    numbers = [v for v in own if is_quantity(v.text)]
    printed = [v for v in own if not is_blank(v.text)]
    first = next(iter((*numbers, *printed, *own)), None)
    column = HeadColumn("", "", first.column if first else 0, 0, 1.0, "", listed=False)
    left = tuple(v for v in printed if v is not first)
    several = len(numbers) + len(own) - len(printed) > 1
    if several or (row.layout in LOOSE and sum(not c.listed for c in columns) > 2):  # of the label, and more
        return Cells(((column, first),), left, GUESSED, ("doubt.column",))
    return Cells(((column, first),), left)
