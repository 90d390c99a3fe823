"""Kinds of layouts of table 二.

Enters: a draft. Leaves: blocks of its section.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from corpus.grid import Content, Grid
from corpus.wild.axes import disclosure_items, disclosure_rows
from corpus.wild.cross import Cross, Track, below, beside, titled
from corpus.wild.draft import Draft
from corpus.wild.years import draw_years, in_blocks, interleaved

Drawer = Callable[[Draft], list[Grid]]


def _stacked(draft: Draft, synonyms: bool = False) -> list[Grid]:
    return [titled(draft.draw(cross), title) for title, cross in disclosure_items(draft, synonyms)]


def draw_long(draft: Draft) -> Cross:
    """One number a row."""
    corner = draft.word("corner", "subject"), draft.word("corner", "measure")
    return Cross("disclosure", disclosure_rows(draft), (Track((draft.word("amount"),)),), corner)


def as_list(draft: Draft) -> list[Grid]:
    """One long table: subject, measure, number."""
    return [draft.draw(draw_long(draft))]


def as_joined_list(draft: Draft) -> list[Grid]:
    """The same with subject and measure in one text."""
    long = replace(
        draw_long(draft), stub="joined", glue=draft.glue(), corner=(draft.word("corner", "subject"),)
    )
    return [draft.draw(long)]


def wide(draft: Draft) -> list[Grid]:
    """Two or three rows: heads over one row of numbers."""
    long = draw_long(draft)
    flat = replace(long.flipped(), corner=(draft.word("corner", "subject"),))
    return [draft.draw(flat)]


def wide_compound(draft: Draft) -> list[Grid]:
    """One head row with compound heads over one row of numbers."""
    long = draw_long(draft)
    glue = draft.compound()
    return [draft.draw(replace(long.flipped(), heads="joined", glue=glue, corner=("",)))]


def transposed(draft: Draft) -> list[Grid]:
    """Subjects in the head, measures in the stub, block by block."""
    return [titled(draft.draw(cross.flipped()), title) for title, cross in disclosure_items(draft)]


def side_by_side(draft: Draft) -> list[Grid]:
    """Item （一） left, the others right."""
    first, *rest = _stacked(draft)
    return [beside((first, below(rest)) if draft.rng.random() < 0.6 else (below(rest), first))]


def shuffled(draft: Draft) -> list[Grid]:
    """Blocks in another order, heads too, rows too."""
    items = list(disclosure_items(draft))
    draft.rng.shuffle(items)
    grids = []
    for title, cross in items:
        columns = tuple(draft.rng.sample(cross.columns, len(cross.columns)))
        rows = tuple(draft.rng.sample(cross.rows, len(cross.rows)))
        grids.append(titled(draft.draw(replace(cross, columns=columns, rows=rows)), title))
    return [below(grids)]


def synonyms(draft: Draft) -> list[Grid]:
    """Subjects and heads in the body's own words."""
    return [below(_stacked(draft, synonyms=True))]


def extra_columns(draft: Draft) -> list[Grid]:
    """序号 in front, 备注 behind."""
    grids = []
    for title, cross in disclosure_items(draft):
        remark = Track((draft.word("remark", "head"),), what="remark")
        grids.append(titled(draft.draw(replace(cross, columns=(*cross.columns, remark))), title))
    table = below(grids)
    if draft.rng.random() < 0.5:
        table = with_serial(draft, table)
    return [table]


def last_year_columns(draft: Draft) -> list[Grid]:
    """A row a number: this year, last year, the change."""
    years = draw_years(draft, change=draft.rng.random() < 0.7)
    long = draw_long(draft)
    return [draft.draw(replace(long, columns=tuple(Track((h,), what=w) for h, w in years.heads)))]


def last_year_heads(draft: Draft) -> list[Grid]:
    """The official blocks with two columns for each head."""
    years = draw_years(draft)
    spread = interleaved if draft.rng.random() < 0.5 else in_blocks
    grids = []
    for title, cross in disclosure_items(draft):
        grids.append(titled(draft.draw(replace(cross, columns=spread(cross.columns, years))), title))
    return [below(grids)]


def with_serial(draft: Draft, grid: Grid) -> Grid:
    """序号 in front, one for each row with numbers."""
    texts = [draft.word("serial", "head"), *[""] * (grid.n_rows - 1)]
    numbered = [r for r in range(grid.n_rows) if grid.row_keys(r)]
    for n, r in enumerate(numbered, 1):
        texts[r] = str(n)
    return grid.with_column(0, [Content(t, "filler") for t in texts])


DISCLOSURE: Final[dict[str, Drawer]] = {
    "d_list": as_list,
    "d_joined_list": as_joined_list,
    "d_wide": wide,
    "d_wide_compound": wide_compound,
    "d_transposed": transposed,
    "d_side_by_side": side_by_side,
    "d_shuffled": shuffled,
    "d_synonyms": synonyms,
    "d_extra_columns": extra_columns,
    "d_last_year_columns": last_year_columns,
    "d_last_year_heads": last_year_heads,
}
