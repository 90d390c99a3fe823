"""Kinds of layouts of table 三 with last year's numbers, or other bodies', beside this report's own.

Enters: a draft. Leaves: blocks of its section.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus.grid import Content, Grid
from corpus.official import REQUEST_ROWS
from corpus.page import Block, Line
from corpus.wild.axes import requests
from corpus.wild.cross import Cross, Track, What, draw_cross
from corpus.wild.draft import Draft
from corpus.wild.requests import BlockDrawer, any_stub
from corpus.wild.years import draw_years, in_blocks, interleaved


def last_year_interleaved(draft: Draft) -> Sequence[Block]:
    """Two columns an applicant."""
    cross = requests(draft, umbrella=False)
    return [draft.draw(replace(cross, columns=interleaved(cross.columns, draw_years(draft))))]


def last_year_blocks(draft: Draft) -> Sequence[Block]:
    """Seven columns of one year, then seven of the other."""
    cross = requests(draft, umbrella=False)
    return [draft.draw(replace(cross, columns=in_blocks(cross.columns, draw_years(draft))))]


def last_year_total(draft: Draft) -> Sequence[Block]:
    """上年总计 behind 总计, and the change."""
    cross = requests(draft, umbrella=False)
    name: What = draft.rng.choice(("change", "ratio"))
    more = [
        Track((draft.word("before_total", "head"),), applicant="total", what="before"),
        Track((draft.word(name, "head"),), applicant="total", what=name),
    ]
    return [draft.draw(replace(cross, columns=(*cross.columns, *more[: draft.rng.randint(1, 2)])))]


def last_year_rows(draft: Draft) -> Sequence[Block]:
    """Every row twice, a year each."""
    cross = requests(draft)
    rows = interleaved(cross.rows, draw_years(draft))
    return [draft.draw(replace(cross, rows=rows))]


def last_year_two_columns(draft: Draft) -> Sequence[Block]:
    """Only totals: last year and this."""
    cross = requests(draft, umbrella=False)
    columns = interleaved(cross.columns[-1:], draw_years(draft, change=draft.rng.random() < 0.5))
    return [draft.draw(replace(cross, columns=columns, stub=any_stub(draft), glue=draft.glue()))]


def units_summary(draft: Draft) -> Sequence[Block]:
    """Behind the table: what each unit below the body had, a row each."""
    grid = draft.draw(requests(draft))
    return [grid, Line(draft.word("summary", "caption")), _draw_summary(draft)]


def _draw_summary(draft: Draft) -> Grid:
    rows = [r for r in REQUEST_ROWS[draft.truth.editions.requests] if r.level != "leaf"]
    units = draft.rng.sample(draft.words.texts["summary", "unit"], 4)
    columns = tuple(Track((r.label,), r.field) for r in rows)
    tracks = (
        *(Track((u,), what="before") for u in units),
        Track((draft.word("summary", "sum"),), what="before"),
    )
    cross = Cross("other", tracks, columns, (draft.word("summary", "corner"),))
    return draw_cross(cross, lambda row, column, at: Content(str(draft.rng.randint(0, 40)), "filler"))


REQUESTS_OF_YEARS: Final[dict[str, BlockDrawer]] = {
    "q_last_year_interleaved": last_year_interleaved,
    "q_last_year_blocks": last_year_blocks,
    "q_last_year_total": last_year_total,
    "q_last_year_rows": last_year_rows,
    "q_last_year_two_columns": last_year_two_columns,
    "q_units_summary": units_summary,
}
