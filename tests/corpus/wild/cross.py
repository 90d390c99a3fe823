"""A table as rows crossed with columns, each with a path of heads; and tables put below or beside each other.

Enters: tracks (rows or columns) and what stands where two of them cross. Leaves: grids.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from corpus.grid import Content, Grid, Role

What = Literal[
    "now",
    "before",
    "change",
    "ratio",
    "share",
    "remark",
    "ordinal",
    "subtotal",
    "individual",
    "of_which",
    "group_subtotal",
]
"""What a track is about: this report's own numbers, or something beside them."""


Stub = Literal["tree", "rows", "joined"]
"""Heads of rows: in columns, groups as rows of their own, or one text a row."""


@dataclass(frozen=True, slots=True)
class Track:
    """One row or one column.

    Attributes:
        path: its heads from the outermost to its own.
        field: the field of the form, or the first part of it.
        applicant: in table 三.
        leaf: the second part of the field.
        what: what is printed in it.
    """

    path: tuple[str, ...]
    field: str = ""
    applicant: str = ""
    leaf: str = ""
    what: What = "now"

    def under(self, *heads: str) -> Track:
        """The same below more heads."""
        return replace(self, path=(*heads, *self.path))

    def over(self, head: str, what: What) -> Track:
        """A part of it, with a head of its own."""
        return replace(self, path=(*self.path, head), what=what)


@dataclass(frozen=True, slots=True)
class Cross:
    """A table not yet drawn.

    Attributes:
        name: `disclosure`, `requests`, `remedies`, or `other`.
        corner: one text, or one for each column of the stub.
        stub: where the heads of rows stand.
        heads: heads of columns in rows (`tree`), or one text a column (`joined`).
        glue: how joined texts are put together: {outer} and {inner}.
    """

    name: str
    rows: tuple[Track, ...]
    columns: tuple[Track, ...]
    corner: tuple[str, ...] = ("",)
    stub: Stub = "tree"
    heads: Literal["tree", "joined"] = "tree"
    glue: str = "{outer}—{inner}"

    def flipped(self) -> Cross:
        """Rows as columns."""
        return replace(self, rows=self.columns, columns=self.rows)


Cell = Callable[[Track, Track, int], Content]
"""What stands in a row and a column (and the how-manieth column that is)."""
EMPTY: Final = Content("", "filler")


def join_path(path: Sequence[str], glue: str) -> str:
    """All heads of a track in one text."""
    text = path[-1]
    for outer in reversed(path[:-1]):
        text = glue.format(outer=outer, inner=text)
    return text


def draw_cross(cross: Cross, cell: Cell) -> Grid:
    """The table."""
    if cross.heads == "joined":
        joined = tuple(replace(t, path=(join_path(t.path, cross.glue),)) for t in cross.columns)
        cross = replace(cross, columns=joined)
    if cross.stub == "joined":
        rows = tuple(replace(t, path=(join_path(t.path, cross.glue),)) for t in cross.rows)
        cross = replace(cross, rows=rows)
    lines = _with_group_rows(cross.rows) if cross.stub == "rows" else cross.rows
    deep, wide = (max(len(t.path) for t in tracks) for tracks in (cross.columns, lines))
    sheet = _Slots(deep + len(lines), wide + len(cross.columns))
    _draw_corner(sheet, cross.corner, deep, wide)
    for places in _spans(cross.columns, deep):
        sheet.put(Content(places[0], "head"), range(places[1], places[2]), _shifted(places, wide))
    for text, first, last, start, end in _spans(lines, wide):
        sheet.put(Content(text, "stub"), range(deep + start, deep + end), range(first, last))
    for r, row in enumerate(lines):
        for c, column in enumerate(cross.columns):
            content = EMPTY if row.leaf == "-" else cell(row, column, c)
            sheet.put(content, range(deep + r, deep + r + 1), range(wide + c, wide + c + 1))
    return sheet.grid(deep, cross.name)


