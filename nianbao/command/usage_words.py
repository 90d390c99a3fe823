"""The words of usage.csv.

Enters: usage.csv. Leaves: its sentences, filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from normalize.words.csv_lines import Line
from normalize.words.sentence_pairs import find_pair_fault
from normalize.words.word_list import read_rows


@cache
def load_words() -> Mapping[str, str]:
    """The words by key.

    Raises:
        DictionaryError: with every fault of the file.
    """
    rows = read_rows("usage.csv", ("key", "zh"), Path(__file__).parent, find_faults=_find_faults)
    return {row["key"]: row["zh"] for row in rows}


def word(key: str, **values: object) -> str:
    """The words of a key, filled in."""
    return load_words()[key].format(**values)


def _find_faults(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if fault := find_pair_fault(line["zh"], line["zh"]):
            yield line.say(f"{line['key']}: {fault}")
