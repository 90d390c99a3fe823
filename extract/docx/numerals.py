"""The number formats of Word lists (`w:numFmt`) as text.

Enters: a count and the name of a format. Leaves: the numeral as Word prints it; an unknown format is
printed in decimal digits, which keeps the place in the list readable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _counted(number: int, digits: str, units: tuple[str, ...], *, bare_one: bool) -> str:
    """Positional Chinese numeral up to 9999; `bare_one` prints every 一十 一百 without its 一."""
    if number <= 0 or number > 9999:
        return str(number)
    parts: list[str] = []
    gap = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(parts)
            continue
        zero = "" if bare_one or not gap else "零"
        one_dropped = digit == 1 and power > 0 and (bare_one or (power == 1 and not parts))
        parts.append(zero + ("" if one_dropped else digits[digit]) + units[power])
        gap = False
    return "".join(parts)


def _thousands(number: int) -> str:
    return _counted(number, _DIGITS, ("", "十", "百", "千"), bare_one=False)


def _japanese(number: int) -> str:
    return _counted(number, _DIGITS, ("", "十", "百", "千"), bare_one=True)


def _legal(number: int) -> str:
    text = _counted(number, _LEGAL_DIGITS, ("", "拾", "佰", "仟"), bare_one=False)
    return f"壹{text}" if text.startswith("拾") else text


def _digitwise(number: int) -> str:
    return "".join(_DIGITS[int(digit)] if digit.isdigit() else digit for digit in str(number))


def _chinese(number: int) -> str:
    """`chineseCounting` counts in words up to 99 and digit by digit from there on."""
    return _thousands(number) if number < 100 else _digitwise(number)


def _from_series(series: str) -> Callable[[int], str]:
    def numeral(number: int) -> str:
        return series[number - 1] if 1 <= number <= len(series) else str(number)

    return numeral


def _letters(number: int) -> str:
    """From a to z, then aa, bb: Word repeats the letter, it does not count in base 26."""
    if not 1 <= number <= 780:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 1 <= number <= 3999:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _run_of(first: str, count: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


# Unicode has them at three places: 1 to 20, 21 to 35, 36 to 50.
_CIRCLED: Final = _from_series(_run_of("①", 20) + _run_of("㉑", 15) + _run_of("㊱", 15))

_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "none": lambda _: "",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _thousands,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _japanese,
    "ideographDigital": _digitwise,
    "taiwaneseDigital": _digitwise,
    "japaneseDigitalTenThousand": _digitwise,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _from_series(_STEMS),
    "ideographZodiac": _from_series(_BRANCHES),
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _from_series(_run_of("⒈", 20)),
    "decimalEnclosedParen": _from_series(_run_of("⑴", 20)),
    "ideographEnclosedCircle": _from_series(_run_of("㊀", 10)),
    "numberInDash": lambda number: f"- {number} -",
}


def format_number(number: int, name: str) -> str:
    """The numeral that Word prints for `number` in the format `name`."""
    make = _FORMATS.get(name)
    return str(number) if make is None else make(number)
