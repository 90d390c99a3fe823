"""What a report says: printed cells, who and when; and its line in `truth.jsonl`.

Enters: figures and identity. Leaves: `ReportTruth`, and the dict that the scorer reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from corpus.official import Editions, Key, unit_of
from corpus.relations import failed_checks

Printed = Literal["printed", "blank", "dash", "unreadable"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell as printed."""

    raw: str
    value: Decimal | None
    status: Printed
    unit: str

    @staticmethod
    def number(key: Key, value: Decimal | int, raw: str = "", unit: str = "") -> Fact:
        """A printed number."""
        number = Decimal(value)
        return Fact(raw or f"{number:f}", number, "printed", unit or unit_of(key))

    @staticmethod
    def empty(key: Key, raw: str = "") -> Fact:
        """A blank (no text) or a dash."""
        return Fact(raw, None, "dash" if raw.strip() else "blank", unit_of(key))


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports about when, and how the first and last lines say it."""

    agency: str
    accept: tuple[str, ...]
    short: str
    year: int
    title_lines: tuple[str, ...]
    document_number: str
    number_printed: str
    issued_on: str
    date_printed: str
    signed: str

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.title_lines).replace(" ", "")


@dataclass(frozen=True, slots=True)
class ReportTruth:
    """Everything that is true of one report, whatever page prints it."""

    identity: Identity
    editions: Editions
    facts: Mapping[Key, Fact]
    planted: tuple[str, ...] = ()

    def observations(self, present: Iterable[Key]) -> list[dict[str, Any]]:
        """The expected cells, for the keys that the page shows, in the order of the form."""
        shown = set(present)
        return [
            {
                "table": key[0],
                "field": key[1],
                "applicant": key[2],
                "value": None if fact.value is None else f"{fact.value:f}",
                "unit": fact.unit,
                "status": fact.status,
                "raw": fact.raw,
            }
            for key in self.editions.cells()
            if key in shown
            for fact in (self.facts[key],)
        ]

    def line(self, source: str, group: str, variant: str, present: Iterable[Key]) -> dict[str, Any]:
        """The line of truth.jsonl for one file."""
        shown = frozenset(present)
        failed, optional = failed_checks({k: f for k, f in self.facts.items() if k in shown}, self.editions)
        who = self.identity
        form = self._form(shown)
        return {
            "source": source,
            "kind": "report",
            "group": group,
            "variant": variant,
            "agency": who.agency,
            "agency_accept": list(who.accept),
            "year": who.year,
            "document_number": who.document_number or None,
            "issued_on": who.issued_on or None,
            "form": form,
            "form_accept": self._forms(form, shown),
            "expect_status": ["ok", "flagged"],
            "observations": self.observations(shown),
            "checks_failed": failed,
            "checks_optional": optional,
            "cross_failed": [],
            "planted": list(self.planted),
            "prefix": False,
            "title": who.title,
        }

    def _form(self, shown: frozenset[Key]) -> str:
        """The edition of the parts that the page shows."""
        first = ("rules.", "normative")
        used: set[str] = set()
        used |= {self.editions.item_one} if any(k[1].startswith(first) for k in shown) else set()
        rest = any(k[0] == "disclosure" and not k[1].startswith(first) for k in shown)
        used |= {self.editions.items} if rest else set()
        used |= {self.editions.requests} if any(k[0] == "requests" for k in shown) else set()
        return used.pop() if len(used) == 1 else "mixed"

    def _forms(self, form: str, shown: frozenset[Key]) -> list[str]:
        e = self.editions
        if form == "mixed" and e.item_one == e.items == "2021":
            return ["mixed", "2021"]  # only 其他处理 is unsplit: most people call that the 2021 form
        if not any(k[1].startswith("outcome.other") for k in shown):
            return [form, e.form]  # the rows that tell the editions of table 三 apart are not there
        return [form]


def other_line(source: str, kind: str, variant: str, expect: list[str]) -> dict[str, Any]:
    """The line of truth.jsonl for a file that holds no report."""
    return {
        "source": source,
        "kind": kind,
        "group": "gen_other",
        "variant": variant,
        "agency": None,
        "agency_accept": [],
        "year": None,
        "document_number": None,
        "issued_on": None,
        "form": None,
        "form_accept": [],
        "expect_status": expect,
        "observations": [],
        "checks_failed": [],
        "checks_optional": [],
        "cross_failed": [],
        "planted": [],
        "prefix": False,
        "title": "",
    }
