"""The characters of a page of a PDF with their boxes.

Enters: a page handle. Leaves: an `EngineText`.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Final

from extract.characters.radicals import fold_radicals
from extract.characters.unmapped import UNKNOWN, mark_unknown
from extract.errors import TooLarge, both
from extract.page.frame import Box
from extract.page.paths import mapped
from extract.page.runs import PageText
from extract.pdf import pdfium
from extract.pdf.rulings import BOUNDS, Drawn

MAX_CHARS: Final = 200_000
"""Of one page; the fullest of 81 at hand has 2693."""
_HYPHEN: Final = re.compile("[\x02\ufffe]")
"""How the engine writes a hyphen at the end of a line; also what it gives for glyphs without a character."""
_ASKED: Final = re.compile("[ -\u2e7f]")
"""What a glyph's number may be, given in place of its character: those of digits are lower."""
_DEGREES: Final = 57.29578
"""In a radian."""
_BOXES: Final = pdfium.Room(ctypes.c_double, (0, 0, 0, 0))


@dataclass(slots=True)
class EngineText(PageText):
    """All characters of a page as the engine has them.

    Attributes:
        handle: the engine's text page.
    """

    handle: int

    def objects_at(self, indices: Iterable[int]) -> list[int]:
        """The text objects of some characters, 0 where there is none."""
        return [item or 0 for item in map(pdfium.char_object, repeat(pdfium.prepared(self.handle)), indices)]

    def angle(self, index: int) -> float:
        """Degrees by which a character is turned."""
        return float(pdfium.char_angle(self.handle, index)) * _DEGREES


@contextmanager
def open_text(page: int, drawn: Drawn) -> Iterator[EngineText]:
    """The characters of a page.

    Raises:
        TooLarge: more characters than a page of a report can have.
    """
    handle = pdfium.load_text(page)
    try:
        number = max(pdfium.count_chars(handle), 0) if handle else 0
        if number > MAX_CHARS:
            raise TooLarge(both(f"{number} 个字符", f"{number} characters"))
        boxes = _BOXES.ask(pdfium.char_box, [pdfium.prepared(handle)] * number, range(number))
        page_text = EngineText(_named(handle, _text(handle, number), boxes), boxes, handle)
        if drawn.placed and number:
            _put_right(page_text, drawn, number)
        yield page_text
    finally:
        if handle:
            pdfium.close_text(handle)


def _text(handle: int, number: int) -> str:
    buffer = (ctypes.c_uint16 * (number + 1))()
    written = pdfium.get_text(handle, 0, number, ctypes.addressof(buffer))
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) != number:  # characters without a meaning are left out of the bulk text
        get = pdfium.get_unicode
        codes = (get(handle, i) for i in range(number))
        text = "".join(
            chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else UNKNOWN for code in codes
        )
    return text


def _named(handle: int, text: str, boxes: list[float]) -> str:
    """The text with what the engine knows more of: hyphens at line ends, glyphs without a character."""
    asked = [found.start() for found in _ASKED.finditer(text)]
    errors = list(map(pdfium.has_no_mapping, repeat(pdfium.prepared(handle)), asked))
    unmapped = [i for i, error in zip(asked, errors, strict=True) if error == 1] if 1 in errors else ()
    text = _HYPHEN.sub(lambda found: "-" if pdfium.is_hyphen(handle, found.start()) else found[0], text)
    return fold_radicals(mark_unknown(text, boxes, unmapped))


def _put_right(text: EngineText, drawn: Drawn, number: int) -> None:
    """Characters that the engine normalises (radicals) keep the box they have inside their form XObject."""
    boxes = text.boxes
    bounds: dict[int, Box] = {}
    for i, item in enumerate(text.objects_at(range(number))):
        matrix = drawn.placed.get(item)
        if matrix is None:
            continue
        if item not in bounds:
            bounds[item] = tuple(BOUNDS.ask(pdfium.object_bounds, [pdfium.prepared(item)]))
        left, right, bottom, top = boxes[4 * i : 4 * i + 4]
        x, y = (left + right) / 2, (bottom + top) / 2
        if _within(x, y, bounds[item]) and not _within(x, y, mapped(bounds[item], matrix)):
            x0, y0, x1, y1 = mapped((left, bottom, right, top), matrix)
            boxes[4 * i : 4 * i + 4] = x0, x1, y0, y1


def _within(x: float, y: float, box: Box) -> bool:
    return box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2
