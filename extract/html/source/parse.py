"""The text of a page -> an element tree, within limits.

Enters: text. Leaves: the root element, or None where nothing is marked up. Pictures inside the text are
dropped before their size counts. Nothing is fetched, no entity but those of HTML is known. libxml2 cuts a
page off where it nests more than 2048 deep: such a page is flattened first, so that no number is lost.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree
from lxml.etree import _Element

from extract.errors import TooLarge, in_megabytes
from extract.html.tags import BLOCKS

MAX_CHARACTERS: Final = 24_000_000
"""Reports pasted from Word reach 10 MB of styles."""
MAX_TAGS: Final = 400_000
"""Of a page; those of reports have up to 9036 at hand (`test_a_page_beyond_all_reports_is_refused`)."""
DEEPEST: Final = 400
"""Elements within each other from which on start tags are dropped."""

_INLINE_PICTURE: Final = re.compile(
    r"data:[\w.+-]+/[\w.+-]+(?:;[\w=.-]+)*,[^\"'<>)\s]*(?:[\r\n]+[A-Za-z0-9+/=]+)*"
)
_UNUSABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>\x00]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(/?)>")
_RAW: Final = re.compile(r"<(script|style|textarea|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_VOID: Final = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_LONG_PAGE: Final = 150_000
"""Characters of a page that may hold a tag of which libxml2 makes much work."""
_LONG_TAG: Final = 12_000
"""Characters of such a tag: 8000 attributes in 79 000 take 0.2 s, half as many a quarter of it
(`test_thousands_of_attributes`)."""
_NAME: Final = re.compile(r"<[a-zA-Z][^\s/>]*")
_TAG_PART: Final = re.compile(r">|=\s*[\"']")
_CELLS: Final = {"td": ("td", "th"), "th": ("td", "th"), "tr": ("tr",)}
_FAR: Final = 60
"""How many open elements an end tag may close at once in a page that is flattened."""


def parse_page(text: str) -> _Element | None:
    """Parses a page or a piece of one.

    Raises:
        TooLarge: more text or more tags than a report can have.
    """
    text = without_pictures(text)
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(in_megabytes(len(text)))
    if text.count("<") > MAX_TAGS:
        detail = f"{text.count('<')} 个标签 tags"
        raise TooLarge(detail)
    if len(text) > _LONG_PAGE:
        text = _without_long_tags(text)
    root, whole = _parse(text)
    return root if whole else _parse(_flattened(text))[0]


def without_pictures(text: str) -> str:
    """The text without the pictures that stand in it as `data:` addresses."""
    return _INLINE_PICTURE.sub("data:,", text) if "data:" in text else text


def _parse(text: str) -> tuple[_Element | None, bool]:
    """The root, and whether the page was read to its end."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(_UNUSABLE.sub("", text).encode("utf-8"), parser)
    except etree.LxmlError:  # nothing but white space or comments
        return None, True
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return root, not any(error.type == limit for error in parser.error_log)


def _without_long_tags(text: str) -> str:
    """The page with tags of thousands of attributes bare: libxml2 compares each with every other."""
    kept: list[str] = []
    done = start = 0
    while (start := text.find("<", start)) >= 0:
        name = _NAME.match(text, start)
        if name is None:
            start += 1
            continue
        at = name.end()
        while (found := _TAG_PART.search(text, at)) is not None and found[0] != ">":
            closing = text.find(found[0][-1], found.end())
            at = closing + 1 if closing >= 0 else len(text)
        end = found.end() if found is not None else len(text)
        if end - start > _LONG_TAG:
            kept += (text[done : name.end()], ">")
            done = end
        start = end
    return "".join((*kept, text[done:]))


def _flattened(text: str) -> str:
    """The page with the tags of elements that nest too deeply left out, and end tags that close nothing."""
    open_names: list[str] = []
    dropped: list[str] = []

    def keep(match: re.Match[str]) -> str:
        name = match[2].lower()
        if name in _VOID or match[3]:
            return match[0]
        if not match[1]:
            ended = _ended_by(name, open_names)
            if len(open_names) >= DEEPEST:
                dropped.append(name)
                return "<br>" if name in BLOCKS else " "
            open_names.append(name)
            return ended + match[0]
        if dropped and dropped[-1] == name:
            dropped.pop()
            return " "
        near = open_names[-_FAR:]
        if name not in near:
            return " "
        del open_names[len(open_names) - 1 - near[::-1].index(name) :]
        dropped.clear()
        return match[0]

    return _TAG.sub(keep, _RAW.sub("", text))


def _ended_by(name: str, open_names: list[str]) -> str:
    """The end tag of the cell or row that a new one ends; it is closed with whatever is open in it."""
    if name not in _CELLS:
        return ""
    for at in range(len(open_names) - 1, -1, -1):
        if open_names[at] == "table":
            break
        if open_names[at] in _CELLS[name]:
            ended = open_names[at]
            del open_names[at:]
            return f"</{ended}>"
    return ""
