"""The XML of a Word table -> the rows and cells it states.

Enters: a `w:tbl` element. Leaves: `TableXml`: the stated rows for the grid, and the `w:tc` behind each
cell. Rows and cells deleted by a tracked change are left out here, wrappers are looked through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml.etree import _Element

from extract.docx.grid import MergePart, StatedCell, StatedRow
from extract.xml.elements import child_of, leading_child, value_of, visible_branch, whole_number
from extract.xml.word_names import (
    ALTERNATE,
    CUSTOM_XML,
    DEL,
    INS,
    MOVE_TO,
    SDT,
    SDT_CONTENT,
    TC,
    TC_PR,
    TR,
    TR_PR,
    VAL,
    w,
)

# Word allows 63 columns; generated tables have more, but none has a thousand.
_MAX_SPAN: Final = 1000
_MAX_WIDTH: Final = 31_680  # twips, Word's widest page: 22 inches
_GRID_SPAN, _V_MERGE, _H_MERGE, _TC_W = w("gridSpan"), w("vMerge"), w("hMerge"), w("tcW")
_CELL_DEL, _CELL_MERGE = w("cellDel"), w("cellMerge")
_shared_cell: Final = lru_cache(maxsize=1024)(StatedCell)  # most cells of a table state the same
_W, _TYPE = w("w"), w("type")


@dataclass(frozen=True, slots=True)
class TableXml:
    """Rows for the grid with the elements behind them, row by row; `revised`: something was left out."""

    rows: tuple[StatedRow, ...]
    cells: tuple[tuple[_Element, ...], ...]
    revised: bool


def read_table(table: _Element) -> TableXml:
    """Reads what the rows and cells of a `w:tbl` state."""
    rows: list[StatedRow] = []
    elements: list[tuple[_Element, ...]] = []
    revised = False
    for row in unwrapped(table, TR):
        properties = child_of(row, TR_PR)  # w:tblPrEx may stand before it
        cells = [(cell, _stated_cell(leading_child(cell, TC_PR))) for cell in unwrapped(row, TC)]
        kept = [(cell, stated) for cell, stated in cells if stated is not None]
        row_deleted = properties is not None and child_of(properties, DEL) is not None
        revised = revised or row_deleted or len(kept) < len(cells)
        if not row_deleted and kept:
            rows.append(_stated_row(properties, tuple(stated for _, stated in kept)))
            elements.append(tuple(cell for cell, _ in kept))
    return TableXml(tuple(rows), tuple(elements), revised)


def unwrapped(parent: _Element, wanted: str) -> Iterator[_Element]:
    """The `wanted` children of `parent`, also inside content controls and other wrappers."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag == SDT:
            for content in child.iterfind(SDT_CONTENT):
                yield from unwrapped(content, wanted)
        elif tag in {CUSTOM_XML, INS, MOVE_TO}:
            yield from unwrapped(child, wanted)
        elif tag == ALTERNATE:
            branch = visible_branch(child)
            if branch is not None:
                yield from unwrapped(branch, wanted)


def _stated_row(properties: _Element | None, cells: tuple[StatedCell, ...]) -> StatedRow:
    return StatedRow(
        cells,
        before=whole_number(value_of(properties, w("gridBefore")), 0, _MAX_SPAN) or 0,
        before_width=_width(None if properties is None else properties.find(w("wBefore"))),
        after=whole_number(value_of(properties, w("gridAfter")), 0, _MAX_SPAN) or 0,
    )


def _stated_cell(properties: _Element | None) -> StatedCell | None:
    """What a `w:tcPr` states; None for a cell that a tracked change deleted."""
    if properties is None:
        return _shared_cell()
    span, width = 1, 0
    down: MergePart = ""
    right: MergePart = ""
    for child in properties:  # half the time of `iterchildren` with names
        tag = child.tag
        if tag == _TC_W:
            width = _width(child)
        elif tag == _GRID_SPAN:
            span = whole_number(child.get(VAL), 1, _MAX_SPAN) or 1
        elif tag == _V_MERGE:
            down = _merge(child)
        elif tag == _H_MERGE:
            right = _merge(child)
        elif tag == _CELL_MERGE:
            down = down or _tracked_merge(child)
        elif tag == _CELL_DEL:
            return None
    return _shared_cell(span, down, right, width)


def _merge(mark: _Element) -> MergePart:
    return "start" if mark.get(VAL) == "restart" else "continue"


def _tracked_merge(mark: _Element) -> MergePart:
    stated = mark.get(_V_MERGE, "")
    return "start" if stated == "rest" else "continue" if stated == "cont" else ""


def _width(element: _Element | None) -> int:
    if element is None or element.get(_TYPE, "dxa") != "dxa":
        return 0
    return whole_number(element.get(_W), 0, _MAX_WIDTH) or 0
