"""How an object shows on paper: in ink, in white, or not at all.

Enters: an element with the drawing parameters it goes by. Leaves: an `Ink`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from extract.ofd.attributes import child, number, switch
from extract.ofd.resources import Resources
from extract.page.paths import FAINT, WHITE
from extract.page.seen import Visibility

OPAQUE: Final = 255.0
"""The default of Alpha (GB/T 33190)."""
# Colours that a space of each type takes (GB/T 33190, ColorSpace).
_COMPONENTS: Final = {"GRAY": 1, "RGB": 3, "CMYK": 4}


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour and how opaque it is, of 255."""

    visibility: Visibility
    opacity: float = OPAQUE


HIDDEN: Final = Ink(Visibility.HIDDEN, 0.0)


def is_on(chain: tuple[_Element, ...], name: str, default: bool) -> bool:  # noqa: FBT001 - as the standard has it
    """Whether an object is filled (or stroked), by its own word or that of its drawing parameters."""
    stated = next((item for item in chain if item.get(name) is not None), None)
    return default if stated is None else switch(stated, name, default)


def ink_of(chain: tuple[_Element, ...], name: str, resources: Resources, opacity: float) -> Ink:
    """The ink of `FillColor` or `StrokeColor`; black where none is stated."""
    for item in chain:
        colour = child(item, name)
        if colour is not None:
            opacity = opacity * _share(colour.get("Alpha"))
            if opacity < FAINT:
                return HIDDEN
            return Ink(Visibility.WHITE if _is_white(colour, resources) else Visibility.SEEN, opacity)
    return Ink(Visibility.SEEN, opacity) if opacity >= FAINT else HIDDEN


def opacity_of(item: _Element, inherited: float) -> float:
    """How opaque an object is, inside of what holds it."""
    return inherited * _share(item.get("Alpha"))


def _share(alpha: str | None) -> float:
    return min(max(number(alpha, OPAQUE) / OPAQUE, 0.0), 1.0)


def _is_white(colour: _Element, resources: Resources) -> bool:
    values = [_component(word) for word in colour.get("Value", "").split()[:4]]
    count = _COMPONENTS.get(resources.spaces.get(colour.get("ColorSpace", ""), ""), len(values))
    if not values or len(values) < count or len(colour):
        return False
    if count == 4:
        return all(v <= OPAQUE - WHITE for v in values)
    return all(v >= WHITE for v in values[:count])


def _component(word: str) -> float:
    """`238` or `#ee`."""
    if word.startswith("#"):
        try:
            return float(int(word[1:5], 16))
        except ValueError:
            return 0.0
    return number(word, 0.0)
