"""Collects the text of a page while its tree is walked: where it goes, how it is set, which of it is a line.

Enters: pieces of text and what is open around them. Leaves: `WebItem`s in the `Sink` that is open.
"""

from __future__ import annotations

from typing import Final

from lxml.etree import _Element

from extract.characters.raised import print_raised
from extract.document import Paragraph
from extract.html.items import WebItem
from extract.html.walk.printed_lines import BREAK, is_empty, to_lines, undouble

_HEADING_SIZE: Final = 18.0
"""Points that stand for the size of a heading, which a page does not state."""
_LONGEST_MARK: Final = 6
"""Characters of a link to a note that is its mark alone."""


class Sink:
    """Where text goes: the page, a cell, or a table outside its cells."""

    __slots__ = ("deleted", "items", "linked", "pieces", "plain")

    def __init__(self) -> None:
        self.items: list[WebItem] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.plain = False  # some of the text is not bold
        self.deleted = False


class TextCollector:
    """What prints text.

    Attributes:
        page: where the blocks of the page gather.
        sink: where text goes now.
        where: the place that text stands in, an index into `Places`.
        struck, bold, linked, heading, centred, kept, hidden: how many elements around it say so.
        remarks: codes for `Document.remarks`.
    """

    __slots__ = (
        "bold",
        "centred",
        "heading",
        "hidden",
        "kept",
        "linked",
        "page",
        "remarks",
        "sink",
        "struck",
        "where",
    )

    def __init__(self) -> None:
        self.page = self.sink = Sink()
        self.where = 0
        self.struck = self.bold = self.linked = self.heading = self.centred = self.kept = self.hidden = 0
        self.remarks: set[str] = set()

    def add(self, text: str) -> None:
        """Text as it stands in the source."""
        sink = self.sink
        if self.struck:
            if not text.isspace():
                sink.deleted = True
                self.remarks.add("revisions")
            return
        if self.kept:
            text = text.replace("\r\n", "\n").replace("\n", BREAK)
        sink.pieces.append(text)
        if not text.isspace():
            if self.linked:
                sink.linked += len(text.strip())
            if not self.bold:
                sink.plain = True

    def flush(self) -> None:
        """Ends a line."""
        sink = self.sink
        text = sink.pieces[0] if len(sink.pieces) == 1 else "".join(sink.pieces)
        sink.pieces.clear()
        if is_empty(text):
            return
        linked, bold = sink.linked, not sink.plain
        sink.linked, sink.plain = 0, False
        for line in to_lines(text):
            printed = self._paragraph(self._undoubled(line) if "&" in line else line, bold=bold)
            size = len(printed.text)
            sink.items.append(
                WebItem(printed, self.where, min(linked, size), self.heading > 0, hidden=self.hidden > 0)
            )
            linked = max(linked - size, 0)

    def _paragraph(self, line: str, *, bold: bool) -> Paragraph:
        size = _HEADING_SIZE if self.heading and line else None
        return Paragraph(line, bold=bold and line != "", centred=self.centred > 0, size=size)

    def _undoubled(self, line: str) -> str:
        text = undouble(line)
        if text != line:
            self.remarks.add("entities.doubled")
        return text

    def draw(self, element: _Element) -> None:
        """The lines of an element as they stand."""
        for br in element.iter("br"):
            br.tail = "\n" + (br.tail or "")
        text = "".join(map(str, element.itertext())).replace("\r\n", "\n").replace("\xa0", " ")
        lines = text.removeprefix("\n").rstrip().split("\n")
        hidden = self.hidden > 0
        self.sink.items += [
            WebItem(Paragraph(line.rstrip()), self.where, drawn=True, hidden=hidden) for line in lines
        ]

    def end_raised(self, sink: Sink, start: int, *, lowered: bool, sure: bool) -> None:
        """Ends text set above or below the line: the mark of a note is no text, digits stay what they are.

        Args:
            sink: where the text went.
            start: its first piece.
            lowered: it is set below the line.
            sure: it is a link to a note.
        """
        if self.sink is not sink or start >= len(sink.pieces):
            return
        raised, before = "".join(sink.pieces[start:]), "".join(sink.pieces[:start])
        if sure and len(raised.strip()) <= _LONGEST_MARK and before.strip():
            del sink.pieces[start:]
        else:
            sink.pieces[start:] = [print_raised(raised, before, lowered=lowered)]
