"""Ruling lines -> cells with spans. Pure geometry: knows no file format and no form.

Enters: thin boxes (x0, top, x1, bottom) in points, y down, in any order. Leaves: grids, each with the lines
of its rows and columns and its cells. A cell is what no ruling separates, not what four edges enclose:
a border that is missing at a page break or at the side of a table loses nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Final, NamedTuple

Segment = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a ruling, whichever way y goes; here it goes down."""

SAME_LINE: Final = 2.0
"""Points: lines of one table that are this close are one (hairlines drawn double, edges off by a little).
Measured: all 4372 values of 22 reports right; four times joins columns of `shanghai_2019_web.pdf`."""
NARROWEST: Final = 4.0
"""Points: no text fits into a row or column that is narrower, so its two lines are one drawn double
(`test_wide_double_lines_make_no_row`); twice joins rows of `shanghai_2019_web.pdf`."""
GAP: Final = 3.2
"""Points between two pieces of one ruling: dashes, dots, corners that do not quite meet (half is too little
for `test_dashes_and_dots_are_rulings`, twice too much for `test_an_underline_separates_nothing`)."""
SHORTEST: Final = 5.0
"""Points: pieces that do not add up to this are dots, ticks, parts of a letter."""
OPEN_END: Final = 6.0
"""Points by which rulings must reach beyond the last crossing line to make an open row or column; they reach
20 points beyond in an export of WPS of 2023 (`test_a_row_without_bottom_border_is_a_row`)."""
LEVEL: Final = 0.6
"""Points across its direction by which two pieces of one ruling may differ."""
MOST_UNITS: Final = 60_000
"""Rows times columns of one grid; more is a drawing."""
MOST_PAIRS: Final = 4_000_000
"""Rulings across times rulings down; 2000 times 2000 take 0.8 s."""


class GridCell(NamedTuple):
    """A rectangle of the grid that no ruling separates."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table.

    Attributes:
        xs, ys: lines between columns and rows, one more than there are columns and rows.
        cells: by row, then column.
        owner: index into `cells` of the cell over each unit, by row, then column.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    owner: tuple[int, ...]

    @property
    def n_rows(self) -> int:
        """Rows of the grid."""
        return len(self.ys) - 1

    @property
    def n_columns(self) -> int:
        """Columns of the grid."""
        return len(self.xs) - 1

    def index_at(self, x: float, y: float) -> int:
        """Index of the cell over a point, -1 outside the grid."""
        xs, ys = self.xs, self.ys
        column, row = bisect_right(xs, x) - 1, bisect_right(ys, y) - 1
        if 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1:
            return self.owner[row * (len(xs) - 1) + column]
        return -1

    def box_of(self, cell: GridCell) -> Segment:
        """x0, top, x1, bottom of a cell."""
        return (
            self.xs[cell.column],
            self.ys[cell.row],
            self.xs[cell.column + cell.column_span],
            self.ys[cell.row + cell.row_span],
        )


_Line = tuple[float, float, float]
"""Where it lies, where it starts, where it ends."""


def find_grids(segments: Iterable[Segment]) -> list[Grid]:
    """The grids of a page, from the top down; a box around everything is no grid."""
    across, down = _sort_out(segments)
    grids = [_grid(h, v) for h, v in _connected(_joined(across), _joined(down))]
    found = [grid for grid in grids if grid is not None and len(grid.cells) > 1]
    return sorted(found, key=lambda g: (g.ys[0], g.xs[0]))


def _sort_out(segments: Iterable[Segment]) -> tuple[list[_Line], list[_Line]]:
    """(across, down); a dot may be a piece of either."""
    across: list[_Line] = []
    down: list[_Line] = []
    for x0, top, x1, bottom in segments:
        width, height = x1 - x0, bottom - top
        if width > height or (width <= GAP and height <= GAP):
            across.append(((top + bottom) / 2, x0, x1))
        if height > width or (width <= GAP and height <= GAP):
            down.append(((x0 + x1) / 2, top, bottom))
    return across, down


def _joined(lines: list[_Line]) -> list[_Line]:
    """Pieces of one ruling as one line; what stays too short is dropped."""
    out: list[_Line] = []
    lines.sort()
    breaks = [i for i, (a, b) in enumerate(pairwise(lines), 1) if not b[0] - a[0] <= LEVEL]
    for first, last in pairwise((0, *breaks, len(lines)) if lines else ()):
        pieces = lines[first:last]
        at = pieces[0][0] if len(pieces) == 1 else sum([line[0] for line in pieces]) / len(pieces)
        start = end = float("-inf")
        for _, a, b in sorted(pieces, key=itemgetter(1)):
            if a - end > GAP:
                if end - start >= SHORTEST:
                    out.append((at, start, end))
                start, end = a, b
            elif b > end:
                end = b
        if end - start >= SHORTEST:
            out.append((at, start, end))
    return out


def _connected(across: list[_Line], down: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Rulings that touch, directly or by others: an underline touches nothing and is left out."""
    if len(across) * len(down) > MOST_PAIRS:
        return []
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    for j, (x, top, bottom) in enumerate(down, len(across)):
        low, high = top - GAP, bottom + GAP
        left, right = x - GAP, x + GAP
        for i in range(bisect_left(across, (low,)), len(across)):
            y, x0, x1 = across[i]
            if y > high:
                break
            if x0 <= right and left <= x1 and parent[i] != j:
                parent[root(i)] = j
    groups: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for i, line in enumerate((*across, *down)):
        groups.setdefault(root(i), ([], []))[i >= len(across)].append(line)
    return [g for g in groups.values() if g[0] and g[1]]


