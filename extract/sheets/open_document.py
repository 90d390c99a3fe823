"""What every OpenDocument file has in common: its package, its lock, its styles.

Enters: bytes, or the roots of its parts. Leaves: an opened package, `CellLook`s by the names of styles.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml.etree import _Element

from extract.errors import Encrypted
from extract.sheets.shown.cell_printer import PLAIN, CellLook, to_decimal
from extract.xml.elements import whole_number
from extract.xml.local_names import attribute, local
from extract.xml.office_package import Package

_MANIFEST: Final = "META-INF/manifest.xml"
_MAX_CHAIN: Final = 32
"""Styles based on others; any bound ends a circle."""


def open_package(data: bytes) -> Package:
    """The package of a file without a password.

    Raises:
        Encrypted: its parts are.
        ReadError: whatever is wrong with it.
    """
    Package(data).check_sizes()
    package = Package(data)
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise Encrypted
    return package


class OdfStyles:
    """Styles by family and name."""

    def __init__(self, roots: Iterable[_Element]) -> None:
        self._styles: dict[tuple[str, str], _Element] = {}
        self._looks: dict[str, CellLook] = {}
        for root in roots:
            for style in root.iter("{*}style"):
                self._styles[attribute(style, "family"), attribute(style, "name")] = style

    def shows_table(self, name: str) -> bool:
        """Whether the style of a table lets it be seen."""
        style = self._styles.get(("table", name))
        return style is None or all(attribute(child, "display") != "false" for child in style)

    def look(self, name: str) -> CellLook:
        """The look of a cell style, with everything it is based on."""
        if name not in self._looks:
            self._looks[name] = self._resolve(name)
        return self._looks[name]

    def _resolve(self, name: str) -> CellLook:
        stated: dict[str, str] = {}
        for _ in range(_MAX_CHAIN):
            style = self._styles.get(("table-cell", name))
            if style is None:
                break
            for properties in style:
                for key, value in properties.items():
                    stated.setdefault(str(key).rpartition("}")[2], str(value))
            name = attribute(style, "parent-style-name")
        return _look(stated) if stated else PLAIN


def _look(stated: dict[str, str]) -> CellLook:
    sides = ("border", "border-left", "border-right", "border-top", "border-bottom")
    ruled = any(stated.get(side, "none") not in {"none", "hidden", ""} for side in sides)
    size = to_decimal(stated.get("font-size", "").removesuffix("pt"))
    return CellLook(
        ruled=ruled,
        bold=stated.get("font-weight") == "bold",
        centred=stated.get("text-align") == "center",
        size=float(size) if size is not None and 0 < size < 1000 else None,
    )


def paragraphs_of(element: _Element) -> str:
    """The text of the paragraphs that are an element's own, not of notes and boxes inside it."""
    return "\n".join(_text(child) for child in element if local(child) in {"p", "h"})


def _text(element: _Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        name = local(child)
        if name == "s":
            pieces.append(" " * (whole_number(attribute(child, "c", "1"), 1, 1000) or 1))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name not in {"annotation", "note", "ruby-text", "frame", "tracked-changes"}:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
