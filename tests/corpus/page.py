"""A report put together: paragraphs and tables in the order of the page.

Enters: truth and a random source. Leaves: `Page`, which the writers turn into files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from corpus import prose as sentences
from corpus.grid import Content, Drawing, Grid
from corpus.labels import Lettering
from corpus.layout import Draughtsman, Plan, draw_disclosure, draw_remedies, draw_requests
from corpus.official import Key
from corpus.quirks import play
from corpus.truth import ReportTruth


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str
    kind: Literal["title", "number", "heading", "text", "sign", "page", "between"] = "text"


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks in reading order."""

    truth: ReportTruth
    blocks: tuple[Block, ...]
    quirks: tuple[str, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """The form's cells that are printed somewhere."""
        return tuple(
            k for b in self.blocks if isinstance(b, Grid) and b.name != "other" for k in b.form_cells()
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        """The paragraphs."""
        return tuple(b for b in self.blocks if isinstance(b, Line))

    @property
    def tables(self) -> tuple[Grid, ...]:
        """The grids."""
        return tuple(b for b in self.blocks if isinstance(b, Grid))


HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def draw_headings(rng: Random, year: int) -> tuple[tuple[str, ...], str]:
    """Six headings and the name of what is odd about them."""
    titles = list(HEADINGS)
    if year < 2021 and rng.random() < 0.6:
        titles[3] = "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    odd = rng.random()
    if odd < 0.08:
        numerals = ("一、", "一、", "二、", "三、", "四、", "五、")
        return tuple(n + t[2:] for n, t in zip(numerals, titles, strict=True)), "heading_numbers"
    if odd < 0.14:
        titles[3] = titles[3].replace("行政复议", "行政法复议")
        return tuple(titles), "heading_slip"
    if odd < 0.18:
        return tuple(t[2:] for t in titles), "heading_bare"
    if odd < 0.21:
        return tuple(t.replace("、", rng.choice(("．", ".", " 、")), 1) for t in titles), "heading_dots"
    return tuple(titles), ""


def page_number(rng: Random, n: int) -> Line:
    """The line with a page number between two blocks."""
    return Line(
        rng.choice(("- {} -", "—{}—", "— {} —", "{}", "第{}页", "第 {} 页 共 9 页", "·{}·")).format(n), "page"
    )


def compose(rng: Random, truth: ReportTruth, lettering: Lettering, plan: Plan, trouble: float) -> Page:
    """A whole report; `trouble` is the share of tables that something happens to."""
    pen = Draughtsman(rng, truth, lettering)
    headings, odd = draw_headings(rng, truth.identity.year)
    quirks = [odd] if odd else []
    sections: list[list[Block]] = [
        [Line(t) for t in sentences.general(rng, truth)],
        _trouble(rng, draw_disclosure(pen, plan), truth, trouble / 2),
        _trouble(rng, [draw_requests(pen, plan)], truth, trouble),
        _trouble(rng, draw_remedies(pen, plan), truth, trouble / 4),
        [Line(t) for t in sentences.problems(rng, truth)],
        [Line(t) for t in sentences.others(rng, truth)],
    ]
    _leave_out(rng, sections, quirks, trouble)
    if rng.random() < trouble * 0.6:
        name, at = rng.choice((("budget", 0), ("motions", 5), ("powers", 0), ("channels", 0), ("powers", 5)))
        sections[at].append(_draw_other(rng, name))
        quirks.append(f"other_table_{name}")
    for n, content in enumerate(sections, 1):
        if isinstance(content[0], Grid) and rng.random() < trouble / 3:
            content.insert(0, page_number(rng, n))
    return assemble(rng, truth, headings, sections, quirks)


def assemble(
    rng: Random,
    truth: ReportTruth,
    headings: Sequence[str],
    sections: Sequence[Sequence[Block]],
    quirks: Sequence[str] = (),
    prose: bool = True,
) -> Page:
    """Title, six sections under their headings, signature; `prose`: sentences before the first heading."""
    blocks: list[Block] = [*_front(rng, truth, prose)]
    for heading, content in zip(headings, sections, strict=True):
        blocks += [Line(heading, "heading"), *content]
    blocks += _back(rng, truth)
    noted = [q for b in blocks if isinstance(b, Grid) for q in b.quirks]
    return Page(truth, tuple(blocks), tuple(dict.fromkeys((*quirks, *noted))))


def _trouble(rng: Random, grids: Sequence[Grid], truth: ReportTruth, share: float) -> list[Block]:
    out: list[Block] = []
    for grid in grids:
        parts = play(rng, grid, truth, share)
        for i, part in enumerate(parts):
            if i:
                out.append(page_number(rng, rng.randint(2, 9)) if rng.random() < 0.7 else Line("", "between"))
            out.append(part)
    return out


def _leave_out(rng: Random, sections: list[list[Block]], quirks: list[str], trouble: float) -> None:
    """Some bodies write a sentence instead of an empty table."""
    if rng.random() >= trouble * 0.2:
        return
    at, sentence = rng.choice(
        (
            (2, "本年度没有收到公民、法人和其他组织提出的申请。"),
            (3, "本年度没有因政府信息公开引起的行政复议和行政诉讼。"),
            (1, "主动公开情况详见门户网站专栏。"),
        )
    )
    sections[at] = [Line(sentence)]
    quirks.append(f"no_table_{at + 1}")


def _front(rng: Random, truth: ReportTruth, prose: bool) -> list[Block]:
    who = truth.identity
    title: list[Block] = [Line(t, "title") for t in who.title_lines]
    number: list[Block] = [Line(who.number_printed, "number")] if who.number_printed else []
    blocks = number + title if rng.random() < 0.7 else title + number
    if not prose:
        return blocks
    if rng.random() < 0.1:
        blocks.insert(0, Line(rng.choice(("公开属性：主动公开", "索引号：00512/2024-0001", "附件1")), "text"))
    return blocks + [Line(t) for t in sentences.opening(rng, truth)]


def _back(rng: Random, truth: ReportTruth) -> list[Block]:
    who = truth.identity
    signed = who.agency not in who.title or rng.random() < 0.7
    blocks: list[Block] = []
    if signed:
        blocks.append(Line(who.signed, "sign"))
    if who.date_printed:
        blocks.append(Line(who.date_printed if signed else f"发布日期：{who.date_printed}", "sign"))
    if rng.random() < 0.15:
        blocks.append(
            Line(rng.choice(("抄送：存档。", "抄送：上级主管部门，各科室。", "（此件公开发布）")), "sign")
        )
    return blocks


def _draw_other(rng: Random, name: str) -> Grid:
    """A table that is not the form's but uses its words."""

    def n(top: int) -> str:
        return str(rng.randint(0, top))

    rows = {
        "budget": [
            ["项目", "预算数", "决算数", "完成率"],
            ["一般公共服务支出", n(900), n(900), "96.1%"],
            ["行政事业性收费收入", n(90), n(90), "100%"],
            ["合计", n(999), n(999), "98%"],
        ],
        "motions": [
            ["类别", "建议", "提案", "总计"],
            ["主办", n(60), n(60), n(120)],
            ["会办", n(40), n(40), n(80)],
            ["结果维持", n(3), n(3), n(6)],
        ],
        "powers": [
            ["职权类别", "事项数", "网上可办"],
            ["行政许可", n(300), n(300)],
            ["行政处罚", n(2000), n(90)],
            ["行政强制", n(80), n(9)],
            ["其他", n(30), n(9)],
        ],
        "channels": [
            ["渠道", "发布数量", "规章", "规范性文件"],
            ["政府网站", n(9000), n(9), n(30)],
            ["政务微信", n(9000), n(9), n(9)],
            ["总计", n(20000), n(20), n(40)],
        ],
    }[name]
    drawing = Drawing("other", len(rows[0]))
    for i, row in enumerate(rows):
        drawing.row(*((Content(t, "head" if i == 0 else "filler"), 1, 1) for t in row))
    return drawing.grid(1)
