"""A column that only numbers the rows of a table.

Enters: the texts of a column, or aligned rows. Leaves: which of them count up by one; the rows without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.document import Cell
from normalize.rows.row import Row

FEWEST = 5
"""Rows from which numbers that count up are a column of serials."""
_SERIAL = re.compile(r"\s*(\d{1,2})(?:\s+(?=\d{1,2}[.．、]|[^\d\s.．、])|\s*$)")


def find_serials(texts: Sequence[str]) -> list[int]:
    """Indices of the longest run of texts, others between them, that count up by one; () for a short one."""
    runs: dict[int, list[int]] = {}
    for i, text in enumerate(texts):
        match = _SERIAL.match(text)
        if match is None:
            continue
        number = int(match[1])
        before = runs.get(number - 1, [])
        if len(before) + 1 > len(runs.get(number, [])):
            runs[number] = [*before, i]
    longest = max(runs.values(), key=len, default=[])
    return longest if len(longest) >= FEWEST else []


def without_serials(rows: Sequence[Row]) -> list[Row]:
    """Aligned rows without the serials that begin their lines, where most numbers there count up by one."""
    begun = [i for i, r in enumerate(rows) if r.cells and _SERIAL.match(r.cells[0].text)]
    left = min((rows[i].cells[0].column for i in begun), default=0)
    begun = [i for i in begun if rows[i].cells[0].column <= left + 2]
    serials = {begun[k] for k in find_serials([rows[i].cells[0].text for i in begun])}
    if len(serials) < 0.7 * len(begun):
        return list(rows)
    return [replace(r, cells=_drop_serial(r.cells)) if i in serials else r for i, r in enumerate(rows)]


def _drop_serial(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    first = cells[0]
    rest = _SERIAL.sub("", first.text, count=1)
    if not rest:
        return cells[1:]
    lead = len(first.text) - len(rest)
    return (
        replace(first, text=rest, column=first.column + lead, column_span=first.column_span - lead),
        *cells[1:],
    )
