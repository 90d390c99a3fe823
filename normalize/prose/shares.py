"""One wording for several figures: 规章、规范性文件各3件, 公开、办结分别为3件、5件.

Enters: the words before a figure and what the figures are. Leaves: the items that share them, as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalize.prose.figures import Figure
from normalize.prose.phrase_words import WORDS
from normalize.prose.phrases import Phrase, TextPair, mask, read_phrase
from normalize.words.numerals import parse_amount
from normalize.words.search import Pattern

_EACH = Pattern(r"\L<each>\L<each_is>?\L<approximate>?\s*$", WORDS)
_AND = r"\L<and>"
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_RESPECTIVELY = Pattern(
    rf"\L<respectively>(?P<verb>[^\d,:;。]{{0,16}}?)\s*"
    rf"(?P<bare>(?:{_NUMBER}\s*(?:、|{_AND})\s*)*)$",
    WORDS,
)
_BARE = Pattern(_NUMBER, WORDS)
_JOINT = Pattern(rf"\s*[、,]?\s*{_AND}?\s*", WORDS)
_BETWEEN_ITEMS = Pattern(rf"、|{_AND}(?=[^、]*$)", WORDS)


@dataclass(frozen=True, slots=True)
class Share:
    """A figure and the item of an enumeration that it belongs to."""

    figure: Figure
    phrase: str
    approximate: bool


def for_each(before: TextPair, figure: Figure, phrase: Phrase) -> tuple[Share, ...]:
    """A share for each item that has the same figure, none where the words before do not say 各.

    Args:
        before: the text since the figure before.
        figure: the figure.
        phrase: its phrase.
    """
    if phrase.noun or not _EACH.search(before.words[-8:]):
        return ()
    items = _items(phrase.before)
    vague = figure.approximate or phrase.approximate
    return tuple(Share(figure, item, vague) for item in items) if len(items) > 1 else ()


def in_order(
    before: TextPair, words: str, figures: Sequence[Figure], earlier: Sequence[str]
) -> tuple[Share, ...]:
    """A share for each item of 分别 and the figure in the same place, none where they do not match in number.

    Args:
        before: the text since the figure before.
        words: the words of the whole sentence.
        figures: the first figure after `before`, and those that follow it.
        earlier: phrases of the figures before, for 甲3件，乙5件，分别增长2%和4%.
    """
    match = _RESPECTIVELY.search(before.words)
    if match is None:
        return ()
    together = [*_bare(match["bare"], figures[0]), *_joined(words, figures)]
    items = _items(read_phrase(before.part(0, match.start())).before)
    verb = read_phrase(before.part(*match.span("verb")))
    if len(items) < 2 <= len(together) <= len(earlier):
        items = [phrase + "".join(items) for phrase in earlier[-len(together) :]]
    if len(items) != len(together):
        return ()
    return tuple(
        Share(figure, item + verb.text, figure.approximate or verb.approximate)
        for figure, item in zip(together, items, strict=True)
    )


def _bare(numbers: str, figure: Figure) -> Iterator[Figure]:
    """The numbers of 3、5和6件 that have their measure word from the last one."""
    for number in _BARE.find_all(numbers):
        value = parse_amount(number[0])
        if value is not None:
            yield replace(figure, values=(value,))


def _joined(words: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """The first figure, and those that nothing but 、 or 和 parts from it."""
    yield figures[0]
    for one, other in pairwise(figures):
        if not _JOINT.fullmatch(words, one.end, other.start):
            return
        yield other


def _items(listed: TextPair) -> list[str]:
    """The items of an enumeration, as printed; 和 and 与 part only its last two."""
    ends = [match.span() for match in _BETWEEN_ITEMS.find_all(mask(listed.words))]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(listed.words)]
    items = [listed.printed[a:b].strip() for a, b in zip(starts, stops, strict=True)]
    return [item for item in items if item]
