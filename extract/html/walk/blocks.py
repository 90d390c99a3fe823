"""The element tree of a page -> its blocks in reading order, with the place of each.

Enters: the root element and the looks of its style sheets. Leaves: `WebFlow`. One walk over the tree without
recursion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree
from lxml.etree import _Element

from extract.html.items import Places, WebItem
from extract.html.tags import BLOCKS, BOLD, CONTAINERS, DRAWN, FRAMES, HEADINGS, ROLES, SKIPPED, STRUCK
from extract.html.walk.grid import StatedSpans
from extract.html.walk.look import ElementLook, look_of
from extract.html.walk.open_tables import OpenTables
from extract.html.walk.printed_lines import BREAK
from extract.html.walk.text_collector import TextCollector

_SPAN: Final = re.compile(r"\s*\+?(\d{1,5})")
_PREFIX: Final = re.compile(r"^x?h(?:tml)?:")
_NOTE: Final = re.compile(r"#.*(?:fn|ftn|edn|note)", re.IGNORECASE)
_SMALL: Final = 120
"""Pixels up to which a picture is an icon."""
_DOT: Final = 4
"""Pixels up to which a picture keeps a place free; 60 have the picture of a number
(`test_a_number_in_a_picture_is_not_blank`)."""
_SPACER: Final = re.compile(r"(?:space|spacer|blank|pixel|dot|line|bg)[^/]*$", re.IGNORECASE)
_CELLS: Final = frozenset(("td", "th"))


class WebFlow:
    """Reads a page; afterwards its attributes hold what was found.

    Attributes:
        places: the elements around the blocks.
        links: (words, address, place) of every link.
        frames: (address, place) of other files that are shown in the page.
        pictures: (address, place) of pictures that are no icons.
    """

    def __init__(self, looks: Mapping[str, ElementLook]) -> None:
        self.places = Places()
        self.links: list[tuple[str, str, int]] = []
        self.frames: list[tuple[str, int]] = []
        self.pictures: list[tuple[str, int]] = []
        self._looks = looks
        self._together = [frozenset(name[1:].split(".")) for name in looks if name.count(".") > 1]
        self._ink = TextCollector()
        self._tables = OpenTables(self._ink)
        self._undo: list[tuple[int, Callable[[], None]]] = []
        self._depth = 0

    @property
    def items(self) -> list[WebItem]:
        """The blocks in reading order, those in hidden elements that hold tables marked so."""
        return self._ink.page.items

    @property
    def remarks(self) -> set[str]:
        """Codes for `Document.remarks`."""
        return self._ink.remarks

    def read(self, root: _Element) -> WebFlow:
        """Walks over the tree."""
        ink = self._ink
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if ":" in tag:
                tag = _PREFIX.sub("", tag)
            if event == "start":
                self._depth += 1
                if self._start(element, tag):
                    if element.text:
                        ink.add(element.text)
                else:
                    walker.skip_subtree()  # its end is still met
                continue
            self._end(tag)
            if element.tail:
                ink.add(element.tail)
        self._tables.end_all()
        if ink.sink.pieces:
            ink.flush()
        return self

    # what begins

    def _start(self, element: _Element, tag: str) -> bool:
        """Begins an element; False where its contents are left out."""
        if tag in SKIPPED:
            return False
        style = element.get("style")
        look = look_of(style) if style else None
        if self._looks:
            look = self._by_sheet(element) or look
        if (look is not None and look.hidden) or element.get("hidden") is not None:
            if next(element.iter("table"), None) is None:
                return False
            self._count("hidden")
        if look is not None:
            self._set_look(look)
        shown = self._shown_as(element, tag, look)
        if shown not in BLOCKS:
            return self._begin_inline(element, tag)
        self._begin_block(element, tag, shown)
        if tag in DRAWN or (look is not None and look.kept and not len(element)):
            return self._draw(element)
        return tag != "iframe"

    def _by_sheet(self, element: _Element) -> ElementLook | None:
        classes = (element.get("class") or "").split()
        names = [*(f".{name}" for name in classes), f"#{element.get('id')}"]
        look = next((self._looks[name] for name in names if name in self._looks), None)
        if look is not None and look.hidden and any(t.issubset(classes) for t in self._together):
            return None
        return look

    def _shown_as(self, element: _Element, tag: str, look: ElementLook | None) -> str:
        """The tag that an element is laid out as: its own, or one that its role or its style states."""
        role = element.get("role")
        shown = (look.display if look is not None else "") or ROLES.get(role or "", tag)
        return shown if shown in {tag, "table"} or self._tables.takes_style else tag

    def _set_look(self, look: ElementLook) -> None:
        if look.struck:
            self._count("struck")
        if look.kept:
            self._count("kept")
        if look.raised:
            self._begin_raised()
        if look.centred:
            self._count("centred")

    def _count(self, name: str) -> None:
        """Counts an attribute of the ink up until the element ends."""
        ink = self._ink
        setattr(ink, name, getattr(ink, name) + 1)
        self._undo.append((self._depth, lambda: setattr(ink, name, getattr(ink, name) - 1)))

    def _begin_block(self, element: _Element, tag: str, shown: str) -> None:
        if self._ink.sink.pieces:
            self._ink.flush()
        if shown == "table":
            self._tables.begin(self._depth, by_style=tag != "table")
        elif shown in _CELLS:
            spans = _stated_spans(element, "" if shown == tag else "aria-")
            self._tables.begin_cell(spans, self._depth, by_style=shown != tag)
        elif shown == "tr":
            self._tables.begin_row(self._depth, by_style=shown != tag)
        elif self._tables:
            self._tables.begin_other(tag)
        if tag in CONTAINERS and (tag not in _CELLS or len(element) > 2):
            self._enter_place(element, tag)  # a cell with hardly anything in it is no place for an article
        if tag in HEADINGS:
            self._count("heading")
        if tag in BOLD:
            self._count("bold")
        if tag == "center" or element.get("align") == "center":
            self._count("centred")
        elif tag == "iframe":
            self._frame(element)

    def _enter_place(self, element: _Element, tag: str) -> None:
        ink = self._ink
        before = ink.where
        names = f"{element.get('id') or ''} {element.get('class') or ''}".lower().split()
        ink.where = self.places.add(before, frozenset((f"<{tag}>", *names)))
        self._undo.append((self._depth, lambda: setattr(ink, "where", before)))

    def _begin_inline(self, element: _Element, tag: str) -> bool:
        if tag == "br":
            self._ink.sink.pieces.append(BREAK)
        elif tag == "a":
            self._begin_link(element)
        elif tag in STRUCK:
            self._count("struck")
        elif tag in BOLD:
            self._count("bold")
        elif tag in {"sup", "sub"}:
            self._begin_raised(lowered=tag == "sub")
        elif tag == "img":
            self._picture(element)
        elif tag == "input":
            self._input(element)
        elif tag == "select":
            self._select(element)
            return False
        elif tag in FRAMES:
            self._frame(element)
            return False
        return True

    # what ends

    def _end(self, tag: str) -> None:
        depth = self._depth
        if self._ink.sink.pieces and tag in BLOCKS:
            self._ink.flush()
        if self._tables:
            self._tables.end(depth)
        undo = self._undo
        while undo and undo[-1][0] >= depth:
            undo.pop()[1]()
        self._depth = depth - 1

    # what else is printed

    def _draw(self, element: _Element) -> bool:
        """Lines as they stand; False: its contents are read."""
        if any(found is not element for found in element.iter("table", "p", "div")):
            self._count("kept")
            return True
        self._ink.draw(element)
        return False

    def _begin_raised(self, *, lowered: bool = False, sure: bool = False) -> None:
        ink = self._ink
        sink, start = ink.sink, len(ink.sink.pieces)
        self._undo.append((self._depth, lambda: ink.end_raised(sink, start, lowered=lowered, sure=sure)))

    def _begin_link(self, element: _Element) -> None:
        address = (element.get("href") or "").strip()
        if _NOTE.match(address):
            self._begin_raised(sure=True)
        if not address or address.startswith("#"):
            return
        ink = self._ink
        sink, start, where = ink.sink, len(ink.sink.pieces), ink.where

        def end_link() -> None:
            ink.linked -= 1
            text = "".join(sink.pieces[start:]) if ink.sink is sink else ""
            words = " ".join(text.replace(BREAK, " ").split())
            self.links.append((words or element.get("title") or "", address, where))

        ink.linked += 1
        self._undo.append((self._depth, end_link))

    def _picture(self, element: _Element) -> None:
        address = element.get("src") or ""
        size = min(_span(element.get(name), _SMALL + 1) for name in ("width", "height"))
        if size > _SMALL:
            self.pictures.append((address, self._ink.where))
        if size > _DOT and not _SPACER.search(address):
            self._tables.picture()

    def _input(self, element: _Element) -> None:
        if (element.get("type") or "text").lower() in {"text", "number"} and element.get("value"):
            self._ink.add(element.get("value") or "")

    def _select(self, element: _Element) -> None:
        options = list(element.iter("option"))
        chosen = next((o for o in options if o.get("selected") is not None), None)
        if chosen is not None and self._tables:
            self._ink.add("".join(map(str, chosen.itertext())))

    def _frame(self, element: _Element) -> None:
        address = element.get("src") or element.get("data") or ""
        if address.strip():
            self.frames.append((address.strip(), self._ink.where))


def _stated_spans(element: _Element, prefix: str) -> StatedSpans:
    """The spans that a cell states; one made by its role states them under other names."""
    columns = _span(element.get(f"{prefix}colspan"), 1)
    return StatedSpans(_span(element.get(f"{prefix}rowspan"), 1), columns or 1)


def _span(stated: str | None, otherwise: int) -> int:
    """The number that an attribute begins with."""
    match = _SPAN.match(stated) if stated else None
    return int(match[1]) if match else otherwise
