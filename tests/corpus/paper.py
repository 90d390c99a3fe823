"""A page drawn line by line: cells where they belong, and rulings with every fault that printers make.

Enters: a page and a `Ruling`. Leaves: sheets of any format that has lines, boxes and text; and the bytes of a
.pdf, the same on every machine; no font is embedded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from pdf_drawing import Sheet, write_pdf

from corpus.grid import Grid, Placed
from corpus.page import Line, Page

LEFT, RIGHT, TOP, FOOT = 50.0, 545.0, 60.0, 790.0
SIZE, LEADING, PADDING = 8.0, 9.6, 2.5
WIDTHS = {10: (28, 60, 113, *(42,) * 7), 9: (50, 123, *(46,) * 7), 8: (145, *(50,) * 7)}
SIZES = {"title": 18.0, "heading": 13.0}

Edge = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Ruling:
    """How the lines of a table are drawn.

    Attributes:
        kind: a stroke, a thin filled rectangle, two strokes a point apart, or a box around every cell.
        gap: points that are missing at each crossing.
        sides: the outer border left and right is there.
        ends: the last line before a page end and the first after it are there: both, one or none.
        backs: white boxes behind the text, as wide as the cell.
        numbers: a page number at the foot.
    """

    kind: Literal["stroke", "fill", "double", "boxes"] = "stroke"
    gap: float = 0.0
    sides: bool = True
    ends: Literal["both", "no_bottom", "no_top", "none"] = "both"
    backs: bool = False
    numbers: bool = True


class Drawable(Protocol):
    """What a page is drawn on; y counts from the top, all in points."""

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Its first glyph stands on the base line `y`."""

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        """A stroke."""

    def box(self, x0: float, y0: float, x1: float, y1: float, paint: str, colour: str) -> None:
        """A rectangle: paint "S" or "f", colour "0 G 0 g" or "1 g"."""


Drawn = TypeVar("Drawn", bound=Drawable)


def write_paper(page: Page, ruling: Ruling | None = None) -> bytes:
    """The file."""
    return write_pdf(*lay_out(page, ruling or Ruling(), Sheet), title=page.truth.identity.title)


def lay_out(page: Page, ruling: Ruling, make_sheet: Callable[[], Drawn]) -> list[Drawn]:
    """The page on as many sheets as it takes."""
    pen = _Pen(ruling, make_sheet)
    blocks = page.blocks
    for i, block in enumerate(blocks):
        if isinstance(block, Grid):
            before, after = _is_cut(blocks[max(i - 1, 0)]), _is_cut(blocks[min(i + 1, len(blocks) - 1)])
            pen.table(block, before, after)
        elif _is_cut(block):
            pen.turn()
        else:
            pen.line(block)
    return pen.finish()


def _is_cut(block: Line | Grid) -> bool:
    return isinstance(block, Line) and block.kind in ("page", "between")


def wrap(text: str, room: float, size: float) -> list[str]:
    """Lines no wider than `room`; a numeral is never broken."""
    lines: list[str] = []
    for part in text.split("\n"):
        line, width = "", 0.0
        for word in _words(part):
            wide = sum(size / 2 if c.isascii() else size for c in word)
            if line and width + wide > room:
                lines.append(line)
                line, width = "", 0.0
            line, width = line + word, width + wide
        lines.append(line)
    return lines


def _words(text: str) -> Iterator[str]:
    word = ""
    for c in text:
        if not (c.isascii() and c.isalnum()) and word:
            yield word
            word = ""
        word += c
        if not (c.isascii() and c.isalnum()):
            yield word
            word = ""
    if word:
        yield word


