"""Table 四: one row of fifteen numbers, however it is laid out, -> placed cells.

Enters: rows of the table in reading order. Leaves: a `TableReading`. The three blocks (行政复议,
未经复议直接起诉, 复议后起诉) may stand side by side, under each other, or in tables of their own; five
numbers each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.document import Cell, Layout
from normalize.form.confidence import INFERRED, NEAR_ENOUGH
from normalize.form.placed import Left, Placed, TableReading
from normalize.remedies.fields_of_values import fields_of
from normalize.remedies.head import BLOCKS, FIELDS, LEAVES, Head, read_path
from normalize.rows.one_cell_a_line import regroup
from normalize.rows.row import Row, part_layouts
from normalize.words.quantity import is_blank, is_quantity


def read_remedies(rows: Sequence[Row]) -> TableReading:
    """Table 四 as read."""
    rows = [
        row
        for layout, members in part_layouts(rows)
        for row in (_without_pieces(regroup(members)) if layout is Layout.SPACED else members)
    ]
    head = Head()
    placed: list[Placed] = []
    left: list[Left] = []
    fresh = True
    for number, row in _own_rows(rows):
        labels, values = _take_apart(row)
        if not values or (labels and not any(is_quantity(c.text) for c in values)):
            if labels:
                if fresh:
                    head = Head(done=head.done)
                    fresh = False
                elif row.block != head.rows[-1].block and _is_new_head(head, labels):
                    placed += (empty := list(_empty(head, number)))
                    head = Head(done={*head.done, *(p.field for p in empty)})
                head.rows.append(row)
            continue
        if not labels and not head.rows and not head.done:
            continue
        fresh = True
        found = [_doubt(item, row) for item in _read_row(row, number, labels, values, head)]
        placed += found
        head.done |= {p.field for p in found}
        if head.blocks():
            left += _unplaced(row, number, values, found)
    if not fresh:
        placed += _empty(head, len(rows))
    return TableReading(tuple(placed), tuple(left))


def _without_pieces(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows without the pieces of wrapped heads that no longer show what they belong to."""
    for row in rows:
        cells = tuple(c for c in row.cells if is_quantity(c.text) or any(read_path(c.text)))
        first = next((i for i, c in enumerate(cells) if is_quantity(c.text)), len(cells))
        if first and len(cells) - first == len(FIELDS):
            yield replace(row, cells=cells[:first])
            cells = cells[first:]
        if cells:
            yield replace(row, cells=cells)


