"""Tables whose columns wander from line to line -> rows with values by order alone.

Enters: lines of table 三 as `pdftotext -layout` prints them beside wide fonts. Leaves: delimited rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Cell, Layout
from normalize.form.labels import LIKELY, find_hits, strip_groups
from normalize.form.loader import FORM
from normalize.rows.row import Row
from normalize.rows.wrapped_labels import (
    LabelPiece,
    RowSegment,
    WrappedLine,
    cut_rows,
    find_torn,
    list_doubts,
    split_words,
)
from normalize.words.fold import fold
from normalize.words.quantity import is_blank, is_quantity

_NAMES = tuple(fold(a.label_zh.split("/")[-1]) for a in FORM.applicants)
"""The columns' own names, in the form's order: 自然人 to 总计."""
_LAST = len(_NAMES) - 1
_INNER = list(range(1, _LAST))
LABEL_COLUMNS = 2
"""Cells kept for the labels of a row: its group and its own.

The columns that the fixture hongze_2023_aligned reports count from there.
"""
ALSO_GROUP = 0.85
"""What （六）其他处理 counts as a row's label: beside its three rows it is only their group's.

Generated reports in aligned text change at 0.6 and at 0.94.
"""
OTHER_NUMERAL = 0.8
"""What a label with another row's numeral counts for: （六）其他 begins （六）其他处理, it is not 3.其他."""
BELOW = 0.3
"""What a label loses below its values where cells stand one blank apart: the next row's is there."""
ODD_WORD = 10
"""Display columns of the longest words that stand for a number (`待补充`, `详见附表`)."""


def square_by_order(rows: Sequence[Row]) -> list[Row]:
    """One delimited row for each row of the form: whole labels, then its values by order alone."""
    lines = [_loose_line(r) for r in rows]
    first = next((i for i, line in enumerate(lines) if line.anchor), 0)
    head = _head_row(rows[:first])
    placed = bool(head) or not _is_out_of_order(rows[:first])
    while first > 0 and not _is_head_line(rows[first - 1]):
        first -= 1
    kept = [i for i in range(first, len(rows)) if not _is_head_line(rows[i])]
    body = [lines[i] for i in kept]
    segments = cut_rows(body, fit_label, BELOW if rows[0].layout is Layout.SPACED else 0)
    torn = find_torn(segments, body, fit_label)
    return head + [
        replace(
            rows[kept[segment.start]],
            cells=_cells_in_order(segment, body),
            layout=Layout.DELIMITED,
            stream=True,
            doubts=list_doubts(torn=i in torn, placed=placed),
        )
        for i, segment in enumerate(segments)
    ]


def _printed_order(row: Row) -> list[int]:
    """The columns that a line of the head names, as places on the form, in the order of the line."""
    words = [w.text for c in row.cells for w in split_words(c)]
    begun = [[i for i, name in enumerate(_NAMES) if len(w) > 1 and name.startswith(fold(w))] for w in words]
    return [found[0] for found in begun if found]


def _head_row(rows: Sequence[Row]) -> list[Row]:
    """The head as one row, where one line of it names the organisations in another order than the form.

    Lines wander against each other, so that words of two lines are not compared.
    """
    orders = [(row, _printed_order(row)) for row in rows]
    line = next((row for row, order in orders if sorted(set(order) - {0, _LAST}) == _INNER), None)
    if line is None:
        return []
    inner = [i for i in _printed_order(line) if i in _INNER]
    last_first = any(order[:2] == [_LAST, 0] for _, order in orders)
    order = [_LAST, 0, *inner] if last_first else [0, *inner, _LAST]
    cells = tuple(Cell(_NAMES[i], 0, k) for k, i in enumerate(order))
    return [replace(line, cells=cells, layout=Layout.DELIMITED)] if order != sorted(order) else []


def _is_out_of_order(rows: Sequence[Row]) -> bool:
    """A line of the head names columns in another order than the form's."""
    return any(order != sorted(order) for order in map(_printed_order, rows))


def _cells_in_order(segment: RowSegment, lines: Sequence[WrappedLine]) -> tuple[Cell, ...]:
    labels = segment.labels[-LABEL_COLUMNS:]
    values = [c for line in lines[segment.start : segment.end] for c in line.values]
    cells = [Cell(text, 0, k) for k, text in enumerate(labels)]
    cells += [replace(c, row=0, column=len(labels) + k, column_span=1) for k, c in enumerate(values)]
    return tuple(cells)


def _loose_line(row: Row) -> WrappedLine:
    """Label pieces, then values: from the first number on, where only numbers and odd words follow."""
    cells = [c for c in row.cells if not is_blank(c.text)]
    first = len(cells)
    for i in range(len(cells) - 1, -1, -1):
        if is_quantity(cells[i].text):
            first = i
        elif fit_label(cells[i].text) >= 0.5 or cells[i].column_span > ODD_WORD:
            break
    pieces = tuple(LabelPiece(w.text, w.column) for c in cells[:first] for w in split_words(c))
    return WrappedLine(pieces, tuple(cells[first:]), first < len(cells))


_HEAD_AXES = frozenset({"requests.column", "requests.heading"})


def _is_head_line(row: Row) -> bool:
    for cell in row.cells:
        for word in (cell, *split_words(cell)):
            hits = find_hits(word.text)
            if hits and hits[0].similarity >= LIKELY and hits[0].axis in _HEAD_AXES:
                return not any(is_quantity(c.text) for c in row.cells)
    return False


def fit_label(text: str) -> float:
    """How well a label reads as a row of table 三; a group's label is none."""
    inner = strip_groups(text)
    if inner:
        return max(fit_label(inner) - 0.02, 0.0)
    hits = find_hits(text)
    best = next((h for h in hits if h.axis == "requests.row"), None)
    group = next((h.similarity for h in hits if h.axis == "requests.group"), 0.0)
    if best is None or best.similarity < group:
        return 0.0
    if best.numeral is False:
        return best.similarity * OTHER_NUMERAL
    return best.similarity * ALSO_GROUP if best.name == "outcome.other" else best.similarity
