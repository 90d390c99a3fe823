"""Small questions asked of an element: its name, its numbers, its switches.

Enters: an lxml element or the text of an attribute. Leaves: finite numbers within bounds; never an exception,
since generated files write nonsense into attributes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from extract.page.paths import IDENTITY, Matrix

FARTHEST: Final = 1e6
"""Millimetres, beyond which a coordinate is nonsense."""


def name_of(item: _Element) -> str:
    """The local name: some writers leave the namespace out or use one of their own."""
    return item.tag.rpartition("}")[2]


def children(item: _Element, *names: str) -> Iterator[_Element]:
    """The children of these local names."""
    return (child for child in item if name_of(child) in names)


def child(item: _Element, name: str) -> _Element | None:
    """The first child of this local name."""
    return next(children(item, name), None)


def text_at(item: _Element, *path: str) -> str:
    """The text of a descendant, "" where there is none."""
    found: _Element | None = item
    for name in path:
        found = None if found is None else child(found, name)
    return "" if found is None else (found.text or "").strip()


def number(text: str | None, default: float) -> float:
    """The number that is written, within bounds."""
    if text is None:
        return default
    found = numbers(text)
    return found[0] if found else default


def numbers(text: str | None) -> list[float]:
    """The numbers of a list; one that is none or beyond reason ends it."""
    out: list[float] = []
    try:
        for word in (text or "").replace(",", " ").split():
            value = float(word)
            if not -FARTHEST <= value <= FARTHEST:  # NaN is not within either
                break
            out.append(value)
    except ValueError:
        pass
    return out


def box(text: str | None) -> tuple[float, float, float, float] | None:
    """x, y, width, height."""
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else None


def matrix(text: str | None) -> Matrix:
    """A transformation; none where it is not wholly there."""
    if not text:
        return IDENTITY
    found = numbers(text)
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) >= 6 else IDENTITY


def is_placed(text: _Element) -> bool:
    """Whether a text object says where and how large it stands; else it may be drawn anywhere, or nowhere."""
    asked = [(text, "Boundary", 4), (text, "CTM", 6), (text, "Size", 1)]
    asked += [(code, name, 1) for code in children(text, "TextCode") for name in ("X", "Y")]
    stated = ((item.get(name), count) for item, name, count in asked)
    return all(not value or len(numbers(value)) == count for value, count in stated)


def switch(item: _Element, name: str, default: bool) -> bool:  # noqa: FBT001 - the value the standard gives
    """Whether a yes-or-no attribute says yes."""
    text = item.get(name)
    return default if text is None else text.strip().lower() in {"true", "1"}


def repeated(text: str | None, most: int) -> list[float]:
    """Offsets between glyphs, with `g 3 1.5` written out as 1.5 1.5 1.5; no more than `most`."""
    out: list[float] = []
    words = iter((text or "").split())
    for word in words:
        count, value = 1, word
        if word in {"g", "G"}:
            count, value = int(number(next(words, ""), 0.0)), next(words, "")
        offset = numbers(value)
        if not offset or len(out) >= most:
            break
        out += offset * min(max(count, 0), most - len(out))
    return out
