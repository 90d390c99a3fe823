"""A whole report as one table, as spreadsheets and some editors keep it.

Enters: blocks. Leaves: one grid; lines become rows over its whole width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from corpus.grid import Content, Grid
from corpus.page import Block, Line, Page


def stack(rng: Random, blocks: Sequence[Block], fill: bool = False) -> Grid:
    """One grid of all blocks; narrow tables end early (`fill`) or their last cells reach to the edge."""
    width = max([b.n_columns for b in blocks if isinstance(b, Grid)], default=1)
    slots: list[tuple[int, ...]] = []
    contents: list[Content] = []
    for block in blocks:
        if isinstance(block, Line):
            contents.append(Content(block.text, "filler"))
            slots.append((len(contents) - 1,) * width)
            continue
        first = len(contents)
        contents += block.contents
        for row in block.slots:
            lead = tuple(first + i for i in row)
            rest = width - len(row)
            if fill and rest:
                contents += [Content("", "filler")] * rest
                slots.append(lead + tuple(range(len(contents) - rest, len(contents))))
            else:
                slots.append(lead + lead[-1:] * rest)
    return Grid(tuple(slots), tuple(contents), 0, "all")


def gather(
    rng: Random, page: Page, prose: bool, keep: Callable[[Line], bool] = lambda _: False
) -> list[Block]:
    """The page's blocks with all tables and headings between the first and the last as one table.

    `prose`: lines of text inside the table too; what `keep` names stays outside at the ends.
    """
    tables = [i for i, b in enumerate(page.blocks) if isinstance(b, Grid)]
    if not tables:
        return list(page.blocks)
    first, last = tables[0], tables[-1]
    while first and isinstance(before := page.blocks[first - 1], Line) and before.kind == "heading":
        first -= 1
    if prose:
        first, last = 0, len(page.blocks) - 1
    inside = [b for b in page.blocks[first : last + 1] if not _is_break(b)]
    held = [b for b in inside if isinstance(b, Line) and keep(b)]
    inside = [b for b in inside if b not in held]
    return [*page.blocks[:first], *held, stack(rng, inside, rng.random() < 0.5), *page.blocks[last + 1 :]]


def _is_break(block: Block) -> bool:
    return isinstance(block, Line) and (block.kind in ("page", "between") or not block.text)
