"""Tables that are open while a page is read.

Enters: rows and cells as they begin and end. Leaves: their items in the `TextCollector`. Tables are put
together as browsers do it: a cell ends where the next one of its table begins, whatever the tree says, and
what stands in a table outside its cells is printed before or after it.
"""

from __future__ import annotations

from extract.html.items import WebItem
from extract.html.tags import GROUPS
from extract.html.walk.grid import StatedSpans
from extract.html.walk.table import CellContent, RowGroup, close_table
from extract.html.walk.text_collector import Sink, TextCollector


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


class OpenTables:
    """The tables around what is being read, from the outside in."""

    __slots__ = ("_ink", "_open")

    def __init__(self, ink: TextCollector) -> None:
        self._ink = ink
        self._open: list[OpenTable] = []

    def __bool__(self) -> bool:
        return bool(self._open)

    @property
    def takes_style(self) -> bool:
        """Rows and cells made by style belong to tables made by style."""
        return not self._open or self._open[-1].by_style

    def begin(self, depth: int, *, by_style: bool = False) -> None:
        """A table begins with the element at this depth; negative: it ends with the element around that."""
        ink = self._ink
        table = OpenTable(depth, ink.where, ink.sink, by_style=by_style)
        self._open.append(table)
        ink.sink = table.before

    def begin_row(self, depth: int, *, by_style: bool) -> None:
        """A row begins, and a table where none is open."""
        if not self._open:
            self.begin(1 - depth, by_style=by_style)
        self._end_cell()
        groups = self._open[-1].groups
        if not groups:
            groups.append(RowGroup("tbody"))
        groups[-1].rows.append([])
        self._ink.sink = self._open[-1].after

    def begin_cell(self, spans: StatedSpans, depth: int, *, by_style: bool) -> None:
        """A cell begins, and a row and a table where none is open."""
        if not self._open:
            self.begin(1 - depth, by_style=by_style)
        self._end_cell()
        table = self._open[-1]
        if not table.groups or not table.groups[-1].rows:
            self.begin_row(depth, by_style=by_style)
        content = CellContent(spans)
        table.groups[-1].rows[-1].append(content)
        table.cell = content, Sink()
        table.cell_depth = depth
        self._ink.sink = table.cell[1]

    def begin_other(self, tag: str) -> None:
        """A block between rows, or one that follows rows without a table."""
        table = self._open[-1]
        if table.cell is not None:
            return
        if tag in GROUPS:
            table.groups.append(RowGroup(tag))
        elif table.depth < 0:
            self._close()
        else:
            self._ink.sink = table.stray

    def picture(self) -> None:
        """A picture stands in the cell that is open, if one is."""
        if self._open and (cell := self._open[-1].cell) is not None:
            cell[0].pictured = True

    def end(self, depth: int) -> None:
        """The element at this depth ends."""
        table = self._open[-1]
        if table.cell_depth == depth:
            self._end_cell()
        elif abs(table.depth) == depth:
            self._close()

    def end_all(self) -> None:
        """The page ends."""
        while self._open:
            self._close()

    def _end_cell(self) -> None:
        table, ink = self._open[-1], self._ink
        if table.cell is None:
            return
        content, sink = table.cell
        if sink.pieces:
            ink.sink = sink
            ink.flush()
        content.items = sink.items
        content.deleted = sink.deleted
        table.cell, table.cell_depth = None, 0
        ink.sink = table.stray

    def _close(self) -> None:
        self._end_cell()
        table, ink = self._open.pop(), self._ink
        for ink.sink in (table.before, table.after):
            if ink.sink.pieces:
                ink.flush()
        ink.sink = table.outer
        ink.sink.items += [*table.before.items, *self._items(table), *table.after.items]

    def _items(self, table: OpenTable) -> list[WebItem]:
        items = close_table(table.groups, table.where)
        if self._ink.hidden:
            for item in items:
                item.hidden = True
        return items
