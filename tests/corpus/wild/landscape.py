"""A page as a PDF with tables as wide as they need: turned pages, small print, cut between rows.

Enters: a page. Leaves: the bytes of a .pdf, the same on every machine; no font is embedded.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from pdf_drawing import Sheet, write_pdf

from corpus.grid import Grid
from corpus.page import Line, Page
from corpus.paper import SIZES, wrap

MARGIN: Final = 40.0
PADDING: Final = 2.0
TURNED: Final = 11
"""Columns from which the page is turned."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the columns of a table stand, and how large its print is."""

    xs: tuple[float, ...]
    size: float


def write_landscape(rng: Random, page: Page) -> bytes:
    """The file."""
    wide = max((b.n_columns for b in page.tables), default=0) >= TURNED
    pen = _Pen(*((842.0, 595.0) if wide else (595.0, 842.0)), repeat=rng.random() < 0.3)
    for block in page.blocks:
        if isinstance(block, Grid):
            pen.table(block)
        else:
            pen.line(block)
    return write_pdf(*pen.sheets, title=page.truth.identity.title)


def _width(text: str, size: float) -> float:
    return sum(size / 2 if c.isascii() else size for c in text)


def frame_of(grid: Grid, room: float) -> Frame:
    """Columns wide enough for their numbers; labels share what is left."""
    size = 8.0 if grid.n_columns < 18 else 6.0
    least, wanted = [size + 2 * PADDING + 2] * grid.n_columns, [0.0] * grid.n_columns
    for cell in grid.placed():
        need = _width(cell.content.text, size) + 2 * PADDING + 2
        if cell.columns == 1 and cell.content.role in ("number", "filler"):
            least[cell.column] = max(least[cell.column], min(need, 60.0))
        if cell.columns == 1:
            weight = 0.5 if cell.content.role == "stub" else 0.1
            wanted[cell.column] = max(wanted[cell.column], min(need, 400.0) * weight)
    spare = max(0.0, room - sum(least))
    whole = sum(wanted) or 1.0
    xs = [MARGIN]
    for lowest, share in zip(least, wanted, strict=True):
        xs.append(xs[-1] + lowest + spare * share / whole)
    return Frame(tuple(xs), size)


class _Pen:
    """Where the next line goes."""

    def __init__(self, width: float, height: float, repeat: bool) -> None:
        self.width, self.height, self.repeat = width, height, repeat
        self.sheets = [Sheet(width, height)]
        self.y = MARGIN

    def turn(self) -> None:
        """A new page."""
        self.sheets.append(Sheet(self.width, self.height))
        self.y = MARGIN

    def line(self, line: Line) -> None:
        """A paragraph."""
        size = SIZES.get(line.kind, 11.0)
        for part in wrap(line.text, self.width - 2 * MARGIN, size):
            if self.y + size * 1.6 > self.height - MARGIN:
                self.turn()
            self.y += size * 1.6
            x = MARGIN
            if line.kind in ("title", "number"):
                x = (self.width - _width(part, size)) / 2
            elif line.kind == "sign":
                x = self.width - MARGIN - _width(part, size)
            self.sheets[-1].text(x, self.y, part, size)
        self.y += 4

    def table(self, grid: Grid) -> None:
        """A table; where the page ends it goes on on the next, between two rows."""
        frame = frame_of(grid, self.width - 2 * MARGIN)
        heights = _heights(grid, frame)
        head = list(range(grid.head_rows))
        rows: list[int] = []
        for r in range(grid.n_rows):
            used = sum(heights[x] for x in rows) + heights[r]
            if rows and r >= grid.head_rows and self.y + 6 + used > self.height - MARGIN:
                if rows != head:
                    self._draw(grid.with_rows(rows), frame)
                    rows = list(head) if self.repeat else []
                self.turn()
            rows.append(r)
        self._draw(grid.with_rows(rows), frame)

    def _draw(self, grid: Grid, frame: Frame) -> None:
        sheet, xs = self.sheets[-1], frame.xs
        ys = [self.y + 6]
        for height in _heights(grid, frame):
            ys.append(ys[-1] + height)
        leading = frame.size * 1.2
        for cell in grid.placed():
            x0, x1 = xs[cell.column], xs[cell.column + cell.columns]
            top, bottom = ys[cell.row], ys[cell.row + cell.rows]
            sheet.line(x0, top, x1, top)
            sheet.line(x0, bottom, x1, bottom)
            sheet.line(x0, top, x0, bottom)
            sheet.line(x1, top, x1, bottom)
            lines = wrap(cell.content.text, x1 - x0 - 2 * PADDING, frame.size) if cell.content.text else []
            y = (top + bottom - len(lines) * leading) / 2
            for text in lines:
                x = x0 + PADDING if cell.content.role == "stub" else (x0 + x1 - _width(text, frame.size)) / 2
                sheet.text(x, y + 0.8 * leading, text, frame.size)
                y += leading
        self.y = ys[-1] + 6


def _heights(grid: Grid, frame: Frame) -> list[float]:
    """Rows high enough for their lines; a cell over several rows makes the last one grow."""
    leading = frame.size * 1.2
    heights = [leading + 2 * PADDING] * grid.n_rows
    for cell in sorted(grid.placed(), key=lambda p: p.rows):
        room = frame.xs[cell.column + cell.columns] - frame.xs[cell.column] - 2 * PADDING
        needed = len(wrap(cell.content.text, room, frame.size)) * leading + 2 * PADDING
        lacking = needed - sum(heights[cell.row : cell.row + cell.rows])
        if lacking > 0:
            heights[cell.row + cell.rows - 1] += lacking
    return heights
