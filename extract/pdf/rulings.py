"""The rulings of a page, and whether a text object is seen.

Enters: a page handle. Leaves: thin boxes in page space. Strokes,
thin fills, borders of rectangles and frames count; white does not, for word processors paint a white
box behind every line of text. Form XObjects are entered: browsers put whole tables into them.
"""

from __future__ import annotations

import ctypes
from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from itertools import repeat
from typing import Any, Final

from extract.errors import TooLarge
from extract.page.paths import (
    IDENTITY,
    THIN,
    WHITE,
    Matrix,
    Point,
    Segment,
    combined,
    mapped,
    scale_of,
    straight_strokes,
    thin_parts,
)  # fmt: skip
from extract.pdf import engine

MAX_OBJECTS: Final = 150_000
MAX_SEGMENTS: Final = 300_000
DEEPEST: Final = 12

_colour = (ctypes.c_uint * 4)()
_C0 = ctypes.addressof(_colour)
_C1, _C2, _C3 = _C0 + 4, _C0 + 8, _C0 + 12
_values = (ctypes.c_float * 8)()
_V0 = ctypes.addressof(_values)
_V2 = _V0 + 8


class Look(Enum):
    """How a text object shows."""

    SEEN = 0
    WHITE = 1
    HIDDEN = 2


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page.

    Attributes:
        rulings: x0, y0, x1, y1 in page space (y up).
        fills: filled boxes (object, box, matrix of their form), of any colour.
        placed: text objects of forms and the matrix of their form.
        images: how many pictures.
        objects, segments: how many were looked at.
    """

    rulings: list[Segment] = field(default_factory=list)
    fills: list[tuple[int, Segment, Matrix]] = field(default_factory=list)
    placed: dict[int, Matrix] = field(default_factory=dict)
    images: int = 0
    objects: int = 0
    segments: int = 0


def read_drawn(page: int) -> Drawn:
    """Everything drawn on the page.

    Raises:
        TooLarge: more objects than a page of a report can have.
    """
    drawn = Drawn()
    _walk(drawn, page, engine.count_objects, engine.get_object, IDENTITY, 0)
    return drawn


def _walk(drawn: Drawn, holder: int, count: Any, get: Any, matrix: Matrix, depth: int) -> None:  # noqa: ANN401
    number = max(count(holder), 0)
    drawn.objects += number
    if drawn.objects > MAX_OBJECTS:
        raise TooLarge(f"{drawn.objects} 个对象 / objects")
    # Most objects are single characters: they are passed over without a line of Python for each.
    items = list(map(get, repeat(holder), range(number)))
    kinds = list(map(engine.object_type, items))
    if matrix != IDENTITY:
        drawn.placed.update(
            (item, matrix) for item, kind in zip(items, kinds, strict=True) if kind == engine.TEXT
        )
    rulings = _see_paths(
        drawn, [item for item, kind in zip(items, kinds, strict=True) if kind == engine.PATH], matrix
    )
    for item, kind in zip(items, kinds, strict=True):
        if kind == engine.FORM:
            if depth < DEEPEST:
                engine.object_matrix(item, _V2)
                inner = combined(tuple(_values[2:8]), matrix)
                _walk(drawn, item, engine.count_inside, engine.get_inside, inner, depth + 1)
        elif kind == engine.IMAGE:
            drawn.images += 1
    if matrix != IDENTITY:
        rulings = [mapped(box, matrix) for box in rulings]
    drawn.rulings += rulings


def look_of_text(item: int) -> Look:
    """Whether a text object is seen at all."""
    mode = engine.render_mode(item)
    if mode in {3, 7}:  # neither filled nor stroked, or only cut out
        return Look.HIDDEN
    if mode == 0:
        engine.fill_colour(item, _C0, _C1, _C2, _C3)
        if _colour[3] == 0:
            return Look.HIDDEN
        if _is_white():
            return Look.WHITE
    return Look.SEEN


def _is_white() -> bool:
    return bool(_colour[3] < 8 or (_colour[0] >= WHITE and _colour[1] >= WHITE and _colour[2] >= WHITE))


def _see_paths(drawn: Drawn, items: list[int], matrix: Matrix) -> list[Segment]:
    """The rulings among some paths; modes and boxes are asked for all at once."""
    rulings: list[Segment] = []
    number = len(items)
    most = THIN / scale_of(matrix)  # browsers draw in forms that are shrunk to a quarter
    modes = (ctypes.c_int * (2 * number + 1))()
    boxes = (ctypes.c_float * (4 * number + 1))()
    start, end = ctypes.addressof(modes), ctypes.addressof(modes) + 8 * number
    known = list(map(engine.draw_mode, items, range(start, end, 8), range(start + 4, end + 4, 8)))
    start, end = ctypes.addressof(boxes), ctypes.addressof(boxes) + 16 * number
    sides = (range(start + shift, end + shift, 16) for shift in (0, 4, 8, 12))
    deque(map(engine.object_bounds, items, *sides), maxlen=0)
    sizes = zip(boxes[0:-1:4], boxes[1::4], boxes[2::4], boxes[3::4], strict=True)
    for item, is_known, filled, stroked, box in zip(
        items, known, modes[0:-1:2], modes[1::2], sizes, strict=True
    ):
        thin = box[2] - box[0] < most or box[3] - box[1] < most
        if not is_known or not (filled or stroked):
            continue
        if stroked:
            engine.stroke_colour(item, _C0, _C1, _C2, _C3)
            if not _is_white():
                rulings += [box] if thin else straight_strokes(_points(drawn, item), most / 3)
                continue
        if filled:
            if not thin:
                drawn.fills.append((item, box, matrix))
            many = not thin and engine.count_segments(item) > 5
            if thin or many:
                engine.fill_colour(item, _C0, _C1, _C2, _C3)
                if not _is_white():
                    rulings += thin_parts(_points(drawn, item), most) if many else [box]
    return rulings


def find_shades(drawn: Drawn) -> list[Segment]:
    """Filled boxes that are not white, in page space; only white text asks for them."""
    out: list[Segment] = []
    for item, box, matrix in drawn.fills:
        engine.fill_colour(item, _C0, _C1, _C2, _C3)
        if not _is_white():
            out.append(box if matrix == IDENTITY else mapped(box, matrix))
    return out


def _points(drawn: Drawn, item: int) -> list[Point]:
    """Every segment, in the space of the page or form."""
    number = engine.count_segments(item)
    drawn.segments += number
    if drawn.segments > MAX_SEGMENTS:
        raise TooLarge(f"{drawn.segments} 条线段 / segments")
    engine.object_matrix(item, _V2)
    a, b, c, d, e, f = _values[2:8]
    out = []
    for s in range(number):
        part = engine.get_segment(item, s)
        engine.segment_point(part, _V0, _V0 + 4)
        x, y = _values[0], _values[1]
        closes = bool(engine.segment_closes(part))
        out.append((engine.segment_type(part), x * a + y * c + e, x * b + y * d + f, closes))
    return out
