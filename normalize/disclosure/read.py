"""Table 二: its rows, stitched, -> placed cells.

Enters: rows of the table in reading order. Leaves: a `TableReading`. A cell has a place only where its row
label and its column label together are a field of the form: other tables use the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from extract.document import Cell, Layout
from normalize.disclosure.columns import COLUMNS, FIELD_OF, HEAD, Mapped, is_torn, map_head
from normalize.disclosure.made_with_spaces import join_wrapped
from normalize.disclosure.pair_values import is_beside, is_beyond, is_narrow, pair, shift, without_repeats
from normalize.form.confidence import IN_DOUBT, NEAR_ENOUGH
from normalize.form.labels import SAME, best_hit, find_hits
from normalize.form.placed import Left, Placed, TableReading
from normalize.rows.row import Row
from normalize.words.quantity import counts, is_blank, is_lost, is_quantity

STUB = HEAD
"""Similarity from which a cell is a label."""


@dataclass(slots=True)
class _State:
    """What the rows so far have said: the head in force, and where it was read.

    `heads` counts them, `last` is where the last cell of its row begins, `under` has (head, row), `uneven`
    the heads with a row that reaches beyond them. `gaps` are the rows made with spaces that print some of
    their columns, `wanders` says that such spaces tell nothing: a row that prints all stands beside its head.
    """

    head: tuple[Cell, ...] = ()
    stub_column: int = 0
    foreign: bool = False
    part: int = -1
    block: int = -1
    seen: dict[str, None] = field(default_factory=dict)  # stubs met so far, the latest last
    editions: dict[str, None] = field(default_factory=dict)  # the same of editions
    heads: int = 0
    last: int = 0
    under: list[tuple[int, int]] = field(default_factory=list)
    uneven: set[int] = field(default_factory=set)
    gaps: set[int] = field(default_factory=set)
    wanders: bool = False


def _is_head_word(text: str) -> bool:
    hits = [h for h in find_hits(text) if h.similarity >= HEAD]
    return bool(hits) and hits[0].axis == "disclosure.column"


def _is_title(text: str) -> bool:
    hits = find_hits(text)
    return bool(hits) and hits[0].axis == "disclosure.heading" and hits[0].similarity >= STUB


def _stub_of(text: str) -> tuple[str, float]:
    hit = best_hit(text, "disclosure.row")
    return (hit.name, hit.similarity) if hit and hit.similarity >= STUB else ("", 0.0)


def _label_at(cells: Sequence[Cell]) -> int:
    """Index of the row label: the last stub before the numbers, -1 for none."""
    at, serial = -1, _serial_at(cells)
    for i, cell in enumerate(cells):
        if is_quantity(cell.text) and i != serial:
            break
        if _stub_of(cell.text)[0]:
            at = i
    return at


def _serial_at(cells: Sequence[Cell]) -> int:
    """Index of a number before every word of the row, which only numbers the row; -1 for none."""
    printed = list(islice((i for i, c in enumerate(cells) if not is_blank(c.text)), 2))
    if len(printed) < 2 or is_quantity(cells[printed[1]].text):
        return -1
    return printed[0] if is_quantity(cells[printed[0]].text) else -1


def _first_number(cells: Sequence[Cell], stub_column: int) -> int:
    """Index of the first number that counts something, 0 for none; glyphs lost below 信息内容 are a label."""
    serial = _serial_at(cells)
    label = {i for i, c in enumerate(cells) if c.column <= stub_column and is_lost(c.text)}
    return next((i for i, c in enumerate(cells) if is_quantity(c.text) and i != serial and i not in label), 0)


def read_disclosure(rows: Sequence[Row]) -> TableReading:
    """Table 二 as read."""
    rows = join_wrapped(rows)
    state = _State()
    placed: list[Placed] = []
    left: list[Left] = []
    for number, row in enumerate(rows):
        _enter(state, row)
        if _read_head(state, row):
            continue
        at = _label_at(row.cells)
        serial = _serial_at(row.cells)
        if at < 0 and not any(is_quantity(c.text) for i, c in enumerate(row.cells) if i != serial):
            continue
        if state.foreign:
            continue
        reading = _read_row(state, row, number, at)
        placed += reading.placed
        left += reading.left
    return TableReading(_doubt_uneven(placed, state), tuple(left))


def _doubt_uneven(placed: Sequence[Placed], state: _State) -> tuple[Placed, ...]:
    """Rows with empty cells in doubt, where another row shows that places below the head tell nothing."""
    rows = {row for head, row in state.under if head in state.uneven}
    empty = {p.row for p in placed if p.row in rows and is_blank(p.text)}
    empty |= state.gaps if state.wanders else set()
    return tuple(
        replace(p, confidence=min(p.confidence, IN_DOUBT), doubts=tuple(sorted({*p.doubts, "doubt.column"})))
        if p.row in empty
        else p
        for p in placed
    )


def _enter(state: _State, row: Row) -> None:
    """A new part of the document forgets the head; a new block with a head of its own is another table."""
    if row.part != state.part:
        state.head = ()
    if row.block != state.block:
        state.foreign = False
    state.part, state.block = row.part, row.block


def _read_head(state: _State, row: Row) -> bool:
    serial = _serial_at(row.cells)
    printed = [c for i, c in enumerate(row.cells) if not is_blank(c.text) and i != serial]
    words = [c for c in printed if _is_head_word(c.text)]
    if not printed or any(is_quantity(c.text) and not (words and is_lost(c.text)) for c in printed):
        return False
    titles = [c for c in printed if _is_title(c.text)]
    if words and (titles or len(words) == len(printed) or _label_at(row.cells) < 0):
        state.head = tuple(c for c in printed if not _is_title(c.text))
        state.stub_column = titles[0].column if titles else 0
        state.foreign = False
        state.heads += 1
        state.last = max(c.column for c in row.cells)
        return True
    if titles:
        return True
    if len(printed) > 1 and (_label_at(row.cells) < 0 or _is_foreign(state, row, printed[0].text)):
        state.head, state.foreign = (), True
        return True
    return False


def _is_foreign(state: _State, row: Row, first: str) -> bool:
    """A head that opens with another table's word, though the form's stubs stand among its columns."""
    opens = _stub_of(first)[0] or find_hits(first)[:1]
    return row.layout is Layout.GRID and not state.head and not row.covering and not opens


def _read_row(state: _State, row: Row, number: int, at: int) -> TableReading:
    label = row.cells[at].text if at >= 0 else next((c.text for c in row.cells if not is_blank(c.text)), "")
    stub, likeness = _stub_of(label)
    doubts: tuple[str, ...] = ()
    if not stub:
        stub, doubts = _by_order(state, row), ("doubt.alignment",)
        at = _first_number(row.cells, state.stub_column) - 1
    if not stub:
        named = (not is_blank(label) and not is_quantity(label)) or not counts(row.text)
        other = named and row.layout is Layout.GRID and not state.head  # another table, as far as it says
        return TableReading((), () if other else tuple(_unplaced(row, label, row.cells, number)))
    state.seen.pop(stub, None)
    state.seen[stub] = None
    values = list(row.cells[at + 1 :])
    inline = [c for c in values if _is_head_word(c.text)]
    head = tuple(inline) if inline else state.head
    values = [c for c in values if not _is_head_word(c.text)]
    doubts = (*doubts, *row.doubts)
    if row.layout is not Layout.GRID and not inline and at >= 0:
        head = shift(head, row.cells[at].column - state.stub_column)
    if row.layout is Layout.GRID and not head and len(values) < len(_shortest(stub, state)):
        # the form's row has a cell for each column: this is another table's, or no head says what it is
        return TableReading((), tuple(_unplaced(row, label, values, number)))
    state.under.append((state.heads, number))
    if not inline and is_beyond(row, head):
        state.uneven.add(state.heads)
    head, values, repeated = without_repeats(head, values)
    pairs, left, doubt = pair(head, values, row, len(_shortest(stub, state)))
    if row.layout is Layout.ALIGNED and head and values:
        state.wanders = state.wanders or (len(values) == len(head) and is_beside(head, values))
        state.gaps |= {number} if len(values) < len(head) else set()
    narrow = not inline and is_narrow(row, state.last)
    doubt = (*doubt, *repeated, *(["doubt.column"] if narrow else []))
    mapped = map_head(stub, head, _shortest(stub, state))
    if row.layout is Layout.ALIGNED and is_torn(stub, mapped):
        doubt = (*doubt, "doubt.column")
    placed = []
    for i, column in enumerate(mapped):
        if column is None:
            left += [c for c in [pairs[i] if i < len(pairs) else None] if c and not is_blank(c.text)]
            continue
        cell = pairs[i] if i < len(pairs) else None
        placed.append(_placed(stub, column, cell, label, number, i, likeness, (*doubts, *doubt)))
        state.editions.pop(column.edition, None)
        state.editions[column.edition] = None
    return TableReading(tuple(placed), tuple(_unplaced(row, label, left, number)))


def _placed(
    stub: str,
    column: Mapped,
    cell: Cell | None,
    label: str,
    number: int,
    position: int,
    likeness: float,
    doubts: tuple[str, ...],
) -> Placed:
    found = tuple(sorted({*doubts, *column.doubts}))
    sure = IN_DOUBT if found else min(column.confidence, 1.0 if likeness >= SAME else NEAR_ENOUGH)
    name = FIELD_OF[stub, column.column]
    at = cell.column if cell else position
    return Placed("disclosure", name, "", cell, label, number, at, sure, found, column.edition, column.unit)


def _by_order(state: _State, row: Row) -> str:
    """The stub that is due where a label is past reading: the one after the last, under a head that fits."""
    order = list(COLUMNS)
    after = order.index(next(reversed(state.seen))) + 1 if state.seen else 0
    for stub in order[after:]:
        if stub not in state.seen and any(
            m is not None and not m.doubts for m in map_head(stub, state.head, _shortest(stub, state))
        ):
            return stub
    return ""


def _shortest(stub: str, state: _State) -> tuple[str, ...]:
    sequences = COLUMNS[stub]
    for editions in reversed(state.editions):
        own = [sequences[e] for e in editions.split("|") if e in sequences]
        if own:
            return min(own, key=len)
    return min(sequences.values(), key=len)


def _unplaced(row: Row, label: str, cells: Sequence[Cell], number: int) -> Iterator[Left]:
    numbers = tuple(c.text for c in cells if is_quantity(c.text))
    if numbers:
        yield Left("cell.unplaced", "disclosure", number, label, numbers, row.text)
