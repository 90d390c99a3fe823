"""Figures said in the prose.

Enters: sections. Leaves: `Mention`s: what is counted, the number and unit as printed, and the sentence.
A number counts only with a measure word after it: dates, article and document numbers, telephone numbers and
the numbers of a list have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalize.long_sentences import part_sentence
from normalize.report import Mention, Section
from normalize.script import simplify
from normalize.word_list import read_rows

_UNITS = read_rows("measure_words.csv", ("unit", "kind", "note"))
_WORDS = read_rows("phrase_words.csv", ("kind", "word", "note"), keys=2)


def _of_kind(kind: str) -> list[str]:
    return sorted((row["word"] for row in _WORDS if row["kind"] == kind), key=len, reverse=True)


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, words))


_WIDE = {0xFF10 + i: 0x30 + i for i in range(10)} | {0xFF0C: 0xFF0C, 0xFF0E: 0x2E, 0xFF05: 0x25}
_UNIT = _any(sorted((row["unit"] for row in _UNITS), key=len, reverse=True))
_SPACE = r"[ \t\u3000\xa0]*"
_FIGURE = re.compile(
    # the first digit before what may not precede it: the search then skips what is no digit
    r"(?P<number>\d(?<![\d.,A-Za-z/:_\-—~～]\d)(?:\d{0,2}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d*(?:\.\d+)?))"
    rf"{_SPACE}(?P<more>[余多来几])?{_SPACE}(?P<unit>{_UNIT})(?P<after>{_SPACE}(?:以上|左右|上下|余|多)?)"
)
_NOT_COUNTED = re.compile(
    r"第[\s\d一二三四五六七八九十、,，和至()（）\-]*$"  # articles and ordinals
    r"|[〔\[【（(]\d*$|\d[\-—~～至到][\s]*$|[A-Za-z]$"  # numbers of documents, ranges, G20
)
_NOT_UNIT = re.compile(r"[条款项](?:第|之?规定|的规定)|[个次分期名位条]第")
_ENUMERATOR = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]+|[(（]\d{1,2}[)）]"
    r"|\d{1,2}(?:[、．]|[.](?!\d)|[)）])|[①-⑳])\s*"
)
_NEXT_BEGINS = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d)|[①-⑳])"
)
_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?[”’」』）)]?")
_CLAUSE = re.compile(r"[，,、：:（(）)。；;！？“”]")
_DATES = re.compile(
    r"(?:截[至止]到?)?(?:20\d\d|[二〇○零一二三四五六七八九]{4})\s*年(?:度)?"
    r"(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?(?:底|末|前)?"
)
_LEADING = re.compile(rf"^(?:{_any(_of_kind('leading'))}|\s)+")
_BEFORE = re.compile(rf"(?:{_any(_of_kind('approximate'))}|{_any(_of_kind('trailing'))}|\s)+$")
_APPROXIMATE = tuple(word for word in _of_kind("approximate") if word not in ("余", "多", "来"))
_NOUN = re.compile(r"(?!内|前|后|之|的|以)[\u3400-\u9fff《》“”A-Za-z ]{1,16}")
_COMMA = re.compile("[,，]")
_DIGIT = re.compile(r"\d")
_FULL_WIDTH = re.compile(r"[０-９．％]")
_WRAPPED = 20


def read_mentions(sections: Sequence[Section]) -> tuple[Mention, ...]:
    """Every figure of the prose with its measure word, in reading order."""
    return tuple(
        mention
        for section in sections
        for sentence in _sentences(section.text)
        for mention in _mentions_of(section.number, sentence)
    )


def _sentences(text: str) -> Iterator[str]:
    """Sentences; a line that neither ends one nor is followed by a list item is a line of wrapped text."""
    block = ""
    for line in text.split("\n"):
        if block and (len(block) < _WRAPPED or block[-1] in "。；;！？!?：:" or _NEXT_BEGINS.match(line)):
            yield from _cut(block)
            block = ""
        block += line.strip() if block else line
    yield from _cut(block)


def _cut(block: str) -> Iterator[str]:
    if _DIGIT.search(block):
        for match in _SENTENCE.finditer(block):
            for piece in part_sentence(match[0]):
                if _DIGIT.search(piece):
                    yield piece.strip()


def _mentions_of(section: int, sentence: str) -> Iterator[Mention]:
    printed = sentence.translate(_WIDE) if _FULL_WIDTH.search(sentence) else sentence
    words = simplify(printed)
    numeral = _ENUMERATOR.match(words)
    start, earlier = numeral.end() if numeral else 0, ""
    for match in _FIGURE.finditer(words, start):
        before = words[start : match.start()]
        if _NOT_COUNTED.search(before[-16:]) or _NOT_UNIT.match(words, match.start("unit")):
            continue
        end = match.end()
        phrase = _phrase(before, printed[start : match.start()], words[end:], printed[end:]) or earlier
        earlier = phrase
        start = end
        yield Mention(
            section=section,
            phrase=phrase,
            value=Decimal(_COMMA.sub("", match["number"])),
            unit=match["unit"],
            sentence=sentence,
            approximate=bool(
                match["more"] or match["after"].strip() or before.rstrip().endswith(_APPROXIMATE)
            ),
        )


def _phrase(before: str, before_printed: str, after: str, after_printed: str) -> str:
    """What is counted: the words of the clause before the number, or after it where those are a bare verb.

    Patterns see Simplified words; what they find is cut from the words as printed.
    """
    clauses = list(_clauses(before, before_printed))
    named = _trim(*clauses[-1])
    noun = _NOUN.match(after) if len(named) <= 3 else None
    if noun and not noun[0].startswith(("和", "、", "以", "及")):
        return named + after_printed[: noun.end()].strip()
    if named:
        return named
    return next(filter(None, (_trim(*clause) for clause in reversed(clauses))), "")


def _clauses(words: str, printed: str) -> Iterator[tuple[str, str]]:
    start = 0
    for match in _CLAUSE.finditer(words):
        yield words[start : match.start()], printed[start : match.start()]
        start = match.end()
    yield words[start:], printed[start:]


def _trim(words: str, printed: str) -> str:
    if "年" in words:
        for match in reversed(list(_DATES.finditer(words))):
            words = words[: match.start()] + words[match.end() :]
            printed = printed[: match.start()] + printed[match.end() :]
    lead = _LEADING.match(words)
    start = lead.end() if lead else 0
    tail = _BEFORE.search(words, start)
    return printed[start : tail.start() if tail else len(words)].strip(" \t\u3000\xa0")
