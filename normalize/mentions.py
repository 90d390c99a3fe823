"""Figures said in the prose.

Enters: sections. Leaves: `Mention`s: what is counted, the number, its unit, and the sentence as printed.
`figures` finds the numbers, `phrases` what they count, `shares` parts what several numbers share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.figures import Figure, find_figures
from normalize.phrases import Phrase, read_phrase, subject_of
from normalize.plain import unify
from normalize.report import Mention, Section
from normalize.shares import Share, for_each, in_order

_ENUMERATOR = re.compile(
    r"^\s*(?:\(?[一二三四五六七八九十]{1,3}(?:\)[、.]*|[、.]+)|\(\d{1,2}\)"
    r"|\d{1,2}(?:、|[.](?!\d)|\))|[①-⑳])\s*"
)
_NEXT_BEGINS = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d)|[①-⑳])"
)
_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?[”’」』）)]?")
_NUMBER = re.compile(r"[\d零〇一二三四五六七八九十百千万亿萬億两兩廿卅]")
_BOUNDARY = re.compile(r"[,:;()。!?、”]")
_STOPS = "。；;！？!?：:"
_WRAPPED = 20
_FOLLOWING = 60


def read_mentions(sections: Sequence[Section]) -> tuple[Mention, ...]:
    """Every figure of the prose, in reading order."""
    return tuple(
        mention
        for section in sections
        for sentence in _sentences(section.text)
        for mention in _mentions_of(section.number, sentence)
    )


def _sentences(text: str) -> Iterator[str]:
    """Sentences; a line that neither ends one nor is followed by a list item is a line of wrapped text."""
    block: list[str] = []
    length = 0
    for line in text.split("\n"):
        ends = length < _WRAPPED or block[-1][-1:] in _STOPS or _NEXT_BEGINS.match(line)
        if block and ends:
            yield from _cut("".join(block))
            block, length = [], 0
        block.append(line.strip() if length else line)
        length += len(block[-1])
    yield from _cut("".join(block))


def _cut(block: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(block):
        if _NUMBER.search(match[0]):
            yield match[0].strip()


def _mentions_of(section: int, sentence: str) -> Iterator[Mention]:
    for share in _shares(unify(sentence), sentence):
        for value in share.figure.values:
            yield Mention(section, share.phrase, value, share.figure.unit, sentence, share.approximate)


def _shares(words: str, sentence: str) -> Iterator[Share]:
    """Each figure of a sentence with what it counts."""
    numeral = _ENUMERATOR.match(words)
    start = numeral.end() if numeral else 0
    figures = list(find_figures(words, start))
    subject, index = "", 0
    while index < len(figures):
        figure = figures[index]
        before, printed = words[start : figure.start], sentence[start : figure.start]
        shares = in_order(before, printed, words, figures[index:])
        phrase = _phrase_at(words, sentence, start, figures, index)
        shares = shares or for_each(before, figure, phrase)
        if shares:
            yield from shares
            subject = subject_of(phrase)
            index += len({share.figure.start for share in shares})
            start = figures[index - 1].end
            continue
        text = subject + phrase.text if phrase.is_relation or not phrase.text else phrase.text
        yield Share(figure, text, figure.approximate or phrase.approximate)
        if phrase.text and not phrase.is_relation:
            subject = subject_of(phrase)
        start, index = figure.end + phrase.noun_end, index + 1


def _phrase_at(words: str, sentence: str, start: int, figures: Sequence[Figure], index: int) -> Phrase:
    figure = figures[index]
    limit = figures[index + 1].start if index + 1 < len(figures) else len(words)
    end = min(limit, figure.end + _FOLLOWING)
    after = words[figure.end : end]
    return read_phrase(
        words[start : figure.start],
        sentence[start : figure.start],
        after,
        sentence[figure.end : end],
        apart=end < limit or limit == len(words) or _BOUNDARY.search(after) is not None,
    )
