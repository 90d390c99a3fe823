"""The characters of a page with their boxes, as runs: characters that are set without a gap.

Enters: one string and one array of boxes for the page. Leaves: `Run`s cut out of it. Nothing is made for a
single character unless the page needs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from extract.characters.invisible import INVISIBLE
from extract.page.frame import Box, Frame

_RUN = re.compile(rf"[^\x00-\x20\x7f\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000{INVISIBLE}]+")

_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


class Run(NamedTuple):
    """Characters set one after the other.

    Attributes:
        text, x0, top, x1, bottom: what and where, as read.
        start: index of its first character on the page; the order of drawing.
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
    """All characters of a page, in the order in which they are drawn.

    Attributes:
        text: one character for each that is drawn, a space for a gap on a line, a line feed between lines.
        boxes: left, right, bottom, top of each, one after the other, in page space.
    """

    text: str
    boxes: list[float]

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
        """The page as runs, in the order of its characters."""
        text, boxes = self.text, self.boxes
        lefts, rights, lows, highs = boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]
        upright = (frame.turn + frame.reading) % 4 == 0
        west, north, to_frame = frame.left, frame.top, frame.box
        out: list[Run] = []
        end = 0
        for match in _RUN.finditer(text):
            a, b = match.span()
            between = _INVISIBLE.sub("", text[end:a]) if a - end > 0 else ""
            spaced, end = between[-1:] not in ("", "\r", "\n"), b
            if b - a == 1:
                x0, y0, x1, y1 = lefts[a], lows[a], rights[a], highs[a]
            else:
                x0, y0, x1, y1 = min(lefts[a:b]), min(lows[a:b]), max(rights[a:b]), max(highs[a:b])
            if upright:
                out.append(Run(match[0], x0 - west, north - y1, x1 - west, north - y0, a, spaced))
            else:
                out.append(Run(match[0], *to_frame(x0, y0, x1, y1), a, spaced))
        return out

    def angle(self, index: int) -> float:
        """Degrees by which a character is turned, clockwise in page space."""
        raise NotImplementedError
