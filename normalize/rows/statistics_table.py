"""The statistics table of the years before 2019 (政府信息公开情况统计表), told by its head and its rows.

Enters: the stream of rows and breaks. Leaves: the blocks of the document that are such a table. It uses words
of the form, but has none of its fields: one indicator a row, with this year's number and often a total.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from normalize.form.labels import find_hits
from normalize.form.loader import FORM
from normalize.form.table_words import TABLE_WORDS
from normalize.rows.document_to_rows import Stream
from normalize.rows.row import Break, Row
from normalize.words.fold import fold, split_enumerator
from normalize.words.page_words import words_of

FEWEST: Final = 3
"""Different indicators below which rows are not such a table: other tables count 行政复议数 as well.

At 1 these pass for one, at 9 a statistics table alone does not (test_is_report).
"""
_HEADS = frozenset(map(fold, words_of("indicator_head")))
_LABELS = frozenset(map(fold, words_of("indicator_label")))
_HEAD_AXES = frozenset(
    f"{template.name}.{role}"
    for template in FORM.templates.values()
    for role in {"fields": ("column",), "blocks": ("column", "heading"), "": ("block",)}[template.rows_are]
)
"""What stands in heads of the form alone."""
(_PART_OF,) = TABLE_WORDS["part_of"]


def find_blocks(stream: Stream) -> set[int]:
    """Blocks with the head of a statistics table or with its rows; it goes on in blocks without a head."""
    found: set[int] = set()
    open_, block = False, -1
    rows = [event for event in stream.events if isinstance(event, Row)]
    heads, listed = set(_blocks_with_heads(rows)), _blocks_of_indicators(rows)
    for event in stream.events:
        if isinstance(event, Break):
            open_ = open_ and not closes(event)
            continue
        if event.block != block:
            block = event.block
            open_ = open_ and block not in heads
        open_ = open_ or (block not in heads and (block in listed or _is_head(event)))
        if open_:
            found.add(block)
    return found


def is_statistics(rows: Sequence[Row]) -> bool:
    """Whether rows list enough of its indicators."""
    return len({name for row in rows for name in _indicators(row)}) >= FEWEST


def closes(event: Break) -> bool:
    """A heading or a paragraph, after which no table goes on."""
    return event.section != 0 or len(event.text) > 40


def _is_head(row: Row) -> bool:
    return len({fold(cell.text) for cell in row.cells} & _HEADS) >= 2


def _blocks_of_indicators(rows: Sequence[Row]) -> set[int]:
    by_block: dict[int, list[Row]] = {}
    for row in rows:
        by_block.setdefault(row.block, []).append(row)
    return {block for block, mine in by_block.items() if is_statistics(mine)}


def _indicators(row: Row) -> Iterator[str]:
    return (name for name in (_indicator(cell.text) for cell in row.cells) if name)


@lru_cache(maxsize=4096)
def _indicator(text: str) -> str:
    """The indicator that a label names, "" for none: `其中：1．网站公开数（条）` without all but the name."""
    core = fold(text)
    for _ in range(2):
        core = split_enumerator(core.removeprefix(_PART_OF))[1]
    core = core.split("(", 1)[0]
    return core if core in _LABELS else ""


def _blocks_with_heads(rows: Sequence[Row]) -> Iterator[int]:
    """Blocks with a head of the form, exactly as printed there."""
    return (row.block for row in rows for cell in row.cells if _is_form_head(cell.text))


@lru_cache(maxsize=16384)
def _is_form_head(text: str) -> bool:
    best = find_hits(text)[:1] if len(fold(text)) > 2 else ()
    return any(hit.similarity == 1 and hit.axis in _HEAD_AXES for hit in best)
