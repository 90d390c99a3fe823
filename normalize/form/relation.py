"""One relation of the form (勾稽关系) as a line of relations.csv states it.

Enters: the text of a sum. Leaves: `Relation`, and the terms of a sum. Which cells they stand for depends on
the scope: see `instances`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SCOPES: Final = ("applicant", "row", "block", "table")
"""One instance a column of applicants; a row; a block (fields before their first dot); for the whole table.

A term is a field for `applicant` and `table`, an applicant for `row`, what follows the dot for `block`.
"""
BY_APPLICANT: Final = ("applicant", "row")
"""Scopes of templates with a column for each applicant; the others have one number a field."""
BETWEEN_FILES: Final = "versions.differ"
"""The check that is no line of relations.csv: the files of one report, cell by cell."""
_TERM = re.compile(r"([+-])\s*([a-z0-9_]+(?:\.[a-z0-9_]+)*(?:\.\*)?|\*)\s*")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a sum.

    Attributes:
        name: or `outcome.*` for all that begin so, `*` for all, without what the relation names itself.
        negative: it is taken away.
    """

    name: str
    negative: bool

    @property
    def is_wild(self) -> bool:
        """It stands for all names of a kind."""
        return self.name.endswith("*")

    def find(self, names: Sequence[str], named: frozenset[str]) -> tuple[str, ...]:
        """Those of `names` that it stands for; `named` are the terms of the relation."""
        if not self.is_wild:
            return (self.name,) if self.name in names else ()
        return tuple(n for n in names if n.startswith(self.name[:-1]) and n not in named)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation.

    Attributes:
        check: its id.
        edition: `2019|2021`, "" for all.
        left, right: the sums that are to be the same.
        name: what the check is called, Chinese and English.
        words: what stands before the left side, before the right side, and before how much more the right
            side is, each in Chinese and English.
    """

    check: str
    table: str
    scope: str
    edition: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    name: tuple[str, str]
    words: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]

    @property
    def named(self) -> frozenset[str]:
        """The names that are no wildcard."""
        return frozenset(term.name for term in (*self.left, *self.right) if not term.is_wild)

    def applies_to(self, edition: str) -> bool:
        """It is one of that edition; a report whose edition is mixed or unknown has those of all alone."""
        return not self.edition or edition in self.edition.split("|")


def parse_sum(text: str) -> tuple[Term, ...]:
    """`a + b - c` as its terms; () where it is no sum."""
    signed = text if text.startswith(("+", "-")) else f"+{text}"
    found = list(_TERM.finditer(signed))
    if "".join(match[0] for match in found) != signed:
        return ()
    return tuple(Term(match[2], match[1] == "-") for match in found)
