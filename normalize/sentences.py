"""What the reading says to people, in Chinese and in English: issues, checks, reasons.

Enters: sentences.csv beside this module (key, zh, en). Leaves: filled-in sentences; every fault of the file
is told at once, before any document is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from normalize.words.sentence_pairs import find_pair_faults
from normalize.words.word_list import read_rows

FOLDER = Path(__file__).parent

Both = tuple[str, str]
"""A sentence or a part of one, in Chinese and in English."""


def say(key: str, **values: object) -> str:
    """The Chinese sentence of `key`, for what the output has in Chinese only."""
    return _SENTENCES[key][0].format(**values)


def say_both(key: str, **values: object) -> Both:
    """The sentence of `key` in both languages; of a value that is a pair each language takes its own."""
    zh, en = _SENTENCES[key]
    own, others = values, values.copy()
    for name, value in values.items():
        if type(value) is tuple:
            own[name], others[name] = value
    return zh.format_map(own), en.format_map(others)


def read_sentences(folder: Path = FOLDER) -> Mapping[str, Both]:
    """The sentences of a catalogue by key.

    Args:
        folder: that holds it.

    Raises:
        DictionaryError: with every fault at once.
    """
    rows = read_rows("sentences.csv", ("key", "zh", "en"), folder, find_faults=find_pair_faults)
    return {row["key"]: (row["zh"], row["en"]) for row in rows}


_SENTENCES = read_sentences()
