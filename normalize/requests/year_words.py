"""Words of a head that say of which year a column is, or that it compares years.

Enters: texts of head cells. Leaves: whose year each is; the latest year that a head names is the report's
own, unless a word names this year.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from normalize.form.table_words import TABLE_WORDS
from normalize.rows.row import Row
from normalize.words.fold import fold
from normalize.words.quantity import is_blank
from normalize.words.search import Pattern

THIS: Final = "this"
OTHER: Final = "other"
_YEAR = Pattern(r"\(?(20\d\d)\L<year_of_column>?\L<column_of_numbers>?\)?", TABLE_WORDS)
_THIS = Pattern(r"\(?\L<this_year>\L<column_of_numbers>?\)?", TABLE_WORDS)
_OTHER = Pattern(r"\(?(?:\L<last_year>\L<column_of_numbers>?|\L<comparison>)\)?", TABLE_WORDS)


@lru_cache(maxsize=4096)
def _read(text: str) -> str:
    """`this`, `other`, a year in digits, or "" for a text that says nothing of a year."""
    folded = fold(text)
    if _THIS.fullmatch(folded):
        return THIS
    if _OTHER.fullmatch(folded):
        return OTHER
    year = _YEAR.fullmatch(folded)
    return year[1] if year else ""


def latest_year(texts: Iterable[str]) -> str:
    """The latest year that cells of a head name in digits, "" for none or where a word names this year."""
    said = {_read(text) for text in texts}
    return "" if THIS in said else max((s for s in said if s.isdigit()), default="")


def whose_year(text: str, latest: str) -> str:
    """`this` for the report's own year, `other` for another or a comparison, "" for no such word."""
    said = _read(text)
    return (THIS if said == latest else OTHER) if said.isdigit() else said


def is_year_row(row: Row) -> bool:
    """A row of a head that only says of which year the columns below it are."""
    printed = [c.text for c in row.cells if not is_blank(c.text)]
    if len(printed) < 2 or not _read(printed[-1]):  # as of nearly all rows, and quick to see
        return False
    return sum(bool(_read(text)) for text in printed) >= max(2, len(printed) - 1)
