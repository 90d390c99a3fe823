"""The unit that a head states for the numbers below it (`单位：万元`, `（元）`).

Enters: the text of a head cell. Leaves: the unit, "" for none.
"""

from __future__ import annotations

from normalize.form.table_words import TABLE_WORDS
from normalize.words.fold import fold
from normalize.words.search import Pattern

_UNIT = Pattern(r"\L<unit_label>:?(\L<unit>)|\((\L<unit>)\)", TABLE_WORDS)


def unit_in_head(text: str) -> str:
    """The unit that a head cell names, "" where it names none."""
    match = _UNIT.search(fold(text))
    return (match[1] or match[2]) if match else ""
