"""Markup that a page carries in places that print nothing, put where it can be read.

Enters: the root element of a page. Leaves: the same tree with what such places hold as elements of it. Frames
whose source stands in the page, and roots of shadow trees, are shown by every browser; templates, scripts,
text fields and what stands for browsers without scripts count only where a page has no tables otherwise.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from extract.html.source.parse import parse_page
from extract.html.source.saved import strings_of

_ROWS: Final = re.compile(r"<\s*/?\s*t[rd]\b", re.IGNORECASE)
_ESCAPED_ROWS: Final = re.compile(r"&lt;\s*/?\s*t[rd]\b|\\u003c\\?/?t[rd]\b", re.IGNORECASE)
_SHADOW: Final = ("shadowrootmode", "shadowroot")
_KEPT_BACK: Final = ("template", "noscript", "noframes", "object", "textarea", "xmp", "script", "input")
_MOST: Final = 50
"""Frames, templates or sources of one element."""


def show_frames(root: _Element) -> None:
    """Puts into the page what browsers show of it as pages of their own."""
    for element in list(root.iter("iframe"))[:_MOST]:
        if source := element.get("srcdoc"):
            _replace(element, [source])
    for element in list(root.iter("template"))[:_MOST]:
        if any(element.get(name) is not None for name in _SHADOW):
            element.tag = "div"


def show_kept_back(root: _Element) -> bool:
    """Puts rows of tables that nothing prints into the page; whether there are any."""
    found = False
    for element in list(root.iter(*_KEPT_BACK)):
        if next(element.iter("td"), None) is not None:
            element.tag = "div"
            found = True
        elif sources := [source for source in _sources(element) if _ROWS.search(source)][:_MOST]:
            _replace(element, sources)
            found = True
    return found


def _sources(element: _Element) -> Iterator[str]:
    text = element.get("value") if element.tag == "input" else element.text
    if not text or not (_ROWS.search(text) or _ESCAPED_ROWS.search(text)):
        return
    if element.tag == "script" and "html" not in (element.get("type") or ""):
        yield from strings_of(text)
    else:
        yield text if _ROWS.search(text) else html.unescape(text)


def _replace(element: _Element, sources: list[str]) -> None:
    """Makes the element one that holds these pages."""
    tail = element.tail
    element.clear()
    element.tag, element.tail = "div", tail
    for source in sources:
        page = parse_page(source)
        body = next(page.iter("body"), None) if page is not None else None
        if body is not None:
            body.tag = "div"
            element.append(body)
