"""The head of table 四: which blocks and columns it names, and in which order.

Enters: rows of the head. Leaves: `Head`, and what a single cell names.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache

from extract.document import Cell
from normalize.form.labels import SAME, find_hits
from normalize.form.loader import FORM
from normalize.form.table_words import TABLE_WORDS
from normalize.rows.row import Row
from normalize.rows.wrapped_labels import split_words
from normalize.words.fold import fold

_TEMPLATE = FORM.templates["remedies"]
FIELDS = _TEMPLATE.names
BLOCKS = tuple(dict.fromkeys(_TEMPLATE.groups.values()))
LEAVES = _TEMPLATE.columns
SURE = 0.7
"""Similarity from which a word names a block or a column.

At 0.49 a generated report in aligned text changes.
"""
MOST_ROWS = 60
"""Rows of the longest head, one word a line; of more only the last may belong to the numbers below."""
_IN_TEXT = tuple(
    (label.core, label.axis, label.name)
    for label in sorted(FORM.labels, key=lambda x: -len(x.core))
    if label.axis.startswith("remedies.")
)


@lru_cache(maxsize=4096)
def read_path(text: str) -> tuple[str, str]:
    """(block, leaf) that a head cell names, either "": 行政复议 - 总计 names both."""
    folded = fold(text)
    hits = [h for h in find_hits(text) if h.axis.startswith("remedies.") and h.similarity >= SURE]
    block = next((h.name for h in hits if h.axis == "remedies.block"), "")
    leaf = next((h.name for h in hits if h.axis == "remedies.column"), "")
    if hits and hits[0].similarity < SAME and block and leaf:
        block, leaf = (block, "") if hits[0].axis == "remedies.block" else ("", leaf)
    if not hits or hits[0].similarity < 1:
        inside = [(axis, name) for core, axis, name in _IN_TEXT if core in folded]
        if _is_caption(folded):
            return "", ""
        block = next((n for a, n in inside if a == "remedies.block"), block)
        leaf = next((n for a, n in inside if a == "remedies.column"), leaf)
    return block, leaf


def _is_caption(folded: str) -> bool:
    """A title over the whole table names 行政复议 and 行政诉讼 side by side."""
    return all(word in folded for word in TABLE_WORDS["remedies_title"])


@dataclass(slots=True)
class Head:
    """Head rows since the last numbers, and the fields that rows of numbers before them have."""

    rows: deque[Row] = field(default_factory=lambda: deque(maxlen=MOST_ROWS))
    block: str = ""
    done: set[str] = field(default_factory=set)

    def blocks(self) -> tuple[str, ...]:
        """The blocks that the head names, in the order in which they are printed."""
        named = list(dict.fromkeys(b for r in self.rows for c in r.cells for b in _blocks_in(c)))
        if "litigation" in named:
            own = tuple(b for b in named if b in BLOCKS[1:]) or BLOCKS[1:] * (named == ["litigation"])
            at = named.index("litigation")
            named = [
                *(b for b in named[:at] if b not in own),
                *own,
                *(b for b in named[at + 1 :] if b not in own),
            ]
        return tuple(named)

    def leaves(self) -> tuple[str, ...]:
        """The five columns of a block in the order that the head prints, the form's where it does not say."""
        named = [x for r in self.rows for c in r.cells if (x := read_path(c.text)[1])]
        first = tuple(named[: len(LEAVES)])
        repeats = first * (len(named) // len(LEAVES))
        return first if sorted(first) == sorted(LEAVES) and repeats == tuple(named) else LEAVES


def _blocks_in(cell: Cell) -> list[str]:
    """The blocks that a cell of the head names: several where columns stand only one space apart."""
    words = [b for w in split_words(cell) if (b := read_path(w.text)[0])]
    own = read_path(cell.text)[0]
    return words if len(words) > 1 or not own else [own]
