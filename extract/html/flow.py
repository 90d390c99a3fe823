"""The element tree of a page -> its blocks in reading order, with the place of each.

Enters: the root element and the looks of its style sheets. Leaves: `Flow`. One walk over the tree without
recursion. Tables are put together as browsers do it: a cell ends where the next one of its table begins,
whatever the tree says, and what stands in a table outside its cells is printed before or after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree
from lxml.etree import _Element

from extract.document import Paragraph
from extract.html.items import Item, Places
from extract.html.layout import CellContent, RowGroup, close_table
from extract.html.look import Look, look_of
from extract.html.open import OpenTable, Sink
from extract.html.table import DrawnCell
from extract.html.tags import BLOCKS, BOLD, CONTAINERS, FRAMES, GROUPS, HEADINGS, SKIPPED, STRUCK
from extract.html.tidy import BREAK, is_empty, is_note_mark, to_lines, undouble

_SPAN: Final = re.compile(r"\s*\+?(\d{1,5})")
_PREFIX: Final = re.compile(r"^x?h(?:tml)?:")
_SMALL: Final = 120
"""Pixels up to which a picture is an icon."""
_CELLS: Final = frozenset(("td", "th"))
_HEADING_SIZE: Final = 18.0


class Flow:
    """Reads a page; afterwards its attributes hold what was found.

    Attributes:
        items: the blocks in reading order.
        places: the elements around them.
        links: (words, address, place) of every link.
        frames: (address, place) of other files that are shown in the page.
        pictures: (address, place) of pictures that are no icons.
        remarks: codes for `Document.remarks`.
        hidden_tables: tables that are not printed.
    """

    def __init__(self, looks: dict[str, Look], *, show_hidden: bool = False) -> None:
        self.places = Places()
        self.links: list[tuple[str, str, int]] = []
        self.frames: list[tuple[str, int]] = []
        self.pictures: list[tuple[str, int]] = []
        self.remarks: set[str] = set()
        self.hidden_tables = 0
        self._looks = looks
        self._show_hidden = show_hidden
        self._page = self._sink = Sink()
        self._tables: list[OpenTable] = []
        self._undo: list[tuple[int, Callable[[], None]]] = []
        self._depth = self._where = 0
        self._struck = self._bold = self._linked = self._heading = self._centred = self._kept = 0

    @property
    def items(self) -> list[Item]:
        """The blocks in reading order."""
        return self._page.items

    def read(self, root: _Element) -> Flow:
        """Walks over the tree."""
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if ":" in tag:
                tag = _PREFIX.sub("", tag)
            if event == "start":
                self._depth += 1
                if self._start(element, tag):
                    text = element.text
                    if text:
                        self._add(text)
                else:
                    walker.skip_subtree()  # its end is still met
                continue
            self._end(tag)
            tail = element.tail
            if tail:
                self._add(tail)
        while self._tables:
            self._close_table()
        if self._sink.pieces:
            self._flush()
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
        if look is not None:
            if look.hidden and not self._show_hidden:
                return self._skip_hidden(element)
            self._set_look(look)
        if element.get("hidden") is not None and not self._show_hidden:
            return self._skip_hidden(element)
        shown = look.display if look is not None and look.display else tag
        if shown != tag and not self._may_show_as(shown):
            shown = tag
        if shown in BLOCKS:
            self._begin_block(element, tag, shown)
            if tag in {"pre", "listing", "xmp"} or (look is not None and look.kept and not len(element)):
                return self._preformatted(element)
            return tag != "iframe"
        return self._begin_inline(element, tag)

    def _by_sheet(self, element: _Element) -> Look | None:
        names = [f".{name}" for name in (element.get("class") or "").split()]
        names.append(f"#{element.get('id')}")
        return next((self._looks[name] for name in names if name in self._looks), None)

    def _skip_hidden(self, element: _Element) -> bool:
        if next(element.iter("table"), None) is not None:
            self.hidden_tables += 1
        return False

    def _may_show_as(self, shown: str) -> bool:
        """Rows and cells made by style belong to tables made by style."""
        return shown == "table" or not self._tables or self._tables[-1].by_style

    def _set_look(self, look: Look) -> None:
        if look.struck:
            self._count("_struck")
        if look.kept:
            self._count("_kept")
        if look.raised:
            self._begin_raised()
        if look.centred:
            self._count("_centred")

    def _count(self, name: str) -> None:
        """Counts an attribute up until the element ends."""
        setattr(self, name, getattr(self, name) + 1)
        self._undo.append((self._depth, lambda: setattr(self, name, getattr(self, name) - 1)))

    def _begin_block(self, element: _Element, tag: str, shown: str) -> None:
        if self._sink.pieces:
            self._flush()
        if shown == "table":
            self._open_table(by_style=tag != "table")
        elif shown in {"td", "th"}:
            self._begin_cell(element, by_style=shown != tag)
        elif shown == "tr":
            self._begin_row(by_style=shown != tag)
        elif self._tables:
            self._within_table(tag)
        if tag in CONTAINERS and (tag not in _CELLS or len(element) > 2):
            self._enter_place(element, tag)  # a cell with hardly anything in it is no place for an article
        if tag in HEADINGS:
            self._count("_heading")
        if tag in BOLD:
            self._count("_bold")
        if tag == "center" or element.get("align") == "center":
            self._count("_centred")
        elif tag == "iframe":
            self._frame(element)

    def _within_table(self, tag: str) -> None:
        """A block between rows, or one that follows rows without a table."""
        table = self._tables[-1]
        if tag in GROUPS and table.cell is None:
            table.groups.append(RowGroup(tag))
        elif table.cell is None and table.depth < 0:
            self._close_table()
        elif table.cell is None:
            self._sink = table.stray

    def _enter_place(self, element: _Element, tag: str) -> None:
        before = self._where
        names = f"{element.get('id') or ''} {element.get('class') or ''}".lower().split()
        self._where = self.places.add(before, frozenset((f"<{tag}>", *names)))

        def leave() -> None:
            self._where = before

        self._undo.append((self._depth, leave))

    def _begin_inline(self, element: _Element, tag: str) -> bool:
        if tag == "br":
            self._sink.pieces.append(BREAK)
        elif tag == "a":
            self._begin_link(element)
        elif tag in STRUCK:
            self._count("_struck")
        elif tag in BOLD:
            self._count("_bold")
        elif tag == "sup":
            self._begin_raised()
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
        if self._sink.pieces and tag in BLOCKS:
            self._flush()
        if self._tables:
            table = self._tables[-1]
            if table.cell_depth == depth:
                self._end_cell()
            elif abs(table.depth) == depth:
                self._close_table()
        undo = self._undo
        while undo and undo[-1][0] >= depth:
            undo.pop()[1]()
        self._depth = depth - 1

    # tables

    def _open_table(self, *, by_style: bool = False, implied: bool = False) -> None:
        # an implied table ends with the element around its first row
        depth = 1 - self._depth if implied else self._depth
        table = OpenTable(depth, self._where, self._sink, by_style=by_style)
        self._tables.append(table)
        self._sink = table.before

    def _begin_row(self, *, by_style: bool) -> None:
        if not self._tables:
            self._open_table(by_style=by_style, implied=True)
        self._end_cell()
        groups = self._tables[-1].groups
        if not groups:
            groups.append(RowGroup("tbody"))
        groups[-1].rows.append([])
        self._sink = self._tables[-1].after

    def _begin_cell(self, element: _Element, *, by_style: bool) -> None:
        if not self._tables:
            self._open_table(by_style=by_style, implied=True)
        self._end_cell()
        table = self._tables[-1]
        if not table.groups or not table.groups[-1].rows:
            self._begin_row(by_style=by_style)
        content = CellContent(
            DrawnCell(_span(element.get("rowspan"), 1), _span(element.get("colspan"), 1) or 1)
        )
        table.groups[-1].rows[-1].append(content)
        table.cell = content, Sink()
        table.cell_depth = self._depth
        self._sink = table.cell[1]

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.cell is None:
            return
        content, sink = table.cell
        if sink.pieces:
            self._sink = sink
            self._flush()
        content.items = sink.items
        content.deleted = sink.deleted
        table.cell, table.cell_depth = None, 0
        self._sink = table.stray

    def _close_table(self) -> None:
        self._end_cell()
        table = self._tables.pop()
        for self._sink in (table.before, table.after):
            if self._sink.pieces:
                self._flush()
        self._sink = table.outer
        items = [*table.before.items, *close_table(table.groups, table.where), *table.after.items]
        self._sink.items += items

    # text

    def _add(self, text: str) -> None:
        sink = self._sink
        if self._struck:
            if not text.isspace():
                sink.deleted = True
                self.remarks.add("revisions")
            return
        if self._kept:
            text = text.replace("\r\n", "\n").replace("\n", BREAK)
        sink.pieces.append(text)
        if not text.isspace():
            if self._linked:
                sink.linked += len(text.strip())
            if not self._bold:
                sink.plain = True

    def _flush(self) -> None:
        sink = self._sink
        text = sink.pieces[0] if len(sink.pieces) == 1 else "".join(sink.pieces)
        sink.pieces.clear()
        if is_empty(text):
            return
        lines = to_lines(text)
        linked, bold = sink.linked, not sink.plain
        sink.linked, sink.plain = 0, False
        for line in lines:
            if "&" in line:
                line = self._undoubled(line)  # noqa: PLW2901
            printed = Paragraph(
                line,
                bold=bold and line != "",
                centred=self._centred > 0,
                size=_HEADING_SIZE if self._heading and line else None,
            )
            sink.items.append(Item(printed, self._where, min(linked, len(line)), self._heading > 0))
            linked = max(linked - len(line), 0)

    def _undoubled(self, line: str) -> str:
        text = undouble(line)
        if text != line:
            self.remarks.add("entities.doubled")
        return text

    def _preformatted(self, element: _Element) -> bool:
        """Lines as they stand; False: its contents are read."""
        if any(found is not element for found in element.iter("table", "p", "div")):
            self._count("_kept")
            return True
        for br in element.iter("br"):
            br.tail = "\n" + (br.tail or "")
        text = "".join(map(str, element.itertext())).replace("\r\n", "\n").replace("\xa0", " ")
        lines = text.removeprefix("\n").rstrip().split("\n")
        self._sink.items += [Item(Paragraph(line.rstrip()), self._where, drawn=True) for line in lines]
        return False

    # what else is printed

    def _begin_raised(self) -> None:
        sink, start = self._sink, len(self._sink.pieces)

        def drop_note_mark() -> None:
            if self._sink is sink and start < len(sink.pieces):
                raised, before = "".join(sink.pieces[start:]), "".join(sink.pieces[:start])
                if is_note_mark(raised, before):
                    del sink.pieces[start:]

        self._undo.append((self._depth, drop_note_mark))

    def _begin_link(self, element: _Element) -> None:
        address = (element.get("href") or "").strip()
        if not address or address.startswith("#"):
            return
        sink, start, where = self._sink, len(self._sink.pieces), self._where

        def end_link() -> None:
            self._linked -= 1
            words = (
                " ".join("".join(sink.pieces[start:]).replace(BREAK, " ").split())
                if self._sink is sink
                else ""
            )
            self.links.append((words or element.get("title") or "", address, where))

        self._linked += 1
        self._undo.append((self._depth, end_link))

    def _picture(self, element: _Element) -> None:
        sizes = [_span(element.get(name), _SMALL + 1) for name in ("width", "height")]
        if min(sizes) > _SMALL:
            self.pictures.append((element.get("src") or "", self._where))

    def _input(self, element: _Element) -> None:
        if (element.get("type") or "text").lower() in {"text", "number"} and element.get("value"):
            self._add(element.get("value") or "")

    def _select(self, element: _Element) -> None:
        options = list(element.iter("option"))
        chosen = next((o for o in options if o.get("selected") is not None), None)
        if chosen is not None and self._tables:
            self._add("".join(map(str, chosen.itertext())))

    def _frame(self, element: _Element) -> None:
        address = element.get("src") or element.get("data") or ""
        if address.strip():
            self.frames.append((address.strip(), self._where))


def _span(stated: str | None, otherwise: int) -> int:
    """The number that an attribute begins with."""
    match = _SPAN.match(stated) if stated else None
    return int(match[1]) if match else otherwise
