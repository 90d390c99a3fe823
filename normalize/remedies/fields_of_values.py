"""Which fields the values of table 四 are: by the head above them, their number, or their sums.

Enters: head rows and a row of bare values. Leaves: (field, cell) pairs with a confidence and doubts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from extract.document import Cell, Layout
from normalize.form.confidence import GUESSED, IN_DOUBT, INFERRED, NEAR_ENOUGH
from normalize.form.labels import find_hits
from normalize.remedies.head import BLOCKS, FIELDS, LEAVES, SURE, Head, read_path
from normalize.rows.row import Row
from normalize.rows.wrapped_labels import split_words
from normalize.words.quantity import add_up, is_blank, read_quantity

FEW = 3
"""Values from which it shows whether all line up with their heads: one or two may by chance."""
OFF_CENTRE = 0.35
"""Share of the distance between two columns by which a value may stand beside its own head."""


Fields = list[tuple[str, Cell | None]]


def fields_of(row: Row, values: list[Cell], head: Head) -> tuple[Fields, tuple[str, ...], float]:
    """The fields of a row of bare values."""
    fields, doubts, confidence = _fields_due(row, values, head, _due(head, values))
    if not doubts and _may_be_moved(row, head, fields):
        doubts, confidence = ("doubt.column",), GUESSED
    rest = [b for b in BLOCKS if f"{b}.total" not in head.done]
    if head.blocks() or len(values) % len(LEAVES) or len(values) >= len(rest) * len(LEAVES):
        return fields, doubts, confidence
    return fields, tuple(sorted({*doubts, "doubt.alignment"})), min(confidence, IN_DOUBT)


def _may_be_moved(row: Row, head: Head, fields: Fields) -> bool:
    """The row does not add up, and what it prints may stand under another column."""
    if _closes(fields) and (row.layout is not Layout.ALIGNED or any(_value(c) for _, c in fields)):
        return False
    return _is_uneven(row, head) or _is_loose(row, head, fields) or _closes_moved(fields)


def _is_uneven(row: Row, head: Head) -> bool:
    """A row of a grid with an empty cell does not end where its head does: one is lost or too many."""
    if row.layout is not Layout.GRID or not any(is_blank(c.text) for c in row.cells):
        return False
    last = max([c.column for r in head.rows if r.block == row.block for c in r.cells], default=None)
    return last is not None and max(c.column for c in row.cells) != last


def _is_loose(row: Row, head: Head, fields: Fields) -> bool:
    """Values made with spaces, with gaps between them, that do not line up with their heads."""
    values = [c for _, c in fields if c is not None]
    if row.layout is not Layout.ALIGNED or not values or len(values) == len(fields):
        return False
    bands = [_above(c, _bands(head)) for c in values]
    if len(values) < FEW:
        return True
    offsets = [
        (c.column - start, c.column + c.column_span - end)
        for c, (start, end) in zip(values, bands, strict=True)
    ]
    ways = zip(*((left, right, (left + right) / 2) for left, right in offsets), strict=True)
    return not any(all(abs(off) <= 1 for off in way) for way in ways)


def _above(cell: Cell, bands: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The column of the head that is nearest to the middle of the cell."""
    middle = 2 * cell.column + cell.column_span
    return min(bands, key=lambda band: abs(sum(band) - middle), default=(0, 0))


def _closes_moved(fields: Fields) -> bool:
    """An empty last cell, and more blocks add up with it further left: a cell is lost there."""
    names, cells = [n for n, _ in fields], [c for _, c in fields]
    if not cells or (cells[-1] is not None and not is_blank(cells[-1].text)):
        return False
    moved = ([*cells[:i], None, *cells[i:-1]] for i in range(len(cells)))
    return any(_failing(zip(names, m, strict=True)) < _failing(fields) for m in moved)


def _fields_due(
    row: Row, values: list[Cell], head: Head, due: tuple[str, ...]
) -> tuple[Fields, tuple[str, ...], float]:
    if row.layout is Layout.GRID or len(values) != len(due):
        found = _by_geometry(values, head)
        if found is not None and {n for n, _ in found} == set(due):
            return found, (), 1.0 if row.layout is Layout.GRID else NEAR_ENOUGH
    if len(values) == len(due) and (row.layout is not Layout.ALIGNED or len(due) == len(FIELDS)):
        return list(zip(due, values, strict=True)), (), 1.0 if head.rows else INFERRED
    if row.layout is Layout.ALIGNED:
        banded = _by_bands(values, head, due)
        if banded is not None:
            return banded, (), NEAR_ENOUGH
    return _by_window(values, due)


