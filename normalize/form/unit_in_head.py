"""The unit that a head states for the numbers below it (`单位：万元`, `（元）`).

Enters: the text of a head cell. Leaves: the unit, "" for none.
"""

from __future__ import annotations

import re

from normalize.form.table_words import TABLE_WORDS
from normalize.words.fold import fold

_UNITS, _LABELS = "|".join(TABLE_WORDS["unit"]), "|".join(TABLE_WORDS["unit_label"])
_UNIT = re.compile(rf"(?:{_LABELS}):?({_UNITS})|\(({_UNITS})\)")


def unit_in_head(text: str) -> str:
    """The unit that a head cell names, "" where it names none."""
    match = _UNIT.search(fold(text))
    return (match[1] or match[2]) if match else ""
