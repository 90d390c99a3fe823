"""Everything drawn on a page: glyphs, rulings, pictures.

Enters: the elements that hold page objects, with the matrix of their space. Leaves: a `Canvas`. Layers,
blocks and composite graphics are entered; what does not show is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from extract.errors import TooLarge, both
from extract.grid import Segment
from extract.ofd.attributes import box, is_placed, matrix, name_of, number, switch
from extract.ofd.clips import clips_of, is_inside
from extract.ofd.glyphs import Glyphs, glyphs_of
from extract.ofd.ink import HIDDEN, OPAQUE, Ink, ink_of, is_on, opacity_of
from extract.ofd.path_objects import bounds_of, filled, is_letter, points_of, stroked
from extract.ofd.resources import Resources
from extract.page.paths import THIN, Matrix, combined, mapped, scale_of
from extract.page.seen import Visibility, is_aslant

# Of one page (`test_more_than_a_page_can_have`).
MAX_OBJECTS: Final = 60_000
COST: Final = 4
"""What an object takes off a document's allowance, in characters."""
MAX_POINTS: Final = 150_000
MAX_CHARS: Final = 60_000
DEEPEST: Final = 12
"""Composite graphics inside of others (`test_graphics_that_hold_themselves_end`)."""
PEN: Final = 0.353
"""Millimetres of a stroke that states no width: the default of LineWidth (GB/T 33190)."""
TRANSLUCENT: Final = 160.0
"""Of 255: large text, and text of any size set aslant, is a watermark if it is no more opaque
(`test_a_faint_slanting_watermark_is_left_out_whatever_its_size`)."""
LARGE: Final = 30.0
"""Points of large text; a fifth is that of faint numbers, twice is more than that of a watermark
(`test_a_faint_large_watermark_is_left_out_and_faint_numbers_are_not`)."""
NO_ROOM: Final = 0.5
"""Points of a clip that hides marks which programs leave for themselves."""
_HOLDERS: Final = frozenset({"Content", "Layer", "PageBlock", "Appearance", "AreaHolderBlock"})

