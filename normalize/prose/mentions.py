"""Figures said in the prose.

Enters: sections. Leaves: `Mention`s: what is counted, the number, its unit, and the sentence as printed.
`figures` finds the numbers, `phrases` what they count, `shares` parts what several numbers share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.prose.figures import Figure, find_figures
from normalize.prose.long_sentences import part_sentence
from normalize.prose.phrases import Phrase, TextPair, read_phrase
from normalize.prose.shares import Share, for_each, in_order
from normalize.report import Mention, Section
from normalize.words.numerals import COUNTING, SIGNS
from normalize.words.search import Pattern

_ENUMERATOR = Pattern(
    rf"^\s*(?:\(?[{COUNTING}]{{1,3}}(?:\)[、.]*|[、.]+)|\(\d{{1,2}}\)"
    r"|\d{1,2}(?:、|[.](?!\d)|\))|[①-⑳])\s*"
)
_NEXT_BEGINS = Pattern(rf"\s*(?:[(（]?[{COUNTING}]{{1,3}}[)）、.．]|[(（]?\d{{1,2}}[)）、.．](?!\d)|[①-⑳])")
_SENTENCE = Pattern(r"[^。！？!?；;]+[。！？!?；;]?[”’」』）)]?")
_NUMBER = Pattern(rf"[\d{SIGNS}〇萬億兩]")  # of the text as printed
_STOPS = "。；;！？!?：:"
_BRACKETS = frozenset("()")
_DEEPEST = 8
"""Brackets within brackets that are told apart."""
_WRAPPED = 20
"""Characters of the shortest line that may go on in the next: a shorter one is a heading or a cell.

At 1 and at 400 wrapped lines are joined otherwise (test_mentions).
"""
_FOLLOWING = 60
"""Characters after a figure that are searched for what it counts.

At 10 a figure of test_mentions counts something else.
"""
_TOGETHER = 12
"""The most figures that one 分别 shares out; at 2 two sentences of test_mentions_table are read otherwise."""


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
    for match in _SENTENCE.find_all(block):
        for piece in part_sentence(match[0]):
            if _NUMBER.search(piece):
                yield piece.strip()


def _mentions_of(section: int, sentence: str) -> Iterator[Mention]:
    for share in _shares(TextPair.of(sentence)):
        for value in share.figure.values:
            yield Mention(section, share.phrase, value, share.figure.unit, sentence, share.approximate)


def _shares(sentence: TextPair) -> Iterator[Share]:
    """Each figure of a sentence with what it counts."""
    numeral = _ENUMERATOR.match(sentence.words)
    start = numeral.end() if numeral else 0
    figures = list(find_figures(sentence.words, start))
    subjects = [""]  # what comparisons are about, outside brackets and inside them
    earlier: list[str] = []
    index, joined = 0, False
    while index < len(figures):
        figure = figures[index]
        before = sentence.part(start, figure.start)
        subjects = _enter(subjects, before.words)
        phrase = _phrase_of(sentence, before, figures, index)
        shares = in_order(before, sentence.words, figures[index : index + _TOGETHER], earlier)
        shares = shares or for_each(before, figure, phrase)
        if not shares:
            listed = joined and before.words.startswith(",")  # 甲9件、乙13件，增长5%: who grew?
            about = subjects[-1] if not listed and (phrase.is_relation or not phrase.text) else ""
            shares = (Share(figure, about + phrase.text, figure.approximate or phrase.approximate),)
        yield from shares
        joined = before.words.startswith("、")
        earlier = [*earlier, *(share.phrase for share in shares)][-_TOGETHER:]
        if phrase.text and not phrase.is_relation:
            subjects[-1] = phrase.subject
        last = shares[-1].figure
        start = last.end + phrase.noun_end if last is figure else last.end
        index = next((i for i in range(index, len(figures)) if figures[i].start >= start), len(figures))


def _enter(subjects: list[str], words: str) -> list[str]:
    """The subjects that hold after the brackets in `words`: a closed one takes its own with it."""
    for bracket in filter(_BRACKETS.__contains__, words):
        if bracket == "(":
            subjects = [*subjects, subjects[-1]][:_DEEPEST]
        elif len(subjects) > 1:
            subjects = subjects[:-1]
    return subjects


def _phrase_of(sentence: TextPair, before: TextPair, figures: Sequence[Figure], index: int) -> Phrase:
    """The phrase of a figure, given the text since the figure before it."""
    figure, last = figures[index], index + 1 == len(figures)
    limit = len(sentence.words) if last else figures[index + 1].start
    end = min(limit, figure.end + _FOLLOWING)
    return read_phrase(before, sentence.part(figure.end, end), apart=last or end < limit)
