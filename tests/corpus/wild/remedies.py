"""Kinds of layouts of table 四.

Enters: a draft. Leaves: blocks of its section.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus.grid import Grid
from corpus.wild.axes import review_blocks, review_cells, review_results
from corpus.wild.cross import Cross, Track, below, beside, titled
from corpus.wild.disclosure import Drawer
from corpus.wild.draft import Draft
from corpus.wild.years import draw_years, in_blocks, interleaved


def _flat(draft: Draft, blocks: Sequence[Track], results: Sequence[Track]) -> Cross:
    """One row of fifteen numbers below their heads, without a stub text."""
    row = Track((draft.word("amount"),))
    return Cross("remedies", (row,), review_cells(blocks, results), ("",))


def draw_by_result(draft: Draft) -> Cross:
    """A row for each result, a column for each block."""
    corner = (draft.word("corner", "outcome"),)
    return Cross("remedies", review_results(draft), review_blocks(draft), corner)


def by_result(draft: Draft) -> list[Grid]:
    """Transposed: results are rows."""
    return [draft.draw(draw_by_result(draft))]


def by_block(draft: Draft) -> list[Grid]:
    """Three rows of five."""
    corner = (draft.word("corner", "review"),)
    cross = Cross("remedies", review_blocks(draft), review_results(draft), corner)
    return [draft.draw(replace(cross, stub=draft.rng.choice(("tree", "joined")), glue=draft.glue()))]


def as_list(draft: Draft) -> list[Grid]:
    """One number a row, fifteen rows."""
    cells = review_cells(review_blocks(draft), review_results(draft))
    cross = Cross("remedies", cells, (Track((draft.word("amount"),)),), (draft.word("corner", "review"),))
    return [draft.draw(replace(cross, stub=draft.rng.choice(("tree", "rows", "joined")), glue=draft.glue()))]


def _single_tables(draft: Draft, synonyms: bool = False) -> list[tuple[str, Cross]]:
    """A table for each block: results below each other or side by side."""
    out = []
    down = draft.rng.random() < 0.5
    for block in review_blocks(draft, synonyms):
        results = review_results(draft, synonyms)
        column = (Track((draft.word("amount"),), block.field),)
        cross = Cross("remedies", results, column, (draft.word("corner", "outcome"),))
        out.append(("".join(block.path), cross if down else cross.flipped()))
    return out


def three_tables(draft: Draft) -> list[Grid]:
    """Each block a table with its name on top."""
    return [titled(draft.draw(cross), title) for title, cross in _single_tables(draft)]


def blocks_below(draft: Draft) -> list[Grid]:
    """The three blocks in one frame, one under the other."""
    return [below([titled(draft.draw(cross), title) for title, cross in _single_tables(draft)])]


def blocks_beside(draft: Draft) -> list[Grid]:
    """The three blocks in one frame side by side, each with its own stub."""
    grids = []
    for block in review_blocks(draft):
        column = (Track((draft.word("amount"),), block.field),)
        cross = Cross("remedies", review_results(draft), column, (draft.word("corner", "outcome"),))
        grids.append(titled(draft.draw(cross), "".join(block.path)))
    return [beside(grids)]


def compound_heads(draft: Draft) -> list[Grid]:
    """One head row: 行政复议—结果维持."""
    cross = _flat(draft, review_blocks(draft), review_results(draft))
    return [draft.draw(replace(cross, heads="joined", glue=draft.compound()))]


def shuffled(draft: Draft) -> list[Grid]:
    """Blocks and results in another order, 总计 first more often than not."""
    results = list(review_results(draft))
    rest = draft.rng.sample(results[:-1], 4) if draft.rng.random() < 0.5 else results[:-1]
    results = [results[-1], *rest]
    blocks = list(review_blocks(draft))
    blocks = draft.rng.choice(([blocks[1], blocks[2], blocks[0]], blocks))
    return [draft.draw(_flat(draft, blocks, results))]


def synonyms(draft: Draft) -> list[Grid]:
    """Heads in the body's own words."""
    return [draft.draw(_flat(draft, review_blocks(draft, True), review_results(draft, True)))]


def last_year_rows(draft: Draft) -> list[Grid]:
    """One row a year."""
    cross = _flat(draft, review_blocks(draft), review_results(draft))
    rows = tuple(
        Track((head,), what=what) for head, what in draw_years(draft, draft.rng.random() < 0.4).heads
    )
    return [draft.draw(replace(cross, rows=rows))]


def last_year_columns(draft: Draft) -> list[Grid]:
    """Results are rows, each block has a column a year."""
    cross = draw_by_result(draft)
    spread = draft.rng.choice((interleaved, in_blocks))
    return [draft.draw(replace(cross, columns=spread(cross.columns, draw_years(draft))))]


REMEDIES: Final[dict[str, Drawer]] = {
    "r_by_result": by_result,
    "r_by_block": by_block,
    "r_list": as_list,
    "r_three_tables": three_tables,
    "r_blocks_below": blocks_below,
    "r_blocks_beside": blocks_beside,
    "r_compound_heads": compound_heads,
    "r_shuffled": shuffled,
    "r_synonyms": synonyms,
    "r_last_year_rows": last_year_rows,
    "r_last_year_columns": last_year_columns,
}