def _positions(lines: list[_Line], crossing: list[_Line]) -> list[float]:
    """Where the grid has a line: at rulings, and at the far ends of what crosses them where it is open."""
    at = _clustered(sorted(line[0] for line in lines))
    start, end = min(c[1] for c in crossing), max(c[2] for c in crossing)
    if start < at[0] - OPEN_END:
        at.insert(0, start)
    if end > at[-1] + OPEN_END:
        at.append(end)
    return at


def _clustered(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    group: list[float] = []
    for value in values:
        if group and (value - group[-1] > SAME_LINE or value - group[0] > 2 * SAME_LINE):
            out.append(sum(group) / len(group))
            group = []
        group.append(value)
    out.append(sum(group) / len(group))
    wide: list[float] = []
    for value in out:
        if wide and value - wide[-1] < NARROWEST:
            wide[-1] = (wide[-1] + value) / 2
        else:
            wide.append(value)
    return wide


def _nearest(positions: Sequence[float], value: float) -> int:
    i = bisect_left(positions, value)
    if i and (i == len(positions) or value - positions[i - 1] < positions[i] - value):
        return i - 1
    return i


def _grid(across: list[_Line], down: list[_Line]) -> Grid | None:
    xs, ys = _positions(down, across), _positions(across, down)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows > MOST_UNITS:
        return None
    # Bit c of left[r]: a ruling on the left of unit (r, c); of above[r]: on top of it.
    left, above = [0] * rows, [0] * (rows + 1)
    middles = [(a + b) / 2 for a, b in pairwise(ys)]
    for x, start, end in down:
        bit = 1 << _nearest(xs, x)
        for r in range(bisect_left(middles, start), bisect_right(middles, end)):
            left[r] |= bit
    middles = [(a + b) / 2 for a, b in pairwise(xs)]
    for y, start, end in across:
        bits = (1 << bisect_right(middles, end)) - (1 << bisect_left(middles, start))
        above[_nearest(ys, y)] |= max(bits, 0)
    cells: list[GridCell] = []
    owner = [-1] * (rows * columns)
    region = _regions(rows, columns, left, above)
    sizes = Counter(region)
    for i, number in enumerate(region):
        if owner[i] >= 0:
            continue
        if sizes[number] == 1:
            owner[i] = len(cells)
            cells.append(GridCell(i // columns, i % columns))
        else:
            _claim(cells, owner, region, (i // columns, i % columns, columns))
    return Grid(tuple(round(x, 2) for x in xs), tuple(round(y, 2) for y in ys), tuple(cells), tuple(owner))


def _regions(rows: int, columns: int, left: list[int], above: list[int]) -> list[int]:
    """A number for each unit, the same for units that no ruling separates."""
    parent = list(range(rows * columns))
    for r in range(rows):
        base, walls, lids = r * columns, left[r], above[r]
        for c in range(columns):
            i = base + c
            if c and not walls >> c & 1:
                a = i - 1
                while parent[a] != a:
                    a = parent[a]
                parent[i] = a
            if r and not lids >> c & 1:
                a, b = i - columns, i
                while parent[a] != a:
                    a = parent[a]
                while parent[b] != b:
                    b = parent[b]
                if a < b:
                    parent[b] = a
                elif b < a:
                    parent[a] = b
    for i, p in enumerate(parent):
        parent[i] = parent[p]
    return parent


def _claim(cells: list[GridCell], owner: list[int], region: list[int], start: tuple[int, int, int]) -> None:
    """The widest and then tallest rectangle of one region from here; an L is more than one cell."""
    row, column, columns = start
    base, mine = row * columns, region[row * columns + column]
    end = column + 1
    while end < columns and region[base + end] == mine and owner[base + end] < 0:
        end += 1
    bottom = row + 1
    while (bottom + 1) * columns <= len(region):
        at = bottom * columns
        if any(region[at + c] != mine or owner[at + c] >= 0 for c in range(column, end)):
            break
        bottom += 1
    for r in range(row, bottom):
        owner[r * columns + column : r * columns + end] = [len(cells)] * (end - column)
    cells.append(GridCell(row, column, bottom - row, end - column))
