"""What one document of unusual layout is drawn from: this year's numbers, last year's, and its words.

Enters: a random source, a wording, and what the kind of layout asks for. Leaves: `Draft`, which fills the cells
of any `Cross`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Final

from corpus.bodies import draw_body, draw_identity
from corpus.figures import draw_numbers, plant_faults
from corpus.grid import Content, Grid
from corpus.official import (
    APPLICANTS,
    ORGANISATIONS,
    REQUEST_ROWS,
    Editions,
    Key,
    Numbers,
    outcome_leaves,
)
from corpus.printing import Hand, print_numbers
from corpus.truth import ReportTruth
from corpus.wild.cross import Cross, Track, draw_cross
from corpus.wild.wording import Wordings

NEWEST: Final = Editions("2021", "2021", "2021")
EDITIONS: Final = {NEWEST: 8, Editions("2019", "2019", "2019"): 2, Editions("2019", "2021", "2021"): 1}
SIZES: Final = {"small": 3, "medium": 4, "large": 2}
"""Sizes and weights: where most cells are 0, a number in the wrong place does not show."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a layout asks of the report.

    Attributes:
        newest: all parts follow the edition of 2021 (the one of 2019 has last year's numbers as fields).
        left_out: how many kinds of applicant had no requests.
        extra: there is an applicant that the form does not know, and 总计 counts it in.
        sparse: many cells are 0.
    """

    newest: bool = False
    left_out: int = 0
    extra: bool = False
    sparse: bool = False


@dataclass(slots=True)
class Draft:
    """One report and what it is worded with."""

    rng: Random
    words: Wordings
    truth: ReportTruth
    before: Numbers
    left_out: tuple[str, ...] = ()
    extra: dict[str, int] = field(default_factory=dict)

    @property
    def years(self) -> dict[str, object]:
        """What fills the gaps of a text."""
        year = self.truth.identity.year
        return {"year": year, "last": year - 1}

    def word(self, kind: str, name: str = "", **filled: object) -> str:
        """A text in this document's wording."""
        return self.words.pick(self.rng, kind, name, **self.years, **filled)

    def compound(self) -> str:
        """How two heads are put together in one cell: a pattern with {outer} and {inner}."""
        return self.rng.choice(self.words.texts["compound", ""])

    def glue(self) -> str:
        """The same for stubs: a sign between them."""
        return "{outer}" + self.word("glue") + "{inner}"

    def key(self, table: str, row: Track, column: Track) -> Key:
        """The cell of the form where two tracks cross."""
        name = row.field or column.field
        leaf = row.leaf or column.leaf
        return table, f"{name}.{leaf}" if leaf else name, row.applicant or column.applicant

    def draw(self, cross: Cross) -> Grid:
        """A table with its numbers."""
        return draw_cross(cross, lambda row, column, at: self._cell(cross.name, row, column, at))

    def before_truth(self) -> ReportTruth:
        """The report of last year, as far as its numbers go."""
        facts = print_numbers(self.rng, Hand(), self.truth.editions, self.before)
        return ReportTruth(self.truth.identity, self.truth.editions, facts)

    def value(self, key: Key) -> Decimal:
        """This year's number, 0 where none is printed."""
        return self.truth.facts[key].value or Decimal(0)

    def _cell(self, table: str, row: Track, column: Track, at: int) -> Content:
        what = row.what if row.what != "now" else column.what
        if what == "ordinal":
            return Content(str(at + 1), "filler")
        if what == "remark":
            return Content(self._remark(), "filler")
        if what == "individual":
            return Content(str(self.extra.get(row.field or column.field, 0)), "filler")
        key = self.key(table, row, column)
        if what == "now" and key in self.truth.facts:
            return Content(self.truth.facts[key].raw, "number", key)
        return Content(self._beside(what, key), "filler")

    def _remark(self) -> str:
        kind = self.rng.random()
        if kind < 0.6:
            return ""
        if kind < 0.8:
            return self.word("remark", "text")
        return self.word("remark", "number", n=self.rng.randint(1, 9))

    def _beside(self, what: str, key: Key) -> str:
        """A number that is not the form's."""
        if what == "group_subtotal":
            rows = REQUEST_ROWS[self.truth.editions.requests]
            parts = (self.value(("requests", r.field, key[2])) for r in rows if r.field.startswith(key[1]))
            return f"{sum(parts, Decimal(0)):f}"
        if what == "subtotal":
            return f"{sum((self.value(('requests', key[1], a)) for a in ORGANISATIONS), Decimal(0)):f}"
        if key not in self.truth.facts:
            return ""
        now, before = self.value(key), self.before[key]
        if what == "before":
            return f"{before:f}"
        if what == "change":
            return f"{now - before:+f}"
        if what == "ratio":
            return f"{(now - before) * 100 / before:.1f}%" if before else "—"
        if what == "of_which":
            return str(self.rng.randint(0, int(now)))
        whole = self.value((key[0], "outcome.total", key[2]))
        return f"{now * 100 / whole:.1f}%" if whole else "0.0%"


def draw_report(rng: Random, words: Wordings, wish: Wish, file_format: str) -> Draft:
    """A report; one in eight breaks a relation of the form."""
    editions = NEWEST if wish.newest else rng.choices(list(EDITIONS), list(EDITIONS.values()))[0]
    size = "small" if wish.sparse else rng.choices(list(SIZES), list(SIZES.values()))[0]
    before, now = draw_numbers(rng, editions, size), draw_numbers(rng, editions, size)
    left_out = tuple(rng.sample(ORGANISATIONS, wish.left_out))
    _silence(now, editions, left_out)
    _silence(before, editions, left_out)
    _carry_over(before, now)
    extra = _count_in(rng, now, editions) if wish.extra else {}
    planted = plant_faults(rng, editions, now, 1) if rng.random() < 0.12 else ()
    zero = rng.choices(("0", "dash", "blank"), (6, 1, 0 if file_format == "txt" else 1))[0]
    facts = print_numbers(rng, Hand(zero=zero, dash=rng.choice(("/", "—", "-"))), editions, now)
    if file_format == "pdf":  # its font has no such minus
        facts = {key: replace(fact, raw=fact.raw.replace("\u2212", "-")) for key, fact in facts.items()}
    year = rng.choice((2019, 2020)) if editions.items == "2019" else rng.choice((2021, 2022, 2023, 2024))
    truth = ReportTruth(draw_identity(rng, year, draw_body(rng)), editions, facts, planted)
    return Draft(rng, words, truth, before, left_out, extra)


def _silence(numbers: Numbers, editions: Editions, left_out: tuple[str, ...]) -> None:
    """Nobody of these kinds asked for anything."""
    for row in REQUEST_ROWS[editions.requests]:
        for a in left_out:
            numbers["requests", row.field, a] = Decimal(0)
        parts = (numbers["requests", row.field, a] for a in APPLICANTS[:-1])
        numbers["requests", row.field, "total"] = sum(parts, Decimal(0))


def _carry_over(before: Numbers, now: Numbers) -> None:
    """What last year left is what this year began with."""
    for a in APPLICANTS[:-1]:
        left, was = now["requests", "carried_in", a], before["requests", "carried_out", a]
        before["requests", "carried_out", a] = left
        before["requests", "new", a] += left - was
        if before["requests", "new", a] < 0:
            before["requests", "carried_in", a] -= before["requests", "new", a]
            before["requests", "new", a] = Decimal(0)
    for name in ("new", "carried_in", "carried_out"):
        parts = (before["requests", name, a] for a in APPLICANTS[:-1])
        before["requests", name, "total"] = sum(parts, Decimal(0))


def _count_in(rng: Random, numbers: Numbers, editions: Editions) -> dict[str, int]:
    """Requests of an applicant that has no column in the form, added to 总计."""
    extra: dict[str, int] = {}
    for leaf in rng.choices(outcome_leaves(editions.requests)[:12], k=rng.randint(2, 9)):
        extra[leaf] = extra.get(leaf, 0) + 1
    extra["outcome.total"] = extra["new"] = sum(extra.values())
    for name, count in extra.items():
        numbers["requests", name, "total"] += count
    return extra
