"""One wording for several figures: 规章、规范性文件各3件, 公开、办结分别为3件、5件.

Enters: the words before a figure and what the figures are. Leaves: the items that share them, as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.figures import Figure
from normalize.numerals import parse_amount
from normalize.phrases import Phrase, mask, read_phrase

_EACH = re.compile(r"(?:各|均|各有|均有|各为|均为|都是|都为)\s*$")
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_RESPECTIVELY = re.compile(
    rf"分别(?P<verb>[^\d,:;。]{{0,16}}?)\s*(?P<bare>(?:{_NUMBER}\s*(?:[、和及与]|以及)\s*)*)$"
)
_BARE = re.compile(_NUMBER)
_JOINT = re.compile(r"\s*[、,]?\s*(?:和|及|与|以及)?\s*")
_BETWEEN_ITEMS = re.compile(r"、|(?:以及|和|及|与)(?=[^、]*$)")


@dataclass(frozen=True, slots=True)
class Share:
    """A figure and the item of an enumeration that it belongs to."""

    figure: Figure
    phrase: str
    approximate: bool


def for_each(before: str, figure: Figure, phrase: Phrase) -> tuple[Share, ...]:
    """A share for each item that has the same figure, none where the words before do not say 各."""
    if phrase.noun or not _EACH.search(before[-4:]):
        return ()
    items = _items(phrase)
    vague = figure.approximate or phrase.approximate
    return tuple(Share(figure, item, vague) for item in items) if len(items) > 1 else ()


def in_order(before: str, before_printed: str, words: str, figures: Sequence[Figure]) -> tuple[Share, ...]:
    """A share for each item of 分别 and the figure in the same place, none where they do not match in number.

    Args:
        before, before_printed: the words since the figure before, made one and as printed.
        words: the sentence, made one.
        figures: the first figure after these words, and those that follow it.
    """
    match = _RESPECTIVELY.search(before)
    if match is None or not figures:
        return ()
    first = figures[0]
    bare = [parse_amount(number) for number in _BARE.findall(match["bare"])]
    together = [
        Figure(first.start, first.end, (n,), first.unit, first.approximate) for n in bare if n is not None
    ]
    together.append(first)
    for one, other in zip(figures, figures[1:], strict=False):
        if not _JOINT.fullmatch(words, one.end, other.start):
            break
        together.append(other)
    at = match.start()
    listed = read_phrase(before[:at], before_printed[:at], "", "", apart=True)
    verb = read_phrase(
        match["verb"], before_printed[match.start("verb") : match.end("verb")], "", "", apart=True
    )
    items = _items(listed)
    if len(items) != len(together):
        return ()
    return tuple(
        Share(figure, item + verb.printed, figure.approximate or verb.approximate)
        for figure, item in zip(together, items, strict=True)
    )


def _items(phrase: Phrase) -> list[str]:
    """The items of an enumeration; of 和 and 与 only those in its last part."""
    ends = [(match.start(), match.end()) for match in _BETWEEN_ITEMS.finditer(mask(phrase.words))]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(phrase.words)]
    items = [phrase.printed[a:b].strip() for a, b in zip(starts, stops, strict=True)]
    return [item for item in items if item]
