"""What the reading says to people, in Chinese and in English: issues, checks, reasons.

Enters: sentences.csv beside this module (key, zh, en). Leaves: filled-in sentences; every fault of the file
is told at once, before any document is opened.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Formatter

COLUMNS = ("key", "zh", "en")

Both = tuple[str, str]
"""A sentence or a part of one, in Chinese and in English."""


class SentenceFault(Exception):
    """A catalogue that cannot be used; carries all of its faults."""


def say(key: str, **values: object) -> str:
    """The Chinese sentence of `key`, for what the output has in Chinese only."""
    return _SENTENCES[key][0].format(**values)


def say_both(key: str, **values: object) -> Both:
    """The sentence of `key` in both languages; of a value that is a pair each language takes its own."""
    zh, en = (
        text.format(**{name: v[i] if isinstance(v, tuple) else v for name, v in values.items()})
        for i, text in enumerate(_SENTENCES[key])
    )
    return zh, en


def read_sentences(text: str) -> Mapping[str, Both]:
    """The sentences of a catalogue by key.

    Args:
        text: of the CSV file.

    Raises:
        SentenceFault: with every fault at once.
    """
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise SentenceFault(f"columns are {reader.fieldnames}, not {list(COLUMNS)}")
    rows = list(reader)
    if faults := find_faults(rows):
        raise SentenceFault("; ".join(faults))
    return {row["key"]: (row["zh"], row["en"]) for row in rows}


def find_faults(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """List what is wrong: keys twice, sentences missing, placeholders that differ between the languages."""
    faults: list[str] = []
    seen: set[str] = set()
    for row in rows:
        key = row["key"]
        if key in seen:
            faults.append(f"{key}: twice")
        seen.add(key)
        if fault := _fault_of(row):
            faults.append(f"{key}: {fault}")
    return faults


def _fault_of(row: Mapping[str, str]) -> str:
    if None in row or not row["zh"] or not row["en"]:
        return "too many cells" if None in row else "a sentence is missing"
    try:
        zh, en = placeholders(row["zh"]), placeholders(row["en"])
    except ValueError:
        return "a brace without its other"
    if zh != en:
        return "the placeholders differ"
    return "" if all(name.isidentifier() for name in zh) else "a placeholder that is no name"


def placeholders(sentence: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


_SENTENCES = read_sentences(Path(__file__).with_suffix(".csv").read_text(encoding="utf-8-sig"))
