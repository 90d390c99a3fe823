"""Which table of the form each row belongs to, by what it prints.

Enters: the stream of rows and breaks. Leaves: the rows of each template, stitched in reading order wherever
the document cut the table, and the rows of no table of the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from normalize.form.labels import LIKELY, find_composite
from normalize.form.loader import FORM
from normalize.form.table_words import TABLE_WORDS
from normalize.rows.column_numbers import is_numbering
from normalize.rows.document_to_rows import Stream
from normalize.rows.other_tables import find_other_tables, set_aside
from normalize.rows.row import LOOSE, Break, Row
from normalize.rows.shared_words import Meant, find_meant, find_templates
from normalize.rows.statistics_table import closes, find_blocks, is_statistics
from normalize.words.fold import fold
from normalize.words.quantity import is_quantity

_EVERYWHERE = frozenset((*TABLE_WORDS["rest"], *TABLE_WORDS["total"]))
"""Words that any table may use: they speak for none."""
_TEMPLATES = tuple(FORM.templates)
_DUE = {t.section: tuple(s.name for s in FORM.templates_of(t.name)) for t in FORM.tables if t.section}
"""The templates that stand in each section."""


@dataclass(frozen=True, slots=True)
class FormRows:
    """The rows of the form's templates by name, and what was left aside.

    Attributes:
        templates: by name.
        statistics: of a statistics table.
        aside: of tables like the report's own, but of another year, void, or in an annex.
        other: of no table of the form.
    """

    templates: Mapping[str, tuple[Row, ...]]
    statistics: tuple[Row, ...]
    aside: tuple[Row, ...]
    other: tuple[Row, ...]


@lru_cache(maxsize=16384)
def _vote(text: str) -> tuple[frozenset[str], float]:
    """The templates of one table that a word belongs to, and how surely; none for one of several tables."""
    if composite := find_composite(text):
        return frozenset([composite]), 1.0
    return (frozenset(), 0.0) if fold(text) in _EVERYWHERE else find_templates(text)


def _votes(row: Row, meant: Meant) -> dict[str, float]:
    """How strongly each template's own words stand in the row."""
    votes = dict.fromkeys(_TEMPLATES, 0.0)
    for cell in row.cells:
        names, vote = _vote(cell.text)
        if names:
            votes[meant[names] if len(names) > 1 else next(iter(names))] += vote
    return votes


def _strongest(votes: dict[str, float]) -> str:
    name = max(_TEMPLATES, key=lambda t: votes[t])
    return name if votes[name] >= LIKELY else ""


@dataclass(slots=True)
class _Block:
    """One table of the document: its rows, and the templates that they speak for, in order."""

    rows: list[Row] = field(default_factory=list)
    words: dict[str, None] = field(default_factory=dict)
    totals: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_TEMPLATES, 0.0))

    def add(self, row: Row, votes: dict[str, float]) -> None:
        """One more row and how strongly each table's words stand in it."""
        self.rows.append(row)
        self.words.setdefault(_strongest(votes))
        for table, vote in votes.items():
            self.totals[table] += vote

    @property
    def spoken(self) -> set[str]:
        """Tables that it speaks of more than once, or with a heading of its own."""
        return {t for t, v in self.totals.items() if v >= LIKELY} & self.words.keys()

    @property
    def is_continued(self) -> bool:
        """Without a word of the form it goes on with the table before it only if it is numbers alone."""
        texts = [c.text for row in self.rows for c in row.cells if c.text.strip()]
        quantities = sum(is_quantity(t) for t in texts)
        return bool(texts) and quantities >= 0.6 * len(texts)


def find_tables(stream: Stream, year: int | None) -> FormRows:
    """The rows of each template of the form, those of other years and of annexes left aside.

    A row that speaks for a table opens it; rows that speak for none follow the open table until a
    heading or prose closes it, or until another block begins that speaks for none either and has no
    numbers.
    """
    meant = find_meant([event for event in stream.events if isinstance(event, Row)], year)
    blocks: dict[int, _Block] = {}
    words: list[str] = []
    for row in stream.events:
        if isinstance(row, Row):
            votes = _votes(row, meant)
            blocks.setdefault(row.block, _Block()).add(row, votes)
            words.append(_strongest(votes))
    spoken = {number: block.spoken for number, block in blocks.items()}
    own = iter(words)
    found: dict[str, list[Row]] = {t: [] for t in (*_TEMPLATES, "")}
    indicators, statistics = find_blocks(stream), []
    due: tuple[str, ...] = ()
    current, block, part = "", -1, 0
    for event in stream.events:
        if isinstance(event, Break):
            if closes(event):
                current, part = "", part + 1
            due = _DUE.get(event.section, () if event.section else due)
            continue
        word = next(own)
        if not word and is_numbering(event):
            continue
        if event.block in indicators:
            statistics.append(event)
            current = ""
            continue
        if event.block != block:
            block = event.block
            if current and not spoken[block] and not blocks[block].is_continued:
                current = ""
        current = word or _standing(current, due, event, blocks[block], spoken[block])
        found[current].append(_in_part(event, part))
    if not is_statistics(statistics):
        found[""] += statistics
        statistics.clear()
    others = find_other_tables(stream, year)
    parted = {name: set_aside(found[name], others) for name in _TEMPLATES}
    templates = {name: own for name, (own, _) in parted.items()}
    aside = tuple(row for _, rest in parted.values() for row in rest)
    return FormRows(templates, tuple(statistics), aside, tuple(found[""]))


def _in_part(row: Row, part: int) -> Row:
    if row.part == part:
        return row
    return Row(row.cells, row.covering, row.block, row.layout, row.stream, row.doubts, part)


def _standing(current: str, due: tuple[str, ...], row: Row, block: _Block, spoken: set[str]) -> str:
    """The template of a row without a word of its own: the open one, one due, or the one of its block."""
    if current and (current in spoken or not spoken):
        return current
    named = [name for name in due if name in spoken]
    if named or (due and spoken and row.layout in LOOSE):
        return (named or due)[0]
    return next(filter(None, block.words)) if spoken else ""
