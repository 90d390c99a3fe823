"""A report as a web page, in the styles of content management systems, Word, Excel and hands.

Enters: a page and a `SiteStyle`. Leaves: the bytes of an .html file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any, Final

from corpus.charset import Charset, draw_charset, encode_page
from corpus.chrome import draw_posting, published_on
from corpus.grid import Grid
from corpus.markup import Markup
from corpus.page import Block, Page
from corpus.sitecell import CellWriter, Filling, draw_filling
from corpus.sitehead import PASTED, page_head
from corpus.siteprose import paragraph
from corpus.siteshell import shell
from corpus.sitetable import TableMaker, Tabling, draw_tabling
from corpus.sitetext import block_table, preformatted
from corpus.stacked import gather

BASES: Final = ("plain", "word", "trs", "layout", "modern", "sheet", "blocks", "pre")
WEIGHTS: Final = (8, 7, 9, 6, 7, 5, 1, 1)
WRAPS: Final = {
    "plain": ("p", "none"),
    "word": ("word",),
    "trs": ("p", "word", "none", "span", "div"),
    "layout": ("font", "none", "p", "div"),
    "modern": ("none", "p", "span", "strong"),
    "sheet": ("none", "none", "font", "span"),
    "blocks": ("none", "span"),
    "pre": ("none",),
}


@dataclass(frozen=True, slots=True)
class SiteStyle:
    """One web page's habits.

    Attributes:
        base: the tool that made it (see `BASES`).
        chrome: what stands around the article: `none`, `bare` or `full`.
        card: a table of metadata stands above the title.
        others: foreign tables before and after the article: `counter`, `directory`.
        join: all tables are one (`tables`), or the whole report is (`all`).
        repeated: the article prints its title again below the heading of the page.
        traditional: a machine turned the page into traditional characters.
        junk: how much of Word's style sheets came along.
    """

    base: str = "plain"
    markup: Markup = field(default=Markup())
    filling: Filling = field(default=Filling())
    tabling: Tabling = field(default=Tabling())
    charset: Charset = field(default=Charset())
    chrome: str = "none"
    card: bool = False
    others: tuple[str, ...] = ()
    join: str = ""
    repeated: bool = True
    traditional: bool = False
    junk: int = 0

    @property
    def name(self) -> str:
        """A word for the variant."""
        odd = (
            self.chrome == "full" and "site",
            self.card and "card",
            self.others and "others",
            self.join and f"join_{self.join}",
            self.traditional and "traditional",
            self.charset.name,
            self.tabling.name,
            self.filling.name,
        )
        return "-".join([self.base, *(str(o) for o in odd if o)])

    @property
    def dated(self) -> bool:
        """The page prints the day of its posting."""
        return self.chrome != "none" or self.card


def draw_site(rng: Random, base: str = "") -> SiteStyle:
    """A style; a web site's full frame stands around most of those that a CMS made."""
    base = base or rng.choices(BASES, WEIGHTS)[0]
    full = {"trs": 0.9, "layout": 0.7, "modern": 0.8, "plain": 0.1}.get(base, 0.15)
    chrome = "full" if rng.random() < full else rng.choice(("none", "bare"))
    traditional = rng.random() < 0.06
    join = rng.choices(("", "tables", "all"), (2, 4, 2) if base == "sheet" else (9, 1, 0.3))[0]
    return SiteStyle(
        base=base,
        markup=_draw_markup(rng, base),
        filling=draw_filling(rng, WRAPS[base]),
        tabling=draw_tabling(rng, base == "modern", base == "sheet" and rng.random() < 0.8),
        charset=draw_charset(rng, traditional),
        chrome=chrome,
        card=rng.random() < (0.4 if chrome == "full" else 0.05),
        others=tuple(x for x in ("counter", "directory") if chrome == "full" and rng.random() < 0.2),
        join="" if base in ("blocks", "pre") else join,
        repeated=chrome == "none" or rng.random() < 0.5,
        traditional=traditional,
        junk=rng.choice((0, 2, 20)) if base == "word" else 0,
    )


def _draw_markup(rng: Random, base: str) -> Markup:
    if base == "layout":
        return Markup(rng.random() < 0.6, rng.choice(("", "", '"')), rng.random() < 0.6)
    if base in ("word", "sheet"):
        return Markup(quote=rng.choice(("", '"', "'")))
    return Markup(quote=rng.choice(('"', '"', "'")), slash=base in ("plain", "trs"))


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def traditional(text: str) -> str:
    """The text in traditional characters."""
    return str(_converter().convert(text))


def write_site(rng: Random, page: Page, style: SiteStyle) -> bytes:
    """The file."""
    return encode_page(site_text(rng, page, style), style.charset)


def site_text(rng: Random, page: Page, style: SiteStyle) -> str:
    """The whole page as text, its encoding yet to be declared."""
    site = draw_posting(rng, page)
    head = page_head(rng, style.markup, style.base, site, style.chrome == "full", style.junk)
    body = shell(
        rng, style.base, site, site_article(rng, page, style), style.chrome, style.card, style.others
    )
    text = f"{head}\n{body}\n</html>\n"
    return traditional(text) if style.traditional else text


def site_article(rng: Random, page: Page, style: SiteStyle) -> str:
    """The article alone."""
    cells = CellWriter(rng, style.markup, style.filling)
    tables = TableMaker(rng, style.markup, style.tabling, cells, style.base == "word")
    blocks: list[Block] = list(page.blocks)
    if style.join:
        blocks = gather(rng, page, style.join == "all")
    pasted = style.filling.wrap == "word" and style.base != "word" and rng.random() < 0.6
    out = [PASTED] if pasted else []
    for block in blocks:
        if isinstance(block, Grid):
            out.append(_table(rng, style, tables, cells, block))
        elif style.repeated or block.kind != "title":
            out.append(paragraph(rng, style.markup, style.base, block))
    return "\n".join(out)


def _table(rng: Random, style: SiteStyle, tables: TableMaker, cells: CellWriter, grid: Grid) -> str:
    if style.base == "blocks":
        return block_table(grid, cells)
    if style.base == "pre":
        return preformatted(rng, grid, rng.random() < 0.5)
    return tables.table(grid)


def site_line(page: Page, style: SiteStyle, source: str, variant: str) -> dict[str, Any]:
    """The line of truth: a report without a date of its own has that of its posting."""
    line = page.truth.line(source, "gen_html", variant, page.keys)
    if not line["issued_on"] and style.dated:
        line["issued_on"] = published_on(page).isoformat()
    return in_traditional(line) if style.traditional else line


def in_traditional(line: dict[str, Any]) -> dict[str, Any]:
    """What a machine's traditional copy of the page prints: texts change, values and fields do not."""
    names = [line["agency"], *line["agency_accept"]]
    return {
        **line,
        "agency": traditional(line["agency"]),
        "agency_accept": list(dict.fromkeys([*names, *map(traditional, names)])),
        "document_number": line["document_number"] and traditional(line["document_number"]),
        "title": traditional(line["title"]),
        "observations": [{**o, "raw": traditional(o["raw"])} for o in line["observations"]],
    }