def _with_group_rows(rows: Sequence[Track]) -> tuple[Track, ...]:
    """A row for each group before its first entry; "-" marks rows without cells."""
    out: list[Track] = []
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        for depth in range(1, len(row.path)):
            if row.path[:depth] not in seen:
                seen.add(row.path[:depth])
                out.append(Track((row.path[depth - 1],), leaf="-"))
        out.append(replace(row, path=row.path[-1:]))
    return tuple(out)


Span = tuple[str, int, int, int, int]
"""Text, first and last level, first and last track."""


def _spans(tracks: Sequence[Track], depth: int) -> list[Span]:
    """Heads that neighbours share are one cell; a head without a level below reaches to the numbers."""
    out: list[Span] = []
    for level in range(depth):
        start = 0
        while start < len(tracks):
            path = tracks[start].path
            end = start + 1
            if level < len(path) - 1:
                while end < len(tracks) and _shares(tracks[end].path, path, level):
                    end += 1
            if level < len(path):
                out.append((path[level], level, depth if level == len(path) - 1 else level + 1, start, end))
            start = end
    return out


def _shares(path: Sequence[str], other: Sequence[str], level: int) -> bool:
    return len(path) > level + 1 and tuple(path[: level + 1]) == tuple(other[: level + 1])


def _shifted(span: Span, wide: int) -> range:
    return range(wide + span[3], wide + span[4])


def _draw_corner(sheet: _Slots, corner: Sequence[str], deep: int, wide: int) -> None:
    texts = corner if len(corner) == wide else corner[:1]
    step = wide // len(texts)
    for i, text in enumerate(texts):
        sheet.put(Content(text, "head"), range(deep), range(i * step, i * step + step))


class _Slots:
    """A matrix of slots that cells are put into."""

    def __init__(self, rows: int, columns: int) -> None:
        self._slots = [[-1] * columns for _ in range(rows)]
        self._contents: list[Content] = []

    def put(self, content: Content, rows: range, columns: range) -> None:
        """A cell."""
        self._contents.append(content)
        for r in rows:
            for c in columns:
                self._slots[r][c] = len(self._contents) - 1

    def grid(self, head_rows: int, name: str) -> Grid:
        """The finished table."""
        return Grid(tuple(map(tuple, self._slots)), tuple(self._contents), head_rows, name)


def below(grids: Sequence[Grid]) -> Grid:
    """One table under the other in one frame; the last cell of a narrow one grows."""
    width = max(g.n_columns for g in grids)
    slots: list[tuple[int, ...]] = []
    contents: list[Content] = []
    for grid in grids:
        first = len(contents)
        contents += grid.contents
        slots += [
            (*(first + s for s in row), *(first + row[-1],) * (width - grid.n_columns)) for row in grid.slots
        ]
    return Grid(tuple(slots), tuple(contents), grids[0].head_rows, grids[0].name)


def beside(grids: Sequence[Grid]) -> Grid:
    """One table right of the other in one frame; what is short is filled up with empty cells."""
    height = max(g.n_rows for g in grids)
    slots: list[list[int]] = [[] for _ in range(height)]
    contents: list[Content] = []
    for grid in grids:
        first = len(contents)
        contents += grid.contents
        for r in range(height):
            if r < grid.n_rows:
                slots[r] += [first + s for s in grid.slots[r]]
                continue
            slots[r] += range(len(contents), len(contents) + grid.n_columns)
            contents += [EMPTY] * grid.n_columns
    return Grid(tuple(map(tuple, slots)), tuple(contents), max(g.head_rows for g in grids), grids[0].name)


def titled(grid: Grid, text: str) -> Grid:
    """The table with a row over its whole width on top."""
    new = len(grid.contents)
    top = (new,) * grid.n_columns
    contents = (*grid.contents, Content(text, "head"))
    return replace(grid, slots=(top, *grid.slots), contents=contents, head_rows=grid.head_rows + 1)


def without_keys(grid: Grid) -> Grid:
    """The same numbers as somebody else's: no cell of them is this report's."""
    contents = tuple(Content(c.text, _foreign(c.role)) for c in grid.contents)
    return replace(grid, contents=contents)


def _foreign(role: Role) -> Role:
    return "filler" if role == "number" else role
