"""What is open while a page is read: where text goes, and tables that are not closed yet.

Enters: nothing. Leaves: `Sink` and `OpenTable`, filled by `Flow`.
"""

from __future__ import annotations

from extract.html.items import Item
from extract.html.layout import CellContent, RowGroup


class Sink:
    """Where text goes: the page, a cell, or a table outside its cells."""

    __slots__ = ("deleted", "items", "linked", "pieces", "plain")

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.plain = False  # some of the text is not bold
        self.deleted = False


class OpenTable:
    """A table being read; `depth` is that of its element, `by_style` says that no `table` element made it."""

    __slots__ = ("after", "before", "by_style", "cell", "cell_depth", "depth", "groups", "outer", "where")

    def __init__(self, depth: int, where: int, outer: Sink, *, by_style: bool) -> None:
        self.depth = depth
        self.where = where
        self.outer = outer
        self.by_style = by_style
        self.before, self.after = Sink(), Sink()
        self.groups: list[RowGroup] = []
        self.cell: tuple[CellContent, Sink] | None = None
        self.cell_depth = 0

    @property
    def stray(self) -> Sink:
        """Where text outside the cells goes."""
        return self.after if self.groups and self.groups[-1].rows else self.before
