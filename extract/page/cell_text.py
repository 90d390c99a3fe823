"""Runs of characters -> the text of cells, in reading order.

Enters: runs, a grid. Leaves: which runs stand in which cell (by their centres; a run that crosses a ruling
is cut there), and the text of a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from extract.grid import Grid
from extract.page.frame import Box, Frame
from extract.page.runs import PageText, Run

SLACK: Final = 1.5
"""Points by which a glyph may hang over a ruling."""
TYPED: Final = 0.42
"""Heights of a gap beside Chinese, from which a space was typed: with twice as many, spaces are lost in
`gangcha_2021_word.pdf` and `hongze_2023_word.pdf`."""
TYPED_LATIN: Final = 0.25
"""Heights of such a gap between letters or digits that were drawn in another order."""
UPRIGHT: Final = 1.8
"""Times its width that text set from the top down is high: half takes figures of
`layout_trap_footnote_marks_pdfc.pdf` for it, twice is too much for
`test_upright_text_set_in_two_columns_reads_in_its_own_order`."""
SAME_LINE: Final = 0.5
"""Share of the height by which the middles of one line may differ: half parts lines of
`gangcha_2021_word.pdf`, twice joins some."""


def fill(
    grid: Grid, runs: Iterable[Run], text: PageText, frame: Frame
) -> tuple[list[Box], list[list[Run]], list[Run]]:
    """(box of each cell, runs of each cell, runs outside the grid)."""
    inside: list[list[Run]] = [[] for _ in grid.cells]
    outside: list[Run] = []
    boxes = [grid.box_of(cell) for cell in grid.cells]
    left, top, right, bottom = grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]
    index_at = grid.index_at
    for run in runs:
        _, x0, y0, x1, y1, _, _ = run
        if x1 < left or x0 > right or y1 < top or y0 > bottom:
            outside.append(run)
            continue
        k = index_at((x0 + x1) / 2, (y0 + y1) / 2)
        if k >= 0:
            box = boxes[k]
            if (x0 >= box[0] - SLACK and x1 <= box[2] + SLACK) and (
                len(run.text) == 1 or (y0 >= box[1] - SLACK and y1 <= box[3] + SLACK)
            ):
                inside[k].append(run)
                continue
        for part in _parts(grid, run, text, frame):
            k = index_at((part.x0 + part.x1) / 2, (part.top + part.bottom) / 2)
            (inside[k] if k >= 0 else outside).append(part)
    return boxes, inside, outside


def _parts(grid: Grid, run: Run, text: PageText, frame: Frame) -> list[Run]:
    """A run cut where it goes from one cell into another."""
    owners = []
    for i in range(run.start, run.start + len(run.text)):
        x0, top, x1, bottom = text.box(i, i + 1, frame)
        owners.append(grid.index_at((x0 + x1) / 2, (top + bottom) / 2))
    out: list[Run] = []
    first = 0
    for i in range(1, len(owners) + 1):
        if i == len(owners) or owners[i] != owners[first]:
            spaced = run.spaced if not first else False
            out.append(text.run(run.start + first, run.start + i, frame, spaced=spaced))
            first = i
    return out


def text_of(runs: Sequence[Run]) -> str:
    r"""The text of one cell, lines joined by "\n"."""
    if len(runs) == 1:
        return runs[0].text
    if not runs:
        return ""
    return "\n".join(map(join_line, lines_of(runs)))


def join_line(line: Sequence[Run]) -> str:
    """The runs of one line; a gap stays a space."""
    parts = [line[0].text]
    for before, run in pairwise(line):
        parts.append(f" {run.text}" if _is_gap(before, run) else run.text)
    return "".join(parts)


def _is_gap(before: Run, run: Run) -> bool:
    """A space was typed: beside Chinese, word processors set digits a little apart on their own."""
    gap, height = run.x0 - before.x1, max(run.bottom - run.top, before.bottom - before.top)
    if run.text[0] > "\u2e80" or before.text[-1] > "\u2e80":
        return gap > TYPED * height
    if gap > height:  # whatever was drawn in between
        return True
    return run.spaced if run.start > before.start else gap > TYPED_LATIN * height


def is_upright(run: Run) -> bool:
    """Set from the top down: a vertical font, or text turned by a quarter."""
    return len(run.text) > 1 and run.bottom - run.top > UPRIGHT * (run.x1 - run.x0)


def lines_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs as lines, from the top down and from the left to the right; upright text in the engine's order."""
    upright = [run for run in runs if is_upright(run)]
    if upright and 2 * sum(len(run.text) for run in upright) > sum(len(run.text) for run in runs):
        return [[run] for run in runs]
    lines: list[list[Run]] = []
    middle = tall = 0.0
    height = max([run.bottom - run.top for run in runs])
    for run in sorted(runs, key=_middle):
        if upright and is_upright(run):
            lines.append([run])
            middle = float("-inf")
            continue
        at, own = (run.top + run.bottom) / 2, run.bottom - run.top
        if lines and at - middle < SAME_LINE * min(height, max(tall, own)):
            lines[-1].append(run)
            if own > tall:
                middle, tall = at, own
        else:
            lines.append([run])
            middle, tall = at, own
    for line in lines:
        if len(line) > 1:
            line.sort(key=attrgetter("x0"))
    return lines


def _middle(run: Run) -> float:
    return run.top + run.bottom
