"""What the committed fixtures are made of: figures, who reports, and how each is written.

Enters: the figures of `real_figures`. Leaves: recipes. Figures and labels are those of published reports; all
other wording is our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.fixture_formats import LYING_PAGE, OFD, OLD_PAGE, SAVED_PAGE, SHEETS, WORD, Format
from corpus.flatten import Flattening
from corpus.labels import Lettering
from corpus.layout import Plan
from corpus.paper import Ruling
from corpus.real_figures import GANGCHA_2021, HONGZE_2023, PINGTAN_2019, PINGTAN_2020, SHANGHAI_2019, Figures
from corpus.text import Writing
from corpus.truth import Identity
from corpus.word import Wording

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
            "web" for a PDF that a browser prints, a `Format` for any other.
    """

    source: str
    variant: str
    figures: Figures
    who: Identity
    output: tuple[Flattening, Writing] | Wording | Ruling | Format | Literal["web"]
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

SCHOOLS = _who(
    "云台县教育局",
    2022,
    ("云台县教育局2022年度", "政府信息公开工作年度报告"),
    "教育局",
    date="2023-01-12|2023年1月12日",
)
WATERS = _who("云台县水利局", 2023, ("云台县水利局2023年政府信息公开工作年度报告",), "水利局")

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
    Recipe("gangcha_2021.ofd", "ofd", GANGCHA_2021, GANGCHA, OFD, cut=17),
    Recipe("hongze_2023.xlsx", "sheets", HONGZE_2023, HONGZE, SHEETS),
    Recipe("pingtan_2020_saved.mht", "word_saved", PINGTAN_2020, PINGTAN_B, SAVED_PAGE),
    Recipe("shanghai_2019_page.html", "gbk_says_utf8", SHANGHAI_2019, SHANGHAI, LYING_PAGE),
)

ARCHIVE = "云台县各单位报送.zip"
PACKED = (
    Recipe(f"{ARCHIVE}!/教育局/2022年年报.htm", "zip_layout", GANGCHA_2021, SCHOOLS, OLD_PAGE),
    Recipe(f"{ARCHIVE}!/水利局年报.docx", "zip_word", HONGZE_2023, WATERS, WORD),
)
"""What stands in a zip whose names are GBK."""

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