class _Pen(Generic[Drawn]):
    """Where the next line goes."""

    def __init__(self, ruling: Ruling, make_sheet: Callable[[], Drawn]) -> None:
        self.ruling = ruling
        self.make_sheet = make_sheet
        self.sheets = [make_sheet()]
        self.y = TOP

    def turn(self) -> None:
        """A new page."""
        if self.ruling.numbers:
            self.sheets[-1].text(285, 815, f"- {len(self.sheets)} -", 9)
        self.sheets.append(self.make_sheet())
        self.y = TOP

    def finish(self) -> list[Drawn]:
        """All pages."""
        if self.ruling.numbers:
            self.sheets[-1].text(285, 815, f"- {len(self.sheets)} -", 9)
        return self.sheets

    def line(self, line: Line) -> None:
        """A paragraph."""
        size = SIZES.get(line.kind, 11.0)
        indent = 22.0 if line.kind in ("text", "heading") else 0.0
        for i, part in enumerate(wrap(line.text, RIGHT - LEFT - indent, size)):
            if self.y + size * 1.6 > FOOT:
                self.turn()
            self.y += size * 1.6
            width = sum(size / 2 if c.isascii() else size for c in part)
            x = LEFT + (indent if i == 0 else 0.0)
            if line.kind in ("title", "number"):
                x = (LEFT + RIGHT - width) / 2
            elif line.kind == "sign":
                x = RIGHT - width - 20
            self.sheets[-1].text(x, self.y, part, size)
        self.y += 4

    def table(self, grid: Grid, before: bool, after: bool) -> None:
        """A table whole on what is left of the page, or on the next; `before`, `after`: it is cut there."""
        xs = _columns(grid.n_columns)
        heights = _heights(grid, xs)
        if self.y + 6 + sum(heights) > FOOT and not before:
            self.turn()
        ys = [self.y + 6]
        for height in heights:
            ys.append(ys[-1] + height)
        for cell in grid.placed():
            self._cell(
                cell,
                (xs[cell.column], ys[cell.row], xs[cell.column + cell.columns], ys[cell.row + cell.rows]),
            )
        ends = self.ruling.ends
        missing = set()
        if before and ends in ("no_top", "none"):
            missing.add(ys[0])
        if after and ends in ("no_bottom", "none"):
            missing.add(ys[-1])
        for edge in self._edges(grid, xs, ys) if self.ruling.kind != "boxes" else ():
            level = edge[1] == edge[3]
            open_side = not self.ruling.sides and not level and edge[0] in (xs[0], xs[-1])
            if not open_side and not (level and edge[1] in missing):
                self._rule(*edge)
        self.y = ys[-1] + 6

    def _edges(self, grid: Grid, xs: list[float], ys: list[float]) -> list[Edge]:
        edges: dict[Edge, None] = {}
        for cell in grid.placed():
            for r in range(cell.row, cell.row + cell.rows):
                for c in (cell.column, cell.column + cell.columns):
                    edges[xs[c], ys[r], xs[c], ys[r + 1]] = None
            for c in range(cell.column, cell.column + cell.columns):
                for r in (cell.row, cell.row + cell.rows):
                    edges[xs[c], ys[r], xs[c + 1], ys[r]] = None
        return list(edges) if self.ruling.gap else _joined(edges)

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        sheet, half = self.sheets[-1], self.ruling.gap / 2
        if y0 == y1:
            x0, x1 = x0 + half, x1 - half
        else:
            y0, y1 = y0 + half, y1 - half
        if self.ruling.kind == "fill":
            sheet.box(x0 - 0.25, y0 - 0.25, x1 + 0.25 - half, y1 + 0.25 - half, "f", "0 G 0 g")
            return
        shifts = (-0.5, 0.5) if self.ruling.kind == "double" else (0.0,)
        for shift in shifts:
            dx, dy = (0.0, shift) if y0 == y1 else (shift, 0.0)
            sheet.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy, 0.3 if len(shifts) > 1 else 0.5)

    def _cell(self, cell: Placed, box: Edge) -> None:
        x0, top, x1, bottom = box
        sheet = self.sheets[-1]
        if self.ruling.kind == "boxes":
            sheet.box(x0, top, x1, bottom, "S", "0 G 0 g")
        lines = wrap(cell.content.text, x1 - x0 - 2 * PADDING, SIZE)
        y = (top + bottom - len(lines) * LEADING) / 2
        for line in lines if cell.content.text else ():
            width = sum(SIZE / 2 if c.isascii() else SIZE for c in line)
            x = x0 + PADDING if cell.content.role == "stub" else (x0 + x1 - width) / 2
            if self.ruling.backs:
                sheet.box(x0 + 1, y, x1 - 1, y + LEADING, "f", "1 g")
            sheet.text(x, y + 0.8 * LEADING, line, SIZE)
            y += LEADING


def _joined(edges: Iterable[Edge]) -> list[Edge]:
    """Edges that go on in one another made one."""
    out: list[Edge] = []
    for edge in sorted(
        edges, key=lambda e: (e[1] == e[3], e[1], e[0]) if e[1] == e[3] else (False, e[0], e[1])
    ):
        if out and out[-1][2:] == edge[:2] and (out[-1][0] == edge[2] or out[-1][1] == edge[3]):
            out[-1] = (*out[-1][:2], *edge[2:])
        else:
            out.append(edge)
    return out


def _columns(count: int) -> list[float]:
    widths = WIDTHS.get(count) or ((RIGHT - LEFT) / count,) * count
    xs = [LEFT]
    for width in widths:
        xs.append(xs[-1] + width)
    return xs


def _heights(grid: Grid, xs: list[float]) -> list[float]:
    heights = [LEADING + 2 * PADDING] * grid.n_rows
    for cell in sorted(grid.placed(), key=lambda p: p.rows):
        room = xs[cell.column + cell.columns] - xs[cell.column] - 2 * PADDING
        needed = len(wrap(cell.content.text, room, SIZE)) * LEADING + 2 * PADDING
        rows = range(cell.row, cell.row + cell.rows)
        lacking = needed - sum(heights[r] for r in rows)
        if lacking > 0:
            heights[rows[-1]] += lacking
    return heights
