"""The glyphs of a page -> its characters with their boxes: those that show, with gaps and line ends marked.

Enters: a canvas. Leaves: a `DrawnText`. Glyphs that follow each other on a line are one run whichever objects
they stand in: some writers make an object of every character.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from extract.characters.radicals import fold_radicals
from extract.characters.unmapped import mark_unknown
from extract.grid import Segment
from extract.ofd.canvas import Canvas, middle
from extract.ofd.clips import is_inside
from extract.ofd.glyphs import Glyph, Glyphs
from extract.page.runs import PageText
from extract.page.seen import SAME_PLACE, Visibility

ASCENT, DESCENT = 0.8, 0.1
"""Shares of the size above and below the base line that characters cover; half and twice change what is
read of `gangcha_2021.ofd`."""
GAP: Final = 0.25
"""Shares of the size between two glyphs from which a space was typed or set: half is too little for
`ofd_raised.ofd`, twice too much for files of the corpus."""
OFF_LINE: Final = 0.15
"""Shares of the size by which base lines of one run may differ."""
RAISED: Final = 0.25
"""Share of the size by which a glyph that is raised or lowered differs."""
SAME_STEP: Final = 0.05
"""Shares of the size to the next glyph, below which it is the same one, printed twice for bold."""
MOST_SHADES: Final = 1000
"""A drawing has more; looking through all of them for each glyph would take for ever."""


@dataclass(slots=True)
class DrawnText(PageText):
    """All characters of a page.

    Attributes:
        angles: degrees by which each is turned, clockwise in page space.
    """

    angles: list[float] = field(default_factory=list)

    def angle(self, index: int) -> float:
        """Degrees by which a character is turned, clockwise in page space."""
        return self.angles[index]


def set_text(canvas: Canvas, width: float, height: float) -> DrawnText:
    """The characters of a page of this size that show."""
    letters: list[str] = []
    text = DrawnText("", [])
    last: Glyph | None = None
    line: Glyphs | None = None
    shades = canvas.shades[:MOST_SHADES]
    for found, visibility, clips in canvas.texts:
        same = line is not None and (found.along, found.up) == (line.along, line.up)
        angle = found.angle
        for i, glyph in enumerate(found.items):
            x, y = middle(found, i)
            if not (0 <= x <= width and 0 <= y <= height) or (clips and not is_inside(x, y, clips)):
                continue
            if visibility is Visibility.WHITE and not _is_on(x, y, shades):
                continue
            if last is not None:
                mark = _between(last, glyph, found.along) if same else "\n"
                if mark:
                    letters.append(mark)
                    text.boxes += (glyph.x, glyph.x, glyph.y, glyph.y)
                    text.angles.append(angle)
                else:
                    _tighten(text.boxes, found, last, glyph)
            letters.append(glyph.text)
            text.boxes += _box(found, glyph)
            text.angles.append(angle)
            last, line, same = glyph, found, True
    text.text = fold_radicals(mark_unknown("".join(letters), text.boxes, outlined=False))
    return text


def _is_on(x: float, y: float, shades: list[Segment]) -> bool:
    return any(s[0] <= x <= s[2] and s[1] <= y <= s[3] for s in shades)


def _between(before: Glyph, glyph: Glyph, along: tuple[float, float]) -> str:
    """Nothing where a glyph goes on in the run, a space after a gap, a line feed elsewhere."""
    if glyph.upright:
        return ""
    dx, dy = glyph.x - before.x, glyph.y - before.y
    step, off = dx * along[0] + dy * along[1], abs(dy * along[0] - dx * along[1])
    size = max(before.size, glyph.size)
    if off > OFF_LINE * size or step <= 0:
        return "\n"
    if step < SAME_STEP * size or (step <= SAME_PLACE and glyph.text == before.text):
        return "\n"  # printed twice for bold
    if abs(before.size - glyph.size) > RAISED * size:
        return "\n"
    return " " if step - before.width > GAP * size else ""


def _tighten(boxes: list[float], found: Glyphs, before: Glyph, glyph: Glyph) -> None:
    """The glyph before ends at the latest where this one starts: its width was a guess."""
    step = (glyph.x - before.x) * found.along[0] + (glyph.y - before.y) * found.along[1]
    if not glyph.upright and 0 < step < before.width - 0.01:
        boxes[-4:] = _box(found, before._replace(width=step))


def _box(found: Glyphs, glyph: Glyph) -> tuple[float, float, float, float]:
    """Left, right, bottom, top."""
    (x, y), up = found.along, found.up * glyph.size
    x0, y0 = glyph.x, glyph.y
    x1, y1 = x0 + x * glyph.width, y0 + y * glyph.width
    if not y:  # upright, nearly always
        low, high = (
            (y0 - DESCENT * up, y0 + ASCENT * up)
            if x * up > 0
            else (y0 + ASCENT * x * up, y0 - DESCENT * x * up)
        )
        return min(x0, x1), max(x0, x1), low, high
    xs = [px - y * up * share for px in (x0, x1) for share in (ASCENT, -DESCENT)]
    ys = [py + x * up * share for py in (y0, y1) for share in (ASCENT, -DESCENT)]
    return min(xs), max(xs), min(ys), max(ys)
