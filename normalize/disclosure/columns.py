"""The columns of table 二: which of them each head cell names for a stub, in which edition.

Enters: a stub and head cells. Leaves: one `Mapped` for each head cell, None for a column not of the form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.document import Cell
from normalize.form.confidence import GUESSED, NEAR_ENOUGH
from normalize.form.labels import SAME, find_hits
from normalize.form.loader import FORM
from normalize.form.unit_in_head import unit_in_head

_TEMPLATE = FORM.templates["disclosure"]
HEAD = 0.6
"""Similarity from which a cell is a head: its row and column must also make a field.

At 0.42 the cases layout_mixed and layout_t2_last_year change, at 0.84 layout_t2_synonyms and the real
report of donghu.
"""


def _sequences() -> dict[str, dict[str, tuple[str, ...]]]:
    """For each stub the columns of each edition, in order: rules -> {2021: (issued, ...), ...}."""
    found: dict[str, dict[str, list[str]]] = {}
    for f in _TEMPLATE.fields:
        for edition in f.editions:
            own = found.setdefault(_TEMPLATE.row_of(f.field), {}).setdefault(edition, [])
            own.append(_TEMPLATE.part_of[f.field])
    return {s: {e: tuple(c) for e, c in by.items()} for s, by in found.items()}


COLUMNS = _sequences()
FIELD_OF = {(_TEMPLATE.row_of(name), _TEMPLATE.part_of[name]): name for name in _TEMPLATE.names}


@dataclass(frozen=True, slots=True)
class Mapped:
    """One head cell for one stub: the column it names, the editions that tells, and how sure that is."""

    column: str
    edition: str
    confidence: float
    doubts: tuple[str, ...]
    unit: str


def map_head(stub: str, head: Sequence[Cell], shortest: Sequence[str]) -> list[Mapped | None]:
    """The column that each head cell names under this stub; None for a column that is not the form's."""
    valid = _editions_of_columns(stub)
    both = {c for c in valid if all(c in columns for columns in COLUMNS[stub].values())}
    best = _in_one_edition([_best_column(c.text, valid) for c in head], valid, both)
    taken = [name for name, _ in best if name]
    if not taken:
        return _without_head(head, shortest)
    edition = next((valid[n] for n in taken if n not in both), "")
    if not edition and both and len(COLUMNS[stub]) > 1:
        edition = "|".join(e for e, cs in COLUMNS[stub].items() if len(cs) == len(head))
    own = [COLUMNS[stub][e] for e in edition.split("|") if e]
    sequence = next((columns for columns in own if len(columns) == len(head)), ())
    mapped: list[Mapped | None] = []
    doubts: tuple[str, ...]
    for i, (read, similarity) in enumerate(best):
        name, doubts = read, ()
        if not read or (taken.count(read) > 1 and best.index((read, similarity)) != i):
            name = _due(sequence, [n for n, _ in best], i, len(head))
            doubts = ("doubt.alignment",)
        if not name:
            mapped.append(None)
            continue
        confidence = 1.0 if similarity >= SAME else NEAR_ENOUGH
        unit = unit_in_head(head[i].text)
        mapped.append(Mapped(name, edition if name in both else valid[name], confidence, doubts, unit))
    return mapped


@cache
def _editions_of_columns(stub: str) -> dict[str, str]:
    """The columns of a stub, each with the editions that have it (`2021|2030`)."""
    names = {c for columns in COLUMNS[stub].values() for c in columns}
    return {c: "|".join(sorted(e for e, columns in COLUMNS[stub].items() if c in columns)) for c in names}


def _in_one_edition(
    best: list[tuple[str, float]], valid: dict[str, str], both: set[str]
) -> list[tuple[str, float]]:
    """What head cells name, without what only resembles a name of another edition than most of them have."""
    weights: defaultdict[str, float] = defaultdict(float)
    for name, similarity in best:
        if name and name not in both:
            for edition in valid[name].split("|"):
                weights[edition] += similarity
    main = max(sorted(weights), key=lambda e: weights[e], default="")
    return [
        ("", 0.0)
        if name and name not in both and main not in valid[name].split("|") and similarity < SAME
        else (name, similarity)
        for name, similarity in best
    ]


def is_torn(stub: str, mapped: Sequence[Mapped | None]) -> bool:
    """A head past reading, or in another order than the form's: lines of it may have run together."""
    named = [m.column for m in mapped if m]
    orders = [[columns.index(c) for c in named if c in columns] for columns in COLUMNS[stub].values()]
    return any(m.doubts for m in mapped if m) or any(order != sorted(order) for order in orders)


def _best_column(text: str, valid: dict[str, str]) -> tuple[str, float]:
    hits = [h for h in find_hits(text) if h.axis == "disclosure.column" and h.name in valid]
    return (hits[0].name, hits[0].similarity) if hits and hits[0].similarity >= HEAD else ("", 0.0)


def _due(sequence: Sequence[str], names: Sequence[str], i: int, width: int) -> str:
    """The column that an unread head cell must be: the edition's own at that place, if it is free."""
    if len(sequence) == width and sequence[i] not in names:
        return sequence[i]
    return ""


def _without_head(head: Sequence[Cell], shortest: Sequence[str]) -> list[Mapped | None]:
    """Columns by number alone where no head is in force; always doubtful."""
    if head:
        return [None] * len(head)
    return [Mapped(c, "", GUESSED, ("doubt.alignment",), "") for c in shortest]
