"""A sentence in Chinese and in English with the same places to be filled in.

Enters: the two, or the lines of a catalogue of them. Leaves: the names of their places, and what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Formatter

from normalize.words.csv_lines import Line


def placeholders(sentence: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def find_pair_fault(zh: str, en: str) -> str:
    """What is wrong with a sentence in two languages, "" where nothing is."""
    if not zh or not en:
        return "a sentence is missing"
    try:
        places, others = placeholders(zh), placeholders(en)
    except ValueError:
        return "a brace without its other"
    if places != others:
        return "the placeholders differ"
    return "" if all(name.isidentifier() for name in places) else "a placeholder that is no name"


def find_pair_faults(lines: Sequence[Line]) -> Iterator[str]:
    """Sentences missing, placeholders that differ between the languages."""
    for line in lines:
        if fault := find_pair_fault(line["zh"], line["en"]):
            yield line.say(f"{line['key']}: {fault}")
