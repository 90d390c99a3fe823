"""Reports of one truth written in whatever way a test asks for, without anything drawn at random.

Enters: editions, a clerk's hand, tables. Leaves: truths and the bytes of text and Word files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from corpus.figures import draw_numbers
from corpus.flatten import Flattening
from corpus.grid import Grid
from corpus.labels import Lettering
from corpus.layout import Draughtsman, Plan, draw_disclosure, draw_remedies, draw_requests
from corpus.official import Editions, Numbers
from corpus.page import HEADINGS, Block, Line, Page, assemble
from corpus.printing import Hand, print_numbers
from corpus.text import Writing, write_text
from corpus.truth import Identity, ReportTruth
from corpus.word import Wording, write_word

NEW = Editions("2021", "2021", "2021")
OLD = Editions("2019", "2019", "2019")
MIXED = Editions("2019", "2021", "2019")
WHO = Identity(
    "云台县人民政府",
    ("云台县人民政府",),
    "云政",
    2022,
    ("云台县人民政府", "2022年政府信息公开工作年度报告"),
    "云政〔2023〕7号",
    "云政〔2023〕7号",
    "2023-01-19",
    "2023年1月19日",
    "云台县人民政府",
)
TABS = Flattening("tabs", "empty", "empty", "empty")
TABS_COLLAPSED = Flattening("tabs", "collapse", "empty", "empty")
PIPES_COLLAPSED = Flattening("pipes", "collapse", "collapse", "collapse")
LINES = Flattening("lines", "collapse", "collapse", "collapse")
WORD = Wording()

Output = Flattening | Wording
OUTPUTS: dict[str, Output] = {"tabs": TABS, "word": WORD}
"""The two ways in which most tests write their documents."""


def draw(editions: Editions, hand: Hand | None = None, size: str = "small", seed: object = 0) -> ReportTruth:
    """A sound truth: every relation holds."""
    rng = Random(f"{seed}")
    return truth_of(editions, draw_numbers(rng, editions, size), hand, seed)


def truth_of(
    editions: Editions, numbers: Numbers, hand: Hand | None = None, seed: object = 0, planted: Sequence[str] = ()
) -> ReportTruth:
    """These numbers as this clerk prints them."""
    facts = print_numbers(Random(f"print-{seed}"), hand or Hand(), editions, numbers)
    return ReportTruth(WHO, editions, facts, tuple(planted))


def distinct(editions: Editions, hand: Hand | None = None) -> ReportTruth:
    """A sound truth whose printed numbers are all different where they can be, so that a number that went astray shows."""
    numbers: Numbers = {}
    leaf = 11
    for key in editions.cells():
        numbers[key] = Decimal(leaf)
        leaf += 7
    _balance(editions, numbers)
    return truth_of(editions, numbers, hand)


def _balance(editions: Editions, numbers: Numbers) -> None:
    """Totals made to fit."""
    from corpus.official import APPLICANTS, REQUEST_ROWS, RESULTS_OF_REVIEW, REVIEW_BLOCKS, outcome_leaves

    for a in APPLICANTS[:-1]:
        total = sum((numbers["requests", f, a] for f in outcome_leaves(editions.requests)), Decimal(0))
        numbers["requests", "outcome.total", a] = total
        out, back = numbers["requests", "carried_out", a], numbers["requests", "carried_in", a]
        numbers["requests", "new", a] = total + out - back
    for row in REQUEST_ROWS[editions.requests]:
        parts = (numbers["requests", row.field, a] for a in APPLICANTS[:-1])
        numbers["requests", row.field, "total"] = sum(parts, Decimal(0))
    for block, _, _ in REVIEW_BLOCKS:
        parts = (numbers["remedies", f"{block}.{x}", ""] for x in RESULTS_OF_REVIEW[:-1])
        numbers["remedies", f"{block}.total", ""] = sum(parts, Decimal(0))


def tables(truth: ReportTruth, plan: Plan | None = None, lettering: Lettering | None = None) -> dict[str, list[Grid]]:
    """The three tables as official as the plan says."""
    plan = plan or Plan()
    pen = Draughtsman(Random("tables"), truth, lettering or Lettering())
    return {
        "disclosure": draw_disclosure(pen, plan),
        "requests": [draw_requests(pen, plan)],
        "remedies": draw_remedies(pen, plan),
    }


def page_of(truth: ReportTruth, content: Mapping[str, Sequence[Block]]) -> Page:
    """A report around these tables."""
    sections: list[Sequence[Block]] = [
        [Line("全年按季度检查公开栏目，及时更新各类信息。")],
        content["disclosure"],
        content["requests"],
        content["remedies"],
        [Line("解读形式偏少，来年增加视频解读。")],
        [Line("无其他需要报告的事项。")],
    ]
    return assemble(Random("page"), truth, HEADINGS, sections, prose=False)


def write(page: Page, output: Output, seed: object = 0) -> bytes:
    """The file."""
    rng = Random(f"write-{seed}")
    if isinstance(output, Wording):
        return write_word(rng, page, output)
    # one cell a line: a blank line would be one more cell
    return write_text(rng, page, output, Writing(loose=output.style not in ("lines", "web", "joined")))


def write_report(truth: ReportTruth, output: Output, plan: Plan | None = None, seed: object = 0) -> bytes:
    """The official tables of a truth in this way of writing."""
    return write(page_of(truth, tables(truth, plan)), output, seed)


def write_with(truth: ReportTruth, output: Output, **changed: Sequence[Block]) -> bytes:
    """The official tables, but some of them changed: requests=[...]."""
    return write(page_of(truth, {**tables(truth), **changed}), output)


def without_text(grid: Grid, texts: Sequence[str]) -> Grid:
    """A grid with the labels that begin with one of `texts` left empty."""
    return grid.with_texts(lambda c: "" if c.role == "stub" and c.text.startswith(tuple(texts)) else c.text)


def relabelled(grid: Grid, old: str, new: str) -> Grid:
    """A grid with one label printed otherwise."""
    contents = tuple(replace(c, text=new) if c.role != "number" and c.text == old else c for c in grid.contents)
    return replace(grid, contents=contents)