def _own_rows(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """The rows with their numbers, but for those that only a sheet of cells puts below the numbers.

    Left out are blank rows beside the one row of numbers below a head, and what opens with a word of another
    table there, up to the next head that names a block. A row that may be a block's under a label past
    reading stays.
    """
    headed = answered = foreign = False
    for number, (row, is_answered) in enumerate(zip(rows, _answered_below(rows), strict=True)):
        values = [c for c in row.cells if not is_blank(c.text)]
        named = any(read_path(c.text)[1] for c in values)
        if any(read_path(c.text)[0] for c in values) or any(read_path(c.text)[0] for c in row.covering):
            headed = answered = foreign = False
        elif row.layout is not Layout.ALIGNED:
            if not values and (answered or is_answered):
                continue
            opens = bool(values) and _is_word(values[0].text) and not read_path(values[0].text)[1]
            foreign = foreign or (answered and opens)
        numbers = sum(is_quantity(c.text) for c in values)
        if foreign and (not numbers or (numbers < len(LEAVES) and len(row.cells) % len(LEAVES) != 1)):
            continue
        answered = answered or (not named and (2 * numbers > len(values) or (headed and not values)))
        headed = headed or named
        yield number, row


def _answered_below(rows: Sequence[Row]) -> list[bool]:
    """Of each row whether below it a row of numbers comes before any other that prints something."""
    answered = [False]
    for row in reversed(rows):
        printed = [c for c in row.cells if not is_blank(c.text)]
        answered.append(all(is_quantity(c.text) for c in printed) if printed else answered[-1])
    return answered[-2::-1]


def _is_new_head(head: Head, labels: Sequence[Cell]) -> bool:
    """Another table's head begins: it names a block, and the head so far already names its columns."""
    named = any(read_path(c.text)[0] for c in labels)
    return named and any(read_path(c.text)[1] for r in head.rows for c in r.cells)


def _empty(head: Head, number: int) -> Iterator[Placed]:
    """The fields under a head that no row of values follows: their row prints nothing, and may not show."""
    for block in head.blocks():
        for leaf in LEAVES:
            if f"{block}.{leaf}" not in head.done:
                yield _placed(f"{block}.{leaf}", None, head, number, INFERRED, ())


def _take_apart(row: Row) -> tuple[list[Cell], list[Cell]]:
    """Label cells and value cells: a row of the head has labels alone, a row of numbers often has none."""
    named = [i for i, c in enumerate(row.cells) if any(read_path(c.text))]
    first = next((i for i, c in enumerate(row.cells) if is_quantity(c.text)), len(row.cells))
    before = [i for i in named if i < first]
    if first == len(row.cells) and (named or row.layout is Layout.ALIGNED):
        return [c for c in row.cells if not is_blank(c.text)], []
    start = before[-1] + 1 if before else 0
    if not before and len(row.cells) % len(LEAVES) == 1 and _is_word(row.cells[0].text):
        start = 1
    return [row.cells[i] for i in before], list(row.cells[start:])


def _is_word(text: str) -> bool:
    return not is_blank(text) and not is_quantity(text)


def _read_row(row: Row, number: int, labels: list[Cell], values: list[Cell], head: Head) -> Iterator[Placed]:
    if labels or _covered(row):
        yield from _read_stub_row(row, number, labels, values, head)
        return
    fields, doubts, confidence = fields_of(row, values, head)
    for name, cell in fields:
        yield _placed(name, cell, head, number, confidence, doubts)


def _doubt(item: Placed, row: Row) -> Placed:
    """A cell with the doubts of its row."""
    return replace(item, doubts=tuple(sorted({*item.doubts, *row.doubts}))) if row.doubts else item


def _covered(row: Row) -> bool:
    return any(any(read_path(c.text)) for c in row.covering)


def _placed(
    name: str,
    cell: Cell | None,
    head: Head,
    number: int,
    confidence: float,
    doubts: tuple[str, ...],
    label: str = "",
) -> Placed:
    printed = label or _head_label(head, name.split(".")[1])
    column = cell.column if cell else FIELDS.index(name)
    return Placed("remedies", name, "", cell, printed, number, column, confidence, doubts)


def _head_label(head: Head, leaf: str) -> str:
    return next((c.text for r in head.rows for c in r.cells if read_path(c.text)[1] == leaf), "")


def _read_stub_row(
    row: Row, number: int, labels: list[Cell], values: list[Cell], head: Head
) -> Iterator[Placed]:
    """A row with labels of its own: a block with five values, or a leaf with one."""
    paths = [read_path(c.text) for c in (*row.covering, *labels)]
    block = next((b for b, _ in reversed(paths) if b and b != "litigation"), "") or head.block
    leaf = next((x for _, x in reversed(paths) if x), "")
    head.block = block
    label = labels[-1].text if labels else ""
    printed = [c for c in values if not is_blank(c.text)]
    if block and leaf and len(printed) <= 1:
        cell = printed[0] if printed else (values[0] if values else None)
        yield _placed(f"{block}.{leaf}", cell, head, number, 1.0, (), label)
    elif block and len(values) == len(LEAVES):
        for leaf, cell in zip(head.leaves(), values, strict=True):
            yield _placed(f"{block}.{leaf}", cell, head, number, NEAR_ENOUGH, (), label)
    elif leaf and len(values) == len(BLOCKS) == len(head.blocks()):
        for block, cell in zip(head.blocks(), values, strict=True):
            yield _placed(f"{block}.{leaf}", cell, head, number, NEAR_ENOUGH, (), label)


def _unplaced(row: Row, number: int, values: Sequence[Cell], placed: Sequence[Placed]) -> Iterator[Left]:
    used = {id(p.cell) for p in placed if p.cell}
    numbers = tuple(c.text for c in values if is_quantity(c.text) and id(c) not in used)
    if numbers:
        yield Left("cell.unplaced", "remedies", number, _label_of(row), numbers, row.text)


def _label_of(row: Row) -> str:
    return next((c.text for c in row.cells if not is_blank(c.text) and not is_quantity(c.text)), "")
