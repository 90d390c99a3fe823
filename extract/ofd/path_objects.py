"""A path object -> its points, its rulings and the box it covers.

Enters: a PathObject and the matrix it is drawn under. Leaves: boxes in page space.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from lxml.etree import _Element

from extract.errors import TooLarge, both
from extract.grid import Segment
from extract.ofd.attributes import FARTHEST, text_at
from extract.page.paths import CURVE, LINE, MOVE, THIN, Matrix, Point, straight_strokes, thin_parts

THICKEST: Final = 8.0
"""Points: no border is thicker; a stroke that is shades something (`test_what_is_no_ruling`)."""
BYTES: Final = 24
"""Of a point as written, about."""
LETTER: Final = 40.0
"""Points: a shape with curves or many corners that is no larger is a letter, a bullet, a part of a seal; 8
are too few for `test_outlines_around_letters_that_are_there_change_nothing`."""
MOST_CORNERS: Final = 5
"""Of a box that comes back to its start; what has more in one part is no border of a cell
(`test_outlines_around_letters_that_are_there_change_nothing`)."""
_WORD: Final = re.compile(r"[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
# Numbers behind each letter of AbbreviatedData (GB/T 33190, path objects).
_TAKES: Final = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}


def points_of(item: _Element, matrix: Matrix, most: int) -> list[Point]:
    """The points of a path in page space; what follows the first nonsense is not drawn.

    Raises:
        TooLarge: more than `most` of them.
    """
    data = text_at(item, "AbbreviatedData")
    if len(data) > BYTES * max(most, 0):
        raise TooLarge(both(f"{len(data)} 字节的路径", f"{len(data)} bytes of a path"))
    words = _WORD.findall(data)
    out: list[Point] = []
    at = 0
    a, b, c, d, e, f = matrix
    while at < len(words):
        command = words[at]
        if command == "C":
            if out:
                kind, x, y, _ = out[-1]
                out[-1] = (kind, x, y, True)
            at += 1
            continue
        count = _TAKES.get(command, 0)
        try:
            values = [float(word) for word in words[at + 1 : at + 1 + count]]
        except ValueError:
            break
        if not count or len(values) < count or any(not -FARTHEST <= v <= FARTHEST for v in values):
            break
        at += 1 + count
        if command == "A":  # radii and flags stand before the end
            values = values[5:]
        kind = MOVE if command in {"S", "M"} else LINE if command == "L" else CURVE
        for x, y in zip(values[::2], values[1::2], strict=True):
            out.append((kind, a * x + c * y + e, b * x + d * y + f, False))
        if len(out) > most:
            raise TooLarge(both(f"{len(out)} 条线段", f"{len(out)} segments"))
    return out


def bounds_of(points: list[Point]) -> Segment:
    """The box around some points."""
    xs, ys = [p[1] for p in points], [p[2] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def is_letter(points: list[Point]) -> bool:
    """A letter drawn as a shape, or its outline: no ruling, however straight its edges are."""
    x0, y0, x1, y1 = bounds_of(points)
    if max(x1 - x0, y1 - y0) >= LETTER:
        return False
    return any(kind == CURVE for kind, *_ in points) or _longest(points) > MOST_CORNERS


def _longest(points: list[Point]) -> int:
    """Points of the longest part that is drawn without lifting the pen."""
    longest = now = 0
    for kind, *_ in points:
        now = 1 if kind == MOVE else now + 1
        longest = max(longest, now)
    return longest


def stroked(points: list[Point], width: float) -> list[Segment]:
    """The rulings of a path drawn with a pen of this width."""
    if width > THICKEST:
        return []
    x0, y0, x1, y1 = bounds_of(points)
    thin = x1 - x0 < THIN or y1 - y0 < THIN
    single = sum(kind == MOVE for kind, *_ in points) < 2
    return [(x0, y0, x1, y1)] if thin and single else straight_strokes(points, THIN / 3)


def filled(points: list[Point]) -> list[Segment]:
    """The rulings of a path that is filled."""
    box = bounds_of(points)
    if box[2] - box[0] < THIN or box[3] - box[1] < THIN:
        return [box] if sum(kind == MOVE for kind, *_ in points) < 2 else thin_parts(points, THIN)
    return thin_parts(points, THIN) if len(points) > 5 and _is_square(points) else []


def _is_square(points: list[Point]) -> bool:
    """Level and upright edges only: a frame, and no letter drawn as a shape."""
    return all(
        kind == MOVE or (kind == LINE and (abs(x - before[1]) < THIN / 3 or abs(y - before[2]) < THIN / 3))
        for before, (kind, x, y, _) in pairwise(points)
    )
