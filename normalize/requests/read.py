"""Table 三: its rows, stitched, -> placed cells.

Enters: rows of the table in reading order. Leaves: a `TableReading`. Nothing printed is dropped: what has no
place on the form becomes an issue.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extract.document import Cell, Layout
from normalize.form.confidence import GUESSED, IN_DOUBT
from normalize.form.labels import LIKELY, find_hits, strip_groups
from normalize.form.placed import Left, Placed, TableReading
from normalize.requests.assign_columns import (
    Assignment,
    Edges,
    Ordered,
    assign_grid,
    assign_shifted,
    assign_window,
    closes,
    doubt_uneven,
    find_edges,
    fit_leaves,
    in_doubt,
    refuse,
)
from normalize.requests.delimited_head import read_delimited_head
from normalize.requests.digits_run_together import part_digits
from normalize.requests.grid_head import read_head
from normalize.requests.head_words import APPLICANTS, DEFAULT, Leaf, is_doubled, is_head, is_head_of_years
from normalize.requests.lost_rows import doubt_empty, doubt_torn
from normalize.requests.made_with_spaces import square_up
from normalize.requests.stub import TEMPLATE, StubRow, place_rows, take_apart
from normalize.rows.row import Row
from normalize.words.quantity import is_blank, is_quantity

_JOINED = re.compile(r"^[\d,]{7,}$")
"""Seven digits and more where seven numbers are due: they may be run together."""


def read_requests(rows: Sequence[Row]) -> TableReading:
    """Table 三 as read."""
    rows = square_up(rows)
    heads = {i for i, row in enumerate(rows) if is_head(row) or is_head_of_years(row, rows[i + 1 : i + 2])}
    stubs = [take_apart(row, i) for i, row in enumerate(rows) if i not in heads]
    stubs = _without_scraps([s for s in stubs if _has_place(s)])
    placed_rows = place_rows(stubs)
    assignments = _assign_all(rows, heads, placed_rows)
    placed_rows = doubt_torn(doubt_empty(placed_rows))
    placed: list[Placed] = []
    left: list[Left] = []
    for stub, assignment in zip(placed_rows, assignments, strict=True):
        if not stub.field:
            left += _unplaced(stub)
            continue
        placed += _place(stub, assignment)
        left += _left_over(stub, assignment)
    return TableReading(tuple(placed), tuple(left))


def _has_place(stub: StubRow) -> bool:
    """A row with values, or one whose label is a row of the form (its cells may all be blank)."""
    if any(not is_blank(c.text) for c in stub.values):
        return True
    texts = [t for label in stub.labels[-1:] for t in (label, strip_groups(label)) if t]
    hits = [h for text in texts for h in find_hits(text) if h.similarity >= LIKELY]
    rows = [h for h in hits if h.axis == "requests.row"]
    return bool(rows) and (rows[0].name != "outcome.other" or bool(stub.values))


def _without_scraps(stubs: Sequence[StubRow]) -> list[StubRow]:
    """Without 其他 and 总计 above the first row of the form: the head in pieces, for its cells wrap."""
    first = next((i for i, s in enumerate(stubs) if not _is_scrap(s)), 0)
    return list(stubs[first:])


def _is_scrap(stub: StubRow) -> bool:
    hits = [h for h in find_hits(stub.label) if h.similarity >= LIKELY]
    named = any(h.axis == "requests.column" for h in hits) and all(h.numeral is None for h in hits)
    return named and all(is_blank(c.text) for c in stub.values)


def _leaves_by_block(rows: Sequence[Row], heads: set[int]) -> dict[int, tuple[Leaf, ...]]:
    """The head of each block of the document; a block without one goes on with the last.

    Where it has more or fewer columns than that, only the order of the head goes on.
    """
    by_block: dict[int, list[Row]] = {}
    for i in sorted(heads):
        by_block.setdefault(rows[i].block, []).append(rows[i])
    layouts: dict[int, Layout] = {}
    widths: Counter[int] = Counter()
    for row in rows:
        layouts.setdefault(row.block, row.layout)
        ends = (c.column + c.column_span for c in (*row.cells, *row.covering))
        widths[row.block] = max(widths[row.block], *ends, 0)
    leaves: dict[int, tuple[Leaf, ...]] = {}
    last: dict[Layout, tuple[Leaf, ...]] = {}
    width: dict[Layout, int] = {}
    for block, layout in sorted(layouts.items()):
        own = by_block.get(block, [])
        if own and layout is Layout.GRID:
            found = read_head(own)
        elif own:
            found = read_delimited_head(own)
        else:
            found = ()
        if found:
            last[layout], width[layout] = found, widths[block]
        leaves[block] = last.get(layout, ())
        if layout is Layout.GRID and width.get(layout) != widths[block]:
            leaves[block] = tuple(replace(leaf, start=-1, end=-1) for leaf in leaves[block])
    return leaves


def _signature(stub: StubRow) -> object:
    """Rows whose labels take the same cells have their values in the same cells."""
    return len(stub.row.cells) - len(stub.values)


def _ordered(stub: StubRow) -> Ordered:
    return stub.row.cells, len(stub.row.cells) - len(stub.values), _signature(stub)


def _assign_all(rows: Sequence[Row], heads: set[int], stubs: Sequence[StubRow]) -> list[Assignment]:
    """The columns of every row; blocks under one head are fitted together, each with edges of its own.

    Where some rows of a stream of lines lack values, lines are lost: a row that does not add up is in doubt.
    """
    leaves = _leaves_by_block(rows, heads)
    by_block: defaultdict[int, list[Ordered]] = defaultdict(list)
    by_head: defaultdict[tuple[Leaf, ...], list[Ordered]] = defaultdict(list)
    for stub in stubs:
        if stub.row.layout is not Layout.GRID:
            by_block[stub.row.block].append(_ordered(stub))
            by_head[leaves[stub.row.block]].append(_ordered(stub))
    fitted = {head: fit_leaves(shared, head) for head, shared in by_head.items()}
    common = {head: find_edges(shared, fitted[head]) for head, shared in by_head.items()}
    edges: dict[int, Edges] = {}
    for block, mine in by_block.items():
        own = find_edges(mine, fitted[leaves[block]])
        edges[block] = own if own[0] else common[leaves[block]]
    ends = _ends(stubs)
    found = [
        _doubt_row_end(s, _assign(s, leaves[s.row.block], fitted, edges), leaves[s.row.block], ends)
        for s in stubs
    ]
    if is_doubled([rows[i] for i in heads]):
        return [in_doubt(f) for f in found]
    found = _doubt_lone(stubs, found)
    ragged = {s.row.block for s in stubs if s.row.stream and 0 < len(s.values) < len(DEFAULT)}
    return [
        in_doubt(f) if s.row.stream and s.row.block in ragged and closes(f.cells) is False else f
        for s, f in zip(stubs, found, strict=True)
    ]


def _doubt_lone(stubs: Sequence[StubRow], found: Sequence[Assignment]) -> list[Assignment]:
    """Rows in doubt where none of their part prints two numbers: each may be the number of its whole row."""
    most: Counter[int] = Counter()
    for stub in stubs:
        most[stub.row.block] = max(most[stub.row.block], sum(not is_blank(c.text) for c in stub.values))
    return [
        in_doubt(f)
        if s.row.layout is Layout.DELIMITED
        and most[s.row.block] == 1
        and not all(is_blank(c.text) for c in s.values)
        else f
        for s, f in zip(stubs, found, strict=True)
    ]


def _doubt_row_end(
    stub: StubRow, found: Assignment, head: Sequence[Leaf], ends: Mapping[int, int]
) -> Assignment:
    """The row of a grid in doubt where it begins its last cell elsewhere than the others and their head."""
    if stub.row.layout is not Layout.GRID:
        return found
    last, usual = _last(stub.row), ends[stub.row.block]
    wide = last > max(usual, head[-1].end - 1 if head else 0)
    return doubt_uneven(found, narrow=last < usual, wide=wide)


def _last(row: Row) -> int:
    """Where its last cell begins: spans may overrun the table."""
    return max([c.column for c in (*row.cells, *row.covering)], default=0)


def _ends(stubs: Sequence[StubRow]) -> dict[int, int]:
    """Where most rows of each grid begin their last cell, by block."""
    ends: dict[int, Counter[int]] = {}
    for stub in stubs:
        if stub.row.layout is Layout.GRID:
            ends.setdefault(stub.row.block, Counter())[_last(stub.row)] += 1
    return {block: max(found, key=lambda e: (found[e], e)) for block, found in ends.items()}


def _assign(
    stub: StubRow,
    head: tuple[Leaf, ...],
    fitted: Mapping[tuple[Leaf, ...], tuple[Leaf, ...]],
    edges: Mapping[int, Edges],
) -> Assignment:
    if stub.row.layout is Layout.GRID:
        return _assign_grid(stub, head)
    leaves, (lefts, rights) = fitted[head], edges[stub.row.block]
    end = len(stub.row.cells) - len(stub.values)
    printed = [c.text for c in stub.values if not is_blank(c.text)]
    if len(printed) == 1 and _JOINED.match(printed[0].strip()):
        return _part_joined(stub, printed[0].strip())
    counted = stub.row.layout is Layout.DELIMITED
    found = assign_window(stub.row.cells, end, leaves, lefts, rights, _signature(stub), counted=counted)
    if stub.row.stream and printed and len(stub.values) < len(DEFAULT):
        return replace(found, confidence=min(found.confidence, GUESSED), doubts=("doubt.column",))
    short = counted and printed and len(stub.values) < len(leaves)
    return in_doubt(found) if short and not closes(found.cells) else found


def _assign_grid(stub: StubRow, leaves: tuple[Leaf, ...]) -> Assignment:
    values = stub.values
    if not leaves:
        return assign_window(values, 0, DEFAULT, Counter(), Counter(), ())
    start = leaves[0].start
    within = tuple(c for c in values if c.column + c.column_span > start)
    if len(values) == len(leaves) > len(within) and _last(stub.row) < leaves[-1].start:
        return assign_shifted(values, within, leaves)
    alone = not within or within[0].column >= leaves[0].end  # nothing else stands under the first column
    if len(values) == len(leaves) and alone:
        return assign_grid(values, leaves)  # its first blank may be drawn too far left
    outside = any(c.column + c.column_span <= start and not is_blank(c.text) for c in values)
    return assign_grid(values if outside else within, leaves)


def _part_joined(stub: StubRow, digits: str) -> Assignment:
    """Numbers run together, parted where the row's sum leaves one way, else refused; doubtful either way."""
    parts = part_digits(digits)
    if parts is None:
        return refuse(stub.values)
    cell = next(c for c in stub.values if not is_blank(c.text))
    return Assignment(tuple(replace(cell, text=part) for part in parts), GUESSED, ("doubt.joined",))


