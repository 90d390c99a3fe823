"""The style sheet of an .xlsx, as far as it changes what a cell prints or where tables are.

Enters: the root of styles.xml, or None. Leaves: a `CellLook` for each style number.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from extract.sheets.shown.cell_printer import PLAIN, CellLook
from extract.sheets.shown.format_code import builtin_codes
from extract.xml.elements import whole_number
from extract.xml.local_names import local, named

_SIDES = frozenset({"left", "right", "top", "bottom", "start", "end"})


class LookBook:
    """Looks by style number; a number that is not there looks plain."""

    def __init__(self, looks: tuple[CellLook, ...] = ()) -> None:
        self._looks = looks

    def look(self, style: str | None) -> CellLook:
        """The look of the style `s="…"` of a cell."""
        number = whole_number(style or "0", 0, 1_000_000)
        return self._looks[number] if number is not None and number < len(self._looks) else PLAIN


def read_looks(root: _Element | None) -> LookBook:
    """The looks that a style sheet states."""
    if root is None:
        return LookBook()
    codes = builtin_codes() | {
        number: item.get("formatCode", "")
        for item in named(root, "numFmts", "numFmt")
        if (number := whole_number(item.get("numFmtId"), 0, 1_000_000)) is not None
    }
    fonts = [_font(font) for font in named(root, "fonts", "font")]
    ruled = [_is_ruled(border) for border in named(root, "borders", "border")]
    return LookBook(tuple(_look(xf, codes, fonts, ruled) for xf in named(root, "cellXfs", "xf")))


def _look(
    xf: _Element, codes: dict[int, str], fonts: list[tuple[bool, float | None]], ruled: list[bool]
) -> CellLook:
    font = _number(xf, "fontId")
    bold, size = fonts[font] if font < len(fonts) else (False, None)
    border = _number(xf, "borderId")
    centred = any(
        item.get("horizontal", "").startswith("center") for item in xf if local(item) == "alignment"
    )
    code = codes.get(_number(xf, "numFmtId"), "General")
    return CellLook(code, border < len(ruled) and ruled[border], bold, centred, size)


def _number(element: _Element, name: str) -> int:
    return whole_number(element.get(name, "0"), 0, 1_000_000) or 0


def _font(font: _Element) -> tuple[bool, float | None]:
    bold, size = False, None
    for child in font:
        if local(child) == "b":
            bold = child.get("val", "1") not in {"0", "false"}
        elif local(child) == "sz":
            points = whole_number(child.get("val", "").partition(".")[0], 1, 1000)
            size = None if points is None else float(points)
    return bold, size


def _is_ruled(border: _Element) -> bool:
    return any(_drawn_sides(border))


def _drawn_sides(border: _Element) -> Iterator[bool]:
    for side in border:
        if local(side) in _SIDES:
            yield side.get("style", "none") != "none"
