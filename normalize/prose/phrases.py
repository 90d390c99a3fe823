"""What a figure counts, in the words printed around it.

Enters: the text before and after a figure. Leaves: a `Phrase`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from normalize.prose.phrase_words import WORDS, find_clause, longest_first
from normalize.words.numerals import DIGITS
from normalize.words.plain import unify
from normalize.words.search import Pattern

_LONGEST = 120
"""Characters of the longest phrase: what is further from its figure is not looked at."""
_BLOT, _BLOT_OF_BRACKET = "\0", "\1"
_WHOLE = Pattern(r"\L<whole>", WORDS)
_BRACKET = Pattern(r"\([^(),:;。!?]{0,40}\)")
_ASIDE = 4
"""专(兼)职 is one word; a longer bracket just before the number is an aside."""
_YEAR, _END = r"\L<year>", r"\L<date_end>"
_DATE = (
    rf"\L<as_of>?(?:20\d\d|{DIGITS[2]}[{DIGITS}]{{3}})\s*{_YEAR}"
    rf"(?:\s*\d{{1,2}}\s*月(?:份|\s*\d{{1,2}}\s*日)?)?{_END}?\L<date_since>?"
    rf"|\d{{1,2}}月(?:份|\d{{1,2}}日)?{_END}?\L<date_before>?"
)
_LEADING = Pattern(rf"(?:{_DATE}|\L<leading>|[\s”’」』])+", WORDS)
_TRIMMED = longest_first({*WORDS["approximate"], *WORDS["trailing"]})
_CHANGE = r"\L<change>"
_HAS_CHANGED = rf"(?:\L<relation>.{{0,16}})?{_CHANGE}\L<change_tail>{{0,2}}"
_RELATION = Pattern(
    rf"{_HAS_CHANGED}(?:20\d\d{_YEAR}|\L<this_year>)?$"
    rf"|\L<share_of>|\L<range>$"
    rf"|\L<than>(?:20\d\d|\L<last_year>)\L<year_of_comparison>$",
    WORDS,
)
_CHANGED = Pattern(rf"{_HAS_CHANGED}$", WORDS)
_ORIGIN = Pattern(rf"\L<from>(?:\L<origin>|20\d\d年)?(?:\L<same_time>|{_END})?$|20\d\d{_YEAR}$", WORDS)
_CHANGES_TO = Pattern(rf"{_CHANGE}\L<changes_to>", WORDS)
_NOUN_ENDS = Pattern(r'[,:;()。!?、”"/]')
_NO_NOUN = (*WORDS["not_noun"], *WORDS["predicate"])
_TOLD = (*WORDS["told"], *WORDS["predicate"])
_PREDICATE = Pattern(r"\L<predicate>", WORDS)


@dataclass(frozen=True, slots=True)
class TextPair:
    """Text in two versions of the same length: patterns look at `words`, phrases are cut from `printed`.

    Attributes:
        words: signs, widths and script made one (`normalize.words.plain.unify`).
        printed: as printed.
    """

    words: str
    printed: str

    @classmethod
    def of(cls, printed: str) -> TextPair:
        """Both versions of a text."""
        return cls(unify(printed), printed)

    def part(self, start: int, end: int) -> TextPair:
        """A stretch of both."""
        return TextPair(self.words[start:end], self.printed[start:end])


EMPTY = TextPair("", "")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a figure counts.

    Attributes:
        before: what is said before the number.
        noun: what is said after the measure word and belongs to it, as printed.
        noun_end: how far the noun reaches into the text after the figure.
        opens: the words before the number were 有 or 共, which a noun may follow.
        approximate: a word before the number says so (近, 超过).
    """

    before: TextPair
    noun: str = ""
    noun_end: int = 0
    opens: bool = False
    approximate: bool = False

    @property
    def text(self) -> str:
        """The whole phrase, as printed."""
        return self.before.printed + self.noun

    @property
    def is_relation(self) -> bool:
        """It compares (同比增长, 占) and does not say by itself what it is about."""
        return not self.noun and _RELATION.match(self.before.words) is not None

    @property
    def subject(self) -> str:
        """What a comparison that follows is about: the phrase without 由上年 and 增加."""
        rest = None if self.noun else _ORIGIN.search(self.before.words) or _CHANGED.search(self.before.words)
        return self.before.printed[: rest.start()] if rest else self.text


