"""Tables of a page that are no `<table>`: blocks shown as a table, and preformatted text.

Enters: a grid. Leaves: markup.
"""

from __future__ import annotations

from html import escape
from random import Random

from corpus.flatten import Flattening, flatten
from corpus.grid import Grid
from corpus.sitecell import CellWriter


def block_table(grid: Grid, cells: CellWriter) -> str:
    """`div`s with `display:table`; a merged cell leaves empty ones where it reaches."""
    rows = []
    for r in range(grid.n_rows):
        inner = "".join(
            f'<div style="display:table-cell">{cells.fill(grid.at(r, c)) if grid.starts(r, c) else ""}</div>'
            for c in range(grid.n_columns)
        )
        rows.append(f'<div style="display:table-row">{inner}</div>')
    return f'<div style="display:table;border:1px solid">{"".join(rows)}</div>'


PREFORMATTED = Flattening("tabs", "empty", "empty", "empty")
BOXES = Flattening("boxes")


def preformatted(rng: Random, grid: Grid, boxes: bool) -> str:
    """The table as text with tabs or drawn lines."""
    return f"<pre>{escape(chr(10).join(flatten(rng, grid, BOXES if boxes else PREFORMATTED)))}</pre>"
