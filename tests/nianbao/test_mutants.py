"""Broken files of every format: none is lost, none is a bug, none is in order without what it prints."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from mutant_run import Mutant, break_files, choose_sound, complaints
from mutant_sources import gather

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures/reports"
COUNT = 300  # `python bench/fuzz.py --count 3000` does the rest


@pytest.fixture(scope="module")
def mutants(tmp_path_factory: pytest.TempPathFactory) -> list[Mutant]:
    sound = choose_sound(gather(FIXTURES, 4, office=False), tmp_path_factory.mktemp("sound"))
    return list(break_files(sound, COUNT))


def test_files_of_every_format_are_broken(mutants: list[Mutant]) -> None:
    formats = Counter(mutant.sound.format for mutant in mutants)
    assert {"pdf", "docx", "xlsx", "ofd", "html", "mht", "txt", "md"} <= set(formats)
    assert all(mutant.data != mutant.sound.data for mutant in mutants[:20])


def test_nothing_is_lost_and_nothing_is_in_order_that_is_not(mutants: list[Mutant], tmp_path: Path) -> None:
    assert list(complaints(mutants, tmp_path)) == []
