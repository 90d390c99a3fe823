"""The flow of a document part: paragraphs, tables, and what stands inside them, in reading order.

Enters: an element that holds blocks (body, cell, text box, header, note). Leaves: `Block`s. Text boxes
follow the paragraph that anchors them, nested tables follow their outer table; a table with one cell
in every row that merely holds other tables is layout, and its contents join the flow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from lxml.etree import _Element

from extract.document import Block, Cell, Paragraph, Table
from extract.docx.grid import place_cells
from extract.docx.numbering import Numbering
from extract.docx.runs import PrintedText, read_paragraph
from extract.docx.styles import ParagraphFormat, StyleSheet, TextLook, paragraph_format
from extract.docx.table import TableXml, read_table
from extract.spanned_cell import SpannedCell
from extract.xml.elements import visible_branch
from extract.xml.word_names import (
    ALT_CHUNK,
    ALTERNATE,
    CUSTOM_XML,
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    SDT,
    SDT_CONTENT,
    SMART_TAG,
    TBL,
    TC_PR,
    P,
    T,
)

_THROUGH: Final = frozenset({CUSTOM_XML, SMART_TAG, INS, MOVE_TO})


@dataclass(frozen=True, slots=True)
class _Content:
    """What stands in one cell, in order, and whether a change deleted or a line struck any of it."""

    blocks: tuple[Block, ...]
    deleted: bool
    struck: bool

    @property
    def text(self) -> str:
        if len(self.blocks) == 1 and isinstance(only := self.blocks[0], Paragraph):  # nearly every cell
            return "" if only.boxed else only.text.strip("\n")
        lines = [item.text for item in self.blocks if isinstance(item, Paragraph) and not item.boxed]
        return "\n".join(lines).strip("\n")

    @property
    def apart(self) -> list[Block]:
        """Tables and text boxes: they come after the table that the cell belongs to."""
        return [item for item in self.blocks if isinstance(item, Table) or item.boxed]


_blank: Final = lru_cache(maxsize=8)(Paragraph)  # most paragraphs of a form are empty cells, all alike


class WordFlow:
    """Reads blocks; numbering goes on from one call to the next.

    Attributes:
        remarks: codes of what was noticed, for `Document.remarks`.
    """

    def __init__(self, styles: StyleSheet, numbering: Numbering) -> None:
        self.remarks: set[str] = set()
        self._styles = styles
        self._numbering = numbering
        self._deletions = self._strikes = 0

    def blocks(self, container: _Element, depth: int = 0, *, boxed: bool = False) -> list[Block]:
        """All blocks in a container, in reading order."""
        found: list[Block] = []
        carried = ""  # text whose paragraph mark is deleted: it runs on into the next paragraph
        for element in self._block_elements(container):
            if element.tag == P:
                stated = paragraph_format(element)
                look = self._styles.paragraph_look(stated.style)
                printed = self._read(element, look)
                if stated.mark_deleted:
                    self.remarks.add("revisions")
                    carried += printed.text
                else:
                    found.append(self._paragraph(stated, look, printed, carried, boxed=boxed))
                    carried = ""
                for box in printed.boxes:
                    found.extend(self.blocks(box, depth, boxed=True))
                continue
            if carried:
                found.append(Paragraph(carried, boxed=boxed))
                carried = ""
            found.extend(self._table(element, depth))
        return [*found, Paragraph(carried, boxed=boxed)] if carried else found

    def _block_elements(self, container: _Element) -> Iterator[_Element]:
        for child in container:
            tag = child.tag
            if tag in {P, TBL}:
                yield child
            elif tag == TC_PR:
                continue
            elif tag == SDT:
                for content in child.iterfind(SDT_CONTENT):
                    yield from self._block_elements(content)
            elif tag in _THROUGH:
                yield from self._block_elements(child)
            elif tag == ALTERNATE:
                branch = visible_branch(child)
                if branch is not None:
                    yield from self._block_elements(branch)
            elif tag in {DEL, MOVE_FROM}:
                self.remarks.add("revisions")
            elif tag == ALT_CHUNK:
                self.remarks.add("embedded_document")  # a whole file of another format: not read

    def _read(self, element: _Element, look: TextLook) -> PrintedText:
        printed = read_paragraph(element, look, self._styles)
        if printed.remarks:
            self.remarks |= printed.remarks
            self._deletions += printed.deleted
            self._strikes += printed.struck
        return printed

    def _paragraph(
        self, stated: ParagraphFormat, look: TextLook, printed: PrintedText, carried: str, *, boxed: bool
    ) -> Paragraph:
        centred = look.centred if stated.centred is None else stated.centred
        text = self._numbering.label(stated, look) + (carried + printed.text).strip("\n")
        if not (text or printed.bold or printed.size):
            return _blank("", centred=bool(centred), boxed=boxed)
        return Paragraph(
            text.rstrip(" ") if not printed.text else text,
            bold=printed.bold,
            centred=bool(centred),
            size=printed.size,
            boxed=boxed,
        )

    def _table(self, element: _Element, depth: int) -> list[Block]:
        stated = read_table(element)
        if stated.revised:
            self.remarks.add("revisions")
        placed, n_columns = place_cells(stated.rows)
        contents = [self._content(stated.cells[at.stated_row][at.stated_at], depth) for at in placed]
        if _is_layout(placed, contents):
            return [_raised(block) for content in contents for block in content.blocks]
        if not placed:
            return []
        self._notice_covered_text(stated, placed)
        cells = tuple(map(_cell, placed, contents))
        table = Table(cells, n_rows=len(stated.rows), n_columns=n_columns, depth=depth)
        return [table, *(block for content in contents for block in content.apart)]

    def _content(self, element: _Element, depth: int) -> _Content:
        deletions, strikes = self._deletions, self._strikes
        blocks = tuple(self.blocks(element, depth + 1))
        return _Content(blocks, deleted=self._deletions > deletions, struck=self._strikes > strikes)

    def _notice_covered_text(self, stated: TableXml, placed: tuple[SpannedCell, ...]) -> None:
        """A cell merged into the one above may hold text that Word does not show."""
        if len(placed) == sum(map(len, stated.cells)):
            return
        shown = {(at.stated_row, at.stated_at) for at in placed}
        for row, cells in enumerate(stated.cells):
            for at, cell in enumerate(cells):
                if (row, at) not in shown and any((t.text or "").strip() for t in cell.iter(T)):
                    self.remarks.add("covered_text")


def _cell(at: SpannedCell, content: _Content) -> Cell:
    text = content.text
    struck = content.struck or (content.deleted and not text)
    return Cell(text, at.row, at.column, at.row_span, at.column_span, struck=struck)


def _is_layout(placed: tuple[SpannedCell, ...], contents: list[_Content]) -> bool:
    if len(placed) == 1:
        return True
    one_per_row = all(at.column == 0 for at in placed)
    return one_per_row and any(isinstance(block, Table) for item in contents for block in item.blocks)


def _raised(block: Block) -> Block:
    return replace(block, depth=max(block.depth - 1, 0)) if isinstance(block, Table) else block
