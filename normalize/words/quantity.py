"""The text of a cell -> value, unit and status, exactly as printed.

Enters: the text of one cell. Leaves: a `Quantity`; nothing is guessed, a blank is never 0.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import lru_cache, reduce

from extract.characters.invisible import INVISIBLE
from normalize.report import Status
from normalize.words.script import simplify
from normalize.words.units import UNITS
from normalize.words.word_list import read_kinds

_INVISIBLE = re.compile(rf"[\s{INVISIBLE}\x00-\x1f]+")
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
"""A glyph that nobody can name: what is printed beside it is not all of the number."""
_CIRCLED = re.compile("[\u2460-\u24ff\u2776-\u2793]")
"""NFKC would turn the numeral ② of a label into a number."""
_RAISED = re.compile("(?<=[0-9\uff10-\uff19])[\u00b9\u00b2\u00b3\u2070-\u2079]+\\s*$")
"""The mark of a note, or a power: NFKC would make them digits of the number."""
_SMALL = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2089]")
_MINUS = str.maketrans(dict.fromkeys("−﹣‐‑", "-"))
_ZERO_FIRST = re.compile(r"0\d")
"""Digits of two cells run together (`0  0`): nobody counts 00 or 05."""


def _squeeze(text: str) -> str:
    """The text in Simplified characters and signs of one width, without white space."""
    return simplify(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_MINUS))


_KINDS = ("nothing", "sum", "about", "more", "less", "over")
_WORDS = read_kinds("quantity_words.csv", _KINDS, same=lambda word: _squeeze(word).lower())


def _any_of(*kinds: str) -> str:
    return "|".join(re.escape(word) for kind in kinds for word in _WORDS[kind])


_DASH = re.compile(rf"^(?:[-—–―─━_/\\|~∕⁄.…·•﹍﹎－]+|{_any_of('nothing')})[.。]?$", re.IGNORECASE)
_NUMERAL = re.compile(r"\s*\d{1,2}\s*[.、．]\s*")
_LOST = re.compile(r"[\d\s,.\ufffd]*\ufffd[\d\s,.\ufffd]*")
"""Glyphs without a character, alone or among digits: a number that the page shows and nobody can read."""
_DIGIT = re.compile("[\\d\ufffd]")
_ALL_LOST = re.compile(r"\s*(?:\ufffd\s*)+")
_NUMBER = re.compile(
    rf"^(?P<lead>{_any_of('sum', 'about')}|[¥￥])?"
    rf"(?P<sign>[-—–+]?|{_any_of('more', 'less')})"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<more>{_any_of('over')})?(?P<unit>{'|'.join(UNITS)}|%)?"
    r"(?P<note>\(.*\)|\[.*\]|【.*】)?(?P<stop>[.。,;；]?)$"
)


LONGEST = 400
"""Digits of the longest number that is held; nobody prints a tenth of them on purpose."""
_EXACT = Context(prec=2 * LONGEST)
"""For sums: the usual 28 digits would round what is printed with more."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a cell prints.

    Attributes:
        value: exact, None where nothing numeric is printed.
        unit: as printed, in Simplified (萬元 is 万元: one unit, one name), "" if none.
        status: `printed`, `blank`, `dash` or `unreadable`.
        doubtful: a number, but printed in a way that a person should look at (约5, 5., 5%, 05).
    """

    value: Decimal | None
    unit: str
    status: Status
    doubtful: bool = False

    @property
    def is_number(self) -> bool:
        """A number is printed."""
        return self.value is not None


BLANK = Quantity(None, "", Status.BLANK)


@lru_cache(maxsize=65536)
def read_quantity(text: str) -> Quantity:
    """What the cell prints, in the formats that reports use (`1,234`, `22（其中修订16件）`, `18.08 万元`)."""
    if _SMALL.search(text):
        bare = read_quantity(_RAISED.sub("", text)) if _RAISED.search(text) else BLANK
        return replace(bare, doubtful=True) if bare.is_number else Quantity(None, "", Status.UNREADABLE)
    if _CIRCLED.search(text) or _UNKNOWN.search(text):
        return Quantity(None, "", Status.UNREADABLE)
    squeezed = _squeeze(text)
    if not squeezed:
        return BLANK
    if _DASH.match(squeezed):
        return Quantity(None, "", Status.DASH)
    match = _NUMBER.match(squeezed)
    if match is None:
        return Quantity(None, "", Status.UNREADABLE)
    if len(match["number"]) > LONGEST:
        return Quantity(None, "", Status.UNREADABLE)
    negative = match["sign"] in {"-", "—", "–", *_WORDS["less"]}
    value = Decimal(match["number"].replace(",", ""))
    doubtful = bool(
        match["lead"] in _WORDS["about"]
        or match["more"]
        or match["stop"]
        or match["sign"] in {"—", "–"}
        or match["unit"] == "%"
        or _ZERO_FIRST.match(match["number"])
    )
    value = value.copy_negate() if negative and value else value
    return Quantity(value, match["unit"] or "", Status.PRINTED, doubtful)


@lru_cache(maxsize=32768)
def is_quantity(text: str) -> bool:
    """The cell prints a number or a dash, be it unreadable, and not just the numeral of a label (`1.`)."""
    if read_quantity(text).status in (Status.PRINTED, Status.DASH):
        return not _NUMERAL.fullmatch(text)
    return bool(_LOST.fullmatch(text))


def is_lost(text: str) -> bool:
    """The cell prints glyphs, none of which has a character: a number or a label."""
    return bool(_ALL_LOST.fullmatch(text))


def counts(text: str) -> bool:
    """There is a digit in it, or a glyph that may be one: a dash alone says nothing of its own."""
    return bool(_DIGIT.search(text))


@lru_cache(maxsize=32768)
def is_blank(text: str) -> bool:
    """The cell prints nothing."""
    return read_quantity(text).status is Status.BLANK


def add_up(values: Iterable[Decimal]) -> Decimal:
    """The sum, with all its digits."""
    return reduce(_EXACT.add, values, Decimal(0))
