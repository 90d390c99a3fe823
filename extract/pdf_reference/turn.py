"""How a page lies and how it is read, for the second reading: some are drawn sideways.

Enters: a page of pdfplumber and its characters. Leaves: a `Turn`, which turns boxes and rulings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pdfplumber.page import Page

from extract.document import BBox
from extract.pdf_reference.drawn import DrawnObject
from extract.pdf_reference.tables import Rect, Stroke

LEVEL: Final = 0.01
"""Share of its size that a character drawn sideways is wide along the page; it is never quite none."""


class Turn:
    """From the page as displayed to the page as read: some are drawn sideways."""

    def __init__(self, page: Page, chars: Sequence[DrawnObject]) -> None:
        self.left, self.top = page.cropbox[0], page.cropbox[1]
        self.number = page.page_number
        self.width, self.height = float(page.width), float(page.height)
        sideways = [char["matrix"][1] for char in chars if abs(char["matrix"][0]) < LEVEL]
        self.way = 0
        if 2 * len(sideways) > len(chars):
            self.way = 1 if sum(1 if b > 0 else -1 for b in sideways) > 0 else -1

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as read."""
        return (self.height, self.width) if self.way else (self.width, self.height)

    def box(self, box: Rect) -> Rect:
        """A displayed box as read."""
        x0, top, x1, bottom = box
        if self.way > 0:  # the text runs up the page
            return self.height - bottom, x0, self.height - top, x1
        return (top, self.width - x1, bottom, self.width - x0) if self.way else box

    def displayed(self, box: Rect) -> BBox:
        """A box as read, as displayed."""
        x0, top, x1, bottom = box
        if self.way > 0:
            x0, top, x1, bottom = top, self.height - x1, bottom, self.height - x0
        elif self.way:
            x0, top, x1, bottom = self.width - bottom, x0, self.width - top, x1
        return BBox(x0 - self.left, top - self.top, x1 - self.left, bottom - self.top)

    def stroke(self, stroke: Stroke) -> Stroke:
        """A displayed ruling as read."""
        if not self.way:
            return stroke
        if stroke.upright:
            x0, top, x1, bottom = self.box((stroke.at, stroke.start, stroke.at, stroke.end))
            return Stroke((top + bottom) / 2, x0, x1, upright=False)
        x0, top, x1, bottom = self.box((stroke.start, stroke.at, stroke.end, stroke.at))
        return Stroke((x0 + x1) / 2, top, bottom, upright=True)
