"""The test-report generator agrees with itself, with the form and with the committed fixtures."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from corpus.__main__ import generate, strays
from corpus.figures import SIZES, draw_numbers, plant_faults
from corpus.fixture_recipes import PRINTED
from corpus.fixtures import write_fixtures
from corpus.labels import Lettering
from corpus.layout import draw_plan
from corpus.official import Editions, unit_of
from corpus.page import compose
from corpus.printing import Hand, print_numbers
from corpus.relations import failed_checks
from corpus.variants import Made, draw_truth

ROOT = Path(__file__).resolve().parent.parent
OLD, NEW = Editions("2019", "2019", "2019"), Editions("2021", "2021", "2021")


@pytest.fixture(scope="module")
def corpus() -> list[Made]:
    return list(generate(7, 80))


def test_fields_and_units_are_those_of_the_form() -> None:
    with (ROOT / "normalize/form/fields.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for edition, editions in (("2019", OLD), ("2021", NEW)):
        expected = [(r["table"], r["field"], r["unit"]) for r in rows if edition in r["form"].split("|")]
        own = [(k[0], k[1], unit_of(k)) for k in editions.cells() if k[2] in ("", "total")]
        assert [x[:2] for x in own] == [x[:2] for x in expected]
        assert all(a[2] == b[2] or b[1] == "procurement.amount" for a, b in zip(own, expected, strict=True))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("editions", [OLD, NEW])
def test_sound_figures_pass_every_relation(size: str, editions: Editions) -> None:
    rng = Random(size)
    numbers = draw_numbers(rng, editions, size)
    for zero in ("0", "blank", "dash", "mixed"):
        facts = print_numbers(rng, Hand(zero=zero), editions, numbers)
        assert failed_checks(facts, editions) == ([], [])


def test_planted_totals_fail() -> None:
    found = 0
    for seed in range(60):
        rng = Random(seed)
        numbers = draw_numbers(rng, NEW, "small")
        planted = plant_faults(rng, NEW, numbers, 1)
        certain, optional = failed_checks(print_numbers(rng, Hand(), NEW, numbers), NEW)
        assert not optional
        assert certain or planted[0].startswith("wrong_column")
        found += bool(certain)
    assert found > 45


def test_same_seed_same_bytes(corpus: list[Made]) -> None:
    again = list(generate(7, 80))
    assert [(m.source, m.content, m.line) for m in again] == [(m.source, m.content, m.line) for m in corpus]
    assert [m.content for m in strays(7)] == [m.content for m in strays(7)]


def test_sources_are_unique_and_cells_too(corpus: list[Made]) -> None:
    assert len({m.source for m in corpus}) == len(corpus)
    for made in corpus:
        keys = [(o["table"], o["field"], o["applicant"]) for o in made.line["observations"]]
        assert len(set(keys)) == len(keys)


def test_every_cell_is_drawn_once() -> None:
    for seed in range(150):
        rng = Random(seed)
        truth = draw_truth(rng, Hand())
        page = compose(rng, truth, Lettering(), draw_plan(rng), 1)
        assert len(set(page.keys)) == len(page.keys)
        for grid in page.tables:
            assert sum(p.rows * p.columns for p in grid.placed()) == grid.n_rows * grid.n_columns


def test_values_agree_with_their_print(corpus: list[Made]) -> None:
    for made in corpus:
        for o in made.line["observations"]:
            if o["status"] == "printed":
                assert isinstance(Decimal(o["value"]), Decimal)
                assert any(c.isdigit() for c in o["raw"])
            else:
                assert o["value"] is None
                assert (o["status"] == "blank") == (o["raw"] == "")


def test_ambiguous_pages_are_few(corpus: list[Made]) -> None:
    assert sum(".ambiguous" in m.line["variant"] for m in corpus) < len(corpus) / 5


def test_fixtures_are_what_the_recipe_writes(tmp_path: Path) -> None:
    write_fixtures(tmp_path)
    for folder in ("reports", "expected"):
        committed = {p.name: p.read_bytes() for p in (ROOT / "fixtures" / folder).iterdir()}
        written = {p.name: p.read_bytes() for p in (tmp_path / folder).iterdir()}
        printed = {recipe.source for recipe in PRINTED} if folder == "reports" else set()
        assert set(committed) == set(written) | printed
        assert [n for n in written if written[n] != committed[n]] == []


def test_fixtures_fail_where_the_published_reports_do() -> None:
    lines = (ROOT / "fixtures/expected/truth.jsonl").read_text(encoding="utf-8").splitlines()
    failed = {}
    for line in map(json.loads, lines):
        failed[line["source"]] = {
            (c["check"], c["scope"], c["left"], c["right"]) for c in line["checks_failed"]
        }
    assert failed["gangcha_2021.txt"] == {
        ("column_total", "natural_person", "1", "0"),
        ("balance", "other_org", "1", "0"),
        ("column_total", "total", "1", "0"),
        ("balance", "total", "1", "0"),
    }
    assert failed["hongze_2023.docx"] == {
        ("review_total", "reconsideration", "11", "0"),
        ("review_total", "litigation_after_reconsideration", "5", "0"),
    }
    assert ("column_total", "natural_person", "26", "20") in failed["pingtan_2020.docx"]
    assert not failed["shanghai_2019.docx"]