def _due(head: Head, values: Sequence[Cell]) -> tuple[str, ...]:
    """The fields that a row under this head has, in order."""
    blocks = head.blocks()
    aligned = bool(head.rows) and head.rows[0].layout is Layout.ALIGNED
    if len(values) == len(FIELDS) or (aligned and len(_bands(head)) == len(FIELDS)):
        blocks = blocks if len(blocks) == len(BLOCKS) else BLOCKS
    if not blocks:
        rest = tuple(b for b in BLOCKS if f"{b}.total" not in head.done)
        blocks = rest or BLOCKS
        if len(values) in {5, 10}:
            blocks = blocks[: len(values) // 5]
    leaves = _total_first(head) if aligned and head.leaves() == LEAVES else head.leaves()
    return tuple(f"{b}.{x}" for b in blocks for x in leaves)


def _total_first(head: Head) -> tuple[str, ...]:
    """The columns of a block where words are wrapped: 总计 never is, and may begin every block."""
    bands = _bands(head)
    words = [w for r in head.rows for c in r.cells for w in split_words(c) if read_path(w.text)[1] == "total"]
    places = {i % len(LEAVES) for w in words for i, band in enumerate(bands) if band == _above(w, bands)}
    return (LEAVES[-1], *LEAVES[:-1]) if places == {0} and len(bands) == len(FIELDS) else LEAVES


def _by_geometry(values: list[Cell], head: Head) -> Fields | None:
    """Each cell by the head cells above it; None unless every one has a block and a leaf of its own.

    A block's label reaches right to the next one, merged or not. Programs that convert tables merge no empty
    cells: beside a value or another empty cell under the same head they are none.
    """
    cells = [c for r in head.rows for c in r.cells]
    starts = sorted(
        (c.column, read_path(c.text)[0]) for c in cells if read_path(c.text)[0] not in {"", "litigation"}
    )
    leaves = _leaves_by_column(cells)
    found: dict[str, Cell] = {}
    for cell in values:
        middle = cell.column + cell.column_span // 2
        leaf = leaves.get(middle, "")
        before = bisect_right(starts, middle, key=lambda start: start[0])
        block = starts[before - 1][1] if before else ""
        name = f"{block}.{leaf}"
        if is_blank(cell.text):
            if block and leaf:
                found.setdefault(name, cell)
        elif not block or not leaf or (name in found and not is_blank(found[name].text)):
            return None
        else:
            found[name] = cell
    return list(found.items()) or None


def _leaves_by_column(cells: Sequence[Cell]) -> dict[int, str]:
    """The leaf that the lowest head cell over each column names."""
    named = ((c, read_path(c.text)[1]) for c in cells)
    return {i: leaf for c, leaf in named if leaf for i in range(c.column, c.column + c.column_span)}


def _by_bands(values: list[Cell], head: Head, due: Sequence[str]) -> Fields | None:
    """Aligned values by the words above them, pieces of one column joined; None unless all are there."""
    bands = _bands(head)
    if len(bands) != len(due):
        return None
    slots: dict[int, Cell] = {}
    pitch = (sum(bands[-1]) - sum(bands[0])) / 2 / (len(bands) - 1)
    for cell in values:
        middle = cell.column + cell.column_span / 2
        best = min(range(len(bands)), key=lambda i: abs(sum(bands[i]) / 2 - middle))
        if best in slots or abs(sum(bands[best]) / 2 - middle) > OFF_CENTRE * pitch:
            return None
        slots[best] = cell
    return [(name, slots.get(i)) for i, name in enumerate(due)]


def _bands(head: Head) -> list[tuple[int, int]]:
    """What each column of the head takes up, blocks' own labels left out.

    Lines of few cells are the blocks' labels, wrapped; they may reach over several columns.
    """
    for rows in ([r for r in head.rows if len(r.cells) >= len(LEAVES)], head.rows):
        cells = [c for r in rows for c in r.cells if not is_blank(c.text) and not _is_block(c.text)]
        bands = _overlaps(cells)
        if len(bands) < len(FIELDS):
            bands = _overlaps([w for c in cells for w in split_words(c)])
        if len(bands) == len(FIELDS):
            break
    return bands


def _overlaps(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    spans = sorted((c.column, c.column + c.column_span) for c in cells)
    bands: list[tuple[int, int]] = []
    for start, end in spans:
        if bands and start < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(end, bands[-1][1]))
        else:
            bands.append((start, end))
    return bands


def _is_block(text: str) -> bool:
    hits = find_hits(text)
    return bool(hits) and hits[0].axis == "remedies.block" and hits[0].similarity >= SURE


def _closes(fields: Iterable[tuple[str, Cell | None]]) -> bool:
    """Every block adds up, blanks as 0."""
    return not _failing(fields)


def _failing(fields: Iterable[tuple[str, Cell | None]]) -> set[str]:
    """The blocks that do not add up."""
    left: defaultdict[str, list[Decimal]] = defaultdict(list)
    for name, cell in fields:
        block, leaf = name.split(".")
        value = _value(cell)
        left[block].append(value.copy_negate() if leaf == "total" else value)
    return {block for block, rest in left.items() if add_up(rest)}


def _value(cell: Cell | None) -> Decimal:
    """What the cell counts, a blank as 0."""
    return (read_quantity(cell.text).value if cell else None) or Decimal(0)


def _by_window(values: list[Cell], due: Sequence[str]) -> tuple[Fields, tuple[str, ...], float]:
    """Too many or too few cells: where they can stand so that every block adds up."""
    width = len(due)
    printed = [i for i, c in enumerate(values) if not is_blank(c.text)]
    if not printed:
        return [(name, None) for name in due], (), NEAR_ENOUGH
    first, last = printed[0], printed[-1]
    windows: list[list[Cell | None]] = []
    if len(values) > width and len(printed) == width:
        return list(zip(due, (values[i] for i in printed), strict=True)), (), NEAR_ENOUGH
    if len(values) > width:
        windows += [
            list(values[s : s + width])
            for s in range(len(values) - width + 1)
            if s <= first and last < s + width
        ]
    else:
        for left in range(width - len(values) + 1):
            windows.append([None] * left + list(values) + [None] * (width - len(values) - left))
    closing = [w for w in windows if _closes(zip(due, w, strict=True))]
    distinct = {tuple((c.text if c else "").strip() for c in w) for w in closing}
    if len(distinct) == 1:
        return list(zip(due, closing[0], strict=True)), (), INFERRED
    best = (closing or windows or [[None] * width])[0]
    return list(zip(due, best, strict=True)), ("doubt.column",), 0.4
