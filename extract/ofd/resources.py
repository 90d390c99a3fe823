"""What pages refer to by number: drawing parameters, colour spaces, composite graphics.

Enters: the resource parts of a document. Leaves: `Resources`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from extract.ofd.attributes import child, children

DEEPEST: Final = 12
"""Drawing parameters that refer to others, which may go in a circle."""


@dataclass(slots=True)
class Resources:
    """Elements by their id.

    Attributes:
        parameters: drawing parameters.
        composites: the content of composite graphics.
        spaces: the type of each colour space: GRAY, RGB, CMYK.
    """

    parameters: dict[str, _Element] = field(default_factory=dict)
    composites: dict[str, _Element] = field(default_factory=dict)
    spaces: dict[str, str] = field(default_factory=dict)

    def add(self, roots: Iterable[_Element]) -> None:
        """Takes in what some parts define."""
        for root in roots:
            for group in root:
                for item in children(group, "DrawParam"):
                    self.parameters[item.get("ID", "")] = item
                for item in children(group, "ColorSpace"):
                    self.spaces[item.get("ID", "")] = item.get("Type", "RGB").upper()
                for item in children(group, "CompositeGraphicUnit", "VectorG"):
                    content = child(item, "Content")
                    if content is not None:
                        self.composites[item.get("ID", "")] = content

    def chain(self, item: _Element, inherited: tuple[_Element, ...]) -> tuple[_Element, ...]:
        """The element and the drawing parameters it goes by, the nearest first."""
        name = item.get("DrawParam")
        if name is None:
            return (item, *inherited)
        out = [item]
        while name is not None and len(out) < DEEPEST:
            found = self.parameters.get(name)
            if found is None:
                break
            out.append(found)
            name = found.get("Relative")
        return (*out, *inherited)
