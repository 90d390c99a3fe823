"""Figures in a sentence: where each stands, its value, and whether it counts anything.

Enters: a sentence in which signs and letters are made one (`normalize.words.plain.unify`). Leaves: `Figure`s.
A number counts with a measure word, with 万 or 亿, or at the end of 粉丝数54212; dates, articles, terms that
the law sets and words such as 一批 and 两个维护 count nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from normalize.prose.phrase_words import WORDS, find_clause, longest_first
from normalize.words.numerals import COUNTING, DIGITS, SIGNS, parse_amount
from normalize.words.plain import unify
from normalize.words.search import Match, Pattern
from normalize.words.word_list import read_rows

_UNITS = {
    row["unit"]: row["kind"] for row in read_rows("measure_words.csv", ("unit", "kind", "note"), same=unify)
}
_ZERO, _ONE = DIGITS[0], DIGITS[1]
_OVER, _SCALED = r"\L<over>", WORDS["scaled_unit"]
_S = r"[ \t\u3000\xa0]*"
_ARABIC = (
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[ \xa0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
)
_SCALES = r"\L<scale>"
_SCALE = rf"(?:(?={_SCALES})(?!\L<no_scale>){_SCALES})"  # first what most often fails
_ODD, _RANGE = r"\L<odd>", r"\L<range>"
_SHARES = {**dict.fromkeys(WORDS["percent"], "%"), **dict.fromkeys(WORDS["permille"], "‰")}
_AMOUNT = (
    rf"(?:(?:{_ARABIC})(?:{_S}\L<odd_of_digits>?{_S}{_SCALE}{{1,2}}(?:{_ZERO}?\d+{_SCALE}?)?)?"
    rf"|[{SIGNS}]+(?:\L<point>[{DIGITS}]+\L<behind_point>*)?"
    rf"(?:{_ODD}\L<myriad>)?(?!\L<fraction>))"
)
_FIGURE = Pattern(
    # the first digit before what may not precede it: the search then skips what is none; -5% is no 5%
    rf"(?=(?P<first>[\d{SIGNS}]|{_OVER}))(?<![A-Za-z0-9/_])(?<!\d[-.,:~ \xa0])(?<!(?<!-)-)(?<![{SIGNS}])"
    rf"(?P<over>{_OVER}(?=\L<over_scale>))?(?P<share>\L<shares>)?(?:(?P<low>{_AMOUNT}){_S}(?P<low_unit>\L<units>)?{_S}(?:[-~]|{_RANGE}){{1,2}}{_S}\L<shares>?)?"
    rf"(?P<amount>{_AMOUNT}){_S}(?P<more>{_ODD})?{_S}"
    rf"(?P<unit>(?(low_unit)(?P=low_unit)|\L<units>?))"  # 由80%提高20个百分点至100% is no range
    rf"(?P<after>{_S}\L<after>)?",
    {**WORDS, "units": _UNITS, "shares": _SHARES},
)
_TH = r"\L<ordinal>"
_ORDINAL = Pattern(
    rf"{_TH}(?:[\s\d{COUNTING}、,()\-]|\L<of_article>)*$|{_TH}\s*\d+\s*页[,/]?\s*共\s*$", WORDS
)
_OF_THE_CLOCK = Pattern(r"(?:\L<clock>|:)\s*$", WORDS)
_ENDS = Pattern(r"\s*(?:[,:;()。!?、\"”]|\L<ends>|$)", WORDS)
_NO_MEASURE = Pattern(
    rf"\L<compound>|\L<article>\L<of_law>|\L<before_ordinal>{_TH}|\L<uncounted_unit>\s*\L<uncounted>", WORDS
)
_IDIOM = Pattern(r"\L<idiom>", WORDS)
_MEASURED, _NORM = Pattern(r"\L<duration>", WORDS), Pattern(r"\L<norm>", WORDS)
_RULE, _AVERAGE = Pattern(r"\L<rule>", WORDS), Pattern(r"\L<average>", WORDS)
_LISTED = Pattern(r"\L<listed>", WORDS)
_TRIMMED = longest_first({*WORDS["trailing"], *WORDS["approximate"]})
_LEADS = (*WORDS["verb"], *WORDS["opens"], *_TRIMMED)
_RATE = Pattern(r"\L<rate>\s*$", WORDS)
_PAST = Pattern(r"\L<past>$", WORDS)
_ARTICLES, _FREQUENT = frozenset(WORDS["article"]), frozenset(WORDS["frequent"])
_MONEY = {word: value for word in WORDS["myriad"] if (value := parse_amount(_ONE + word))}
_VAGUE, _NO_DIGITS = Pattern(_ODD, WORDS), Pattern(rf"\s|{_ODD}", WORDS)
_WINDOW = 120
"""Characters before a figure that are searched for the beginning of its clause."""
_LOST_BEFORE = Pattern(rf"\ufffd(?:[\d.,\s~-]|{_RANGE})*\Z", WORDS)
_LOST_BEHIND = Pattern(r"[.,\s]*\ufffd")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that counts something.

    Attributes:
        start, end: where it stands, measure word included.
        values: one, or both ends of a range.
        unit: the measure word, "" where none is printed.
        approximate: the figure itself says so (余, 左右), or is a range.
    """

    start: int
    end: int
    values: tuple[Decimal, ...]
    unit: str
    approximate: bool


