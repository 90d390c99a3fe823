"""Small questions asked of an element: its value, its switch, its visible branch.

Enters: an lxml element. Leaves: a string, a number within bounds, a branch; never an exception, since
generated files write nonsense into attributes.
"""

from __future__ import annotations

from typing import Final

from lxml.etree import _Element

from extract.xml.word_names import CHOICE, FALLBACK, VAL

_OFF: Final = frozenset({"0", "false", "off"})
# Prefixes of `mc:Choice Requires` whose content is plain shapes and text, which is read here.
_UNDERSTOOD: Final = frozenset({"wps", "wpg", "wpc", "wp14", "w14", "w15", "v", "wpi"})


def child_of(parent: _Element, name: str) -> _Element | None:
    """The first child `name`; a third of the cost of `find`, which compiles a path each time."""
    return next(parent.iterchildren(name), None)


def leading_child(parent: _Element, name: str) -> _Element | None:
    """The child `name` that stands first by the schema: properties; looked for further on if it does not."""
    if not len(parent):
        return None
    first = parent[0]
    return first if first.tag == name else child_of(parent, name)


def switched_on(parent: _Element, name: str) -> bool | None:
    """The on/off property `name` of `parent`; None where it is not stated."""
    child = child_of(parent, name)
    return None if child is None else is_on(child)


def is_on(switch: _Element) -> bool:
    """Whether an on/off property is on; present without a value means on."""
    return switch.get(VAL, "1").lower() not in _OFF


def value_of(parent: _Element | None, name: str) -> str:
    """`w:val` of the child `name`, "" where there is none."""
    child = None if parent is None else child_of(parent, name)
    return "" if child is None else child.get(VAL, "")


def whole_number(text: str | None, low: int, high: int) -> int | None:
    """The integer written in `text` within bounds (a span of a billion columns is nonsense)."""
    try:
        return min(max(int(text or ""), low), high)
    except ValueError:
        return None


def visible_branch(alternate: _Element) -> _Element | None:
    """The branch of an `mc:AlternateContent` to read: never both, or a text box would stand twice."""
    choices = alternate.findall(CHOICE)
    for choice in choices:
        if set(choice.get("Requires", "").split()) <= _UNDERSTOOD:
            return choice
    fallback = alternate.find(FALLBACK)
    return fallback if fallback is not None else (choices[0] if choices else None)
