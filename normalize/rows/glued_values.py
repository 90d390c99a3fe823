"""A label and its value printed with nothing between them (`行政许可262`).

Enters: rows. Leaves: rows in which the two are cells of their own, the value marked as glued. One number
behind a label is one reading; several run together (`693665`) are not, and are refused later.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from extract.document import Cell
from normalize.form.labels import NEAR, find_hits
from normalize.form.loader import FORM
from normalize.form.table_words import TABLE_WORDS
from normalize.rows.row import Row
from normalize.words.script import simplify

_GLUED = re.compile(
    r"^(?P<label>.*[^\d\s.,+\-−—–/|:：，])[\s|:：]*"
    rf"(?P<value>[+\-−]?\d[\d.,]*\s*(?:{'|'.join(TABLE_WORDS['unit'])})?)$",
    re.DOTALL,
)
_AXES = tuple(f"{name}.row" for name in FORM.templates)


@lru_cache(maxsize=8192)
def _parts(text: str) -> tuple[str, str] | None:
    printed = text.strip()
    match = _GLUED.match(simplify(printed))
    if match is None or not match["label"]:
        return None
    whole = max((h.similarity for h in find_hits(text)), default=0.0)
    label = [h for h in find_hits(match["label"]) if h.axis in _AXES]
    if whole == 1 or not label or label[0].similarity < NEAR:
        return None
    return printed[match.start("label") : match.end("label")], printed[
        match.start("value") : match.end("value")
    ]


def is_glued(text: str) -> bool:
    """The text is a label of the form with digits stuck to it."""
    return _parts(text) is not None


def split_glued(row: Row) -> Row:
    """The row with a glued label and value as two cells; other rows as they are."""
    printed = [c for c in row.cells if c.text]
    if not printed or not is_glued(printed[-1].text):
        return row
    cells: list[Cell] = []
    for cell in row.cells:
        parts = _parts(cell.text) if cell is printed[-1] else None
        if parts is None:
            cells.append(cell)
            continue
        cells.append(replace(cell, text=parts[0], column_span=1))
        cells.append(replace(cell, text=parts[1], column=cell.column + 1, column_span=1))
    return replace(row, cells=tuple(cells), doubts=("doubt.joined",))
