"""Table 二 with columns made by spaces -> rows with whole labels under whole heads.

Enters: rows of table 二 in reading order. Leaves: the same rows; in those of an aligned layout the pieces
of wrapped labels and wrapped heads are joined, one row each. Rows of other layouts pass through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.document import Cell, Layout
from normalize.form.labels import find_hits
from normalize.form.table_words import TABLE_WORDS
from normalize.rows.one_cell_a_line import regroup
from normalize.rows.row import Row, part_layouts
from normalize.rows.wrapped_labels import (
    LabelPiece,
    WrappedLine,
    cut_rows,
    find_torn,
    list_doubts,
    split_words,
)
from normalize.words.fold import fold
from normalize.words.quantity import is_blank, is_quantity

WIDEST = 3
"""Columns of the widest item of table 二 (制发, 废止, 现行有效件数).

At 2 the fixture hongze_2023_aligned loses numbers.
"""
_YEAR = re.compile(r"\d{4}")
"""In a head: columns of another year beside the form's, which wrapped words do not tell apart."""
(_STUB,) = TABLE_WORDS["stub_title"]
_STUB_TITLE = frozenset(_STUB[i:j] for i in range(len(_STUB)) for j in range(i + 1, len(_STUB) + 1))
ARTICLE = 0.75
"""Similarity from which a line is the heading of an item (第二十条第（N）项, the N may be misprinted).

Generated reports in aligned text change at 0.53 and at 0.9.
"""


