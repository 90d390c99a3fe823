"""Glyphs that are drawn and have no character: what a font's table leaves out, or calls something invisible.

Enters: the characters of a page with their boxes. Leaves: as many characters, with U+FFFD for those that show
something nobody can name. A digit whose code the table has lost comes out as a control character, which would
read as an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from extract.characters.invisible import INVISIBLE

UNKNOWN: Final = "\ufffd"
"""Stands for a glyph without a character."""
LEAST: Final = 0.1
"""Points of width and height below which a glyph has no ink; boxes of spaces are up to 0.02 high."""
_SHOWS_NOTHING: Final = re.compile(
    f"[\x00-\x20\x7f-\xa0\u2000-\u200a\u2028-\u2029\u202f\u205f\u3000\ufff0-\ufffb\ufffe\uffff{INVISIBLE}]"
)
"""Characters that print nothing: a glyph with ink is none of them."""
_NEVER_DRAWN: Final = re.compile(f"[{INVISIBLE}]")


def mark_unknown(
    text: str, boxes: Sequence[float], unmapped: Iterable[int] = (), *, outlined: bool = True
) -> str:
    """The text with U+FFFD for each glyph that shows something and has no character.

    Args:
        text: one character for each glyph, and marks of gaps and line ends, which have no area.
        boxes: left, right, bottom, top of each, one after the other.
        unmapped: indices of glyphs whose character is known to be made up.
        outlined: boxes are those of the ink, so that those of spaces have no area.
    """
    lefts, rights = boxes[0::4], boxes[1::4]
    silent = (m.start() for m in _SHOWS_NOTHING.finditer(text))
    silent = (i for i in silent if rights[i] - lefts[i] > LEAST)  # most mark a gap or the end of a line
    silent = (i for i in silent if outlined or not text[i].isspace())
    drawn = [i for i in silent if _has_area(i, boxes) and not _takes_no_room(i, text, boxes)]
    drawn += [i for i in unmapped if _has_area(i, boxes)]
    if not drawn:
        return text
    letters = list(text)
    for i in drawn:
        letters[i] = UNKNOWN
    return "".join(letters)


def _has_area(index: int, boxes: Sequence[float]) -> bool:
    x0, x1, y0, y1 = boxes[4 * index : 4 * index + 4]
    return x1 - x0 > LEAST and y1 - y0 > LEAST


def _takes_no_room(index: int, text: str, boxes: Sequence[float]) -> bool:
    """It is the second character of a glyph (5 and U+FE0F), or the next stands upon it.

    Browsers set joiners so, with the box of a glyph that is not drawn.
    """
    x0, x1, y0, y1 = box = boxes[4 * index : 4 * index + 4]
    second = index > 0 and boxes[4 * index - 4 : 4 * index] == box
    if second and _NEVER_DRAWN.match(text, index) and not _SHOWS_NOTHING.match(text, index - 1):
        return True
    after = index + 1
    if after >= len(text) or _SHOWS_NOTHING.match(text, after):
        return False
    left, right, low, high = boxes[4 * after : 4 * after + 4]
    return left < (x0 + x1) / 2 < right and low < y1 and y0 < high
