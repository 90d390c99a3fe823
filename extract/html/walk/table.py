"""A table of the source as closed -> a `Table`, or its contents where it only lays out others.

Enters: rows of cells with what stands in them. Leaves: items. A table that holds others, or an article, or
pairs of label and contents, or nothing but links, is layout, and what it holds joins the flow; a table with
numbers of its own never is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extract.document import Cell, Paragraph, Table
from extract.html.hints import words_of
from extract.html.items import WebItem, is_number
from extract.html.walk.grid import StatedSpans, place_cells
from extract.spanned_cell import SpannedCell

_PROSE: Final = 600
"""Characters of a cell that holds an article, not a value."""
_FEW: Final = 3
"""Cells with text of a table that is a title or a signature."""
_UNREAD: Final = "\ufffd"
"""Stands for what a picture in a cell prints: the cell is not blank."""
_COLONS: Final = "：:"


@dataclass(slots=True)
class CellContent:
    """A cell while it is read: its spans, its pieces, and whether it holds struck out text or a picture."""

    spans: StatedSpans
    items: list[WebItem] = field(default_factory=list)
    deleted: bool = False
    pictured: bool = False

    @property
    def text(self) -> str:
        """Its lines, without those of tables in it."""
        items = self.items
        if len(items) == 1 and isinstance(only := items[0].block, Paragraph):  # nearly every cell
            return only.text
        texts = [item.block.text for item in items if isinstance(item.block, Paragraph)]
        return "\n".join(text for text in texts if text)

    @property
    def tables(self) -> list[Table]:
        """Tables in it that are more than one row or column of words."""
        return [item.block for item in self.items if isinstance(item.block, Table)]


@dataclass(slots=True)
class RowGroup:
    """`thead`, `tbody` or `tfoot`: its rows, each with its cells."""

    kind: str
    rows: list[list[CellContent]] = field(default_factory=list)


def close_table(groups: Iterable[RowGroup], where: int) -> list[WebItem]:
    """The table, followed by tables within its cells; or its contents in reading order."""
    ordered = _in_print_order(groups)
    placed, n_columns = place_cells([[[c.spans for c in row] for row in g.rows] for g in ordered])
    rows = [row for group in ordered for row in group.rows]
    contents = [rows[at.stated_row][at.stated_at] for at in placed]
    texts = [content.text for content in contents]
    if is_layout(placed, contents, texts):
        return [_raised(item) for content in contents for item in content.items]
    if _is_record(texts):
        return _pairs(placed, texts, where)
    if not any(texts):
        return []
    cells = tuple(map(_cell, placed, contents, texts))
    linked = sum(item.linked for content in contents for item in content.items)
    apart = [item for content in contents for item in content.items if isinstance(item.block, Table)]
    table = Table(cells, len(rows), n_columns)
    return [WebItem(table, where, linked), *map(_lowered, apart)]


def _in_print_order(groups: Iterable[RowGroup]) -> list[RowGroup]:
    """The first head is printed first and the first foot last, wherever they stand in the source."""
    kept = [group for group in groups if group.rows]
    for kind, at in (("thead", 0), ("tfoot", len(kept))):
        found = next((group for group in kept if group.kind == kind), None)
        if found is not None:
            kept.remove(found)
            kept.insert(at, found)
    return kept


def _cell(at: SpannedCell, content: CellContent, text: str) -> Cell:
    struck = content.deleted and not text
    if content.pictured and not text and not struck:
        text = _UNREAD
    return Cell(text, at.row, at.column, at.row_span, at.column_span, struck=struck)


def _raised(item: WebItem) -> WebItem:
    if isinstance(item.block, Table) and item.block.depth:
        item.block = replace(item.block, depth=item.block.depth - 1)
    return item


def _lowered(item: WebItem) -> WebItem:
    if isinstance(item.block, Table):
        item.block = replace(item.block, depth=item.block.depth + 1)
    return item


def is_layout(placed: Sequence[SpannedCell], contents: Sequence[CellContent], texts: Sequence[str]) -> bool:
    """Whether a table only lays out what stands in it."""
    if all(at.column == 0 for at in placed):
        return True
    numbers = sum(map(is_number, texts))
    inner = [table for content in contents for table in content.tables]
    if inner and (numbers < _FEW or sum(len(t.cells) for t in inner) >= sum(map(bool, texts)) > 8 * numbers):
        return True
    if numbers:
        return False
    longest = max((len(text) for text in texts), default=0)
    if longest > _PROSE:
        return True
    printed = sum(map(bool, texts))
    if printed <= _FEW:  # but a label beside an empty cell is a row cut off from its table
        return printed == len(texts) or not texts[0]
    return _is_links(contents)


def _is_links(contents: Sequence[CellContent]) -> bool:
    size = sum(item.size for content in contents for item in content.items)
    linked = sum(item.linked for content in contents for item in content.items)
    return linked * 2 >= size > 0


def _is_record(texts: Sequence[str]) -> bool:
    """Labels of what a site records about a publication."""
    labels = sum(_label(text) in words_of("record") for text in texts)
    return labels >= _FEW


def _label(text: str) -> str:
    return "".join(text.split()).strip("：:【】[]")


def _pairs(placed: Sequence[SpannedCell], texts: Sequence[str], where: int) -> list[WebItem]:
    """A record as lines `label：contents`."""
    items: list[WebItem] = []
    label = ""
    for at, text in zip(placed, texts, strict=True):
        if at.column == 0 and label:
            items.append(WebItem(Paragraph(label), where))
            label = ""
        if label:
            colon = "" if label.endswith(tuple(_COLONS)) else _COLONS[0]
            items.append(WebItem(Paragraph(f"{label}{colon}{text}"), where))
            label = ""
        elif _label(text) in words_of("record") or text.endswith(tuple(_COLONS)):
            label = text
        else:
            items.append(WebItem(Paragraph(text), where))
    return [*items, WebItem(Paragraph(label), where)] if label else items