def find_figures(words: str, start: int = 0) -> Iterator[Figure]:
    """The figures of a sentence from `start` on, in the order printed."""
    for match in _FIGURE.find_all(words, start):
        clause = _clause_before(words, start, match.start())
        values = _values(match) if not _is_torn(match, words) and _counts(match, words, clause) else ()
        if values:
            yield Figure(match.start(), match.end(), values, _unit(match), _is_vague(match, clause))
            start = match.end()


def _is_torn(match: Match, words: str) -> bool:
    """A glyph without a character stands beside it: 1□5件 is neither 1 nor 5."""
    if "\ufffd" not in words:
        return False
    before = words[max(0, match.start() - 16) : match.start()]
    return bool(_LOST_BEFORE.search(before) or _LOST_BEHIND.match(words, match.end("amount")))


def _clause_before(words: str, start: int, end: int) -> str:
    start = max(start, end - _WINDOW)
    return words[find_clause(words, start, end) : end]


def _values(match: Match) -> tuple[Decimal, ...]:
    """The value, or both ends of a range, in the unit that `_unit` gives."""
    amounts = [match["low"], match["amount"]] if match["low"] else [match["amount"]]
    found = [parse_amount(amount if amount.isdecimal() else _NO_DIGITS.sub("", amount)) for amount in amounts]
    values = [value for value in found if value is not None]
    if len(values) < len(amounts):
        return ()
    divisor = _MONEY.get(match["amount"][-1], Decimal(1))
    if len(values) == 2 and not match["low_unit"] and match["low"][-1] not in _MONEY:
        shared = values[0] * divisor  # 1至2万次
        values[0] = shared if shared < values[1] else values[0]
    return tuple(value / divisor for value in values) if match["unit"] in _SCALED else tuple(values)


def _unit(match: Match) -> str:
    if match["share"]:
        return _SHARES[match["share"]]
    unit = match["unit"] or ""
    return match["amount"][-1] + unit if unit in _SCALED and match["amount"][-1] in _MONEY else unit


def _is_vague(match: Match, clause: str) -> bool:
    if match["over"] or match["more"] or match["after"] or _VAGUE.search(match["amount"]):
        return True
    return bool(match["low"]) and not clause.rstrip().endswith(WORDS["changing"])


def _counts(match: Match, words: str, clause: str) -> bool:
    """Whether the number is a figure of the report."""
    if _ORDINAL.search(clause[-16:]):
        return False
    if match["share"]:
        return not _NORM.search(clause)
    at, end = match.start("unit"), match.end()
    kind = _UNITS.get(match["unit"] or "", "")
    if not kind:
        return _counts_bare(match, words, clause)
    if _NO_MEASURE.match(words, at):
        return False
    if _breaks_rule(match, kind, words, clause):
        return False
    return match["first"].isdecimal() or _counts_in_words(match, kind, words[end : end + 8], clause)


def _breaks_rule(match: Match, kind: str, words: str, clause: str) -> bool:
    """Whether what is said is a rule, a rate, a term or an hour and no result."""
    unit = match["unit"]
    if kind == "time":
        return not _MEASURED.search(clause + words[match.end() : match.end() + 4])
    if kind == "percent":
        return bool(_NORM.search(clause))
    if kind == "money":
        return bool(_RATE.search(clause))
    none = _PAST.sub("", clause.rstrip()).endswith(WORDS["negation"])
    if none and match["amount"] in {_ONE, "1"} and not _ENDS.match(words, match.end()):
        return True  # 未发生一起投诉 says that there was none
    if unit in WORDS["minute"] and _OF_THE_CLOCK.search(clause):
        return True
    return unit in _FREQUENT and bool(_RULE.search(clause)) and not _AVERAGE.search(clause)


def _counts_bare(match: Match, words: str, clause: str) -> bool:
    """A number without a measure word counts with 万 or 亿, after 数 or 量, and as 零 after 为."""
    if not _ENDS.match(words, match.end()):
        return False
    bare = tail = clause.rstrip()
    while tail.endswith(_TRIMMED):
        tail = tail.removesuffix(next(filter(tail.endswith, _TRIMMED))).rstrip()
    named = tail.endswith(WORDS["amount"])
    if match["first"].isdecimal():
        return named or match["amount"][-1] in _MONEY
    return (
        bare.endswith(WORDS["zero_after"]) if match["amount"] == _ZERO else named and len(match["amount"]) > 1
    )


def _counts_in_words(match: Match, kind: str, after: str, clause: str) -> bool:
    """Whether a number in words counts: 收到申请三件 and 受理三件申请 do, 三个方面 and 一批 do not."""
    amount, before = match["amount"], clause.rstrip()
    if _IDIOM.match(amount + (match["unit"] or "") + after) or before.endswith(WORDS["not_one"]):
        return False
    if after.startswith(WORDS["denied"]) or _LISTED.search(clause):
        return False
    if (
        amount[0] in WORDS["scale"]
        and not _is_vague(match, clause)
        and not before.endswith(WORDS["approximate"])
    ):
        return False
    led = before.endswith(_LEADS)
    if amount == _ONE and before[-2:-1] == _ONE:
        return False  # 一事一档
    if amount == _ONE and kind == "loose":
        return bool(before) and not led and bool(_ENDS.match(after))
    if led or (before and _ENDS.match(after)):
        return True
    return len(amount) > 1 and match["unit"] not in _ARTICLES and (kind == "count" or bool(before))
