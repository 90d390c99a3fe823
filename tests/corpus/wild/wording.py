"""How bodies word heads and labels when they do not copy the form: two sets that share no text.

Enters: `fit` or `test`, and `words.csv`. Leaves: `Wordings`, which hands out texts by kind and name.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, Literal

Set = Literal["fit", "test"]
SETS: Final[tuple[Set, ...]] = ("fit", "test")
"""Prices are fitted on the first and measured on the second."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """The texts of one set by kind and name."""

    texts: Mapping[tuple[str, str], tuple[str, ...]]

    def pick(self, rng: Random, kind: str, name: str = "", **filled: object) -> str:
        """One text; `filled` stands in its gaps: {year}, {last}, …."""
        return rng.choice(self.texts[kind, name]).format(**filled)


@cache
def load_wordings(wording: str) -> Wordings:
    """One set of the list."""
    texts: dict[tuple[str, str], tuple[str, ...]] = {}
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["wording"] == wording:
                key = row["kind"], row["name"]
                texts[key] = (*texts.get(key, ()), row["text"])
    return Wordings(texts)
