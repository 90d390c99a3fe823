"""The rulings of a page, and whether a text object is seen.

Enters: a page handle. Leaves: thin boxes in page space. Strokes, thin fills, borders of rectangles and frames
count; white does not, for word processors paint a white box behind every line of text. Form XObjects, which
are drawings inside of a drawing, are entered: browsers put whole tables into them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import Any, Final

from extract.errors import TooLarge, both
from extract.grid import Segment
from extract.page.paths import (
    FAINT,
    IDENTITY,
    THIN,
    WHITE,
    Matrix,
    Point,
    combined,
    mapped,
    scale_of,
    straight_strokes,
    thin_parts,
)
from extract.page.seen import Visibility
from extract.pdf import pdfium

# Of one page (`test_bounds`): the fullest of 81 at hand has 3294 objects, and 1160 pieces of paths.
MAX_OBJECTS: Final = 150_000
MAX_SEGMENTS: Final = 300_000
DEEPEST: Final = 12
"""Form XObjects inside of others, which may go in a circle."""

BOUNDS: Final = pdfium.Room(ctypes.c_float, (0, 0, 0, 0))
_COLOURS: Final = pdfium.Room(ctypes.c_uint, (0, 0, 0, 255))
_MODES: Final = pdfium.Room(ctypes.c_int, (0, 0))
_FILLED, _NO_INK = 0, frozenset({3, 7})
"""Modes of text (ISO 32000-1, 9.3.6): filled; neither filled nor stroked, or only cut out."""
_Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity."""
_values = (ctypes.c_float * 8)()
_V0 = ctypes.addressof(_values)
_V2 = _V0 + 8


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page.

    Attributes:
        rulings: x0, y0, x1, y1 in page space (y up).
        shades: filled boxes that are not white, in page space; only white text asks for them.
        placed: text objects inside of form XObjects, and the matrix of each.
        images: how many pictures.
        objects, segments: how many were looked at.
    """

    rulings: list[Segment] = field(default_factory=list)
    shades: list[Segment] = field(default_factory=list)
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
    _walk(drawn, page, pdfium.count_objects, pdfium.get_object, IDENTITY, 0)
    return drawn


def _walk(drawn: Drawn, holder: int, count: Any, get: Any, matrix: Matrix, depth: int) -> None:  # noqa: ANN401
    number = max(count(holder), 0)
    drawn.objects += number
    if drawn.objects > MAX_OBJECTS:
        raise TooLarge(both(f"{drawn.objects} 个对象", f"{drawn.objects} objects"))
    # Most objects are single characters: they are passed over without a line of Python for each.
    items = list(map(get, repeat(pdfium.prepared(holder)), range(number)))
    kinds = list(map(pdfium.object_type, items))
    if matrix != IDENTITY:
        drawn.placed.update(
            (item, matrix) for item, kind in zip(items, kinds, strict=True) if kind == pdfium.TEXT
        )
    others = [pair for pair in zip(items, kinds, strict=True) if pair[1] != pdfium.TEXT]
    rulings = _see_paths(drawn, [item for item, kind in others if kind == pdfium.PATH], matrix)
    for item, kind in others:
        if kind == pdfium.FORM_XOBJECT:
            if depth < DEEPEST:
                pdfium.object_matrix(item, _V2)
                inner = combined(tuple(_values[2:8]), matrix)
                _walk(drawn, item, pdfium.count_inside, pdfium.get_inside, inner, depth + 1)
        elif kind == pdfium.IMAGE:
            drawn.images += 1
    if matrix != IDENTITY:
        rulings = [mapped(box, matrix) for box in rulings]
    drawn.rulings += rulings


def see_texts(items: Sequence[int]) -> list[Visibility]:
    """Whether text objects are seen at all."""
    handles = list(map(pdfium.prepared, items))
    modes = map(pdfium.render_mode, handles)
    inks = list(zip(modes, _each(_COLOURS.ask(pdfium.fill_colour, handles)), strict=True))
    known = {ink: _visibility(*ink) for ink in set(inks)}  # a page has hundreds of texts in one ink
    return [known[ink] for ink in inks]


def _visibility(mode: int, colour: _Colour) -> Visibility:
    if mode in _NO_INK or (mode == _FILLED and colour[3] == 0):
        return Visibility.HIDDEN
    return Visibility.WHITE if mode == _FILLED and _is_white(colour) else Visibility.SEEN


def _each(colours: Sequence[int]) -> Iterator[_Colour]:
    return zip(colours[0::4], colours[1::4], colours[2::4], colours[3::4], strict=True)


def _is_white(colour: _Colour) -> bool:
    red, green, blue, alpha = colour
    return alpha < FAINT or (red >= WHITE and green >= WHITE and blue >= WHITE)


def _are_white(colours: Sequence[int]) -> Iterator[bool]:
    each = list(_each(colours))
    known = {colour: _is_white(colour) for colour in set(each)}
    return map(known.__getitem__, each)


def _see_paths(drawn: Drawn, items: Sequence[int], matrix: Matrix) -> list[Segment]:
    """The rulings among some paths; modes, boxes and colours are asked for all at once."""
    rulings: list[Segment] = []
    most = THIN / scale_of(matrix)  # browsers draw in form XObjects that are shrunk to a quarter
    handles = list(map(pdfium.prepared, items))
    modes = _MODES.ask(pdfium.draw_mode, handles)
    bounds = BOUNDS.ask(pdfium.object_bounds, handles)
    boxes = list(zip(bounds[0::4], bounds[1::4], bounds[2::4], bounds[3::4], strict=True))
    pens = _are_white(_COLOURS.ask(pdfium.stroke_colour, list(compress(handles, modes[1::2]))))
    brushes = _are_white(_COLOURS.ask(pdfium.fill_colour, list(compress(handles, modes[0::2]))))
    for item, filled, stroked, box in zip(items, modes[0::2], modes[1::2], boxes, strict=True):
        thin = box[2] - box[0] < most or box[3] - box[1] < most
        painted = filled and not next(brushes)
        if stroked and not next(pens):
            rulings += [box] if thin else straight_strokes(_points(drawn, item), most / 3)
        elif painted and thin:
            rulings.append(box)
        elif painted:
            drawn.shades.append(box if matrix == IDENTITY else mapped(box, matrix))
            if pdfium.count_segments(item) > 5:
                rulings += thin_parts(_points(drawn, item), most)
    return rulings


def _points(drawn: Drawn, item: int) -> list[Point]:
    """Every segment, in the space of the page or of the form XObject."""
    number = pdfium.count_segments(item)
    drawn.segments += number
    if drawn.segments > MAX_SEGMENTS:
        raise TooLarge(both(f"{drawn.segments} 条线段", f"{drawn.segments} segments"))
    pdfium.object_matrix(item, _V2)
    a, b, c, d, e, f = _values[2:8]
    out = []
    for s in range(number):
        part = pdfium.get_segment(item, s)
        pdfium.segment_point(part, _V0, _V0 + 4)
        x, y = _values[0], _values[1]
        closes = bool(pdfium.segment_closes(part))
        out.append((pdfium.segment_type(part), x * a + y * c + e, x * b + y * d + f, closes))
    return out
