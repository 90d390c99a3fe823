"""A table on paper: a matrix of slots that cells fill, each cell a rectangle of slots.

Enters: texts and spans. Leaves: `Grid`, whose rows and columns can be cut, moved, doubled and dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from corpus.official import Key

Role = Literal["head", "stub", "number", "filler"]


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds; `key` only on cells of the form's numbers."""

    text: str
    role: Role
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell where it starts."""

    content: Content
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Slots hold indexes into `contents`; head_rows counts the rows to repeat after a cut."""

    slots: tuple[tuple[int, ...], ...]
    contents: tuple[Content, ...]
    head_rows: int
    name: str
    quirks: tuple[str, ...] = field(default=())

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.slots)

    @property
    def n_columns(self) -> int:
        """Number of columns."""
        return len(self.slots[0])

    def starts(self, row: int, column: int) -> bool:
        """Whether the slot is the top left one of its cell."""
        return self.starts_row(row, column) and self.starts_column(row, column)

    def starts_row(self, row: int, column: int) -> bool:
        """Whether the cell begins in this row."""
        return row == 0 or self.slots[row - 1][column] != self.slots[row][column]

    def starts_column(self, row: int, column: int) -> bool:
        """Whether the cell begins in this column."""
        return column == 0 or self.slots[row][column - 1] != self.slots[row][column]

    def at(self, row: int, column: int) -> Content:
        """The content that covers a slot."""
        return self.contents[self.slots[row][column]]

    def span(self, row: int, column: int) -> tuple[int, int]:
        """(rows, columns) that the cell covers from here on."""
        index, rows, columns = self.slots[row][column], 1, 1
        while row + rows < self.n_rows and self.slots[row + rows][column] == index:
            rows += 1
        while column + columns < self.n_columns and self.slots[row][column + columns] == index:
            columns += 1
        return rows, columns

    def placed(self) -> Iterator[Placed]:
        """Every cell once, in reading order."""
        for r in range(self.n_rows):
            for c in range(self.n_columns):
                if self.starts(r, c):
                    yield Placed(self.at(r, c), r, c, *self.span(r, c))

    def form_cells(self) -> tuple[Key, ...]:
        """The form's cells that this table shows."""
        return tuple(p.content.key for p in self.placed() if p.content.key)

    def row_keys(self, row: int) -> tuple[Key, ...]:
        """The form's cells in one row."""
        return tuple(k for c in range(self.n_columns) if (k := self.at(row, c).key))

    def with_quirk(self, name: str) -> Grid:
        """The same table with a note on what was done to it."""
        return replace(self, quirks=(*self.quirks, name))

    def with_rows(self, rows: Sequence[int]) -> Grid:
        """Only these rows, in this order."""
        return replace(self, slots=tuple(self.slots[r] for r in rows))

    def with_columns(self, columns: Sequence[int]) -> Grid:
        """Only these columns, in this order."""
        return replace(self, slots=tuple(tuple(row[c] for c in columns) for row in self.slots))

    def with_texts(self, change: Callable[[Content], str]) -> Grid:
        """Every cell's text rewritten."""
        return replace(self, contents=tuple(replace(c, text=change(c)) for c in self.contents))

    def with_column(self, at: int, contents: Sequence[Content]) -> Grid:
        """A new column before column `at`, one content a row; cells that reach across it grow instead."""
        first = len(self.contents)
        slots = []
        for r, row in enumerate(self.slots):
            across = 0 < at < len(row) and row[at - 1] == row[at]
            slots.append((*row[:at], row[at] if across else first + r, *row[at:]))
        return replace(self, slots=tuple(slots), contents=(*self.contents, *contents))

    def with_slots(self, rows: range, column: int, content: Content) -> Grid:
        """A rectangle of one column taken over by a new cell (a group cell cut in two)."""
        new = len(self.contents)
        slots = [list(row) for row in self.slots]
        old = slots[rows[0]][column]
        for r in rows:
            slots[r] = [new if x == old else x for x in slots[r]]
        return replace(self, slots=tuple(tuple(r) for r in slots), contents=(*self.contents, content))


class Drawing:
    """Collects rows of (content, rows, columns) cells, as in HTML, into a `Grid`."""

    def __init__(self, name: str, width: int) -> None:
        self.name, self.width = name, width
        self._slots: dict[tuple[int, int], int] = {}
        self._contents: list[Content] = []
        self._rows = 0

    def row(self, *cells: tuple[Content, int, int]) -> None:
        """Adds a row; cells take the first free slots."""
        column = 0
        for content, rows, columns in cells:
            while (self._rows, column) in self._slots:
                column += 1
            self._contents.append(content)
            for r in range(rows):
                for c in range(columns):
                    self._slots[self._rows + r, column + c] = len(self._contents) - 1
            column += columns
        self._rows += 1

    def grid(self, head_rows: int) -> Grid:
        """The finished table; every slot must be covered."""
        slots = tuple(tuple(self._slots[r, c] for c in range(self.width)) for r in range(self._rows))
        return Grid(slots, tuple(self._contents), head_rows, self.name)
