"""The head of a table -> its columns, each with what it names and where it stands.

Enters: a template, the rows of its head. Leaves: `HeadColumn`s from left to right, unknown ones included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from extract.document import Cell
from normalize.form.labels import LIKELY, NEAR, Hit, best_hit, find_hits
from normalize.form.table_words import TABLE_WORDS
from normalize.form.template import Template
from normalize.form.unit_in_head import unit_in_head
from normalize.rows.row import Row
from normalize.words.fold import fold
from normalize.words.quantity import is_blank, is_quantity


@dataclass(frozen=True, slots=True)
class HeadColumn:
    """One column below the head.

    Attributes:
        block, column: what it names on the template, "" for what it does not name.
        start, end: where it stands, in the measure of the layout; `end` excluded.
        similarity: of the column's name, or of its block's where that is less; 0 for none.
        unit: that it states.
        listed: it is none of the form's, and known as such (备注, 序号).
        doubtful: another column bears the same name, or words say that it is of another year.
    """

    block: str
    column: str
    start: int
    end: int
    similarity: float
    unit: str
    listed: bool
    doubtful: bool = False


def is_head(template: Template, row: Row) -> bool:
    """A row of words that name columns or groups of them, and that is no row of the table left empty."""
    printed = [c.text for c in row.cells if not is_blank(c.text)]
    if not printed or any(map(is_quantity, printed)):
        return False
    axes = {f"{template.name}.{role}" for role in ("column", "heading", "block")}
    named = sum(any(h.axis in axes and h.similarity >= LIKELY for h in find_hits(text)) for text in printed)
    return named > 1 or (named == 1 and not _likely(printed[0], f"{template.name}.row"))


def _likely(text: str, axis: str) -> Hit | None:
    """What a text is likely to name on an axis, None for nothing."""
    hit = best_hit(text, axis)
    return hit if hit and hit.similarity >= LIKELY else None


def read_columns(template: Template, rows: Sequence[Row]) -> tuple[HeadColumn, ...]:
    """The columns of a head of several rows, from left to right; () where it names none that it should."""
    levels = [[c for c in (*row.covering, *row.cells) if not is_blank(c.text)] for row in rows]
    columns = []
    for level, cells in enumerate(levels):
        below = [cell for lower in levels[level + 1 :] for cell in lower]
        for cell in cells:
            if not any(_overlap(cell, other) for other in below):
                path = [c for upper in levels[:level] for c in upper if _overlap(c, cell)]
                columns.append(_name(template, [c.text for c in dict.fromkeys((*path, cell))], cell))
    columns.sort(key=lambda c: c.start)
    if template.columns and not any(c.column for c in columns):
        return ()
    times = Counter((c.block, c.column) for c in columns if c.column)
    return tuple(replace(c, doubtful=c.doubtful or times[c.block, c.column] > 1) for c in columns)


def _overlap(one: Cell, other: Cell) -> bool:
    if one is other:
        return True
    return one.column < other.column + other.column_span and other.column < one.column + one.column_span


def _name(template: Template, path: Sequence[str], cell: Cell) -> HeadColumn:
    """What a column names: its own words, or these with those of the groups above it."""
    spellings = accumulate(reversed(path), lambda below, above: above + below)
    hits = [hit for text in spellings if (hit := _likely(text, f"{template.name}.column"))]
    found = max(hits, key=lambda h: h.similarity, default=None)
    blocks = [hit for text in path if (hit := _likely(text, f"{template.name}.block"))]
    return HeadColumn(
        blocks[-1].name if blocks else "",
        found.name if found else "",
        cell.column,
        cell.column + cell.column_span,
        min(h.similarity for h in (found, *blocks[-1:])) if found else 0.0,
        next(filter(None, map(unit_in_head, reversed(path))), ""),
        any(h.axis == "ignored" and h.similarity >= NEAR for h in find_hits(path[-1])),
        _is_of_another_year(path[:-1] if found and found.similarity >= NEAR else path),
    )


def _is_of_another_year(words: Sequence[str]) -> bool:
    """Words of a head, and of the groups above it, that are not its label as the form spells it."""
    years = (*TABLE_WORDS["last_year"], *TABLE_WORDS["earlier_years"])
    return any(year in fold(text) for text in words for year in years)
