"""The family of unusual layouts agrees with itself: the same seed, the same bytes; what is true is printed."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from pathlib import Path
from random import Random

import openpyxl
import pypdfium2
import pytest

from corpus.__main__ import generate_family
from corpus.grid import Grid
from corpus.official import Editions
from corpus.page import Page
from corpus.relations import failed_checks
from corpus.variants import Made
from corpus.wild.kinds import NAMES, Kind, deck
from corpus.wild.make import FORMATS, deal, draw_wild_page, generate_wild
from corpus.wild.wording import SETS, Set, load_wordings
from corpus.wild.years import TABLES

WORDS = Path(__file__).parent / "corpus/wild/words.csv"


@pytest.fixture(scope="module")
def dealt() -> list[Made]:
    """The deck once."""
    return list(generate_wild(3, len(deck())))


def page_of_kind(name: str, seed: int = 0, wording: Set = "fit", file_format: str = "html") -> Page:
    parts = ("d_list", "q_transposed", "r_list") if name.startswith("m_") else (name,)
    return draw_wild_page(Random(f"{name}-{seed}"), Kind(name, parts), file_format, wording)


def test_same_seed_same_bytes() -> None:
    for wording in SETS:
        again = [list(generate_wild(5, 40, wording)) for _ in range(2)]
        assert [(m.source, m.content, m.line) for m in again[0]] == [
            (m.source, m.content, m.line) for m in again[1]
        ]


def test_another_seed_or_wording_other_bytes() -> None:
    made = [{m.content for m in generate_wild(seed, 20, wording)} for seed in (1, 2) for wording in SETS]
    assert len(set.union(*made)) == 80


def test_the_generator_of_the_corpus_knows_the_family() -> None:
    own = [m.content for m in generate_family(5, 6, "wild", "test")]
    assert own == [m.content for m in generate_wild(5, 6, "test")]


def test_every_kind_and_every_format_occurs(dealt: list[Made]) -> None:
    assert {m.line["variant"].partition(".")[0] for m in dealt} == set(NAMES)
    assert {m.line["group"] for m in dealt} == {f"wild_{name}" for name in FORMATS}
    assert len({m.source for m in dealt}) == len(dealt)
    assert all(m.line["touched"] for m in dealt)


def test_a_kind_comes_in_every_format_in_turn() -> None:
    formats = defaultdict(set)
    for name, file_format in deal(3, 5 * len(deck())):
        formats[name].add(file_format)
    assert all(len(found) == len(FORMATS) for found in formats.values())


@pytest.mark.parametrize("name", NAMES)
def test_what_is_true_is_printed_once_and_in_one_place(name: str) -> None:
    for seed, wording in enumerate(SETS):
        page = page_of_kind(name, seed, wording)
        line = page.truth.line("a", "b", "c", page.keys)
        assert len(set(page.keys)) == len(page.keys) == len(line["observations"])
        assert {k[0] for k in page.keys} == set(TABLES)
        for grid in page.tables:
            assert sum(p.rows * p.columns for p in grid.placed()) == grid.n_rows * grid.n_columns
            for cell in grid.placed():
                key = cell.content.key
                assert key is None or cell.content.text == page.truth.facts[key].raw


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_head_or_a_label(name: str) -> None:
    for grid in page_of_kind(name).tables:
        for cell in grid.placed():
            if cell.content.key:
                assert above(grid, cell.row, cell.column) or beside(grid, cell.row, cell.column)


def above(grid: Grid, row: int, column: int) -> list[str]:
    return [t for r in range(row) if (t := grid.at(r, column).text) and grid.at(r, column).role == "head"]


def beside(grid: Grid, row: int, column: int) -> list[str]:
    return [t for c in range(column) if (t := grid.at(row, c).text) and grid.at(row, c).role == "stub"]


def test_relations_hold_or_fail_as_the_truth_says(dealt: list[Made]) -> None:
    faults = 0
    for made in dealt:
        planted = made.line["planted"] or made.line["variant"].startswith("q_extra_applicant")
        if not planted and "q_extra_applicant" not in made.line["layouts"]:
            assert made.line["checks_failed"] == []
        faults += bool(made.line["checks_failed"])
    assert 0 < faults < len(dealt) / 4


def test_left_out_columns_hold_nothing_that_the_total_counts() -> None:
    for seed in range(6):
        page = page_of_kind("q_missing_columns", seed)
        shown = {k: page.truth.facts[k] for k in page.keys}
        if not page.truth.planted:
            editions: Editions = page.truth.editions
            assert failed_checks(shown, editions) == ([], [])
        assert len({k[2] for k in page.keys if k[0] == "requests"}) == 5


def text_of_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def text_of_workbook(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return "\n".join(str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row)


def text_of_word(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode("utf-8")


TEXT_OF = {
    "txt": bytes.decode,
    "html": bytes.decode,
    "pdf": text_of_pdf,
    "xlsx": text_of_workbook,
    "docx": text_of_word,
}


@pytest.mark.parametrize("suffix", TEXT_OF)
def test_every_true_cell_is_in_the_file(dealt: list[Made], suffix: str) -> None:
    chosen = [m for m in dealt if m.source.endswith(suffix)]
    for made in chosen:
        text = TEXT_OF[suffix](made.content)
        raws = {o["raw"] for o in made.line["observations"] if o["status"] == "printed"}
        assert {raw for raw in raws if raw.replace(" ", "") not in text.replace(" ", "")} == set()
    assert len(chosen) > 10


def test_the_two_wordings_share_no_text_and_name_the_same_things() -> None:
    texts, names = defaultdict(set), defaultdict(set)
    with WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["text"] == row["text"].strip() != ""
            texts[row["wording"]].add((row["kind"], row["name"], row["text"]))
            names[row["wording"]].add((row["kind"], row["name"]))
    assert set(texts) == set(SETS)
    assert texts["fit"].isdisjoint(texts["test"])
    assert names["fit"] == names["test"] == set(load_wordings("fit").texts)
