"""A date or time of a spreadsheet and its format -> what the cell prints.

Enters: days since the workbook's first day, and the tokens of a format. Leaves: a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from extract.sheets.shown.format_code import FormatSection, FormatToken, UnknownFormatCode

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS: Final = "一二三四五六日"
_LAST: Final = 2_958_466
"""The day after 9999-12-31, the last that Excel knows."""
_FALSE_LEAP_DAY: Final = 60
"""29 February 1900, which there never was."""


def print_date(value: Decimal, section: FormatSection, *, from_1904: bool) -> str:
    """What a serial number prints as a date, a time or a span of time.

    Raises:
        UnknownFormatCode: no date has that number, or it is printed by the system's own format.
    """
    if not 0 <= value < _LAST:
        raise UnknownFormatCode
    decimals = 0
    for before, token in zip(section.tokens, section.tokens[1:], strict=False):
        decimals += token.kind == "digit" and (before.kind == "point" or decimals > 0)
    seconds = round(value * 86400, decimals)
    moment = _first_day(value, from_1904=from_1904) + timedelta(seconds=float(seconds))
    if section.has("system"):
        if section.tokens[0].text != "date":
            raise UnknownFormatCode
        return f"{moment.year}年{moment.month}月{moment.day}日"
    return "".join(_pieces(section, moment, seconds, decimals)).strip()


def _first_day(value: Decimal, *, from_1904: bool) -> datetime:
    """1900 was no leap year, but Lotus and Excel believe so: days before its March count one further."""
    if from_1904:
        return datetime(1904, 1, 1, tzinfo=UTC)
    return datetime(1899, 12, 30 if value >= _FALSE_LEAP_DAY else 31, tzinfo=UTC)


def _pieces(section: FormatSection, moment: datetime, seconds: Decimal, decimals: int) -> list[str]:
    tokens = section.tokens
    out: list[str] = []
    for i, token in enumerate(tokens):
        if token.kind == "date":
            minutes = token.text in {"m", "mm"} and _beside_time(tokens, i)
            out.append(_part(token.text, moment, half=section.has("half"), minutes=minutes))
        elif token.kind == "elapsed":
            out.append(
                str(int(seconds // {"h": 3600, "m": 60, "s": 1}[token.text[0]])).zfill(len(token.text))
            )
        elif token.kind == "half":
            out.append(token.text.split("/")[moment.hour >= 12].upper())
        elif token.kind == "point" and decimals:
            out.append(f".{f'{seconds % 1:.{decimals}f}'[2:]}")
        elif token.kind in {"literal", "slash", "comma"}:
            out.append(token.text)
        elif token.kind != "digit":
            raise UnknownFormatCode
    return out


def _beside_time(tokens: Sequence[FormatToken], at: int) -> bool:
    """`m` means minutes after hours or before seconds, and months elsewhere."""
    marks = [i for i, t in enumerate(tokens) if t.kind in {"date", "elapsed"}]
    place = marks.index(at)
    before = tokens[marks[place - 1]].text[0] if place else ""
    after = tokens[marks[place + 1]].text[0] if place + 1 < len(marks) else ""
    return before == "h" or after == "s"


def _part(code: str, moment: datetime, *, half: bool, minutes: bool) -> str:
    kind, long = code[0], len(code) > 1
    if kind in "ye":
        return str(moment.year) if kind == "e" or len(code) > 2 else f"{moment.year % 100:02}"
    if kind == "a":
        return ("星期" if len(code) > 3 else "") + _WEEKDAYS[moment.weekday()]
    if len(code) > 2 and kind in "md" and not minutes:
        name = _MONTHS[moment.month - 1] if kind == "m" else _DAYS[moment.weekday()]
        return name if len(code) == 4 else name[: 1 if len(code) > 4 else 3]
    number = {"m": moment.minute if minutes else moment.month, "d": moment.day, "s": moment.second}.get(kind)
    if number is None:
        number = (moment.hour % 12 or 12) if half else moment.hour
    return f"{number:02}" if long else str(number)
