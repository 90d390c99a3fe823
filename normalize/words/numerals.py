"""Numbers as Chinese texts write them: `1,286`, `1.2万`, `1亿2000万`, `二十三`, `两万三千`.

Enters: the number alone. Leaves: an exact value, None where it is none; nothing is guessed. No library does
it as well: docs/differences.md.
"""

from __future__ import annotations

import re
from decimal import Decimal

from normalize.words.plain import plain

DIGITS = "零一二三四五六七八九"
ONES = DIGITS[1:]
COUNTING = f"{ONES}十"
"""What the numerals of lists, headings and days are made of."""
SIGNS = f"{DIGITS}十百千万亿两廿卅"
"""What a number in words is made of."""
_DIGITS = {c: value for value, c in enumerate(DIGITS)} | {"两": 2}
_PLAIN_FORMS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", f"{COUNTING}百千")
_SCALES = {"十": 10, "百": 100, "千": 1000}
_TENTHS = {"百": 10, "千": 100}
_TENS = {"廿": 20, "卅": 30}
_MYRIADS = {"亿": Decimal(10**8), "万": Decimal(10**4)}
_LONGEST = 24
"""Characters of the longest number that a report prints; a run of digits beyond that is none."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_POINT = re.compile(rf"(?P<whole>[^点]+)点(?P<part>[{DIGITS}]+)(?P<scale>[十百千]?万?亿?)")
_ONE = rf"(?:[{ONES}两]|\d+(?:\.\d+)?)"
_SECTION = re.compile(
    rf"(?:(?P<k>{_ONE})?千)?零?(?:(?P<h>{_ONE})?百)?零?"
    rf"(?:(?P<t>{_ONE})?十|(?P<tens>[廿卅]))?零?(?P<ones>{_ONE})?"
)


def parse_numeral(text: str) -> int | None:
    """The whole number of a Chinese numeral or of Arabic digits, None where it is neither.

    `一百二十三` is 123, `二〇二二` (digit by digit) is 2022, `十` is 10, `两千零五` is 2005.
    """
    words = plain(text).translate(_PLAIN_FORMS)
    if 0 < len(words) <= _LONGEST and all(c in _DIGITS for c in words):
        return int(_in_digits(words))
    value = parse_amount(words)
    return int(value) if value is not None and value == int(value) else None


def parse_amount(text: str) -> Decimal | None:
    """The value of a number in digits, in words or in both: `1.2万` is 12000, `一点六亿` is 160000000.

    A lone digit after a scale counts tenths of it (一百二 is 120). 两三 and 3万5 are no number, 一〇五
    is 105.
    """
    if len(text) > _LONGEST:
        return None
    if text.isascii() and text.isdecimal():
        return Decimal(text)
    words = _THOUSANDS.sub("", plain(text).translate(_PLAIN_FORMS))
    if len(words) > 2 and all(c in _DIGITS for c in words):
        return Decimal(_in_digits(words))
    value = _with_point(words) if "点" in words else _add_up(words)
    # 1.2万 is 12000, not 12000.0; 92.0 stays as printed
    return value if value is None or words.isascii() or value % 1 else value.to_integral_value()


def _with_point(words: str) -> Decimal | None:
    match = _POINT.fullmatch(words)
    whole = _add_up(match["whole"]) if match else None
    scale = _add_up(match["scale"] or "一") if match else None
    if match is None or whole is None or scale is None:
        return None
    return Decimal(f"{whole:f}.{_in_digits(match['part'])}") * scale


def _in_digits(words: str) -> str:
    return "".join(str(_DIGITS[c]) for c in words)


def _add_up(words: str, myriads: str = "亿万") -> Decimal | None:
    """The sum of what stands before and after 亿, then 万; 万亿 is ten thousand times 亿."""
    if not words:
        return None
    if not myriads:
        return _below_myriad(words)
    before, myriad, after = words.partition(myriads[0])
    if not myriad:
        return _add_up(words, myriads[1:])
    high = _add_up(before, myriads[1:]) if before else Decimal(1)
    if not after:
        low: Decimal | None = Decimal(0)
    elif len(after) == 1 and after in _DIGITS:
        low = _DIGITS[after] * _MYRIADS[myriad] / 10
    elif _is_short(after, _MYRIADS[myriad]):
        low = None
    else:
        low = _add_up(after, myriads[1:])
    return None if high is None or low is None else high * _MYRIADS[myriad] + low


def _below_myriad(words: str) -> Decimal | None:
    match = _SECTION.fullmatch(words)
    if match is None:
        return None
    total = Decimal(_TENS.get(match["tens"], 0))
    for scale, times in (("千", "k"), ("百", "h"), ("十", "t")):
        if scale in words:
            total += _value(match[times] or "一") * _SCALES[scale]
    if match["ones"] is None:
        return total
    before = words[match.start("ones") - 1 : match.start("ones")]
    if _is_short(match["ones"], Decimal(_SCALES.get(before, 1))):
        return None
    before = before if match["ones"] in _DIGITS else ""
    return total + _value(match["ones"]) * _TENTHS.get(before, 1)


def _is_short(digits: str, scale: Decimal) -> bool:
    """Whether digits behind a scale may count its tenths or ones: 3万5 is 35000 or 30005."""
    return digits.isascii() and digits.isdecimal() and Decimal(digits) < scale / 10


def _value(words: str) -> Decimal:
    return Decimal(_DIGITS[words]) if words in _DIGITS else Decimal(words)
