"""Tables as `pdftotext -layout` prints them: columns made with spaces, no lines, labels in pieces.

Enters: a grid. Leaves: lines; an empty cell is only a gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from corpus.boxes import width, wrap
from corpus.grid import Grid


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the columns stand, in character widths."""

    lefts: tuple[int, ...]
    rooms: tuple[int, ...]

    def box(self, column: int, columns: int) -> tuple[int, int]:
        """(left, room) of a cell."""
        last = column + columns - 1
        return self.lefts[column], self.lefts[last] + self.rooms[last] - self.lefts[column]


class Canvas:
    """Lines that take texts at positions; a text that would overwrite moves right."""

    def __init__(self, least: int) -> None:
        self.least = least
        self._lines: list[list[tuple[int, str]]] = []

    def put(self, line: int, x: int, text: str) -> None:
        """Notes a text for a line."""
        while len(self._lines) <= line:
            self._lines.append([])
        if text:
            self._lines[line].append((x, text))

    def lines(self) -> Iterator[str]:
        """The finished lines."""
        for parts in self._lines:
            out = ""
            for x, text in sorted(parts):
                gap = x - width(out)
                out += " " * (max(gap, self.least) if out else gap) + text
            yield out


def lay_out(rng: Random, grid: Grid, option: str) -> Sheet:
    """Column positions: labels get room for a part of them, numbers a narrow column."""
    narrow = rng.randint(4, 6)
    rooms = []
    for c in range(grid.n_columns):
        single = [p for p in grid.placed() if p.column == c and p.columns == 1]
        stub = any(p.content.role == "stub" for p in single)
        figures = [width(p.content.text) for p in single if p.content.role in ("number", "filler")]
        need = max(figures, default=0)
        if stub:
            room = 6 if option == "vertical" and c == 0 and grid.name == "requests" else rng.randint(16, 34)
            if option == "wide":
                room = max(width(p.content.text) for p in single if p.content.role == "stub")
        else:
            room = narrow if grid.name != "disclosure" else 14
        rooms.append(max(room, need))
    gap = 1 if option == "narrow" else rng.randint(2, 4)
    lefts, x = [], rng.randint(0, 6)
    for room in rooms:
        lefts.append(x)
        x += room + gap
    return Sheet(tuple(lefts), tuple(rooms))


def render_aligned(rng: Random, grid: Grid, option: str) -> list[str]:
    """The table with gaps for lines."""
    sheet = lay_out(rng, grid, option)
    canvas = Canvas(1 if option == "narrow" else 2)
    heights = _heights(grid, sheet)
    gap = 1 if option == "gap_lines" else 0
    tops = [sum(heights[:r]) + gap * r for r in range(grid.n_rows + 1)]
    numbers_first = option == "first_line"
    for p in grid.placed():
        left, room = sheet.box(p.column, p.columns)
        if option == "vertical" and p.rows > 8:
            room = 2
        lines = wrap(p.content.text, room)
        span = tops[p.row + p.rows] - tops[p.row] - gap
        top = tops[p.row] + max(0, (span - len(lines)) // 2)
        if numbers_first and p.content.role in ("number", "filler"):
            top = tops[p.row]
        for i, line in enumerate(lines):
            x = left + (room - width(line)) // 2 if p.content.role != "stub" or p.rows > 1 else left
            if option == "jitter" and p.content.role == "number":
                x += rng.choice((-1, 0, 0, 1))
            canvas.put(top + i, max(0, x), line.rstrip())
    return list(canvas.lines())


def _heights(grid: Grid, sheet: Sheet) -> list[int]:
    heights = [1] * grid.n_rows
    for p in grid.placed():
        if p.rows == 1:
            heights[p.row] = max(heights[p.row], len(wrap(p.content.text, sheet.box(p.column, p.columns)[1])))
    for p in grid.placed():
        need = len(wrap(p.content.text, sheet.box(p.column, p.columns)[1]))
        have = sum(heights[p.row : p.row + p.rows])
        if p.rows > 1 and need > have:
            heights[p.row + p.rows - 1] += need - have
    return heights
