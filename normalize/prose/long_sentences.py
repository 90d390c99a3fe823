"""A sentence without end -> pieces that can stand beside each of its figures.

Enters: a sentence. Leaves: the sentence itself, as nearly always; else pieces cut where no number is. A table
whose cells have run together has no full stop, and each of its figures would be given with all the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from normalize.words.numerals import DIGITS
from normalize.words.search import Pattern

LONGEST = 1000
"""Characters of the longest sentence that a person writes."""
_PIECE = 200
"""Characters of the longest piece; only digits without end make a longer one."""
_DIGITS = rf"\d{DIGITS}〇十百千万亿.,，"
_BETWEEN = Pattern(
    rf"(?s).{{1,{_PIECE}}}(?:\Z|(?<=[，,、：:\s])(?:(?<!\d.)|(?!\d)))"  # no comma of thousands
    rf"|.{{1,{_PIECE}}}(?<=[^{_DIGITS}])(?=[{_DIGITS}])"
    rf"|.{{1,{_PIECE}}}[{_DIGITS}]*",
)


def part_sentence(sentence: str) -> Iterator[str]:
    """The sentence, or its pieces where it is too long to be one."""
    if len(sentence) <= LONGEST:
        yield sentence
    else:
        yield from (match[0] for match in _BETWEEN.find_all(sentence))
