"""A number format of a spreadsheet (`#,##0.00;[Red]-0`) -> its sections of tokens.

Enters: a format code. Leaves: `FormatSection`s, kept from one cell to the next; `UnknownFormatCode` for what
is not understood here, so that nothing is printed by half a format.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_LONGEST: Final = 500
"""Characters of a code that is parsed."""
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_](?P<room>.)|[*](?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general|G/通用格式)|(?P<half>上午/下午|am/pm|a/p)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|e+|m+|d+|h+|s+|a{3,4})|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<text>@)|(?P<cut>;)|(?P<slash>/)|(?P<plain>[^a-z])",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_COLOUR: Final = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|颜色 ?\d+|[黑蓝青绿红白黄]色?|洋红",
    re.IGNORECASE,
)
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
_LONG_DATE, _LONG_TIME = "f800", "f400"


class UnknownFormatCode(ValueError):
    """A format that is not understood: the number is printed plainly, and a remark says so."""


@dataclass(frozen=True, slots=True)
class FormatToken:
    """One piece of a section: its kind (a group of the grammar, or `literal`, `elapsed`) and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FormatSection:
    """One of up to four parts of a code; `condition` is an operator and a number."""

    tokens: tuple[FormatToken, ...]
    condition: tuple[str, str] | None = None

    def has(self, *kinds: str) -> bool:
        """Whether a token of one of these kinds occurs."""
        return any(token.kind in kinds for token in self.tokens)


@cache
def builtin_codes() -> dict[int, str]:
    """The codes of the formats that files name by number only, as Chinese Excel prints them."""
    path = Path(__file__).with_name("number_formats.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return {int(row["id"]): row["code"] for row in csv.DictReader(lines)}


@lru_cache(maxsize=512)
def parse_code(code: str) -> tuple[FormatSection, ...]:
    """The sections of a code.

    Raises:
        UnknownFormatCode: it holds something that is not known here.
    """
    if len(code) > _LONGEST:
        raise UnknownFormatCode
    sections: list[FormatSection] = []
    tokens: list[FormatToken] = []
    condition: tuple[str, str] | None = None
    at = 0
    while at < len(code):
        match = _TOKEN.match(code, at)
        if match is None or match.lastgroup is None:
            raise UnknownFormatCode(code)
        at, kind, text = match.end(), match.lastgroup, match[match.lastgroup]
        if kind == "cut":
            sections.append(FormatSection(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "bracket" and (stated := _CONDITION.match(text)):
            condition = (stated[1], stated[2])
        else:
            tokens.extend(_tokens(kind, text))
    return (*sections, FormatSection(tuple(tokens), condition))


def _tokens(kind: str, text: str) -> list[FormatToken]:
    if kind == "bracket":
        return _bracket(text)
    if kind in {"quoted", "escaped", "plain"}:
        return [FormatToken("literal", text)]
    if kind in {"room", "fill"}:
        return [FormatToken("literal", " ")]
    return [FormatToken(kind, text.lower())]


def _bracket(text: str) -> list[FormatToken]:
    if text.startswith("$"):
        symbol, _, place = text[1:].partition("-")
        if place.lower() in {_LONG_DATE, "x-sysdate"}:
            return [FormatToken("system", "date")]
        if place.lower() in {_LONG_TIME, "x-systime"}:
            return [FormatToken("system", "time")]
        return [FormatToken("literal", symbol)] if symbol else []
    if _ELAPSED.fullmatch(text):
        return [FormatToken("elapsed", text.lower())]
    if _COLOUR.fullmatch(text):
        return []
    raise UnknownFormatCode(text)  # [DBNum1] and the like: numbers in Chinese numerals
