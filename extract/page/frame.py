"""From the page's own space (y up, unrotated) to the page as displayed and as read (points, y down).

Enters: boxes of page space. Leaves: boxes as read and as displayed. A page may be turned twice: by a mark
on it (/Rotate of PDF), and by drawing its text sideways; boxes are reported as displayed, cells and lines
are found as read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import BBox

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page lies.

    Attributes:
        left, bottom, right, top: the visible box in page space.
        turn: quarter turns clockwise from page space to display.
        reading: quarter turns clockwise from display to reading direction.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0
    reading: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if (self.turn + self.reading) % 2 else (width, height)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of page space (y0 below y1) as read."""
        turn = (self.turn + self.reading) % 4
        if turn == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if turn == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if turn == 2:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0

    def boxes(self, boxes: Sequence[Box]) -> list[Box]:
        """Many boxes of page space as read."""
        if (self.turn + self.reading) % 4:
            return [self.box(*box) for box in boxes]
        left, top = self.left, self.top
        return [(x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in boxes]

    def displayed(self, box: Box) -> BBox:
        """A box as read, as displayed."""
        x0, top, x1, bottom = box
        if not self.reading:
            return BBox(x0, top, x1, bottom)
        width, height = self.size
        if self.reading == 1:
            x0, top, x1, bottom = top, width - x1, bottom, width - x0
        elif self.reading == 2:
            x0, top, x1, bottom = width - x1, height - bottom, width - x0, height - top
        elif self.reading == 3:
            x0, top, x1, bottom = height - bottom, x0, height - top, x1
        return BBox(x0, top, x1, bottom)
