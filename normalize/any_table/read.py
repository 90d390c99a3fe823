"""A table of any template: its rows, stitched, -> placed cells.

Enters: a template, rows of its table in reading order. Leaves: a `TableReading`. A cell has a place
only where its row and its column are named; what has none is left over, and named in an issue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.document import Cell, Layout
from normalize.any_table.columns_of_row import Cells, assign_cells
from normalize.any_table.head import HeadColumn, is_head, read_columns
from normalize.any_table.stub import Stub, drop_serial, read_stub
from normalize.form.confidence import GUESSED, NEAR_ENOUGH
from normalize.form.labels import SAME
from normalize.form.placed import Left, Placed, TableReading
from normalize.form.template import Template
from normalize.rows.row import Row
from normalize.words.quantity import is_blank, is_quantity


@dataclass(slots=True)
class _State:
    """What the rows so far have said.

    Attributes:
        head: rows of the head that is being read, or in force.
        columns: that it names.
        is_open: no row of numbers has followed it yet.
        group: the last that a row of its own named.
        row: the last row of the template that was placed.
        serial: the number of the next row, where the first column counts them.
    """

    head: list[Row] = field(default_factory=list)
    columns: tuple[HeadColumn, ...] = ()
    is_open: bool = False
    group: str = ""
    row: str = ""
    serial: int = 1


def read_any_table(template: Template, rows: Sequence[Row]) -> TableReading:
    """The table as read."""
    state = _State()
    placed: list[Placed] = []
    left: list[Left] = []
    for number, row in enumerate(rows):
        if is_head(template, row):
            state.head = [*state.head, row] if state.is_open else [row]
            state.columns, state.is_open = read_columns(template, state.head), True
            continue
        plain = drop_serial(template, row, state.serial)
        state.serial += plain is not row
        stub = read_stub(template, plain, state.group, state.row)
        if not stub.name and template.rows_are:
            state.group = stub.group or state.group
            left += _unplaced(template, row, number, stub)
            if not template.columns and _is_title(row):
                state.columns = read_columns(template, [row])
            continue
        if not any(not is_blank(c.text) for c in stub.values) and not template.rows_are:
            continue
        state.is_open, state.row = False, stub.name
        state.group = _group_behind(state.group, row, stub)
        cells = assign_cells(template, row, stub.values, state.columns)
        placed += _place(template, stub, number, row, cells)
        left += _left_over(template, stub, number, cells)
    return TableReading(tuple(placed), tuple(left))


def _is_title(row: Row) -> bool:
    """Words over the columns of a list: nothing there names a column, but some are known as none (备注)."""
    printed = [c.text for c in row.cells if not is_blank(c.text)]
    return len(printed) > 1 and not any(map(is_quantity, printed))


def _group_behind(group: str, row: Row, stub: Stub) -> str:
    """The group that the next rows are in: a row outside ends it; a grid says how far it goes."""
    now = group if row.layout is Layout.GRID else stub.group or group
    return now if now and stub.name.startswith(f"{now}.") else ""


def _place(template: Template, stub: Stub, number: int, row: Row, cells: Cells) -> Iterator[Placed]:
    confidence = min(stub.confidence, cells.confidence)
    for column, cell in cells.placed:
        name = template.field_at(stub.name or column.block, column.column)
        if not name:
            continue
        doubts = {*stub.doubts, *cells.doubts, *row.doubts, *(["doubt.column"] if column.doubtful else [])}
        sure = min(confidence, NEAR_ENOUGH if 0 < column.similarity < SAME else 1.0)
        yield Placed(
            template.table,
            name,
            column.column if template.applicants else "",
            cell,
            stub.label,
            number,
            cell.column if cell else column.start,
            min(sure, GUESSED) if column.doubtful else sure,
            tuple(sorted(doubts)),
            template.edition_of(name),
            column.unit,
        )


def _unplaced(template: Template, row: Row, number: int, stub: Stub) -> Iterator[Left]:
    numbers = tuple(c.text for c in stub.values if is_quantity(c.text))
    if numbers:
        yield Left("row.unplaced", template.table, number, stub.label, numbers, row.text)


def _left_over(template: Template, stub: Stub, number: int, cells: Cells) -> Iterator[Left]:
    used = [c for column, c in cells.placed if template.field_at(stub.name or column.block, column.column)]
    others: list[Cell] = [c for _, c in cells.placed if c and c not in used]
    numbers = tuple(c.text for c in (*others, *cells.left_over) if is_quantity(c.text))
    if numbers:
        yield Left("column.unplaced", template.table, number, stub.label, numbers, " ".join(numbers))
