"""Every kind of layout by name, what it asks of the report, and which tables it changes.

Enters: a name. Leaves: `Kind`, which turns a draft into the blocks of its sections.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from corpus.wild.disclosure import DISCLOSURE
from corpus.wild.documents import DOCUMENTS, Sections
from corpus.wild.draft import Draft, Wish
from corpus.wild.remedies import REMEDIES
from corpus.wild.requests import REQUESTS
from corpus.wild.requests_of_years import REQUESTS_OF_YEARS
from corpus.wild.years import TABLES

ALL_REQUESTS: Final = {**REQUESTS, **REQUESTS_OF_YEARS}
SEVERAL: Final = "m_several"
"""Unusual tables 二, 三 and 四 in one document."""
NAMES: Final = (*DISCLOSURE, *ALL_REQUESTS, *REMEDIES, *DOCUMENTS, SEVERAL)
WISHES: Final[Mapping[str, Wish]] = {
    "d_last_year_columns": Wish(newest=True),
    "d_last_year_heads": Wish(newest=True),
    "q_missing_columns": Wish(left_out=2),
    "q_extra_applicant": Wish(extra=True),
    "q_rows_left_out": Wish(sparse=True),
}
WEIGHTS: Final = {"d": 6, "r": 4, "m": 3, "q": 1, "x": 1}
"""How often a kind is dealt: tables 二 and 四 have a tenth of the cells of table 三."""
NARROW: Final = {"q_total_only": 3, "q_last_year_two_columns": 3}
"""Kinds of table 三 with one column of the seven."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One or more layouts that a document has.

    Attributes:
        name: as it stands in the variant.
        parts: names of the layouts.
    """

    name: str
    parts: tuple[str, ...]

    @property
    def wish(self) -> Wish:
        """What all of them ask for."""
        wishes = [WISHES.get(part, Wish()) for part in self.parts]
        return Wish(
            any(w.newest for w in wishes),
            max(w.left_out for w in wishes),
            any(w.extra for w in wishes),
            any(w.sparse for w in wishes),
        )

    def draw(self, draft: Draft) -> Sections:
        """The sections that are not official."""
        out: Sections = {}
        for part in self.parts:
            if part in DISCLOSURE:
                out["disclosure"] = DISCLOSURE[part](draft)
            elif part in ALL_REQUESTS:
                out["requests"] = ALL_REQUESTS[part](draft)
            elif part in REMEDIES:
                out["remedies"] = REMEDIES[part](draft)
            else:
                out |= DOCUMENTS[part](draft)
        return out

    def touches(self, table: str) -> bool:
        """Whether the layout of this table is unusual, or stands beside what could be taken for it."""
        tables = {"d": TABLES[:1], "q": TABLES[1:2], "r": TABLES[2:]}
        return any(table in tables.get(part[0], TABLES) for part in self.parts)


def deck() -> list[str]:
    """The names in the numbers in which they are dealt."""
    return [name for name in NAMES for _ in range(NARROW.get(name, WEIGHTS[name[0]]))]
