"""The rulings of a page -> tables, by pdfplumber's table finder.

Enters: the lines, rectangles and curves of a page. Leaves: tables as boxes with
their place in the grid. pdfplumber drops a cell that lacks one of its four edges, so edges that a page
break or a careless border left out are put in first, and what is still uncovered is covered afterwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from pdfplumber.page import Page
from pdfplumber.table import TableFinder

from extract.errors import TooLarge, both
from extract.pdf_reference.drawn import Items

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom."""
THIN: Final = 3.0
"""Points up to which a filled rectangle is a ruling; what is thicker is a shade
(`test_borders_as_thin_boxes_and_in_pairs`)."""
NEAR: Final = 3.5
"""Points between lines that are one (double borders), and between a line and the one that it meets
(`test_borders_as_thin_boxes_and_in_pairs` has them 2.5 apart; `test_dashed_borders`)."""
SHORTEST: Final = 4.0
"""Points of a ruling, pieces joined; a stroke through a number is shorter than 30
(`test_a_line_through_a_number_strikes_it_and_one_under_it_does_not`)."""
WHITE: Final = 0.97
"""Of 1, from which a component is as good as full, much as for the first reader
(`test_watermarks_hidden_text_and_double_prints_are_left_out`)."""
STEP: Final = 0.5
"""Points between two lines of the grid; 15 join rows (`test_rows_on_two_pages_stay_two_rows`)."""
SAME_EDGE: Final = 0.6
"""Points between the edges of two cells at one line, as the table finder gives them."""
MAX_STROKES: Final = 2000
"""On one page, pieces joined; pages of reports have up to 300."""


@dataclass(slots=True)
class Stroke:
    """One ruling.

    Attributes:
        at: where it stands across its direction.
        start, end: from where to where it runs.
        upright: it runs from the top down.
    """

    at: float
    start: float
    end: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Area:
    """One cell: its box and the grid rectangle that it covers."""

    box: Rect
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """One table of a page.

    Attributes:
        xs, ys: the edges of its columns and rows.
        areas: its cells, in reading order.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]

    def locate(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, column) of a point, None outside."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        inside = 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1
        return (row, column) if inside else None


def is_white(colour: Any) -> bool:  # noqa: ANN401 - a number, a tuple, a pattern's name or None
    """White in any of the colour spaces; no colour at all is black."""
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return False
    return bool(max(parts) <= 1 - WHITE if len(parts) == 4 else min(parts) >= WHITE)


def list_strokes(items: Items) -> list[Stroke]:
    """The rulings of a page: white boxes behind text and shades are none.

    Raises:
        TooLarge: a drawing, whose lines would be compared with each other for minutes.
    """
    found: list[Stroke] = []
    for line in items.lines:
        if not is_white(line["stroking_color"]):
            found += _along(line["x0"], line["top"], line["x1"], line["bottom"])
    for item in (*items.rects, *items.curves):
        box = item["x0"], item["top"], item["x1"], item["bottom"]
        drawn = item["stroke"] and not is_white(item["stroking_color"])
        filled = item["fill"] and not is_white(item["non_stroking_color"])
        if (drawn or filled) and min(box[2] - box[0], box[3] - box[1]) <= THIN:
            found += _along(*box)
        elif drawn:
            points = item.get("points") or _corners(box)
            for (x0, y0), (x1, y1) in pairwise(points):
                found += _along(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    joined = join_strokes(found)
    if len(joined) > MAX_STROKES:
        raise TooLarge(both(f"{len(joined)} 条线", f"{len(joined)} lines"))
    return joined


def _corners(box: Rect) -> list[tuple[float, float]]:
    x0, top, x1, bottom = box
    return [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]


def _along(x0: float, top: float, x1: float, bottom: float) -> Iterator[Stroke]:
    width, height = x1 - x0, bottom - top
    if height <= THIN and width > height:
        yield Stroke((top + bottom) / 2, x0, x1, upright=False)
    elif width <= THIN and height > width:
        yield Stroke((x0 + x1) / 2, top, bottom, upright=True)


def join_strokes(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Pieces of one line (dashes, one piece a cell) as one; what stays shorter than a dash is dropped."""
    joined: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda s: (s.upright, round(s.at), s.start)):
        for known in reversed(joined[-60:]):
            same = known.upright == stroke.upright and abs(known.at - stroke.at) <= 1
            if same and known.start - NEAR <= stroke.start <= known.end + NEAR:
                known.end = max(known.end, stroke.end)
                break
        else:
            joined.append(replace(stroke))
    return [stroke for stroke in joined if stroke.end - stroke.start >= SHORTEST]


def find_ruled(page: Page, strokes: Sequence[Stroke]) -> Iterator[Ruled]:
    """The tables of a page: each set of rulings that meet, on its own."""
    for group in _groups(_without_underlines(strokes)):
        closed = close_ends(group)
        sides = [s for s in closed if s.upright], [s for s in closed if not s.upright]
        if min(map(len, sides)) < 2:
            continue
        settings = {
            "vertical_strategy": "explicit",
            "horizontal_strategy": "explicit",
            "explicit_vertical_lines": [_as_line(s) for s in sides[0]],
            "explicit_horizontal_lines": [_as_line(s) for s in sides[1]],
            "snap_tolerance": NEAR,
            "join_tolerance": NEAR,
            "intersection_tolerance": NEAR,
        }
        boxes: list[Rect] = TableFinder(page, settings).cells
        if len(boxes) > 1:
            yield _place(boxes, closed)


