"""Words that several templates of one table print: which of them a document means by these.

Enters: the rows of a document and its year. Leaves: for each set of templates the one that is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from normalize.form.labels import LIKELY, best_hit, find_hits
from normalize.form.loader import FORM
from normalize.form.template import Template
from normalize.rows.row import Row
from normalize.words.quantity import is_blank, is_quantity

Meant = Mapping[frozenset[str], str]
"""For each set of templates that share words the one that these stand for."""
_SEVERAL: Final = [
    frozenset(one.name for one in FORM.templates_of(table.name))
    for table in FORM.tables
    if len(FORM.templates_of(table.name)) > 1
]
"""Templates of one table each, where a table has several."""
_SINCE: Final = {e.name: e.since or 0 for e in FORM.editions}


@lru_cache(maxsize=16384)
def find_templates(text: str) -> tuple[frozenset[str], float]:
    """The templates of one table that a word belongs to, and how surely; none for words of several tables."""
    hits = [h for h in find_hits(text) if h.similarity >= LIKELY]
    top = hits[0].similarity if hits else 0.0
    best = frozenset(h.axis.split(".")[0] for h in hits if h.similarity >= top - 0.05)
    if len(best) == 1 and best <= FORM.templates.keys():
        return best, top
    return (best, top) if any(best and best <= several for several in _SEVERAL) else (frozenset(), 0.0)


def find_meant(rows: Sequence[Row], year: int | None) -> Meant:
    """Which templates the shared words of a document stand for.

    Args:
        rows: of all its tables.
        year: that it reports on.
    """
    if not _SEVERAL:
        return {}
    told = Counter(find_templates(c.text)[0] for row in rows for c in row.cells if not is_blank(c.text))
    return {
        names: max(
            sorted(names),
            key=lambda n: (told[frozenset([n])], _has_its_shape(FORM.templates[n], rows), _is_due(n, year)),
        )
        for names in told
        if len(names) > 1
    }


def _has_its_shape(template: Template, rows: Sequence[Row]) -> bool:
    """Its labels stand before numbers, or it has none that do."""
    labelled = any(
        hit and hit.similarity >= LIKELY
        for row in rows
        if any(is_quantity(c.text) for c in row.cells)
        for c in row.cells
        for hit in [best_hit(c.text, f"{template.name}.row")]
    )
    return labelled == bool(template.rows_are)


def _is_due(name: str, year: int | None) -> int:
    """The year of its latest edition that there was then, 0 for none."""
    sinces = [_SINCE[e] for e in FORM.templates[name].editions]
    return max((s for s in sinces if year is None or s <= year), default=0)
