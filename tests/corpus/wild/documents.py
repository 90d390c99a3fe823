"""Kinds of layouts that concern whole documents: years, annexes, tables taken back, tables joined.

Enters: a draft. Leaves: blocks by section: `disclosure`, `requests`, `remedies`, and `annex` behind the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from corpus.figures import draw_numbers
from corpus.official import Numbers
from corpus.page import HEADINGS, Block, Line
from corpus.printing import Hand, print_numbers
from corpus.truth import ReportTruth
from corpus.wild.cross import below, beside, titled
from corpus.wild.disclosure import draw_long
from corpus.wild.draft import Draft
from corpus.wild.remedies import draw_by_result
from corpus.wild.years import TABLES, official, with_last_year

Sections = dict[str, Sequence[Block]]
DocumentDrawer = Callable[[Draft], Sections]
ALTERED: Final = 0.15
"""Share of the cells that a table taken back has otherwise."""


def _some_tables(draft: Draft) -> list[str]:
    chosen = draft.rng.sample(TABLES, draft.rng.randint(1, 3))
    return [t for t in TABLES if t in chosen]


def last_year_before(draft: Draft) -> Sections:
    """Last year's tables under a caption, then this year's."""
    return dict(with_last_year(draft, _some_tables(draft), first=True))


def last_year_after(draft: Draft) -> Sections:
    """This year's tables, then last year's under a caption."""
    return dict(with_last_year(draft, _some_tables(draft), first=False))


def void_before(draft: Draft) -> Sections:
    """A table that is taken back, then the one that holds."""
    altered: Numbers = {}
    for key in draft.truth.facts:
        value = draft.value(key)
        changed = draft.rng.random() < ALTERED
        altered[key] = value + draft.rng.randint(1, 9) if changed else value
    facts = print_numbers(draft.rng, Hand(), draft.truth.editions, altered)
    old = ReportTruth(draft.truth.identity, draft.truth.editions, facts)
    out: Sections = {}
    for table in _some_tables(draft):
        void: list[Block] = [Line(draft.word("void", "caption")), *official(draft, table, old)]
        out[table] = [*void, Line(draft.word("right", "caption")), *official(draft, table)]
    return out


def annex_of_another(draft: Draft) -> Sections:
    """Behind the report: another body's tables."""
    numbers = draw_numbers(draft.rng, draft.truth.editions, "small")
    facts = print_numbers(draft.rng, Hand(), draft.truth.editions, numbers)
    other = ReportTruth(draft.truth.identity, draft.truth.editions, facts)
    caption = draft.word("annex", "caption", body=draft.word("annex", "body"))
    blocks: list[Block] = [Line(caption)]
    for table in _some_tables(draft):
        blocks += official(draft, table, other)
    return {"annex": blocks}


def two_beside_four(draft: Draft) -> Sections:
    """Tables 二 and 四 in one frame side by side."""
    left = draft.draw(draw_long(draft))
    right = draft.draw(draw_by_result(draft))
    return {"disclosure": [beside((left, right))], "remedies": [Line(draft.word("elsewhere", "line"))]}


def one_frame(draft: Draft) -> Sections:
    """All three tables in one frame, each below its title."""
    grids = []
    for table, title in zip(TABLES, HEADINGS[1:4], strict=True):
        grids += [titled(grid, title) if not i else grid for i, grid in enumerate(official(draft, table))]
    elsewhere = [Line(draft.word("above", "line"))]
    return {"disclosure": [below(grids)], "requests": elsewhere, "remedies": elsewhere}


DOCUMENTS: Final[dict[str, DocumentDrawer]] = {
    "x_last_year_before": last_year_before,
    "x_last_year_after": last_year_after,
    "x_void_before": void_before,
    "x_annex_of_another": annex_of_another,
    "x_two_beside_four": two_beside_four,
    "x_one_frame": one_frame,
}
