"""Chinese dates and numerals.

Enters: text as printed. Leaves: `datetime.date` and int; what cannot be a date is left out, never guessed.
"""

from __future__ import annotations

import datetime
import re

from normalize.plain import plain

_DIGITS = {
    c: value for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for value, c in enumerate(row)
}
_DIGITS |= {"○": 0, "两": 2, "廿": 20}
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

_HAN = "零一二三四五六七八九"
# typed 二O二O as often as 二〇二〇, with the letter of any alphabet
_O = "Oo\u041e\u043e\u039f\u03bf"
YEAR = rf"(?:20\d\d|二[零0{_O}][{_HAN}{_O}]{{2}})"
"""A year of this century in digits or in Chinese numerals, in plain text."""
_SMALL = r"(?:\d{1,2}|[零一二三四五六七八九十廿]{1,3})"
DATE = (
    rf"(?P<year>{YEAR})(?:年(?P<month>{_SMALL}|元)月(?P<day>{_SMALL})[日号]"
    r"|(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d))"
)
_LETTER_O = re.compile(f"[{_O}]")
_FIRST, _LAST = 1990, 2060
_LONGEST = 40
"""Characters of the longest numeral; Python turns no text of some thousand digits into a number."""


def parse_numeral(text: str) -> int | None:
    """The value of a Chinese numeral or of Arabic digits, None where it is neither.

    `一百二十三` is 123, `二〇二二` (digit by digit) is 2022, `十` is 10, `两千零五` is 2005.
    """
    text = plain(text)
    if len(text) > _LONGEST:
        return None
    if text.isdecimal():
        return int(text)
    if not text or any(c not in _DIGITS and c not in _SCALES and c not in _MYRIADS for c in text):
        return None
    if not any(c in _SCALES or c in _MYRIADS or c == "廿" for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return _scaled(text)


def _scaled(text: str) -> int | None:
    """The value of a numeral written with 十, 百, 千, 万, 亿."""
    total = section = 0
    digit: int | None = None
    for c in text:
        if c in _MYRIADS:
            whole = section + (digit or 0)
            total = (total + whole) * _MYRIADS[c] if c == "亿" else total + whole * _MYRIADS[c]
            section, digit = 0, None
        elif c in _SCALES:
            section += (1 if digit is None or digit == 0 else digit) * _SCALES[c]
            digit = None
        elif c == "廿":
            section += 20
        elif digit:
            return None  # two digits in a row are no numeral of this kind
        else:
            digit = _DIGITS[c]
    return total + section + (digit or 0)


def parse_year(text: str) -> int | None:
    """The year of `2021`, `二〇二一`, `二○二一` or `二零二一`."""
    value = parse_numeral(_LETTER_O.sub("零", plain(text)))
    return value if value is not None and _FIRST <= value <= _LAST else None


def date_of_match(match: re.Match[str]) -> datetime.date | None:
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
