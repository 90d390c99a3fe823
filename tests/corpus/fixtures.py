"""The committed fixtures: python -m corpus.fixtures [FOLDER] writes them again, byte for byte, but for PRINTED.

Enters: the figures of `real_figures`. Leaves: fixtures/reports/ and fixtures/expected/truth.jsonl.
Figures and labels are those of published reports; all other wording is our own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Literal

from corpus.flatten import Flattening
from corpus.labels import Lettering
from corpus.layout import Draughtsman, Plan, draw_disclosure, draw_remedies, draw_requests
from corpus.page import HEADINGS, Block, Line, Page, assemble
from corpus.paper import Ruling, write_paper
from corpus.printing import plain_facts
from corpus.quirks import cut_at, split_at
from corpus.real_figures import GANGCHA_2021, HONGZE_2023, PINGTAN_2019, PINGTAN_2020, SHANGHAI_2019, Figures
from corpus.text import Writing, write_text
from corpus.truth import Identity, ReportTruth, other_line
from corpus.variants import Made
from corpus.word import Wording, write_word

_PLAN, _LETTERING = Plan(), Lettering()


@dataclass(frozen=True, slots=True)
class Recipe:
    """One fixture.

    Attributes:
        zero: what is printed for the zeros of tables 三 and 四 (`0` as published).
        cut: row of table 三 before which a page ends, 0 for none.
        again: the row before which the first group label is printed a second time, 0 for none.
        replaced: labels as misprinted.
        output: a flattening and a writing for text, a `Wording` for Word, a `Ruling` for a drawn PDF,
            "web" for a PDF that a browser prints.
    """

    source: str
    variant: str
    figures: Figures
    who: Identity
    output: tuple[Flattening, Writing] | Wording | Ruling | Literal["web"]
    plan: Plan = _PLAN
    lettering: Lettering = _LETTERING
    zero: str = "0"
    cut: int = 0
    again: int = 0
    replaced: tuple[tuple[str, str], ...] = ()


def _who(
    agency: str, year: int, lines: tuple[str, ...], *others: str, number: str = "", date: str = ""
) -> Identity:
    iso, _, printed = date.partition("|")
    short = number.partition("〔")[0]
    return Identity(agency, (agency, *others), short, year, lines, number, number, iso, printed, agency)


GANGCHA = _who(
    "刚察县人民政府办公室",
    2021,
    ("刚察县人民政府办公室", "关于上报刚察县 2021 年度政府信息公开", "工作的年度报告"),
    "刚察县",
    "刚察县人民政府",
    number="刚政办〔2022〕5号",
    date="2022-02-18|2022年2月18日",
)
HONGZE = _who("洪泽区人民政府", 2023, ("洪泽区人民政府", "2023 年政府信息公开工作年度报告"))
PINGTAN_A = _who("平潭综合实验区", 2019, ("平潭综合实验区2019年度政府信息公开工作年度报告",))
PINGTAN_B = _who(
    "平潭综合实验区", 2020, ("平潭综合实验区2020年度政府信息公开工作年度报告",), date="2021-01-29|2021-01-29"
)
SHANGHAI = _who(
    "上海市人民政府办公厅",
    2019,
    ("2019年上海市人民政府办公厅政府信息公开工作年度报告",),
    date="2020-01-31|2020年1月31日",
)
CLOUD = _who(
    "云台县林业局",
    2023,
    ("云台县林业局二〇二三年", "政府信息公开工作年度报告"),
    "林业局",
    date="2024-01-16|二〇二四年一月十六日",
)

TABS_OF_GANGCHA = Flattening("tabs", "collapse", "empty", "empty", noise=("blank_line", "lead_lost"))
GAPS = Lettering(leaf="{}. ", middle="(|) ", gaps=0.2)

RECIPES = (
    Recipe(
        "gangcha_2021.txt",
        "tabs",
        GANGCHA_2021,
        GANGCHA,
        (TABS_OF_GANGCHA, Writing()),
        lettering=GAPS,
        plan=Plan(disclosure="several"),
    ),
    Recipe(
        "gangcha_2021.docx",
        "word_boxed_title",
        GANGCHA_2021,
        GANGCHA,
        Wording(box=True, margins=True, wide_blanks=True),
        plan=Plan(remedies="cut"),
    ),
    Recipe(
        "gangcha_2021_cells.txt",
        "one_cell_a_line",
        GANGCHA_2021,
        GANGCHA,
        (Flattening("lines", "collapse", "collapse", "collapse"), Writing("gb18030", "\r\n", loose=False)),
    ),
    Recipe(
        "hongze_2023.docx",
        "word_cut_and_revised",
        HONGZE_2023,
        HONGZE,
        Wording(revisions=0.1, numbering=True, breaks="p"),
        cut=18,
        lettering=Lettering(breaks=0.3),
        replaced=(("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),),
    ),
    Recipe(
        "hongze_2023_aligned.txt",
        "aligned",
        HONGZE_2023,
        HONGZE,
        (Flattening("aligned", option="gap_lines"), Writing("utf-8-sig", wrap=28)),
        cut=16,
    ),
    Recipe(
        "云台县林业局年报.txt",
        "tabs_dashes",
        HONGZE_2023,
        CLOUD,
        (Flattening("tabs", "empty", "repeat", "empty"), Writing("gbk", "\r\n")),
        zero="/",
    ),
    Recipe(
        "pingtan_2019.md", "markdown", PINGTAN_2019, PINGTAN_A, (Flattening("markdown"), Writing()), again=14
    ),
    Recipe("pingtan_2020.docx", "word_unmerged", PINGTAN_2020, PINGTAN_B, Wording("unmerged", nest="each")),
    Recipe(
        "pingtan_2020_boxes.txt",
        "boxes",
        PINGTAN_2020,
        PINGTAN_B,
        (Flattening("boxes"), Writing("utf-16")),
        again=14,
    ),
    Recipe(
        "shanghai_2019.docx",
        "word_blanks",
        SHANGHAI_2019,
        SHANGHAI,
        Wording(wide_blanks=True, control="row"),
        plan=Plan(disclosure="wide"),
    ),
    Recipe(
        "shanghai_2019_pipes.txt",
        "pipes",
        SHANGHAI_2019,
        SHANGHAI,
        (Flattening("pipes", "collapse", "collapse", "collapse", "edges"), Writing("utf-16-be-sig", "\r\n")),
    ),
    Recipe(
        "pingtan_2019_drawn.pdf",
        "drawn_filled_open",
        PINGTAN_2019,
        PINGTAN_A,
        Ruling("fill", ends="no_bottom", sides=False),
        cut=19,
    ),
)

PRINTED = (
    Recipe(
        "hongze_2023_word.pdf",
        "libreoffice_cut",
        HONGZE_2023,
        HONGZE,
        Wording(margins=True, roomy=True),
        cut=18,
        lettering=Lettering(breaks=0.3),
        replaced=(("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),),
    ),
    Recipe(
        "gangcha_2021_word.pdf",
        "libreoffice_blanks",
        GANGCHA_2021,
        GANGCHA,
        Wording(roomy=True, wide_blanks=True),
        plan=Plan(disclosure="several"),
    ),
    Recipe("pingtan_2020_web.pdf", "chromium", PINGTAN_2020, PINGTAN_B, "web"),
    Recipe(
        "shanghai_2019_web.pdf",
        "chromium_cut_blanks",
        SHANGHAI_2019,
        SHANGHAI,
        "web",
        cut=9,
        plan=Plan(disclosure="several"),
    ),
)
"""Printed by programs whose bytes are never twice the same: see corpus/printed.py."""


def draw_page(rng: Random, recipe: Recipe) -> Page:
    """What the fixture shows."""
    editions = recipe.figures.editions
    raws = {
        k: recipe.zero if k[0] != "disclosure" and raw == "0" else raw
        for k, raw in recipe.figures.raws().items()
    }
    truth = ReportTruth(recipe.who, editions, plain_facts(editions, raws))
    pen = Draughtsman(rng, truth, recipe.lettering)
    three = draw_requests(pen, recipe.plan)
    for official, printed in recipe.replaced:
        three = three.with_texts(lambda c, a=official, b=printed: c.text.replace(a, b))  # type: ignore[misc]
    if recipe.again:
        three = split_at(three, recipe.again + 3, 0, again=True)
    tables: list[list[Block]] = [
        [*draw_disclosure(pen, recipe.plan)],
        [three],
        [*draw_remedies(pen, recipe.plan)],
    ]
    if recipe.cut:
        upper, lower = cut_at(three, recipe.cut, again=False, repeated=False)
        tables[1] = [upper, Line("- 3 -", "page"), lower]
    year = recipe.who.year
    sections: list[list[Block]] = [
        [
            Line(f"{year}年按季度检查公开栏目，更新条目1136条，其中解读88篇，占7.7%。"),
            Line("依照国办公开办函〔2021〕30号的格式填报。"),
        ],
        *tables,
        [Line("解读形式偏少，图解仅占一成；来年增加视频解读。")],
        [Line("收取信息处理费0元。")],
    ]
    return assemble(rng, truth, HEADINGS, sections, prose=False)


def _make(recipe: Recipe) -> Made:
    rng = Random(recipe.source)
    page = draw_page(rng, recipe)
    if isinstance(recipe.output, Wording):
        content, group = write_word(rng, page, recipe.output), "fixture_docx"
    elif isinstance(recipe.output, Ruling):
        content, group = write_paper(page, recipe.output), "fixture_pdf"
    elif recipe.output == "web":
        raise ValueError(recipe.source)
    else:
        content, group = write_text(rng, page, *recipe.output), "fixture_text"
    return Made(recipe.source, content, page.truth.line(recipe.source, group, recipe.variant, page.keys))


def lines_of_printed() -> Iterator[dict[str, Any]]:
    """The truth of the fixtures that other programs print."""
    for recipe in PRINTED:
        page = draw_page(Random(recipe.source), recipe)
        yield page.truth.line(recipe.source, "fixture_pdf", recipe.variant, page.keys)


def make_fixtures() -> Iterator[Made]:
    """All fixtures in order."""
    for recipe in RECIPES:
        yield _make(recipe)
    notice = (
        "关于下达年度部门预算的通知\n各股室：\n一、收入预算812万元，其中行政事业性收费90万元。\n"
        "项目\t预算数\t决算数\n行政许可窗口经费\t40\t39\n总计\t812\t806\n2023年3月1日\n"
    )
    line = other_line("预算通知.txt", "not_a_report", "budget", ["not_a_report"])
    yield Made("预算通知.txt", notice.encode("gbk"), line)
    yield Made("空文件.txt", b"", other_line("空文件.txt", "broken", "empty", ["failed", "not_a_report"]))


def write_fixtures(folder: Path) -> None:
    """Writes folder/reports/* and folder/expected/truth.jsonl."""
    for name in ("reports", "expected"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    lines = []
    for made in make_fixtures():
        (folder / "reports" / made.source).write_bytes(made.content)
        lines.append(made.line)
    lines += lines_of_printed()
    (folder / "expected" / "truth.jsonl").write_text("".join(map(_one_line, lines)), encoding="utf-8")


def _one_line(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    write_fixtures(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("fixtures"))
