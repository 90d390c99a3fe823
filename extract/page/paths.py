"""Lines among drawn paths, and the matrices that they are drawn under.

Enters: the points of a path. Leaves: thin boxes in the same space. Strokes, thin fills, borders of
rectangles and frames count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Final

from extract.grid import Segment

THIN: Final = 3.0
"""Points: a box thinner than this is a line (word processors draw thicker borders as strokes). WPS draws
lines of 0.48 and 0.96; half and twice read the same from every PDF at hand."""
WHITE: Final = 250
"""Of 255, from which a component is as good as full: the paper shows no such ruling."""
FAINT: Final = 8
"""Of 255: ink that is no more opaque is not seen."""
LINE, CURVE, MOVE = 0, 1, 2  # as pdfium numbers what a path is made of

Point = tuple[int, float, float, bool]
"""Kind (how the pen comes here), x, y, and whether the path is closed here."""
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def combined(inner: Sequence[float], outer: Matrix) -> Matrix:
    """The matrix that does `inner` first."""
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return (a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r)


def scale_of(matrix: Matrix) -> float:
    """How many points of the page one unit of a space drawn under the matrix is, about."""
    a, b, c, d, _, _ = matrix
    return max(sqrt(abs(a * d - b * c)), 1e-3)


def mapped(box: Segment, matrix: Matrix) -> Segment:
    """The box around a box under a matrix."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    xs = (a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1)
    ys = (b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1)
    return min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f


def straight_strokes(points: Iterable[Point], straight: float) -> list[Segment]:
    """The upright and level pieces of a stroked path."""
    out: list[Segment] = []
    x = y = start_x = start_y = 0.0
    for kind, to_x, to_y, closes in points:
        if kind == MOVE:
            start_x, start_y = to_x, to_y
        elif kind == LINE:
            out.append((min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)))
        if closes:
            out.append((min(start_x, to_x), min(start_y, to_y), max(start_x, to_x), max(start_y, to_y)))
        x, y = to_x, to_y
    return [s for s in out if (s[2] - s[0] < straight) != (s[3] - s[1] < straight)]


def thin_parts(points: Iterable[Point], most: float) -> list[Segment]:
    """Lines among the parts of a filled path: thin boxes, and frames (a box with a box cut out of it)."""
    parts: list[list[float]] = []
    for kind, x, y, _ in points:
        if kind == MOVE or not parts:
            parts.append([x, y, x, y])
        else:
            now = parts[-1]
            now[0], now[1], now[2], now[3] = min(now[0], x), min(now[1], y), max(now[2], x), max(now[3], y)
    out: list[Segment] = []
    for before, (x0, y0, x1, y1) in zip([None, *parts], parts, strict=False):
        if (x1 - x0 < most) != (y1 - y0 < most):
            out.append((x0, y0, x1, y1))
        elif before is not None and all(
            abs(a - b) < most for a, b in zip(before, (x0, y0, x1, y1), strict=True)
        ):
            left, right = sorted((before[0], x0)), sorted((before[2], x1))
            low, high = sorted((before[1], y0)), sorted((before[3], y1))
            out += [
                (left[0], low[0], left[1], high[1]),
                (right[0], low[0], right[1], high[1]),
                (left[0], low[0], right[1], low[1]),
                (left[0], high[0], right[1], high[1]),
            ]
    return out
