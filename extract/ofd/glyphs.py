"""A text object -> its glyphs: which character stands where, how wide and how tall.

Enters: a TextObject and the matrix it is drawn under. Leaves: glyphs in page space (points, y up). No font is
opened: offsets between glyphs are stated, and a last glyph is as wide as its kind of character usually is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Final, NamedTuple
from unicodedata import category, east_asian_width

from lxml.etree import _Element

from extract.ofd.attributes import children, number, numbers, repeated
from extract.page.paths import Matrix

LARGEST: Final = 2000.0
"""Points of a type size."""
NARROW: Final = 0.55
"""Shares of the size that a Latin letter or a digit takes."""
CAPITAL: Final = 0.9
"""Shares that a capital or a wide sign takes."""
BELOW: Final = (0.8, 1.6)
"""Sizes from a glyph down to the next, where that stands right under it."""
BESIDE: Final = 0.1
"""Sizes that it may stand beside it (`test_where_glyphs_stand`)."""
_WIDE: Final = frozenset({"W", "F", "A"})
_CAPITALS: Final = frozenset("ABCDEFGHJKLMNOPQRSTUVWXYZmw@%&—")
_BREAK: Final = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")


class Glyph(NamedTuple):
    """One character.

    Attributes:
        text: the character.
        x, y: where its base line starts.
        width, size: along the base line and across it.
        upright: it stands right under the glyph before it, in text set from the top down.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The glyphs of one object.

    Attributes:
        items: in order.
        along: the direction of the base line, of length 1.
        up: +1, or -1 where the text is mirrored.
    """

    items: tuple[Glyph, ...]
    along: tuple[float, float]
    up: float

    @property
    def angle(self) -> float:
        """Degrees by which it is turned, clockwise in page space."""
        return degrees(atan2(-self.along[1], self.along[0]))


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text object is set: in its own space, and the lengths of its axes in page space."""

    size: float
    stretch: float
    vertical: bool
    across: float
    down: float
    matrix: Matrix


def glyphs_of(item: _Element, matrix: Matrix, most: int) -> Glyphs | None:
    """The glyphs of a text object, None where it has no size; one more than `most` at the most."""
    size = number(item.get("Size"), 0.0)
    a, b, c, d, _, _ = matrix
    x_axis, y_axis = (a, b), (c, d)
    turned = radians(number(item.get("CharDirection"), 0.0))
    if turned:
        x_axis = (a * cos(turned) + c * sin(turned), b * cos(turned) + d * sin(turned))
        y_axis = (-a * sin(turned) + c * cos(turned), -b * sin(turned) + d * cos(turned))
    across, down = hypot(*x_axis), hypot(*y_axis)
    if not (0 < size * down <= LARGEST and across > 0):
        return None
    stretch = number(item.get("HScale"), 1.0)
    vertical = number(item.get("ReadDirection"), 0.0) % 180 == 90
    setting = _Setting(size, stretch if 0 < stretch <= 10 else 1.0, vertical, across, down, matrix)
    # The y axis of an object points down the page: text is upright where it is to the right of the x axis.
    up = 1.0 if x_axis[0] * y_axis[1] - x_axis[1] * y_axis[0] < 0 else -1.0
    found = tuple(_glyphs(item, setting, most))
    return Glyphs(found, (x_axis[0] / across, x_axis[1] / across), up) if found else None


def _glyphs(item: _Element, setting: _Setting, most: int) -> Iterator[Glyph]:
    a, b, c, d, e, f = setting.matrix
    x = y = 0.0
    left = top = 0.0
    ligatures = [*children(item, "CGTransform")]
    left_over = most
    for code in children(item, "TextCode"):
        text = _as_drawn(code.text or "")[: left_over + 1]
        stated_x, stated_y = numbers(code.get("X")), numbers(code.get("Y"))
        if stated_x or stated_y:  # what is not stated is that of the code before
            x, y = (stated_x or [left])[0], (stated_y or [top])[0]
            left, top = x, y
        steps = _steps(code, text, setting, ligatures)
        under = False
        scale, size = setting.size * setting.stretch, setting.size * setting.down
        for letter, (dx, dy) in zip(text, steps, strict=True):
            width = natural_width(letter) * scale
            if 0 < dx < width or not width:
                width = max(dx, 0.0)
            yield Glyph(letter, a * x + c * y + e, b * x + d * y + f, width * setting.across, size, under)
            under = abs(dx) < BESIDE * setting.size and BELOW[0] * setting.size < dy < BELOW[1] * setting.size
            x, y = x + dx, y + dy
        left_over -= len(text)
        if left_over < 0:
            return


def _as_drawn(text: str) -> str:
    """The text without the line feeds that pretty printers put into it."""
    if "\n" not in text and "\r" not in text:
        return text
    return _BREAK.sub(" ", _BREAK.sub("", text, count=1) if _BREAK.match(text) else text).rstrip(" ")


@lru_cache(maxsize=4096)
def natural_width(letter: str) -> float:
    """Shares of the type size that a character usually takes."""
    if letter < "\x7f":
        return CAPITAL if letter in _CAPITALS else NARROW
    if category(letter) == "Cf":  # a joiner, a mark of direction: it has the room that is stated for it
        return 0.0
    return 1.0 if east_asian_width(letter) in _WIDE else NARROW


def _steps(
    code: _Element, text: str, setting: _Setting, ligatures: Sequence[_Element]
) -> list[tuple[float, float]]:
    """From each character to the next."""
    count = len(text)
    across, down = repeated(code.get("DeltaX"), count), repeated(code.get("DeltaY"), count)
    if not across and not down:
        natural = [natural_width(c) * setting.size * setting.stretch for c in text]
        return [(0.0, n) if setting.vertical else (n, 0.0) for n in natural]
    words = len(text) - text.count(" ")
    if across and words < count and len(across) == words - 1 and not ligatures:
        across = _over_spaces(across, text)  # some writers give spaces no step of their own
        down = _over_spaces(down, text) if down else down
    elif ligatures:
        across, down = (_over_ligatures(steps, ligatures, count) for steps in (across, down))
    if across and len(across) < count:
        width = across[-1] if across[-1] > 0 else setting.size * setting.stretch
        across += repeat(width, count - len(across) - 1)
        across.append(natural_width(text[-1]) * setting.size * setting.stretch)
    if across:
        down += repeat(0.0, count - len(down))
    else:
        across += repeat(0.0, count)
        down += repeat(down[-1], count - len(down))
    return list(zip(across[:count], down[:count], strict=True))


def _over_spaces(steps: Sequence[float], text: str) -> list[float]:
    given = iter(steps)
    return [0.0 if letter == " " else next(given, 0.0) for letter in text]


def _over_ligatures(steps: Sequence[float], ligatures: Sequence[_Element], count: int) -> list[float]:
    """Steps between glyphs as steps between characters: a glyph for two characters is halved."""
    out = list(steps)
    for item in ligatures:
        at = int(number(item.get("CodePosition"), 0.0))
        codes = int(number(item.get("CodeCount"), 1.0))
        glyphs = int(number(item.get("GlyphCount"), 1.0))
        if glyphs == 1 and 1 < codes <= count and 0 <= at < len(out):
            out[at : at + 1] = [out[at] / codes] * codes
    return out[:count]
