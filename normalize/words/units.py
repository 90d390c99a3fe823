"""The units that cells of tables print, and what a unit of money is worth.

Enters: units.csv (unit, yuan: how many 元, empty for what is no money). Leaves: `UNITS` and `MONEY`. The many
more measure words of prose are in measure_words.csv.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from normalize.words.csv_lines import Line
from normalize.words.script import simplify
from normalize.words.word_list import read_rows


def _load() -> dict[str, int]:
    """What each unit is worth, 0 for what is no money."""
    rows = read_rows("units.csv", ("unit", "yuan", "note"), find_faults=_find_faults, same=simplify)
    return {row["unit"]: int(row["yuan"] or 0) for row in rows}


def _find_faults(lines: Sequence[Line]) -> Iterator[str]:
    return (line.say(f"yuan {line['yuan']!r} is no number") for line in lines if not _is_worth(line["yuan"]))


def _is_worth(yuan: str) -> bool:
    return not yuan or (yuan.isascii() and yuan.isdecimal() and int(yuan) > 0)


_WORTH = _load()
UNITS = tuple(sorted(_WORTH, key=len, reverse=True))
"""The longest first, as a pattern must try them."""
MONEY: Mapping[str, int] = {unit: yuan for unit, yuan in _WORTH.items() if yuan}
"""Units of money, and how many 元 each is."""