Chain = tuple[_Element, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where objects stand.

    Attributes:
        space: the matrix from there to the page.
        chain: drawing parameters that objects go by, the nearest first.
        opacity: of what holds them, of 255.
        depth: composite graphics around.
    """

    space: Matrix
    chain: Chain = ()
    opacity: float = OPAQUE
    depth: int = 0


@dataclass(slots=True)
class Allowance:
    """How much a whole document may still draw: pages may share one content a thousand times.

    Attributes:
        left: in characters; more is no report (`test_more_than_a_document_can_have`).
    """

    left: int = 2_000_000

    def spend(self, amount: int, what: str) -> None:
        """Takes off what was drawn.

        Raises:
            TooLarge: more than a report can have.
        """
        self.left -= amount
        if self.left < 0:
            raise TooLarge(what)


@dataclass(slots=True)
class Canvas:
    """What is drawn on a page, in page space (points, y up).

    Attributes:
        resources: what objects refer to.
        allowance: what the document has left.
        texts: glyphs, how they show, and what cuts them, in the order of drawing.
        rulings: thin boxes.
        shades: boxes filled with a colour that is not white.
        letters: boxes of letters that are drawn as shapes.
        images: boxes of pictures.
        misplaced: there is text whose place is nonsense.
        objects, points, characters: how many were looked at.
    """

    resources: Resources
    allowance: Allowance
    texts: list[tuple[Glyphs, Visibility, tuple[Segment, ...]]] = field(default_factory=list)
    rulings: list[Segment] = field(default_factory=list)
    shades: list[Segment] = field(default_factory=list)
    letters: list[Segment] = field(default_factory=list)
    images: list[Segment] = field(default_factory=list)
    misplaced: bool = False
    objects: int = 0
    points: int = 0
    characters: int = 0

    def draw(self, holder: _Element, space: Matrix) -> None:
        """Everything in a page, a template or the appearance of an annotation.

        Raises:
            TooLarge: more than a page of a report can have.
        """
        self._walk(holder, _Place(space))

    def _walk(self, holder: _Element, place: _Place) -> None:
        for item in holder:
            self._count()
            name = name_of(item)
            if name == "TextObject":
                self._text(item, place)
            elif name == "PathObject":
                self._path(item, place)
            elif name == "ImageObject":
                self._image(item, place)
            elif name == "CompositeObject":
                self._composite(item, place)
            elif name in _HOLDERS:
                chain = place.chain
                if item.get("DrawParam") is not None:
                    chain = self.resources.chain(item, chain)
                self._walk(item, _Place(place.space, chain, place.opacity, place.depth))

    def _count(self) -> None:
        self.objects += 1
        amount = both(f"{self.objects} 个对象", f"{self.objects} objects")
        if self.objects > MAX_OBJECTS:
            raise TooLarge(amount)
        self.allowance.spend(COST, amount)

    def _image(self, item: _Element, place: _Place) -> None:
        if switch(item, "Visible", default=True):
            x, y, width, height = box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
            self.images.append(mapped((x, y, x + width, y + height), place.space))

    def _composite(self, item: _Element, place: _Place) -> None:
        content = self.resources.composites.get(item.get("ResourceID", ""))
        opacity = opacity_of(item, place.opacity)
        if (
            content is None
            or place.depth >= DEEPEST
            or not opacity
            or not switch(item, "Visible", default=True)
        ):
            return
        chain = self.resources.chain(item, place.chain)
        self._walk(content, _Place(_own_space(item, place.space), chain, opacity, place.depth + 1))

    def _text(self, item: _Element, place: _Place) -> None:
        ink = self._text_ink(item, place)
        if ink.visibility is Visibility.HIDDEN:
            return
        self.misplaced = self.misplaced or not is_placed(item)
        own = _own_space(item, place.space)
        found = glyphs_of(item, own, MAX_CHARS - self.characters)
        if found is None:
            return
        self.characters += len(found.items)
        if self.characters > MAX_CHARS:
            raise TooLarge(both(f"{self.characters} 个字符", f"{self.characters} characters"))
        self.allowance.spend(
            len(found.items), both(f"{self.characters} 个字符", f"{self.characters} characters")
        )
        if ink.opacity > TRANSLUCENT or not _is_watermark(found):
            clips = clips_of(item, own, _outer_space(item, place.space)) if len(item) > 1 else ()
            self.texts.append((found, ink.visibility, _that_cut(found, clips)))

    def _text_ink(self, item: _Element, place: _Place) -> Ink:
        if not switch(item, "Visible", default=True):
            return HIDDEN
        opacity = opacity_of(item, place.opacity)
        chain = self.resources.chain(item, place.chain)
        if is_on(chain, "Fill", default=True):
            return ink_of(chain, "FillColor", self.resources, opacity)
        if is_on(chain, "Stroke", default=False):
            return ink_of(chain, "StrokeColor", self.resources, opacity)
        return HIDDEN

    def _path(self, item: _Element, place: _Place) -> None:
        if not switch(item, "Visible", default=True):
            return
        own = _own_space(item, place.space)
        points = points_of(item, own, MAX_POINTS - self.points)
        self.points += len(points)
        self.allowance.spend(len(points), both(f"{self.points} 条线段", f"{self.points} segments"))
        opacity = opacity_of(item, place.opacity)
        chain = self.resources.chain(item, place.chain)
        if not points:
            return
        strokes = is_on(chain, "Stroke", default=True) and self._is_seen(chain, "StrokeColor", opacity)
        fills = is_on(chain, "Fill", default=False) and self._is_seen(chain, "FillColor", opacity)
        if is_letter(points):
            self.letters += [bounds_of(points)] if strokes or fills else []
            return
        if strokes:
            self.rulings += stroked(points, _pen(chain) * scale_of(own))
        if fills:
            self.rulings += filled(points)
            area = bounds_of(points)
            if area[2] - area[0] >= THIN and area[3] - area[1] >= THIN:
                self.shades.append(area)

    def _is_seen(self, chain: Chain, name: str, opacity: float) -> bool:
        return ink_of(chain, name, self.resources, opacity).visibility is Visibility.SEEN


def _own_space(item: _Element, outer: Matrix) -> Matrix:
    """The matrix of an object's own space: its transformation, then its place."""
    ctm = item.get("CTM")
    placed = _outer_space(item, outer)
    return combined(matrix(ctm), placed) if ctm else placed


def _outer_space(item: _Element, outer: Matrix) -> Matrix:
    bounds = box(item.get("Boundary"))
    if bounds is None:
        return outer
    a, b, c, d, e, f = outer
    x, y, _, _ = bounds
    return a, b, c, d, a * x + c * y + e, b * x + d * y + f


def _pen(chain: Chain) -> float:
    return next((number(i.get("LineWidth"), PEN) for i in chain if i.get("LineWidth") is not None), PEN)


def _is_watermark(found: Glyphs) -> bool:
    return found.items[0].size >= LARGE or is_aslant(found.angle)


def _that_cut(found: Glyphs, clips: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The clips, where they leave some of the text or no room at all: others were not understood."""
    if not clips or all(min(b[2] - b[0], b[3] - b[1]) < NO_ROOM for b in clips):
        return clips
    return clips if any(is_inside(*middle(found, i), clips) for i in range(len(found.items))) else ()


def middle(found: Glyphs, index: int) -> tuple[float, float]:
    """The middle of a glyph."""
    glyph, (x, y) = found.items[index], found.along
    up = 0.35 * glyph.size * found.up
    return glyph.x + x * glyph.width / 2 - y * up, glyph.y + y * glyph.width / 2 + x * up
