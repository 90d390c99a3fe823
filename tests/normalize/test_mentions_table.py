"""Figures in the prose, measured against a table of sentences of our own (mentions.csv).

The table was written before the reader; what mentions_fresh.csv holds was written after it, in other words,
and mentions_review.csv by somebody who had not read it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

from normalize.prose.mentions import read_mentions
from normalize.report import Mention, Section

FOLDER = Path(__file__).parent
Expected = tuple[str, str, str, bool]


@dataclass(slots=True)
class Score:
    """How many of the expected mentions were found, and how much of them was right."""

    expected: int = 0
    value: int = 0
    phrase: int = 0
    unit: int = 0
    approximate: int = 0
    invented: int = 0


def load(name: str) -> list[tuple[str, list[Expected]]]:
    """Sentences with what they count, in the order printed; an empty list where they count nothing."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (
            sentence,
            [(r["phrase"], r["value"], r["unit"], r["approximate"] == "true") for r in group if r["value"]],
        )
        for sentence, group in groupby(rows, key=lambda row: row["sentence"])
    ]


def read(sentence: str) -> list[Expected]:
    found: tuple[Mention, ...] = read_mentions([Section(1, "一、总体情况", sentence)])
    assert all(m.sentence in sentence for m in found)
    return [(m.phrase, f"{m.value.normalize():f}", m.unit, m.approximate) for m in found]


def score(cases: list[tuple[str, list[Expected]]]) -> Score:
    total = Score()
    for sentence, expected in cases:
        left = read(sentence)
        total.expected += len(expected)
        for one in expected:
            hit = next((f for f in left if f[1] == one[1]), None)
            if hit:
                left.remove(hit)
                total.value += 1
                total.phrase += hit[0] == one[0]
                total.unit += hit[2] == one[2]
                total.approximate += hit[3] == one[3]
        total.invented += len(left)
    return total


@pytest.mark.parametrize(
    ("name", "least"), [("mentions.csv", 150), ("mentions_fresh.csv", 140), ("mentions_review.csv", 150)]
)
def test_mentions_of_our_own_sentences(name: str, least: int) -> None:
    total = score(load(name))
    assert total.expected >= least
    for right in (total.value, total.phrase, total.unit, total.approximate):
        assert right >= 0.95 * total.expected, total
    assert total.invented <= 0.02 * total.expected, total
