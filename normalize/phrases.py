"""What a figure counts, in the words printed around it.

Enters: the words before and after a figure. Leaves: a `Phrase`. Patterns see words in which signs and letters are
made one (`normalize.plain.unify`); what they find is cut from the words as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from normalize.phrase_words import WORDS, any_of

_LONGEST = 120
_SHORT = 3
"""So few words before a figure are a verb or the place, and what is counted stands behind it (制发12份文件)."""
_MASK = "\0"
_WHOLE = re.compile(any_of(WORDS["whole"]))
_BRACKET = re.compile(r"\([^(),:;。!?]{0,40}\)")
_ASIDE = 4
"""专(兼)职 is one word; a longer bracket just before the number is an aside."""
_CLAUSE = re.compile(r"[,:;()。!?]")
_DATE = (
    r"(?:截[至止]到?)?(?:20\d\d|二[零一二三四五六七八九]{3})\s*年度?"
    r"(?:\s*\d{1,2}\s*月(?:份|\s*\d{1,2}\s*日)?)?(?:底|末|前|以来)?"
)
_LEADING = re.compile(
    rf"(?:{_DATE}|[一二三四五六七八九]是|其[一二三]|{any_of(WORDS['leading'])}|[\s”’」』])+"
)
_TRIMMED = tuple(sorted({*WORDS["approximate"], *WORDS["trailing"]}, key=lambda word: -len(word)))
_CHANGE = any_of(WORDS["change"])
_RELATION = re.compile(
    rf"(?:(?:{any_of(WORDS['relation'])}).{{0,16}})?(?:{_CHANGE})[了到至为]{{0,2}}(?:20\d\d年度?|今年|本年|当年)?$|占"
)
_ORIGIN = re.compile(r"[由从自](?:去年|上年|前年|原来|最初|年初|20\d\d年)?(?:同期|度|底|末)?$")
_NOUN_ENDS = re.compile(r"[,:;()。!?、”]")
_VERBS = (*WORDS["verb"], *WORDS["attached"])
_PREDICATE = re.compile(rf"(?<=.)(?:{any_of(WORDS['predicate'])})")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a figure counts.

    Attributes:
        words: in one script and width, of the same length as `printed`.
        printed: as printed.
        noun: printed words that follow the measure word and belong to the phrase.
        noun_end: how far the noun reaches into the words after the figure.
        approximate: a word before the figure says so (近, 超过).
    """

    words: str
    printed: str
    noun: str = ""
    noun_end: int = 0
    approximate: bool = False

    @property
    def text(self) -> str:
        """The whole phrase."""
        return self.printed + self.noun

    @property
    def is_relation(self) -> bool:
        """It compares (同比增长, 占) and does not say by itself what it is about."""
        return not self.noun and _RELATION.match(self.words) is not None


def read_phrase(before: str, before_printed: str, after: str, after_printed: str, *, apart: bool) -> Phrase:
    """The phrase of a figure.

    Args:
        before, before_printed: the words since the figure before it, made one and as printed.
        after, after_printed: the words up to the next figure, likewise.
        apart: no other figure follows in the same clause, so that a noun behind this one is its own.
    """
    before, before_printed = before[-_LONGEST:], before_printed[-_LONGEST:]
    masked = mask(before)
    start = max((mark.end() for mark in _CLAUSE.finditer(masked)), default=0)
    found, opens = _trim(before, before_printed, masked, start, len(masked))
    length = _noun_length(after, told=opens or not found.words)
    verb = found.words.endswith(_VERBS)
    if length and (verb or apart or length < len(after)) and (verb or opens or len(found.words) <= _SHORT):
        return replace(found, noun=after_printed[:length].strip(), noun_end=length)
    if length and not found.words:
        shared, _ = _trim(after, after_printed, mask(after), 0, length)  # 41条短视频播放量超2300万
        return replace(shared, approximate=found.approximate)
    if found.words.endswith("的"):
        return replace(found, words=found.words[:-1], printed=found.printed[:-1])
    return found if found.words else _earlier(before, before_printed, masked, start, found)


def mask(words: str) -> str:
    """The words of the same length, with brackets and words that hold others (预约, 及时) blotted out."""
    masked = _WHOLE.sub(lambda match: _MASK * len(match[0]), words) if words else words
    return _BRACKET.sub(lambda match: "\1" * len(match[0]), masked)


def _trim(words: str, printed: str, masked: str, start: int, end: int) -> tuple[Phrase, bool]:
    """The part from `start` to `end` without time, 其中, 共, 约 and the like; whether 有 or 共 were its last words."""
    lead = _LEADING.match(masked, start, end)
    start = lead.end() if lead else start
    opens = approximate = False
    while end > start:
        part = masked[start:end].rstrip()
        aside = len(part) - len(part.rstrip("\1"))
        word = next((word for word in _TRIMMED if part.endswith(word)), "")
        if aside > _ASIDE:
            end = start + len(part) - aside
        elif word:
            end = start + len(part) - len(word)
            approximate = approximate or word in WORDS["approximate"]
            opens = opens or word in WORDS["opens"]
        else:
            end = start + len(part)
            break
    return Phrase(words[start:end], printed[start:end], approximate=approximate), opens


def _noun_length(after: str, *, told: bool) -> int:
    """How many of the words that follow a figure name what it counts; `told`: nothing before it does."""
    stop = _NOUN_ENDS.search(after)
    noun = after[: stop.start()] if stop else after
    bare = noun.lstrip()
    if not bare or (bare.startswith(WORDS["not_noun"]) and not (told and bare.startswith(WORDS["told"]))):
        return 0
    cut = _PREDICATE.search(noun, len(noun) - len(bare))
    return cut.start() if cut else len(noun)


def _earlier(before: str, before_printed: str, masked: str, end: int, empty: Phrase) -> Phrase:
    """The nearest clause before that says anything."""
    while end > 0:
        start = max((mark.end() for mark in _CLAUSE.finditer(masked, 0, end - 1)), default=0)
        found, _ = _trim(before, before_printed, masked, start, end - 1)
        if found.words:
            return replace(found, approximate=empty.approximate)
        end = start
    return empty


def subject_of(phrase: Phrase) -> str:
    """What a comparison that follows is about: the phrase without 由上年."""
    origin = None if phrase.noun else _ORIGIN.search(phrase.words)
    return phrase.printed[: origin.start()] if origin else phrase.text
