"""Table 二: its rows, stitched, -> placed cells.

Enters: rows of the table in reading order. Leaves: a `Reading`. A cell has a place only where its row
label and its column label together are a field of the form: other tables use the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.document import Cell, Layout
from normalize.aligned_disclosure import join_wrapped
from normalize.disclosure_pairs import is_beyond, is_narrow, pair, shift, without_repeats
from normalize.fold import fold
from normalize.form.loader import FORM
from normalize.labels import SAME, best_hit, find_hits
from normalize.placed import Placed, Reading
from normalize.report import Issue
from normalize.rows import Row, is_blank, is_quantity

_COLUMN_OF = {"procurement.amount": "purchase_amount"}
"""Field names that share a word for two labels: 本年收费金额 and 采购总金额 are both an `amount`."""
_UNIT = re.compile(r"单位:?(万元|元|件|项)|\((万元|元|件|项)\)")
STUB, HEAD = 0.6, 0.6
"""Similarity from which a cell is a label or a head: its row and column must also make a field."""


def _sequences() -> dict[str, dict[str, tuple[str, ...]]]:
    """For each stub the columns of each edition, in order: rules -> {2021: (issued, ...), ...}."""
    found: dict[str, dict[str, list[str]]] = {}
    for f in FORM.fields_of("disclosure"):
        stub = f.field.split(".")[0]
        column = _COLUMN_OF.get(f.field, f.field.split(".")[1])
        for edition in f.editions:
            found.setdefault(stub, {}).setdefault(edition, []).append(column)
    return {s: {e: tuple(c) for e, c in by.items()} for s, by in found.items()}


COLUMNS = _sequences()
_FIELD = {
    (f.field.split(".")[0], _COLUMN_OF.get(f.field, f.field.split(".")[1])): f.field
    for f in FORM.fields_of("disclosure")
}


@dataclass(frozen=True, slots=True)
class _Mapped:
    """One head cell for one stub: the column it names and how sure that is."""

    column: str
    edition: str
    confidence: float
    doubts: tuple[str, ...]
    unit: str


@dataclass(slots=True)
class _State:
    """What the rows so far have said: the head in force, and where it was read.

    `heads` counts them, `last` is where the last cell of its row begins, `under` has (head, row), `uneven`
    the heads with a row that reaches beyond them.
    """

    head: tuple[Cell, ...] = ()
    stub_column: int = 0
    foreign: bool = False
    part: int = -1
    block: int = -1
    seen: list[str] = field(default_factory=list)
    editions: dict[str, None] = field(default_factory=dict)  # met so far, the latest last
    heads: int = 0
    last: int = 0
    under: list[tuple[int, int]] = field(default_factory=list)
    uneven: set[int] = field(default_factory=set)


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
    at = -1
    for i, cell in enumerate(cells):
        if is_quantity(cell.text) and not _is_serial(cells, i):
            break
        if _stub_of(cell.text)[0]:
            at = i
    return at


def _is_serial(cells: Sequence[Cell], i: int) -> bool:
    """A number before every word of the row only numbers the row."""
    printed = [k for k, c in enumerate(cells) if not is_blank(c.text)]
    first = bool(printed) and i == printed[0] and is_quantity(cells[i].text)
    return first and len(printed) > 1 and not is_quantity(cells[printed[1]].text)


def _first_number(cells: Sequence[Cell]) -> int:
    """Index of the first number that counts something, 0 for none."""
    return next((i for i, c in enumerate(cells) if is_quantity(c.text) and not _is_serial(cells, i)), 0)


def read_disclosure(rows: Sequence[Row]) -> Reading:
    """Table 二 as read."""
    rows = join_wrapped(rows)
    state = _State()
    placed: list[Placed] = []
    issues: list[Issue] = []
    for number, row in enumerate(rows):
        _enter(state, row)
        if _read_head(state, row):
            continue
        at = _label_at(row.cells)
        numbers = any(is_quantity(c.text) for i, c in enumerate(row.cells) if not _is_serial(row.cells, i))
        if at < 0 and not numbers:
            continue
        if state.foreign:
            continue
        reading = _read_row(state, row, number, at)
        placed += reading.placed
        issues += reading.issues
    return Reading(_doubt_uneven(placed, state), tuple(issues))


def _doubt_uneven(placed: Sequence[Placed], state: _State) -> tuple[Placed, ...]:
    """Rows with empty cells in doubt, where another row under their head prints beyond the head's end."""
    rows = {row for head, row in state.under if head in state.uneven}
    empty = {p.row for p in placed if p.row in rows and is_blank(p.text)}
    return tuple(
        replace(p, confidence=min(p.confidence, 0.6), doubts=tuple(sorted({*p.doubts, "doubt.column"})))
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
    printed = [c for i, c in enumerate(row.cells) if not is_blank(c.text) and not _is_serial(row.cells, i)]
    if not printed or any(is_quantity(c.text) for c in printed):
        return False
    words = [c for c in printed if _is_head_word(c.text)]
    titles = [c for c in printed if _is_title(c.text)]
    if words and (titles or len(words) == len(printed) or _label_at(row.cells) < 0):
        state.head = tuple(c for c in printed if c not in titles)
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


def _read_row(state: _State, row: Row, number: int, at: int) -> Reading:
    label = row.cells[at].text if at >= 0 else next((c.text for c in row.cells if not is_blank(c.text)), "")
    stub, likeness = _stub_of(label)
    doubts: tuple[str, ...] = ()
    if not stub:
        stub, doubts = _by_order(state, row), ("doubt.alignment",)
        at = _first_number(row.cells) - 1
    if not stub:
        other = row.layout is Layout.GRID and not state.head  # no table of the form, as far as it says
        return Reading((), () if other else tuple(_unplaced(row, label, row.cells, number)))
    state.seen.append(stub)
    values = list(row.cells[at + 1 :])
    inline = [c for c in values if _is_head_word(c.text)]
    head = tuple(inline) if inline else state.head
    values = [c for c in values if c not in inline]
    doubts = (*doubts, *row.doubts)
    if row.layout is not Layout.GRID and not inline and at >= 0:
        head = shift(head, row.cells[at].column - state.stub_column)
    if row.layout is Layout.GRID and not head and len(values) < len(_shortest(stub, state)):
        return Reading((), ())  # the row of another table: the form's has a cell for each column
    state.under.append((state.heads, number))
    if not inline and is_beyond(row, head):
        state.uneven.add(state.heads)
    head, values, repeated = without_repeats(head, values)
    pairs, left, doubt = pair(head, values, row, len(_shortest(stub, state)))
    narrow = not inline and is_narrow(row, state.last)
    doubt = (*doubt, *repeated, *(["doubt.column"] if narrow else []))
    mapped = _map_head(stub, head, state)
    placed = []
    for i, column in enumerate(mapped):
        if column is None:
            left += [c for c in [pairs[i] if i < len(pairs) else None] if c and not is_blank(c.text)]
            continue
        cell = pairs[i] if i < len(pairs) else None
        placed.append(_placed(stub, column, cell, label, number, i, likeness, (*doubts, *doubt)))
        state.editions.pop(column.edition, None)
        state.editions[column.edition] = None
    return Reading(tuple(placed), tuple(_unplaced(row, label, left, number)))


def _placed(
    stub: str,
    column: _Mapped,
    cell: Cell | None,
    label: str,
    number: int,
    position: int,
    likeness: float,
    doubts: tuple[str, ...],
) -> Placed:
    found = tuple(sorted({*doubts, *column.doubts}))
    sure = 0.6 if found else min(column.confidence, 1.0 if likeness >= SAME else 0.95)
    name = _FIELD[stub, column.column]
    at = cell.column if cell else position
    return Placed("disclosure", name, "", cell, label, number, at, sure, found, column.edition, column.unit)


def _by_order(state: _State, row: Row) -> str:
    """The stub that is due where a label is past reading: the one after the last, under a head that fits."""
    order = list(COLUMNS)
    after = order.index(state.seen[-1]) + 1 if state.seen else 0
    for stub in order[after:]:
        if stub not in state.seen and any(
            m is not None and not m.doubts for m in _map_head(stub, state.head, state)
        ):
            return stub
    return ""


def _shortest(stub: str, state: _State) -> tuple[str, ...]:
    sequences = COLUMNS[stub]
    for edition in reversed(state.editions):
        if edition in sequences:
            return sequences[edition]
    return min(sequences.values(), key=len)


def _map_head(stub: str, head: Sequence[Cell], state: _State) -> list[_Mapped | None]:
    """The column that each head cell names under this stub; None for a column that is not the form's."""
    valid = {c: e for e, columns in sorted(COLUMNS[stub].items()) for c in columns}
    both = {c for c in valid if all(c in columns for columns in COLUMNS[stub].values())}
    best = [_best_column(c.text, valid) for c in head]
    taken = [name for name, _ in best if name]
    if not taken:
        return _without_head(stub, head, state)
    edition = next((valid[n] for n in taken if n not in both), "")
    if not edition and both and len(COLUMNS[stub]) > 1:
        edition = next((e for e, cs in COLUMNS[stub].items() if len(cs) == len(head)), "")
    mapped: list[_Mapped | None] = []
    doubts: tuple[str, ...]
    for i, (read, similarity) in enumerate(best):
        name, doubts = read, ()
        if not read or (taken.count(read) > 1 and best.index((read, similarity)) != i):
            name = _due(COLUMNS[stub].get(edition, ()), [n for n, _ in best], i, len(head))
            doubts = ("doubt.alignment",)
        if not name:
            mapped.append(None)
            continue
        confidence = 1.0 if similarity >= SAME else 0.95
        mapped.append(
            _Mapped(name, edition if name in both else valid[name], confidence, doubts, _unit(head[i].text))
        )
    return mapped


def _best_column(text: str, valid: dict[str, str]) -> tuple[str, float]:
    hits = [h for h in find_hits(text) if h.axis == "disclosure.column" and h.name in valid]
    return (hits[0].name, hits[0].similarity) if hits and hits[0].similarity >= HEAD else ("", 0.0)


def _due(sequence: Sequence[str], names: Sequence[str], i: int, width: int) -> str:
    """The column that an unread head cell must be: the edition's own at that place, if it is free."""
    if len(sequence) == width and sequence[i] not in names:
        return sequence[i]
    return ""


def _without_head(stub: str, head: Sequence[Cell], state: _State) -> list[_Mapped | None]:
    """Columns by number alone where no head is in force; always doubtful."""
    if head:
        return [None] * len(head)
    return [_Mapped(c, "", 0.5, ("doubt.alignment",), "") for c in _shortest(stub, state)]


def _unit(text: str) -> str:
    match = _UNIT.search(fold(text))
    return (match[1] or match[2]) if match else ""


def _unplaced(row: Row, label: str, cells: Sequence[Cell], number: int) -> Iterator[Issue]:
    texts = [c.text for c in cells if is_quantity(c.text)]
    if texts:
        joined = "、".join(texts)
        message = f"表二“{label}”一行的数字（{joined}）找不到对应的规定列，未采用，请核对。"
        yield Issue("cell.unplaced", message, row.text, "disclosure", number)
