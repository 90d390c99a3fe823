"""Broken PDFs: each is read or refused in time, and no number goes wrong without a word."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pdf_fuzz import Fate, fuzz

FILES = sorted((Path(__file__).resolve().parents[2] / "fixtures/reports").glob("*.pdf"))
COUNT = 150  # `python bench/fuzz_pdf.py --count 2000` does the rest


@pytest.fixture(scope="module")
def fates() -> list[Fate]:
    return list(fuzz(FILES, COUNT))


def test_there_is_something_to_break() -> None:
    assert len(FILES) >= 5


def test_every_broken_file_is_read_or_refused(fates: list[Fate]) -> None:
    assert len(fates) == COUNT
    assert [f for f in fates if f.state not in ("read", "no_report", "refused")] == []


def test_no_number_is_wrong_without_a_word(fates: list[Fate]) -> None:
    assert [f for f in fates if f.wrong] == []


def test_the_mutations_do_something(fates: list[Fate]) -> None:
    states = Counter(f.state for f in fates)
    assert states["refused"] > COUNT / 20
    assert states["read"] > COUNT / 5
    assert len({f.kind for f in fates}) == 7
