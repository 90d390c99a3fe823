"""Tables as programs leave them that take the text out of a PDF or a page.

Enters: a grid. Leaves: lines. Cells stand one blank apart, and labels of several lines stay wrapped: beside
their last piece, below it, or around the numbers (`behind`, `below`, `around`). Or each cell is closed by a
pipe, on its line or on the next (`bars`); or the whole table is one line (`stream`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.grid import Grid

STYLES = ("spaced", "bars", "stream")
OPTIONS = {"spaced": ("", "behind", "below", "around"), "bars": ("", "own_line"), "stream": ("",)}
WIDTH = 17
"""Characters on a line of the column of labels, as in most reports."""
NARROW = 4
"""Characters on a line of a group's column and of a head."""


def render_export(grid: Grid, rows: Sequence[Sequence[str]], style: str, option: str) -> list[str]:
    """The table as lines.

    Args:
        grid: says how many numbers each row has.
        rows: the texts of its cells, each once.
        style: one of `STYLES`.
        option: one of the style's `OPTIONS`.
    """
    if style == "bars":
        cells = [cell for row in rows for cell in row]
        return [f"{c} |" for c in cells] if option == "" else [line for c in cells for line in (c, "|")]
    if style == "stream":
        return [" ".join(cell for row in rows for cell in row if cell)]
    return [line for r, row in enumerate(rows) for line in _spaced(row, len(grid.row_keys(r)), option)]


def _spaced(row: Sequence[str], numbers: int, option: str) -> Iterator[str]:
    words, values = row[: len(row) - numbers], " ".join(cell for cell in row[len(row) - numbers :] if cell)
    if not option:
        yield " ".join(cell for cell in row if cell)
        return
    if not numbers:
        for word in words:
            yield from _wrap(word, WIDTH if len(row) == 1 else NARROW)
        return
    for group in words[:-1]:
        yield from _wrap(group, NARROW)
    pieces = list(_wrap(words[-1], WIDTH)) if words else []
    if len(pieces) < 2 or option == "behind":
        yield from pieces[:-1]
        yield " ".join([*pieces[-1:], values])
        return
    at = len(pieces) if option == "below" else (len(pieces) + 1) // 2
    yield from (*pieces[:at], values, *pieces[at:])


def _wrap(text: str, width: int) -> Iterator[str]:
    for i in range(0, len(text), width):
        yield text[i : i + width]