def read_phrase(before: TextPair, after: TextPair = EMPTY, *, apart: bool = True) -> Phrase:
    """The phrase of a figure.

    Args:
        before: the text since the figure before it.
        after: the text up to the next figure.
        apart: no figure follows there, so that a noun that reaches so far is this figure's own.

    Returns:
        The words of the clause before the number and the noun behind it; where there are none, those of the
        nearest clause before; empty where there is none either.
    """
    before = before.part(max(0, len(before.words) - _LONGEST), len(before.words))
    masked = mask(before.words)
    start = find_clause(masked, 0, len(masked))
    found = _trim(before, masked, start, len(masked))
    named = found.before.words
    length = _noun_length(after.words, told=found.opens or not named)
    if length and (apart or length < len(after.words) or named.endswith(WORDS["verb"])):
        lead = None if named else _LEADING.match(after.words, 0, length)
        noun = after.printed[lead.end() if lead else 0 : length].strip()
        return replace(found, noun=noun, noun_end=length)
    if length and not named:  # 41条短视频播放量超2300万: the next figure has these words too
        return replace(found, before=_trim(after, mask(after.words), 0, length).before)
    if named.endswith("的"):
        return replace(found, before=found.before.part(0, len(named) - 1))
    if not named:
        return replace(found, before=_earlier(before, masked, start))
    if found.is_relation and masked[start - 1 : start] == "(":  # 城市规划(占38%)
        about = _earlier(before, masked, start)
        return replace(found, before=TextPair(about.words + named, about.printed + found.before.printed))
    return found


def mask(words: str) -> str:
    """The words of the same length, with brackets and words that hold others (预约, 及时) blotted out."""
    masked = _WHOLE.sub(lambda match: _BLOT * len(match[0]), words)
    return _BRACKET.sub(lambda match: _BLOT_OF_BRACKET * len(match[0]), masked) if ")" in masked else masked


def _trim(text: TextPair, masked: str, start: int, end: int) -> Phrase:
    """The part from `start` to `end` without time, 其中, 共, 约 and the like around it."""
    lead = _LEADING.match(masked, start, end)
    if lead and masked[start:end].strip() not in WORDS["total"]:
        start = lead.end()
    taken: set[str] = set()
    while True:
        part = masked[start:end].rstrip()
        end = start + len(part)
        aside = len(part) - len(part.rstrip(_BLOT_OF_BRACKET))
        word = next(filter(part.endswith, _TRIMMED)) if part.endswith(_TRIMMED) else ""
        if aside > _ASIDE:
            end -= aside
        elif word and not (word == part and word in WORDS["total"]):
            end -= len(word)
            taken.add(word)
        else:
            break
    vague = not taken.isdisjoint(WORDS["approximate"])
    return Phrase(text.part(start, end), opens=not taken.isdisjoint(WORDS["opens"]), approximate=vague)


def _noun_length(after: str, *, told: bool) -> int:
    """How many of the words that follow a figure name what it counts; `told`: nothing before it does."""
    stop = _NOUN_ENDS.search(after)
    noun = after[: stop.start()] if stop else after
    masked = mask(noun)
    bare = masked.lstrip()
    if not bare or _CHANGES_TO.match(bare):
        return 0
    if told and bare.startswith(_TOLD):
        return len(noun)  # 3件均已办结 has no other name
    if bare.startswith(_NO_NOUN):
        return 0
    cut = _PREDICATE.search(masked, len(noun) - len(bare) + 1)
    return cut.start() if cut else len(noun)


def _earlier(before: TextPair, masked: str, end: int) -> TextPair:
    """The nearest clause before `end` that says anything."""
    while end > 0:
        start = find_clause(masked, 0, end - 1)
        found = _trim(before, masked, start, end - 1)
        if found.before.words:
            return found.before
        end = start
    return EMPTY
