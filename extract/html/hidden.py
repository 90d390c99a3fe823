"""Parts of a page that are hidden when it is opened, and which of them a person can still get to see.

Enters: the blocks of a page. Leaves: those that count. A page may hide all of its tables until a script
shows them, or all but the one under the first tab; a hidden table of the same words as a shown one is a copy
for another screen, or is out of date.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.document import Table
from extract.html.items import WebItem, count_numbers, is_number

_NEW: Final = 0.5
"""Of the words of a hidden table, how many no table that counts may print."""


def without_hidden(items: Sequence[WebItem]) -> tuple[list[WebItem], bool]:
    """The blocks that count, and whether hidden ones are among them."""
    if not any(item.hidden for item in items):
        return list(items), False
    known: set[str] = set()
    for item in items:
        if not item.hidden and isinstance(item.block, Table) and count_numbers(item.block):
            known |= _words(item.block)
    kept: list[WebItem] = []
    found = False
    for item in items:
        if isinstance(item.block, Table) and item.hidden:
            words = _words(item.block)
            if not (words and count_numbers(item.block)) or len(words - known) < _NEW * len(words):
                continue
            known |= words
            found = True
        kept.append(item)
    return (kept, True) if found else ([item for item in items if not item.hidden], False)


def _words(table: Table) -> set[str]:
    texts = ("".join(cell.text.split()) for cell in table.cells)
    return {text for text in texts if len(text) > 1 and not is_number(text)}
