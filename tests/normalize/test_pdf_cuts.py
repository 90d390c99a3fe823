"""Table 三 cut by a page end before every row, in PDFs drawn with each kind of ruling: every number right."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random

import pytest
from cut_cases import PAGE_END, rows_of, truth_of
from scoring import page_of, score_truth, show, tables

from corpus.grid import Grid
from corpus.page import Block, Line
from corpus.paper import Ruling, write_paper
from corpus.printed import FONTS, print_files, print_web
from corpus.quirks import cut_at
from corpus.web import write_web
from corpus.word import Wording, write_word
from extract.document import Source
from extract.pdf import read_pdf
from normalize.read import read_report
from normalize.report import Report

RULINGS = {
    "plain": Ruling(),
    "filled": Ruling("fill"),
    "doubled": Ruling("double"),
    "gaps": Ruling(gap=0.5),
    "doubled_gaps": Ruling("double", gap=0.5),
    "no_sides": Ruling(sides=False),
    "open_bottom": Ruling(ends="no_bottom"),
    "open_top": Ruling(ends="no_top"),
    "open_both": Ruling("fill", ends="none"),
    "open_all_round": Ruling(ends="none", sides=False),
    "white_boxes": Ruling("fill", backs=True),
    "white_boxes_open": Ruling(ends="no_bottom", backs=True),
    "no_page_numbers": Ruling(numbers=False),
}


def read_paper(data: bytes) -> Report:
    return read_report(read_pdf(data, Source("report.pdf", hashlib.sha256(data).hexdigest(), len(data))))


def check_cut(name: str, cuts: tuple[int, ...], ruling: Ruling, again: bool, repeated: bool) -> None:
    """Every cell of the report with table 三 cut before these rows."""
    truth = truth_of(name)
    grids = tables(truth)
    grid = grids["requests"][0]
    blocks: list[Block] = []
    rest, done = grid, 0
    for at in cuts:
        upper, rest = cut_at(rest, at - done, again and at >= grid.head_rows, repeated)
        blocks += [upper, PAGE_END]
        done = at - (grid.head_rows if again and at >= grid.head_rows else 0)
    page = page_of(truth, {**grids, "requests": [*blocks, rest]})
    score = score_truth(read_paper(write_paper(page, ruling)), truth)
    assert not score.silent, show(score.silent)
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)


@pytest.mark.parametrize("ruling", RULINGS)
@pytest.mark.parametrize("at", rows_of("2021"))
def test_cut_before_any_row(at: int, ruling: str) -> None:
    check_cut("2021", (at,), RULINGS[ruling], again=False, repeated=False)


@pytest.mark.parametrize("ruling", ["plain", "doubled_gaps", "open_all_round", "white_boxes_open"])
@pytest.mark.parametrize("at", [at for at in rows_of("2021") if at > 3])
def test_cut_with_the_head_again(at: int, ruling: str) -> None:
    check_cut("2021", (at,), RULINGS[ruling], again=True, repeated=False)


@pytest.mark.parametrize("ruling", ["plain", "open_both"])
@pytest.mark.parametrize("again", [False, True], ids=["no_head", "head_again"])
@pytest.mark.parametrize("at", rows_of("2019"))
def test_cut_on_the_form_of_2019(at: int, again: bool, ruling: str) -> None:
    check_cut("2019", (at,), RULINGS[ruling], again, repeated=True)


@pytest.mark.parametrize("ruling", ["filled", "open_bottom"])
@pytest.mark.parametrize("at", rows_of("2021"))
@pytest.mark.parametrize("name", ["blank", "dash"])
def test_cut_with_empty_cells(name: str, at: int, ruling: str) -> None:
    check_cut(name, (at,), RULINGS[ruling], again=False, repeated=False)


@pytest.mark.parametrize("ruling", RULINGS)
@pytest.mark.parametrize("first", range(4, 24, 3))
def test_cut_in_three(first: int, ruling: str) -> None:
    check_cut("2021", (first, first + 3), RULINGS[ruling], again=False, repeated=False)


@pytest.mark.slow
@pytest.mark.parametrize("at", rows_of("2021"))
def test_cut_by_chromium_before_any_row(at: int, tmp_path: Path) -> None:
    truth = truth_of("2021")
    page = page_of(truth, tables(truth))
    grids = [block for block in page.blocks if isinstance(block, Grid)]
    number, grid = next((i + 1, g) for i, g in enumerate(grids) if g.name == "requests")
    rule = f"table:nth-of-type({number}) tr:nth-child({at + 1}) {{ break-before: page }}</style>"
    print_web(write_web(page).replace(b"</style>", rule.encode()), tmp_path / "cut.pdf")
    report = read_paper((tmp_path / "cut.pdf").read_bytes())
    score = score_truth(report, truth)
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)
    pages = {seen.page for seen in report.observations if seen.table == "requests"}
    assert len(pages) > 1 or at <= grid.head_rows


@pytest.mark.slow
def test_cut_by_libreoffice_wherever_its_pages_end(tmp_path: Path) -> None:
    missing = [place for place in FONTS if not Path(place).is_dir()]
    assert not missing, "apt-get install fonts-droid-fallback fonts-dejavu-core"
    truth = truth_of("2021")
    grids = tables(truth)
    drafts = []
    for lines in range(0, 44, 3):  # each pushes the table a little further down
        page = page_of(truth, {**grids, "disclosure": [*grids["disclosure"], *[Line("另附说明。")] * lines]})
        drafts.append(tmp_path / f"pushed_{lines:02}.docx")
        drafts[-1].write_bytes(write_word(Random(lines), page, Wording(margins=lines % 2 == 0)))
    print_files(drafts, tmp_path / "printed")
    ends = set()
    for draft in drafts:
        report = read_paper((tmp_path / "printed" / f"{draft.stem}.pdf").read_bytes())
        score = score_truth(report, truth)
        assert not score.wrong, (draft.stem, show(score.wrong))
        assert not score.missing, (draft.stem, show(score.missing))
        pages: dict[int | None, list[str]] = {}
        for seen in report.observations:
            if seen.table == "requests":
                pages.setdefault(seen.page, []).append(seen.field)
        ends |= {fields[-1] for fields in pages.values()}
    assert len(ends) > 7
