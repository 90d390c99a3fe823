"""The runs of a page as a reader sees them: turned upright, each once, watermarks left out.

Enters: the characters of a page and how it lies. Leaves: runs, and the frame they are read in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import Final

from extract.page.frame import Box, Frame
from extract.page.runs import PageText, Run

SAME_PLACE: Final = 1.6
"""Points between two prints of one glyph: bold made by printing twice. In `pdf_userunit_negative_box.pdf`
half is too little, and twice takes neighbours for one."""
STRIKE: Final = 0.2
"""Share of its height by which a line through a glyph may miss the middle
(`test_struck_text_is_not_printed`)."""
MOST_LEVELS: Final = 3000
"""A drawing has more; looking through all of them for each run would take for ever."""
SAMPLE: Final = 40
"""Runs by which the direction of a page is judged."""
ASLANT: Final = 3.0
"""Degrees from upright and level, from which text is set aslant."""
LARGE: Final = 1.6
"""Times the usual height of a page's text, from which what is aslant is a watermark."""


class Visibility(Enum):
    """What one sees of a piece of text: white shows only on a shade."""

    SEEN = 0
    WHITE = 1
    HIDDEN = 2


def turn_to_read(text: PageText, frame: Frame) -> tuple[Frame, list[Run]]:
    """(the frame in which the text reads from left to right, its runs)."""
    runs = text.runs(frame)
    turn = _reading_turn(text, frame, runs)
    if turn:
        frame = replace(frame, reading=turn)
        runs = text.runs(frame)
    return frame, runs


def each_as_seen(text: PageText, frame: Frame, runs: list[Run]) -> list[Run]:
    """Runs without watermarks, and what is printed twice at one place once."""
    runs = _without_watermark(text, runs)
    return _each_once(text, frame, runs) if _is_doubled(text, runs) else runs


def _reading_turn(text: PageText, frame: Frame, runs: list[Run]) -> int:
    """Quarter turns that make most of the text read from left to right."""
    if not runs:
        return 0
    few = (runs[0], runs[len(runs) // 2], runs[-1])
    if not frame.turn and all(abs(text.angle(run.start)) < 1 for run in few):
        return 0
    step = max(len(runs) // SAMPLE, 1)
    turns: Counter[int] = Counter()
    for run in runs[::step]:
        turns[round(text.angle(run.start) / 90) % 4] += len(run.text)
    # Angles are counted clockwise in page space.
    return (-turns.most_common(1)[0][0] - frame.turn) % 4


def split_struck(
    text: PageText, frame: Frame, runs: list[Run], levels: Sequence[Box]
) -> tuple[list[Run], list[Run]]:
    """(runs that stand, runs with a line through them: deletions shown in print)."""
    if not levels:
        return runs, []
    lines = sorted(((b[1] + b[3]) / 2, b[0], b[2]) for b in levels[:MOST_LEVELS])
    standing: list[Run] = []
    struck: list[Run] = []
    for run in runs:
        middle, reach = (run.top + run.bottom) / 2, STRIKE * (run.bottom - run.top)
        first = bisect_left(lines, (middle - reach,))
        if first == len(lines) or lines[first][0] > middle + reach:
            standing.append(run)
            continue
        through = lines[first : bisect_left(lines, (middle + reach,))]
        through = [
            line for line in through if line[1] < run.x1 and line[2] > run.x0 and line[2] - line[1] > 2
        ]
        if not through:
            standing.append(run)
            continue
        for part, is_struck in _cut_at(text, frame, run, through):
            (struck if is_struck else standing).append(part)
    return standing, struck


def _cut_at(
    text: PageText, frame: Frame, run: Run, through: list[tuple[float, float, float]]
) -> Iterator[tuple[Run, bool]]:
    """A run as pieces that have a line through them and pieces that have none."""
    marks = []
    for i in range(run.start, run.start + len(run.text)):
        x0, _, x1, _ = text.box(i, i + 1, frame)
        marks.append(any(start - 1 <= (x0 + x1) / 2 <= end + 1 for _, start, end in through))
    first = 0
    for i in range(1, len(marks) + 1):
        if i == len(marks) or marks[i] != marks[first]:
            piece = text.run(run.start + first, run.start + i, frame, spaced=run.spaced and not first)
            yield piece, marks[first]
            first = i


def _without_watermark(text: PageText, runs: list[Run]) -> list[Run]:
    """Large type that is set aslant."""
    heights = sorted(run.bottom - run.top for run in runs)
    if not heights:
        return runs
    large = LARGE * heights[len(heights) // 2] + 4
    if heights[-1] <= large:
        return runs
    return [r for r in runs if r.bottom - r.top <= large or not is_aslant(text.angle(r.start))]


def is_aslant(degrees: float) -> bool:
    """Neither level nor upright."""
    return ASLANT < degrees % 90 < 90 - ASLANT


def _is_doubled(text: PageText, runs: list[Run]) -> bool:
    last: dict[str, Run] = {}
    for run in runs:
        before = last.get(run.text)
        if before is not None and _at_one_place(before, run):
            return True
        half = len(run.text) // 2
        if half and run.text[:half] == run.text[-half:] and _is_over(text, run.start, run.start + half):
            return True
        last[run.text] = run
    return False


def _is_over(text: PageText, one: int, other: int) -> bool:
    """Two prints of a word may stand in one run."""
    return abs(text.boxes[4 * one] - text.boxes[4 * other]) < SAME_PLACE and (
        abs(text.boxes[4 * one + 3] - text.boxes[4 * other + 3]) < SAME_PLACE
    )


def _at_one_place(one: Run, other: Run) -> bool:
    return abs(one.x0 - other.x0) < SAME_PLACE and abs(one.top - other.top) < SAME_PLACE


def _each_once(text: PageText, frame: Frame, runs: list[Run]) -> list[Run]:
    """Runs without the glyphs that were already printed at their place."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    out: list[Run] = []
    for run in runs:
        first = run.start
        for i in range(run.start, run.start + len(run.text)):
            x0, top, _, _ = text.box(i, i + 1, frame)
            letter, column, row = text.text[i], int(x0 // 4), int(top // 4)
            near = (seen.get((letter, column + a, row + b), ()) for a in (-1, 0, 1) for b in (-1, 0, 1))
            if any(abs(x0 - x) < SAME_PLACE and abs(top - y) < SAME_PLACE for p in near for x, y in p):
                if i > first:
                    out.append(text.run(first, i, frame, spaced=run.spaced and first == run.start))
                first = i + 1
            else:
                seen.setdefault((letter, column, row), []).append((x0, top))
        end = run.start + len(run.text)
        if end > first:
            out.append(text.run(first, end, frame, spaced=run.spaced and first == run.start))
    return out