def join_wrapped(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Aligned rows with their wrapped cells joined, the others as they are."""
    out: list[Row] = []
    for layout, members in part_layouts(rows):
        if layout is not Layout.ALIGNED:
            out += regroup(members) if layout is Layout.SPACED else members
            continue
        for item in _items(members):
            out += _join_item(item)
    return tuple(out)


def _is_article(row: Row) -> bool:
    text = "".join(c.text for c in row.cells)
    first = row.cells[0].text if row.cells else ""
    return any(
        h.name == "article" and h.similarity >= ARTICLE for t in (text, first) for h in find_hits(t)[:1]
    )


def _items(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows parted at the headings of items, each heading with the rows below it."""
    item: list[Row] = []
    for row in rows:
        if _is_article(row) and item:
            yield item
            item = []
        item.append(row)
    if item:
        yield item


def _join_item(rows: list[Row]) -> list[Row]:
    out = [r for r in rows[:1] if _is_article(r)]
    body = rows[len(out) :]
    edge = _stub_end(body)
    head: list[Cell] = []
    waiting: list[Row] = []
    counted = False
    for row in body:
        words = [c for c in row.cells if c.column >= edge and _is_head_word(c.text)]
        numbers = _has_values(row)
        if words and not numbers and counted:
            out += _rows_of(head, waiting, edge)
            head, waiting, counted = [], [], False
        head += words if not numbers else []
        waiting.append(row)
        counted = counted or numbers
    return out + _rows_of(head, waiting, edge)


def _is_head_word(text: str) -> bool:
    """A word of the head, not of the stub's own title (信息 / 内容 may stand anywhere over the labels)."""
    return not is_blank(text) and not is_quantity(text) and fold(text) not in _STUB_TITLE


def _has_values(row: Row) -> bool:
    """The line prints a number, or stands for one with a word beside a whole label (`行政强制  详见附表`)."""
    if any(is_quantity(c.text) for c in row.cells):
        return True
    label = find_hits(row.cells[0].text)[:1] if row.cells else ()
    if not any(h.axis == "disclosure.row" and h.similarity == 1 for h in label):
        return False
    others = [find_hits(c.text)[:1] for c in row.cells[1:] if not is_blank(c.text)]
    return bool(others) and not any(h.axis.startswith("disclosure.") for hits in others for h in hits)


def _stub_end(rows: Sequence[Row]) -> int:
    """Where the column of labels ends: behind the words left of a number, and well before the numbers.

    Beside wide fonts the columns of a line wander, so that a long label may reach over a number's place.
    """
    ends, starts = [0], []
    for row in rows:
        first = next((i for i, c in enumerate(row.cells) if is_quantity(c.text)), 0)
        ends += [c.column + c.column_span for c in row.cells[:first]]
        starts += [c.column for c in row.cells[first : first + 1] if is_quantity(c.text)]
    if max(ends) == 0:
        return min((c.column + c.column_span for r in rows for c in r.cells[:1]), default=0)
    return min(max(ends), *(start * 3 // 4 for start in starts))


def _rows_of(head: Sequence[Cell], rows: Sequence[Row], edge: int) -> list[Row]:
    """The head as one row, then one row for each label."""
    if not rows:
        return []
    out = [_head_row(head, rows)] if head else []
    lines = [_line(r, edge) for r in rows]
    segments = cut_rows(lines, _fit)
    torn = find_torn(segments, lines, _fit)
    foreign = any(_YEAR.search(c.text) for c in head)
    for i, segment in enumerate(segments):
        label = segment.labels[-1] if segment.labels else ""
        if _is_title(label):
            continue
        part = lines[segment.start : segment.end]
        values = [c for line in part for c in line.values]
        cells = (Cell(label, rows[segment.start].cells[0].row, 0, column_span=max(edge, 1)), *values)
        out.append(
            replace(
                rows[segment.start],
                cells=tuple(c for c in cells if c.text),
                doubts=list_doubts(torn=i in torn, placed=not foreign),
            )
        )
    return out


def _line(row: Row, edge: int) -> WrappedLine:
    numbers = _has_values(row)
    pieces = tuple(LabelPiece(c.text, 0) for c in row.cells if c.column < edge and not is_quantity(c.text))
    values = tuple(c for c in row.cells if c.column >= edge or is_quantity(c.text)) if numbers else ()
    return WrappedLine(pieces, values, numbers)


def _fit(text: str) -> float:
    hits = [h for h in find_hits(text) if h.axis == "disclosure.row" or h.name == "content"]
    return hits[0].similarity if hits else 0.0


def _is_title(text: str) -> bool:
    hits = find_hits(text)
    return bool(hits) and hits[0].axis == "disclosure.heading" and hits[0].similarity >= ARTICLE


def _head_row(head: Sequence[Cell], rows: Sequence[Row]) -> Row:
    """Pieces above each other as one word each; words one space apart are parted where numbers ask for it."""
    width = max(sum(is_quantity(c.text) for c in r.cells) for r in rows)
    columns = _columns(head)
    if len(columns) < width:
        head = [word for cell in head for word in split_words(cell)]
        columns = _columns(head)
    if len(columns) > WIDEST:
        columns = _merge_nearest(columns)
    texts = ["".join(c.text for c in head if _over(c, column)) for column in columns]
    return replace(rows[0], cells=tuple(replace(c, text=t) for c, t in zip(columns, texts, strict=True)))


def _merge_nearest(columns: list[Cell]) -> list[Cell]:
    """As many as there can be, parted where most is between them: a wrapped head may lean to either side."""
    gaps = [b.column - a.column - a.column_span for a, b in pairwise(columns)]
    widest = sorted(range(len(gaps)), key=lambda i: (gaps[i], i))[1 - WIDEST :]
    bounds = [0, *(i + 1 for i in sorted(widest)), len(columns)]
    groups = [(columns[start], columns[end - 1]) for start, end in pairwise(bounds)]
    return [replace(a, column_span=b.column + b.column_span - a.column) for a, b in groups]


def _columns(head: Sequence[Cell]) -> list[Cell]:
    """What each column of the head takes up, as a cell without text."""
    columns: list[Cell] = []
    for cell in sorted(head, key=lambda c: c.column):
        last = columns[-1] if columns else None
        if last is not None and cell.column < last.column + last.column_span:
            end = max(last.column + last.column_span, cell.column + cell.column_span)
            columns[-1] = replace(last, column_span=end - last.column)
        else:
            columns.append(replace(cell, text=""))
    return columns


def _over(cell: Cell, column: Cell) -> bool:
    return column.column <= cell.column < column.column + column.column_span
