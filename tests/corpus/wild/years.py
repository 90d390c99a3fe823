"""Last year's numbers beside this year's: as columns, as rows, as a table before or after.

Enters: a draft and tracks. Leaves: tracks with a head of the year, or blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.grid import Grid
from corpus.labels import Lettering
from corpus.layout import Draughtsman, Plan, draw_disclosure, draw_remedies, draw_requests
from corpus.page import Block, Line
from corpus.truth import ReportTruth
from corpus.wild.cross import Track, What, without_keys
from corpus.wild.draft import Draft

TABLES = ("disclosure", "requests", "remedies")


@dataclass(frozen=True, slots=True)
class Years:
    """The heads of one document's two years, in the order in which they stand."""

    heads: tuple[tuple[str, What], ...]


def draw_years(draft: Draft, change: bool = False) -> Years:
    """Last year first or this year; a third column with the change, if it is wanted."""
    heads: list[tuple[str, What]] = [
        (draft.word("before", "head"), "before"),
        (draft.word("now", "head"), "now"),
    ]
    if draft.rng.random() < 0.4:
        heads.reverse()
    if change:
        name: What = draft.rng.choice(("change", "ratio"))
        heads.append((draft.word(name, "head"), name))
    return Years(tuple(heads))


def interleaved(tracks: Sequence[Track], years: Years) -> tuple[Track, ...]:
    """Each track once a year, its years next to each other."""
    return tuple(t.over(head, what) for t in tracks for head, what in years.heads)


def in_blocks(tracks: Sequence[Track], years: Years) -> tuple[Track, ...]:
    """All tracks of one year, then all of the other."""
    return tuple(
        Track((head, *t.path), t.field, t.applicant, t.leaf, what)
        for head, what in years.heads
        for t in tracks
    )


def official(draft: Draft, table: str, truth: ReportTruth | None = None) -> list[Grid]:
    """A table as the form draws it, of this report or of another."""
    pen = Draughtsman(draft.rng, truth or draft.truth, Lettering())
    if table == "disclosure":
        grids = draw_disclosure(pen, Plan())
    else:
        grids = [draw_requests(pen, Plan())] if table == "requests" else draw_remedies(pen, Plan())
    return [without_keys(g) for g in grids] if truth else grids


def of_last_year(draft: Draft, table: str) -> list[Block]:
    """Last year's table under a caption."""
    caption = Line(draft.word("last", "caption"))
    return [caption, *official(draft, table, draft.before_truth())]


def with_last_year(draft: Draft, tables: Sequence[str], first: bool) -> dict[str, list[Block]]:
    """This year's tables, and last year's before or behind each."""
    out: dict[str, list[Block]] = {}
    for table in tables:
        now: list[Block] = [Line(draft.word("now", "caption")), *official(draft, table)]
        before = of_last_year(draft, table)
        out[table] = [*before, *now] if first else [*now, *before]
    return out
