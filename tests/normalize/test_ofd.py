"""A report drawn as OFD in every way: the truth, cell by cell, and table 三 cut by a page end before every row."""

from __future__ import annotations

import pytest
from cut_cases import PAGE_END, rows_of, truth_of
from scoring import page_of, read_bytes, score_truth, show, tables

from corpus.ofd import OfdDrawing, write_ofd
from corpus.page import Block
from corpus.paper import Ruling, write_paper
from corpus.quirks import cut_at
from corpus.truth import ReportTruth
from normalize.report import Report

WAYS = {
    "plain": OfdDrawing(),
    "lines": OfdDrawing(pieces="line", offsets="list"),
    "characters": OfdDrawing(pieces="char"),
    "listed": OfdDrawing(offsets="list"),
    "scaled": OfdDrawing(scaled=True),
    "scaled_characters": OfdDrawing(pieces="char", scaled=True),
    "turned": OfdDrawing(turned=True),
    "turned_characters": OfdDrawing(pieces="char", scaled=True, turned=True),
    "bold": OfdDrawing(twice=True),
    "bold_characters": OfdDrawing(pieces="char", twice=True),
    "template": OfdDrawing(template=True),
    "watermark": OfdDrawing(watermark=True),
    "seal": OfdDrawing(seal=True),
    "dressed": OfdDrawing(template=True, watermark=True, seal=True, scaled=True),
    "two_documents": OfdDrawing(documents=2),
    "absolute": OfdDrawing(locations="absolute", template=True, watermark=True, documents=2),
    "backslash": OfdDrawing(locations="backslash", template=True, watermark=True),
    "no_prefix": OfdDrawing(prefix="", template=True),
    "other_prefix": OfdDrawing(prefix="o", pieces="line"),
    "filled": OfdDrawing(Ruling("fill")),
    "doubled": OfdDrawing(Ruling("double")),
    "doubled_scaled": OfdDrawing(Ruling("double"), scaled=True),
    "boxes": OfdDrawing(Ruling("boxes")),
    "boxes_turned": OfdDrawing(Ruling("boxes"), turned=True),
    "gaps": OfdDrawing(Ruling(gap=0.5), pieces="char"),
    "no_sides": OfdDrawing(Ruling(sides=False)),
    "open_all_round": OfdDrawing(Ruling(ends="none", sides=False)),
    "white_boxes": OfdDrawing(Ruling("fill", backs=True), scaled=True),
    "white_boxes_open": OfdDrawing(Ruling(ends="no_bottom", backs=True)),
    "no_page_numbers": OfdDrawing(Ruling(numbers=False)),
}


def check(report: Report, truth: ReportTruth) -> None:
    score = score_truth(report, truth)
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)
    assert all(o.page and o.bbox for o in report.observations)


def check_cut(name: str, at: int, how: OfdDrawing, again: bool = False) -> Report:
    truth = truth_of(name)
    grids = tables(truth)
    upper, rest = cut_at(grids["requests"][0], at, again, name == "2019")
    blocks: list[Block] = [upper, PAGE_END, rest]
    report = read_bytes(write_ofd(page_of(truth, {**grids, "requests": blocks}), how))
    check(report, truth)
    return report


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["2021", "2019", "blank", "dash"])
def test_every_way_of_drawing_gives_the_truth(name: str, way: str) -> None:
    truth = truth_of(name)
    report = read_bytes(write_ofd(page_of(truth, tables(truth)), WAYS[way]))
    check(report, truth)
    assert {o.confidence for o in report.observations} == {1.0}
    assert (report.format, report.reader) == ("ofd", "ofd")
    assert report.identity.title == truth.identity.title


@pytest.mark.parametrize(
    "way", ["plain", "characters", "dressed", "two_documents", "boxes_turned", "open_all_round", "doubled"]
)
@pytest.mark.parametrize("at", rows_of("2021"))
def test_cut_before_any_row(at: int, way: str) -> None:
    report = check_cut("2021", at, WAYS[way])
    assert len({o.page for o in report.observations if o.table == "requests"}) == 2 or at <= 3


@pytest.mark.parametrize("way", ["template", "white_boxes_open"])
@pytest.mark.parametrize("again", [False, True], ids=["no_head", "head_again"])
@pytest.mark.parametrize("at", rows_of("2019"))
def test_cut_on_the_form_of_2019(at: int, again: bool, way: str) -> None:
    check_cut("2019", at, WAYS[way], again and at > 3)


@pytest.mark.parametrize("name", ["blank", "dash"])
@pytest.mark.parametrize("at", rows_of("2021"))
def test_cut_with_empty_cells(at: int, name: str) -> None:
    check_cut(name, at, WAYS["filled"])


def test_the_same_as_the_same_page_as_pdf_apart_from_where_it_came_from() -> None:
    truth = truth_of("2021")
    page = page_of(truth, tables(truth))
    facts = [
        [
            (o.table, o.field, o.applicant, o.value, o.status, o.raw, o.page)
            for o in read_bytes(data).observations
        ]
        for data in (write_ofd(page), write_paper(page))
    ]
    assert facts[0] == facts[1]


def test_the_same_bytes_every_time() -> None:
    truth = truth_of("2021")
    page = page_of(truth, tables(truth))
    assert len({write_ofd(page, WAYS["dressed"]) for _ in range(2)}) == 1
