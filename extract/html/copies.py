"""What a page prints twice for the convenience of screens: copies for phones, heads that stay in sight.

Enters: the blocks of a page. Leaves: the blocks without those that print a second time what stands right
before or after them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from extract.document import Paragraph, Table
from extract.html.items import WebItem, count_numbers

_LEAST: Final = 6
"""Numbers of a run that may be a copy: two blocks of five zeros, as the form has them, are two
(`test_two_blocks_of_zeros_alike_are_both_read`)."""


def without_copies(items: Sequence[WebItem]) -> list[WebItem]:
    """The blocks without runs that repeat the run before them, and without heads that the next table has."""
    tables = {i: item.block for i, item in enumerate(items) if isinstance(item.block, Table)}
    if len(tables) < 2:
        return list(items)
    contents = [_content(item) for item in items]
    dropped: set[int] = set()
    following: dict[Hashable, int] = {}
    repeats: dict[int, int | None] = {}
    for i in reversed(tables):
        repeats[i], following[contents[i]] = following.get(contents[i]), i
    for at, table in tables.items():
        again = repeats[at]
        if again is not None and at not in dropped and count_numbers(table):
            run = _repeated(contents, at, again - at)
            if sum(count_numbers(tables[i]) for i in run if i in tables) >= _LEAST:
                dropped.update(run)
        if at + 1 in tables and _is_head_of(table, tables[at + 1]):
            dropped.add(at)
    return [item for i, item in enumerate(items) if i not in dropped]


def _content(item: WebItem) -> Hashable:
    if isinstance(item.block, Paragraph):
        return "".join(item.block.text.split())
    return tuple((c.text, c.row, c.column, c.row_span, c.column_span) for c in item.block.cells)


def _repeated(contents: Sequence[Hashable], at: int, period: int) -> range:
    """The second of two equal runs of this length, one behind the other, the first of which holds `at`."""
    first = at
    while first > 0 and contents[first - 1] == contents[first - 1 + period]:
        first -= 1
    last = at
    while last + 1 + period < len(contents) and contents[last + 1] == contents[last + 1 + period]:
        last += 1
    return range(first + period, last + 1 + period) if last + 1 - first >= period else range(0)


def _is_head_of(head: Table, table: Table) -> bool:
    """A table without numbers that the next one begins with."""
    if head.n_rows >= table.n_rows or head.n_columns != table.n_columns or count_numbers(head):
        return False
    printed = {(c.row, c.column): c.text for c in table.cells}
    return all(printed.get((c.row, c.column)) == c.text for c in head.cells)
