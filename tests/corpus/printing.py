"""How a body types its numbers: zeros left out, dashes, units, notes, full-width digits.

Enters: numbers by key. Leaves: facts by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from corpus.official import Editions, Key, Numbers, unit_of
from corpus.truth import Fact

DASHES = ("/", "—", "-", "无", "——", "－", "／", "--", "–", "―")
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
NOTES = ("（其中修订{}件）", "（含转办{}件）", "(其中电子件{}件)", "（不含涉密{}件）")
UNREADABLE = ("见附件", "详见附表", "***", "待补充", "#REF!", "不详")


@dataclass(frozen=True, slots=True)
class Hand:
    """One clerk's habits.

    Attributes:
        zero: what stands for zero: `0`, `blank`, `dash`, or `mixed` (blank outside the first columns).
        dash: the dash in use.
        blank_totals: the 总计 column is left empty on the rows of the outcome.
        blank_review: 行政复议 is left empty.
        units: share of cells with their unit behind the number.
        wide: share of cells in full-width digits.
        thousands: numbers from 1000 carry separators.
        notes: share of non-zero cells with a remark in brackets.
        unreadable: share of cells that are no number at all.
        spaced: share of numbers of several digits with a gap inside.
    """

    zero: str = "0"
    dash: str = "/"
    blank_totals: bool = False
    blank_review: bool = False
    units: float = 0
    wide: float = 0
    thousands: str = ""
    notes: float = 0
    unreadable: float = 0
    spaced: float = 0

    @property
    def name(self) -> str:
        """A word for the variant, "" for plain typing."""
        odd = [
            n
            for n, on in (
                ("blank_totals", self.blank_totals),
                ("blank_review", self.blank_review),
                ("units", self.units),
                ("wide", self.wide),
                ("thousands", self.thousands),
                ("notes", self.notes),
                ("unreadable", self.unreadable),
                ("spaced", self.spaced),
            )
            if on
        ]
        return "_".join(([] if self.zero == "0" else [f"zero_{self.zero}"]) + odd)

    @property
    def leaves_blanks(self) -> bool:
        """Some cells are empty."""
        return self.zero in ("blank", "mixed") or self.blank_totals or self.blank_review


def draw_hand(rng: Random, commas: bool = True) -> Hand:
    """A clerk; half of them type plainly. `commas` says whether 1,234 can be printed."""
    zero = rng.choices(("0", "blank", "dash", "mixed"), (6, 2, 2, 1))[0]
    dash = rng.choice(DASHES)
    if rng.random() < 0.45:
        return Hand(zero=zero, dash=dash)
    odd = rng.sample(
        ("totals", "review", "units", "wide", "thousands", "notes", "unreadable", "spaced"),
        1 + (rng.random() < 0.3),
    )
    return Hand(
        zero=zero,
        dash=dash,
        blank_totals="totals" in odd,
        blank_review="review" in odd,
        units=rng.choice((0.05, 0.3, 1)) if "units" in odd else 0,
        wide=rng.choice((0.1, 1)) if "wide" in odd else 0,
        thousands=rng.choice((",", ",", "，") if commas else ("，",)) if "thousands" in odd else "",
        notes=0.04 if "notes" in odd else 0,
        unreadable=0.02 if "unreadable" in odd else 0,
        spaced=0.15 if "spaced" in odd else 0,
    )


def print_numbers(rng: Random, hand: Hand, editions: Editions, numbers: Numbers) -> dict[Key, Fact]:
    """Every cell as this clerk types it."""
    return {key: _print_cell(rng, hand, key, numbers[key]) for key in editions.cells()}


def _left_empty(hand: Hand, key: Key) -> bool:
    if (
        hand.blank_totals
        and key[2] == "total"
        and key[1].startswith("outcome.")
        and key[1] != "outcome.total"
    ):
        return True
    return hand.blank_review and key[1].startswith("reconsideration.")


def _print_cell(rng: Random, hand: Hand, key: Key, value: Decimal) -> Fact:
    if _left_empty(hand, key):
        return Fact.empty(key)
    if rng.random() < hand.unreadable:
        return Fact(rng.choice(UNREADABLE), None, "unreadable", unit_of(key))
    if value == 0 and hand.zero != "0":
        if hand.zero == "dash":
            return Fact.empty(key, hand.dash)
        if hand.zero == "blank" or key[2] not in ("natural_person", "total"):
            return Fact.empty(key)
    if key[1].endswith(".amount"):
        return _print_amount(rng, hand, key, value)
    return Fact.number(key, value, _dress(rng, hand, key, value))


def _dress(rng: Random, hand: Hand, key: Key, value: Decimal) -> str:
    text = f"{abs(value):,f}".replace(",", hand.thousands)
    if rng.random() < hand.spaced and abs(value) >= 10 and not hand.thousands:
        cut = rng.randrange(1, len(text))
        text = f"{text[:cut]} {text[cut:]}"
    if rng.random() < hand.wide:
        text = text.translate(FULL_WIDTH)
    if value < 0:
        text = rng.choice(("-", "-", "－", "−")) + text
    elif key[1].endswith("items_change") and value and rng.random() < 0.2:
        text = rng.choice(("+", "＋")) + text
    if rng.random() < hand.notes and value > 1:
        return text + rng.choice(NOTES).format(rng.randint(1, int(value)))
    return f"{text}{rng.choice(('', ' '))}{unit_of(key)}" if rng.random() < hand.units else text


def _print_amount(rng: Random, hand: Hand, key: Key, value: Decimal) -> Fact:
    """Money: the unit as printed wins over the head."""
    own = unit_of(key)
    unit = rng.choice(("万元", "元")) if own == "元" else own
    if rng.random() < 0.15:
        unit = "元" if own == "万元" else "万元"
    text = f"{value:f}"
    if hand.thousands:
        text = f"{value:,f}".replace(",", hand.thousands)
    if rng.random() < hand.wide:
        text = text.translate(FULL_WIDTH)
    # a bare number stands for the unit of the head; item （九） names none, so it is always spelled out
    if unit != own or own == "元" or rng.random() < 0.3:
        text += rng.choice(("", "", " ")) + unit
    return Fact.number(key, value, text, unit)


def plain_facts(editions: Editions, raws: Mapping[Key, str]) -> dict[Key, Fact]:
    """Facts from texts typed by hand (fixtures): digits are numbers, "" is blank, 元 is a unit."""
    facts: dict[Key, Fact] = {}
    for key in editions.cells():
        raw = raws.get(key, "")
        digits = raw.removesuffix("元").removesuffix("万").strip()
        if not any(c.isdigit() for c in raw):
            facts[key] = Fact.empty(key, raw)
            continue
        unit = "万元" if raw.endswith("万元") else "元" if raw.endswith("元") else ""
        facts[key] = Fact.number(key, Decimal(digits), raw, unit)
    return facts
