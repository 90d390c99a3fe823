"""Pieces of a page in reading order, each with the place it was found in.

Enters: nothing. Leaves: `WebItem` and `Places`, from which the article is chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from extract.document import Block, Paragraph, Table

_QUANTITY: Final = re.compile(
    r"\s*(?:[-+－−]?[\d０-９][\d０-９,，.．\s]*(?:%|％|[\u4e00-\u9fff]{1,2})?\s*(?:[(（\[【].*)?|[-—–―/／\\]+|无)\s*",
    re.DOTALL,
)


@dataclass(slots=True)
class WebItem:
    """A block with its surroundings.

    Attributes:
        block: the paragraph or table.
        where: the innermost element around it, an index into `Places`.
        linked: how many of its characters are links.
        heading: it stands in an `h1` to `h3`.
        drawn: a line printed as it stands in the source: columns in it are made with spaces or signs.
        hidden: it stands in an element that is not shown.
    """

    block: Block
    where: int
    linked: int = 0
    heading: bool = False
    drawn: bool = False
    hidden: bool = False

    @property
    def size(self) -> int:
        """Characters, white space aside at both ends."""
        block = self.block
        return len(block.text) if isinstance(block, Paragraph) else sum(len(c.text) for c in block.cells)

    @property
    def is_linked(self) -> bool:
        """Most of it is links."""
        return self.linked * 10 >= self.size * 6 > 0


@dataclass(slots=True)
class Places:
    """The elements that hold others, as a tree: for each its parent and its names (`<tag>`, id, classes)."""

    parents: list[int] = field(default_factory=lambda: [0])
    names: list[frozenset[str]] = field(default_factory=lambda: [frozenset()])

    def add(self, parent: int, names: frozenset[str]) -> int:
        """A new one within `parent`."""
        self.parents.append(parent)
        self.names.append(names)
        return len(self.parents) - 1


def is_number(text: str) -> bool:
    """A cell prints a number or the dash that stands for none, apart from a unit and a note."""
    return bool(_QUANTITY.fullmatch(text))


def count_numbers(table: Table) -> int:
    """Cells that print a number."""
    return sum(is_number(cell.text) for cell in table.cells)
