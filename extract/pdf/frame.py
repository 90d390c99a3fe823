"""How a page of a PDF lies, before anything is known about its text.

Enters: a page handle. Leaves: a `Frame`.
"""

from __future__ import annotations

import ctypes

from extract.page.frame import Frame
from extract.pdf import pdfium


def frame_of(page: int) -> Frame:
    """The frame of a page, before anything is known about its text."""
    box = (ctypes.c_float * 4)()  # left, top, right, bottom
    pdfium.page_box(page, ctypes.addressof(box))
    left, top, right, bottom = box
    return Frame(left, bottom, right, top, pdfium.page_rotation(page) % 4)