def _as_line(stroke: Stroke) -> dict[str, Any]:
    if stroke.upright:
        x0, top, x1, bottom = stroke.at, stroke.start, stroke.at, stroke.end
    else:
        x0, top, x1, bottom = stroke.start, stroke.at, stroke.end, stroke.at
    place = {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return {"object_type": "line", **place}


def _meet(one: Stroke, other: Stroke) -> bool:
    return (
        one.upright != other.upright
        and other.start - NEAR <= one.at <= other.end + NEAR
        and one.start - NEAR <= other.at <= one.end + NEAR
    )


def _without_underlines(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Without level lines that begin at one border and end within the cell: text set close to the border."""
    upright = [s for s in strokes if s.upright]
    kept = list(upright)
    for stroke in strokes:
        if not stroke.upright:
            met = [other.at for other in upright if _meet(stroke, other)]
            ends = [at for at in met if min(abs(at - stroke.start), abs(at - stroke.end)) <= NEAR]
            if len(met) != 1 or not ends:
                kept.append(stroke)
    return kept


def _groups(strokes: Sequence[Stroke]) -> Iterator[list[Stroke]]:
    left = list(strokes)
    while left:
        group, waiting = [], [left.pop()]
        while waiting:
            stroke = waiting.pop()
            group.append(stroke)
            apart: list[Stroke] = []
            for other in left:
                (waiting if _meet(stroke, other) else apart).append(other)
            left = apart
        yield group


def close_ends(group: Sequence[Stroke]) -> list[Stroke]:
    """The rulings, with one wherever two neighbours end level and nothing joins their ends.

    A page break leaves the last row of a page without a bottom border, and some tables have no sides.
    """
    closed = list(group)
    for upright in (True, False):
        along = sorted((s for s in group if s.upright is upright), key=lambda s: s.at)
        across = [s for s in group if s.upright is not upright]
        for level in sorted({end for s in along for end in (s.start, s.end)}):
            reaching = [s for s in along if s.start - NEAR <= level <= s.end + NEAR]
            for one, other in pairwise(reaching):
                level_ends = all(min(abs(s.start - level), abs(s.end - level)) <= NEAR for s in (one, other))
                middle = (one.at + other.at) / 2
                joined = any(abs(s.at - level) <= NEAR and s.start <= middle <= s.end for s in across)
                if level_ends and not joined and other.at - one.at > NEAR:
                    across.append(Stroke(level, one.at, other.at, upright=not upright))
                    closed.append(across[-1])
    return closed


def _steps(values: Iterable[float]) -> tuple[float, ...]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > STEP:
            out.append(value)
    return tuple(out)


def _place(boxes: Sequence[Rect], strokes: Sequence[Stroke]) -> Ruled:
    xs = _steps(x for box in boxes for x in (box[0], box[2]))
    ys = _steps(y for box in boxes for y in (box[1], box[3]))
    areas = []
    for x0, top, x1, bottom in boxes:
        first, last = bisect_right(xs, x0 + SAME_EDGE) - 1, bisect_right(xs, x1 + SAME_EDGE) - 1
        upper, lower = bisect_right(ys, top + SAME_EDGE) - 1, bisect_right(ys, bottom + SAME_EDGE) - 1
        areas.append(Area((x0, top, x1, bottom), upper, first, lower - upper, last - first))
    areas += _uncovered(xs, ys, areas, strokes)
    return Ruled(xs, ys, tuple(sorted(areas, key=lambda a: (a.row, a.column))))


def _uncovered(
    xs: tuple[float, ...], ys: tuple[float, ...], areas: Sequence[Area], strokes: Sequence[Stroke]
) -> Iterator[Area]:
    """Places that no cell covers, neighbours as one where no ruling parts them and they fill a rectangle."""
    free = {(r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}
    for area in areas:
        for row in range(area.row, area.row + area.row_span):
            free.difference_update((row, area.column + i) for i in range(area.column_span))
    upright = [s for s in strokes if s.upright]
    level = [s for s in strokes if not s.upright]
    while free:
        row, column = min(free)
        right, below = column + 1, row + 1
        while (row, right) in free and not _is_ruled(upright, xs[right], ys[row], ys[row + 1]):
            right += 1
        while all((below, i) in free for i in range(column, right)) and not _is_ruled(
            level, ys[below], xs[column], xs[column + 1]
        ):
            below += 1
        free.difference_update((i, j) for i in range(row, below) for j in range(column, right))
        yield Area((xs[column], ys[row], xs[right], ys[below]), row, column, below - row, right - column)


def _is_ruled(strokes: Sequence[Stroke], at: float, start: float, end: float) -> bool:
    middle = (start + end) / 2
    return any(abs(s.at - at) <= NEAR and s.start <= middle <= s.end for s in strokes)
