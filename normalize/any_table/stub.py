"""The label of a row: which row of the template it names.

Enters: a template, a row, and what the rows before it said. Leaves: a `Stub`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from extract.document import Cell
from normalize.form.confidence import IN_DOUBT, NEAR_ENOUGH
from normalize.form.labels import LIKELY, SAME, Hit, best_hit, find_hits
from normalize.form.template import Template
from normalize.rows.row import Row
from normalize.words.quantity import is_blank, is_quantity

AS_GOOD: Final = 0.02
"""Difference of likeness below which two rows are named as well: less than one character of a label."""


@dataclass(frozen=True, slots=True)
class Stub:
    """A row taken apart.

    Attributes:
        label: as printed, "" for none.
        name: the row of the template, "" where it names none.
        values: the cells behind the label.
        group: that it names beside its row, or alone.
    """

    label: str
    name: str
    values: tuple[Cell, ...]
    group: str
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()


def read_stub(template: Template, row: Row, group: str, last: str) -> Stub:
    """The row of a template that a row of the document is.

    Args:
        template: of the table.
        row: with its label and its values.
        group: that a row before it named.
        last: the row of the template before it, "" for none.
    """
    cells = row.cells
    first = next((i for i, c in enumerate(cells) if is_quantity(c.text)), len(cells))
    axis = f"{template.name}.row"
    hits = {i: [h for h in find_hits(cells[i].text) if h.axis == axis] for i in range(first)}
    named = [i for i, found in hits.items() if found and found[0].similarity >= LIKELY]
    own = _group_of(template, [c.text for c in (*row.covering, *cells[:first])])
    if not named:
        printed = [i for i in range(first) if not is_blank(cells[i].text)]
        at = printed[-1] if printed else -1
        label = cells[at].text if printed else ""
        return Stub(label, "", cells[at + 1 :], own)
    at = named[-1]
    found = [h for h in hits[at] if h.similarity >= hits[at][0].similarity - AS_GOOD]
    chosen, certain = _choose(template, found, own or group, last)
    confidence = 1.0 if chosen.similarity >= SAME else NEAR_ENOUGH
    if certain:
        return Stub(cells[at].text, chosen.name, cells[at + 1 :], own, confidence)
    return Stub(cells[at].text, chosen.name, cells[at + 1 :], own, IN_DOUBT, ("doubt.alignment",))


def drop_serial(template: Template, row: Row, due: int) -> Row:
    """The row without the number that only counts it, where that is the one due and its label follows."""
    if len(row.cells) < 2 or row.cells[0].text.strip() != str(due):
        return row
    hit = best_hit(row.cells[1].text, f"{template.name}.row")
    return replace(row, cells=row.cells[1:]) if hit and hit.similarity >= LIKELY else row


def _group_of(template: Template, texts: Sequence[str]) -> str:
    found = [best_hit(text, f"{template.name}.group") for text in texts]
    return next((h.name for h in reversed(found) if h and h.similarity >= LIKELY), "")


def _choose(template: Template, hits: Sequence[Hit], group: str, last: str) -> tuple[Hit, bool]:
    """The row meant among those named as well, and whether group or numeral say so; or the next in order."""
    inside = [h for h in hits if group and h.name.startswith(f"{group}.")] or list(hits)
    inside = [h for h in inside if h.numeral is not False] or inside
    if len(inside) == 1:
        return inside[0], True
    order = {name: i for i, name in enumerate(template.rows)}
    behind = [h for h in inside if order.get(h.name, 0) > order.get(last, -1)]
    return min(behind or inside, key=lambda h: order.get(h.name, 0)), False
