"""Rows that only number the columns of a table (1 2 3 …, with or without 甲 乙).

Enters: a row. Leaves: whether it is such a row: no table of the form has it.
"""

from __future__ import annotations

import re
from typing import Final

from normalize.form.table_words import TABLE_WORDS
from normalize.rows.row import Row

FEWEST: Final = 6
"""Columns that such a row numbers at least: fewer ascending numbers may count something."""
_COUNTING = re.compile(r"^\d{1,2}$")


def is_numbering(row: Row) -> bool:
    """The row prints 1 2 3 … and no words but those that stand over labels there."""
    last = next((text for c in reversed(row.cells) if (text := c.text.strip())), "")
    if not _COUNTING.match(last) or int(last) < FEWEST:  # as in most rows, and quick to see
        return False
    texts = [c.text.strip() for c in row.cells]
    numbers = [int(t) for t in texts if _COUNTING.match(t)]
    if len(numbers) < FEWEST or numbers != list(range(1, len(numbers) + 1)):
        return False
    words = [t for t in texts if t and not _COUNTING.match(t)]
    return all(w in TABLE_WORDS["numbering"] for w in words)
