"""Lines that belong to words, not to a table: underlines, and strokes through what is deleted.

Enters: the rulings of a page and its runs, both as read. Leaves: the rulings without them. In a narrow
column such a line nearly reaches the borders on both sides and would cut its row in two.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from extract.page.frame import Box
from extract.page.runs import Run

# Far lower values of all but MEETS, and far higher ones of it, cut cells in two in
# `test_lines_under_and_through_words_cut_no_narrow_cell`.
THICKEST: Final = 2.5
"""Points of height from which a level ruling is no line of a word."""
OVER: Final = 2.5
"""Points by which the line of a word may reach beyond its outermost letters."""
BELOW: Final = 0.35
"""Share of a letter's height by which an underline may lie below it."""
TALLEST: Final = 40.0
"""Points: larger type is a title, which stands in no narrow column."""
MEETS: Final = 0.75
"""Points by which a border may miss the upright rulings that it runs between."""


def without_underlines(rulings: Sequence[Box], runs: Sequence[Run]) -> list[Box]:
    """Rulings without those that lie under or through one word and end with it.

    A ruling that runs from one upright ruling to another is a border, whatever stands above it.
    """
    words = sorted((r for r in runs if r.bottom - r.top < TALLEST), key=attrgetter("bottom"))
    bottoms = [r.bottom for r in words]
    beside: dict[float, list[Run]] = {}  # tables draw many rulings at one height
    uprights = sorted(((b[0] + b[2]) / 2, b[1], b[3]) for b in rulings if b[3] - b[1] > b[2] - b[0])
    kept = []
    for box in rulings:
        x0, top, x1, bottom = box
        if bottom - top < THICKEST and x1 - x0 > bottom - top:
            y = (top + bottom) / 2
            if y not in beside:
                near = slice(bisect_left(bottoms, y - BELOW * TALLEST), bisect_right(bottoms, y + TALLEST))
                beside[y] = [run for run in words[near] if _is_beside(run, y)]
            under = any(run.x0 - OVER <= x0 and x1 <= run.x1 + OVER for run in beside[y])
            if under and not _is_between(box, uprights):
                continue
        kept.append(box)
    return kept


def _is_beside(run: Run, y: float) -> bool:
    """A line at this height goes through the run or right below it."""
    return run.top < y < run.bottom + BELOW * (run.bottom - run.top)


def _is_between(box: Box, uprights: Sequence[tuple[float, float, float]]) -> bool:
    y = (box[1] + box[3]) / 2
    return _meets(box[0], y, uprights) and _meets(box[2], y, uprights)


def _meets(x: float, y: float, uprights: Sequence[tuple[float, float, float]]) -> bool:
    first, last = bisect_left(uprights, (x - MEETS,)), bisect_right(uprights, (x + MEETS, float("inf")))
    return any(top - OVER <= y <= bottom + OVER for _, top, bottom in uprights[first:last])
