"""Tables beside this report's own: of another year, void, or in an annex, told by the line above them.

Enters: the stream of rows and breaks, and the year of the report. Leaves: the blocks that such a line stands
above; and, once the rows of a template are known, which of them are left aside: a caption may only be stale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from normalize.form.table_words import TABLE_WORDS
from normalize.rows.document_to_rows import Stream
from normalize.rows.row import Break, Row
from normalize.words.fold import fold, split_enumerator
from normalize.words.quantity import is_blank, is_quantity
from normalize.words.search import Pattern

LONGEST: Final = 60
"""Folded characters of the longest line that is a caption."""
_YEAR = Pattern(r"(20\d\d)年(?!\d*月)")
_DATE = Pattern(r"\d月\d")
_CAPTION = TABLE_WORDS["caption"]
_VOID, _VALID = TABLE_WORDS["void"], TABLE_WORDS["valid"]
_ANNEX = TABLE_WORDS["annex"]


def find_other_tables(stream: Stream, year: int | None) -> frozenset[int]:
    """Blocks below a line that says that they are another year's, void, or an annex.

    Args:
        stream: of the document.
        year: that it reports on; where it is not known, no table is another year's.
    """
    found: set[int] = set()
    aside = printed = False
    for event in stream.events:
        if isinstance(event, Row):
            printed = True
            if aside:
                found.add(event.block)
            continue
        said = _says_other(event, year, printed=printed)
        aside = aside if said is None else said
    return frozenset(found)


def _says_other(event: Break, year: int | None, *, printed: bool) -> bool | None:
    """Whether the tables below a line are none of the report's own; None where it does not say."""
    text = fold(event.text) if len(event.text) <= 2 * LONGEST else ""
    if not text or len(text) > LONGEST:
        return False if event.section else None
    if any(word in text for word in _VALID):
        return False
    if any(word in text for word in _VOID):
        return True
    years = {int(found[1]) for found in _YEAR.find_all(text)}
    if year and years and not _DATE.search(text) and any(word in text for word in _CAPTION):
        return year not in years
    if printed and text.startswith(_ANNEX):
        return True
    return False if event.section else None


def set_aside(rows: Sequence[Row], others: Collection[int]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of one template that are read, and those in blocks of other tables that only repeat them.

    Where they mostly do not, they may be the rest of the report's own table, the whole of one that the text
    gives in part, or another body's in other words: all is read, and those rows are in doubt.
    """
    rest = tuple(row for row in rows if row.block in others)
    if not rest:
        return tuple(rows), ()
    own = tuple(row for row in rows if row.block not in others)
    if not any(map(_counts, own)):
        return tuple(rows), ()
    return (own, rest) if _repeats(rest, own) else (tuple(_doubt(row, others) for row in rows), ())


def _doubt(row: Row, others: Collection[int]) -> Row:
    if row.block not in others:
        return row
    return replace(row, doubts=tuple(sorted({*row.doubts, "doubt.table"})))


def _repeats(rest: Sequence[Row], own: Sequence[Row]) -> bool:
    """Most labels of rows with numbers stand in both; of numbers without labels, all words of the head do."""
    again = _words(filter(_counts, rest))
    if again:
        return 2 * len(again & _words(filter(_counts, own))) >= len(again)
    return _words(rest) <= _words(own)


def _words(rows: Iterable[Row]) -> frozenset[str]:
    """What rows print beside numbers, folded and without numerals."""
    texts = (cell.text for row in rows for cell in row.cells)
    return frozenset(split_enumerator(fold(t))[1] for t in texts if not is_blank(t) and not is_quantity(t))


def _counts(row: Row) -> bool:
    return any(is_quantity(cell.text) for cell in row.cells)
