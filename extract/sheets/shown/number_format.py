"""A stored number and its format -> what the cell prints.

Enters: a number and a format code. Leaves: a text, and whether it says less than what is stored. Excel
keeps 15 digits and rounds them half up; what it stores as 18.085681999999998 it prints as 18.085682.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from extract.sheets.shown.date_format import print_date
from extract.sheets.shown.format_code import FormatSection, FormatToken, UnknownFormatCode, parse_code

_FIFTEEN: Final = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE: Final = Context(prec=400, rounding=ROUND_HALF_UP)
"""Holds the 309 digits of the largest double, and decimals."""
_LARGEST: Final = Decimal("1e21")
_HELD: Final = range(-324, 309)
"""Powers of ten of the numbers that a cell can hold, which are doubles: a file may state others."""
_COMPARE: Final[dict[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
    "<>": operator.ne,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """What a cell prints.

    Attributes:
        text: "" for a number that its format hides.
        rounded: the text shows fewer digits than are stored.
        unknown: the format is not understood; the number is printed as it is stored.
    """

    text: str
    rounded: bool = False
    unknown: bool = False


def print_number(stored: Decimal, code: str, *, from_1904: bool = False) -> ShownNumber:
    """What a number prints under a format; one that no cell can hold is printed as it is stored."""
    if not is_possible(stored):
        return ShownNumber(str(stored), unknown=True)
    value = _FIFTEEN.plus(stored) if stored else Decimal(0)
    try:
        section, sign = _choose(parse_code(code or "General"), value)
        if section.has("general"):
            return ShownNumber(_literals(section, sign + plain_text(abs(value))))
        if section.has("date", "elapsed", "half", "system"):
            return ShownNumber(print_date(value, section, from_1904=from_1904))
        if not section.has("digit"):
            text = section.has("text")
            return ShownNumber(
                _literals(section, plain_text(value)) if text else sign + _literals(section, "")
            )
        return _print_digits(abs(value), section, sign)
    except (UnknownFormatCode, ArithmeticError, ValueError, OverflowError):
        return ShownNumber(plain_text(value), unknown=True)


def is_possible(stored: Decimal) -> bool:
    """Whether a cell can hold the number."""
    return stored.is_finite() and (not stored or stored.adjusted() in _HELD)


def print_text(text: str, code: str) -> str:
    """What a text prints under a format: only its fourth section, or one with `@`, says anything of texts."""
    try:
        sections = parse_code(code)
    except UnknownFormatCode:
        return text
    own = sections[3:] or [item for item in sections[-1:] if item.has("text")]
    return _literals(own[0], text) if own else text


def plain_text(value: Decimal) -> str:
    """A number in digits alone, without an exponent as far as anybody would write it so."""
    if abs(value) >= _LARGEST or (value and abs(value) < Decimal("1e-12")):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _choose(sections: Sequence[FormatSection], value: Decimal) -> tuple[FormatSection, str]:
    """The section for a value, and the sign to print before it."""
    minus = "-" if value < 0 else ""
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or _COMPARE[section.condition[0]](
                value, Decimal(section.condition[1])
            ):
                return section, minus
        raise UnknownFormatCode
    numbers = sections[:3] if len(sections) > 1 and not sections[-1].has("text") else sections
    numbers = [item for item in numbers[:3] if len(sections) == 1 or not item.has("text")] or list(sections)
    if value < 0 and len(numbers) > 1:
        return numbers[1], ""
    if value == 0 and len(numbers) > 2:
        return numbers[2], ""
    return numbers[0], minus


def _literals(section: FormatSection, inside: str) -> str:
    """The literal texts of a section around a value."""
    out = "".join(
        token.text if token.kind in {"literal", "slash", "percent"} else inside
        for token in section.tokens
        if token.kind in {"literal", "general", "text", "slash", "percent"}
    )
    return out.strip()


def _print_digits(value: Decimal, section: FormatSection, sign: str) -> ShownNumber:
    if section.has("slash", "exponent") or value >= _LARGEST:
        raise UnknownFormatCode  # fractions and exponents: no figure of a report
    tokens = list(section.tokens)
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [i for i in places if i < point]
    decimals = [i for i in places if i > point]
    thousands, scale = _commas(tokens, whole, places)
    shift = 2 * sum(token.kind == "percent" for token in tokens) - 3 * scale
    exact = value.scaleb(shift, _WIDE)
    shown = exact.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _WIDE)
    digits, _, fraction = format(shown, "f").partition(".")
    pieces = _place_whole(tokens, whole, digits, thousands=thousands) | _place_decimals(
        tokens, decimals, fraction
    )
    if point < len(tokens):
        pieces[point] = "." if whole else f"{digits.lstrip('0')}."
    text = "".join(
        pieces.get(i, t.text if t.kind in {"literal", "percent"} else "") for i, t in enumerate(tokens)
    )
    return ShownNumber(sign + text.strip(), rounded=shown != exact)


def _commas(tokens: Sequence[FormatToken], whole: Sequence[int], places: Sequence[int]) -> tuple[bool, int]:
    """Whether commas group thousands, and how many behind the last digit divide by a thousand."""
    scale = 0
    for last in {max(places), max(whole, default=max(places))}:
        after = last + 1
        while after < len(tokens) and tokens[after].kind == "comma":
            after += 1
        scale += after - last - 1
    inside = tokens[min(whole) : max(whole)] if whole else ()
    return any(token.kind == "comma" for token in inside), scale


def _place_whole(
    tokens: Sequence[FormatToken], places: Sequence[int], digits: str, *, thousands: bool
) -> dict[int, str]:
    """The whole part, its digits from the right into the places; the first place takes all that are left."""
    if not places:
        return {}
    rest = "" if digits == "0" else digits
    needed = max((len(places) - i for i, at in enumerate(places) if tokens[at].text == "0"), default=0)
    rest = rest.rjust(needed, "0")
    pieces: dict[int, str] = {}
    from_right = 0
    for at in reversed(places):
        taken = rest if at == places[0] else rest[-1:]
        rest = "" if at == places[0] else rest[:-1]
        out = ""
        for digit in reversed(taken):
            comma = thousands and from_right and from_right % 3 == 0
            out = digit + ("," if comma else "") + out
            from_right += 1
        pieces[at] = out
    return pieces


def _place_decimals(tokens: Sequence[FormatToken], places: Sequence[int], fraction: str) -> dict[int, str]:
    kept = max((i + 1 for i, at in enumerate(places) if tokens[at].text == "0"), default=0)
    significant = max(kept, len(fraction.rstrip("0")))
    return {at: fraction[i] if i < significant else "" for i, at in enumerate(places)}