def _place(stub: StubRow, assignment: Assignment) -> Iterator[Placed]:
    doubts = tuple(sorted({*stub.doubts, *assignment.doubts, *stub.row.doubts}))
    edition = TEMPLATE.edition_of(stub.field)
    cells = [_joined(stub)] * len(APPLICANTS) if assignment.missing else assignment.cells
    confidence = min(stub.confidence, assignment.confidence)
    own = _own_span(stub)
    for position, (applicant, cell) in enumerate(zip(APPLICANTS, cells, strict=True)):
        shared = cell is not None and cell.row_span > own and not is_blank(cell.text)
        yield Placed(
            "requests",
            stub.field,
            applicant,
            cell,
            stub.label,
            stub.number,
            cell.column if cell else position,
            min(confidence, IN_DOUBT) if shared else confidence,
            tuple(sorted({*doubts, "doubt.alignment"})) if shared else doubts,
            edition,
        )


def _own_span(stub: StubRow) -> int:
    """How many rows of the grid this one takes: a number that reaches further down is two rows'."""
    labels = stub.row.cells[: len(stub.row.cells) - len(stub.values)]
    return labels[-1].row_span if labels else 1


def _joined(stub: StubRow) -> Cell:
    """What is printed in a row whose columns cannot be told apart, as one unreadable text."""
    text = " ".join(c.text for c in stub.values if c.text)
    return replace(stub.values[0], text=f"{text}?") if stub.values else Cell("?", 0, 0)


def _unplaced(stub: StubRow) -> Iterator[Left]:
    printed = tuple(c.text for c in stub.values if not is_blank(c.text))
    if any(is_quantity(t) for t in printed):
        yield Left("row.unplaced", "requests", stub.number, stub.label, printed, stub.row.text)


def _left_over(stub: StubRow, assignment: Assignment) -> Iterator[Left]:
    numbers = tuple(c.text for c in assignment.left_over if is_quantity(c.text))
    if numbers:
        yield Left("column.unplaced", "requests", stub.number, stub.label, numbers, " ".join(numbers))
