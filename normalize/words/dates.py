"""Chinese dates.

Enters: text as printed. Leaves: `datetime.date` and years; what cannot be a date is left out, never guessed.
"""

from __future__ import annotations

import datetime

from normalize.words.numerals import COUNTING, DIGITS, parse_numeral
from normalize.words.plain import plain
from normalize.words.search import Match

# typed 二O二O as often as 二〇二〇, with the letter of any alphabet
_O = "Oo\u041e\u043e\u039f\u03bf"
_ZERO, _TWO = DIGITS[0], DIGITS[2]
YEAR = rf"(?:20\d\d|{_TWO}[{_ZERO}0{_O}][{DIGITS}{_O}]{{2}})"
"""A year of this century in digits or in Chinese numerals, in plain text."""
_SMALL = rf"(?:\d{{1,2}}|[{_ZERO}{COUNTING}廿]{{1,3}})"
DATE = (
    rf"(?P<year>{YEAR})(?:年(?P<month>{_SMALL}|元)月(?P<day>{_SMALL})[日号]"
    r"|(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d))"
)
_LETTER_O = str.maketrans(dict.fromkeys(_O, _ZERO))
_FIRST, _LAST = 1990, 2060
"""Years that a date may have."""


def parse_year(text: str) -> int | None:
    """The year of `2021`, `二〇二一`, `二○二一` or `二零二一`."""
    value = parse_numeral(plain(text).translate(_LETTER_O))
    return value if value is not None and _FIRST <= value <= _LAST else None


def may_hold_year(words: str) -> bool:
    """Whether a `YEAR` may stand in plain text: what costs less to ask than a pattern."""
    return "20" in words or _TWO in words


def date_of_match(match: Match) -> datetime.date | None:
    """The date of a match of `DATE`, None where the calendar has no such day."""
    year = parse_year(match["year"])
    month = 1 if match["month"] == "元" else parse_numeral(match["month"] or match["m"])
    day = parse_numeral(match["day"] or match["d"])
    if year is None or month is None or day is None:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
