"""The characters of a page with their boxes, as runs: characters that the engine sets without a gap.

Enters: a page handle. Leaves: one string and one array of boxes for the page, and `Run`s cut out of it.
Nothing is made for a single character unless the page needs it.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Final, NamedTuple

from extract.errors import TooLarge
from extract.pdf import engine
from extract.pdf.frame import Box, Frame
from extract.pdf.radicals import fold_radicals
from extract.pdf.rulings import Drawn, mapped

MAX_CHARS: Final = 200_000
_RUN = re.compile(r"[^\x00-\x20\x7f\u00a0\u2000-\u200b\u2028-\u202f\u3000\ufeff]+")


class Run(NamedTuple):
    """Characters set one after the other.

    Attributes:
        text, x0, top, x1, bottom: what and where, as read.
        start: index of its first character on the page; the engine's order.
        spaced: there is a gap before it, on the same line.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    start: int
    spaced: bool


@dataclass(slots=True)
class PageText:
    """All characters of a page.

    Attributes:
        text: one character for each of the engine's.
        boxes: left, right, bottom, top of each, one after the other, in page space.
        handle: the engine's text page.
    """

    text: str
    boxes: list[float]
    handle: int

    def box(self, start: int, end: int, frame: Frame) -> Box:
        """The box around some characters, as read."""
        boxes = self.boxes
        if end - start == 1:
            x0, x1, y0, y1 = boxes[4 * start : 4 * end]
            return frame.box(x0, y0, x1, y1)
        a, b = 4 * start, 4 * end
        return frame.box(
            min(boxes[a:b:4]), min(boxes[a + 2 : b : 4]), max(boxes[a + 1 : b : 4]), max(boxes[a + 3 : b : 4])
        )

    def run(self, start: int, end: int, frame: Frame, *, spaced: bool = False) -> Run:
        """Some characters as a run."""
        return Run(self.text[start:end], *self.box(start, end, frame), start, spaced)

    def runs(self, frame: Frame) -> list[Run]:
        """The page as runs, in the engine's order."""
        text, boxes = self.text, self.boxes
        lefts, rights, lows, highs = boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]
        upright = (frame.turn + frame.reading) % 4 == 0
        west, north, to_frame = frame.left, frame.top, frame.box
        out: list[Run] = []
        for match in _RUN.finditer(text):
            a, b = match.span()
            spaced = a > 0 and text[a - 1] not in "\r\n"
            if b - a == 1:
                x0, y0, x1, y1 = lefts[a], lows[a], rights[a], highs[a]
            else:
                x0, y0, x1, y1 = min(lefts[a:b]), min(lows[a:b]), max(rights[a:b]), max(highs[a:b])
            if upright:
                out.append(Run(match[0], x0 - west, north - y1, x1 - west, north - y0, a, spaced))
            else:
                out.append(Run(match[0], *to_frame(x0, y0, x1, y1), a, spaced))
        return out

    def objects_at(self, indices: Iterable[int]) -> list[int]:
        """The text objects of some characters, 0 where there is none."""
        return [item or 0 for item in map(engine.char_object, repeat(self.handle), indices)]

    def angle(self, index: int) -> float:
        """Degrees by which a character is turned."""
        return float(engine.char_angle(self.handle, index)) * 57.29578


@contextmanager
def open_text(page: int, drawn: Drawn) -> Iterator[PageText]:
    """The characters of a page.

    Raises:
        TooLarge: more characters than a page of a report can have.
    """
    handle = engine.load_text(page)
    try:
        number = max(engine.count_chars(handle), 0) if handle else 0
        if number > MAX_CHARS:
            raise TooLarge(f"{number} 个字符 / characters")
        text = _text(handle, number)
        boxes = _boxes(handle, number)
        if drawn.placed and number:
            _put_right(handle, drawn, boxes, number)
        yield PageText(text, boxes, handle)
    finally:
        if handle:
            engine.close_text(handle)


def _text(handle: int, number: int) -> str:
    buffer = (ctypes.c_uint16 * (number + 1))()
    written = engine.get_text(handle, 0, number, ctypes.addressof(buffer))
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) != number:  # characters without a meaning are left out of the bulk text
        get = engine.get_unicode
        codes = (get(handle, i) for i in range(number))
        text = "".join(
            chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes
        )
    # The engine marks a hyphen at the end of a line in its own way.
    return fold_radicals(text.replace("\x02", "-").replace("\ufffe", "-"))


def _boxes(handle: int, number: int) -> list[float]:
    boxes = (ctypes.c_double * (4 * number + 4))()
    start = ctypes.addressof(boxes)
    end = start + 32 * number
    addresses = (range(start + shift, end + shift, 32) for shift in (0, 8, 16, 24))
    deque(map(engine.char_box, repeat(handle), range(number), *addresses), maxlen=0)
    return boxes[:]


def _put_right(handle: int, drawn: Drawn, boxes: list[float], number: int) -> None:
    """Characters that the engine normalises (radicals) keep the box they have inside their form."""
    bounds: dict[int, Box] = {}
    box = (ctypes.c_float * 4)()
    at = ctypes.addressof(box)
    for i in range(number):
        item = engine.char_object(handle, i)
        matrix = drawn.placed.get(item or 0)
        if matrix is None:
            continue
        if item not in bounds:
            engine.object_bounds(item, at, at + 4, at + 8, at + 12)
            bounds[item] = tuple(box)
        left, right, bottom, top = boxes[4 * i : 4 * i + 4]
        x, y = (left + right) / 2, (bottom + top) / 2
        if _within(x, y, bounds[item]) and not _within(x, y, mapped(bounds[item], matrix)):
            x0, y0, x1, y1 = mapped((left, bottom, right, top), matrix)
            boxes[4 * i : 4 * i + 4] = x0, x1, y0, y1


def _within(x: float, y: float, box: Box) -> bool:
    return box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2
