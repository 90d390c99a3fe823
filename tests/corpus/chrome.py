"""What stands around an article on a government web site: menus, tools, counters, footers, other tables.

Enters: a random source and who reports. Leaves: markup; its words are in `chrome.csv`.
"""

from __future__ import annotations

import csv
import datetime
import zlib
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from random import Random

from corpus.bodies import FIRST, SECOND
from corpus.page import Page


@cache
def words(kind: str) -> tuple[str, ...]:
    """The words of one kind."""
    with (Path(__file__).parent / "chrome.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["text"] for row in csv.DictReader(file) if row["kind"] == kind)


@dataclass(frozen=True, slots=True)
class Site:
    """A web site and the posting of one article on it.

    Attributes:
        name: the site's name, as in the page's title.
        host: the body that runs the site, seldom the one that reports.
        published: the day of the posting.
        views: how many have looked at it.
        index: the article's 索引号.
        origin: who is named as its source.
        title, agency, number, year: of the report.
    """

    name: str
    host: str
    published: datetime.date
    views: int
    index: str
    origin: str
    title: str
    agency: str
    number: str
    issued_on: str
    year: int


def published_on(page: Page) -> datetime.date:
    """The day on which the page was put online: that of the report, or some days later."""
    who = page.truth.identity
    chance = zlib.crc32(who.title.encode())
    if not who.issued_on:
        return datetime.date(who.year + 1, 1, 10 + chance % 20)
    signed = datetime.date.fromisoformat(who.issued_on)
    if any(x.text.startswith("发布日期") for x in page.lines):
        return signed
    return signed + datetime.timedelta(days=(0, 0, 0, 1, 3, 11)[chance % 6])


def draw_posting(rng: Random, page: Page) -> Site:
    """A site for this report."""
    who = page.truth.identity
    place = rng.choice(FIRST) + rng.choice(SECOND) + rng.choice(("市", "县", "区"))
    return Site(
        name=rng.choice(
            (f"{place}人民政府", f"{place}人民政府门户网站", f"中国·{place}", f"{place}政务公开")
        ),
        host=rng.choice((f"{place}人民政府办公室", f"{place}大数据中心", f"{place}融媒体中心")),
        published=published_on(page),
        views=rng.randint(3, 99999),
        index=f"{rng.randint(10**8, 10**9)}/{who.year + 1}-{rng.randint(1, 99999):05}",
        origin=rng.choice((who.signed, who.signed, f"{place}政务公开办", "本站", "")),
        title=who.title,
        agency=who.signed,
        number=who.number_printed,
        issued_on=who.issued_on,
        year=who.year,
    )


def menu(rng: Random, kind: str, tag: str = "ul") -> str:
    """A menu of links."""
    chosen = [w for w in words(kind) if rng.random() < 0.8]
    if tag == "ul":
        items = "".join(
            f'<li><a href="/zwgk/{i}/index.html" target="_blank">{w}</a></li>' for i, w in enumerate(chosen)
        )
        return f'<ul class="{kind}">{items}</ul>'
    return "&nbsp;|&nbsp;".join(f"<a href=/{kind}{i}.htm>{w}</a>" for i, w in enumerate(chosen))


def years(rng: Random, site: Site) -> str:
    """Links to the reports of other years, of this body or of others."""
    who = site.agency if rng.random() < 0.6 else site.host
    items = "".join(
        f'<li><a href="t{y}0131_{rng.randint(10**5, 10**6)}.html" title="{who}{y}年政府信息公开工作年度报告">'
        f"{who}{y}年政府信息公开工作年度报告</a><span>{y + 1}-01-{rng.randint(10, 31)}</span></li>"
        for y in range(site.year + 1, site.year - 4, -1)
        if y != site.year
    )
    return f'<div class="list"><h3>历年年报</h3><ul>{items}</ul></div>'


def crumbs(rng: Random, site: Site) -> str:
    """Where the article stands."""
    gap = rng.choice(("&nbsp;&gt;&nbsp;", " &gt;&gt; ", " / ", "&raquo;"))
    path = ["首页", "政务公开", "政府信息公开年报", rng.choice((f"{site.year}年", "县政府办", "正文"))]
    return "您现在的位置：" + gap.join(f'<a href="../">{p}</a>' for p in path)


def tools(rng: Random) -> str:
    """Font size, printing, sharing."""
    size = rng.choice(("【字体：<a>大</a> <a>中</a> <a>小</a>】", "字号：[ 大 中 小 ]", "字体大小： A+ A A-"))
    marks = " ".join(f'<a href="javascript:void(0)">{w}</a>' for w in words("tool") if rng.random() < 0.5)
    share = "".join(f'<a class="bds" title="分享到{w}">{w}</a>' for w in words("share") if rng.random() < 0.6)
    return f'{size} {marks}<span class="share">分享到：{share}</span>'


def posting_line(rng: Random, site: Site) -> str:
    """The line under the title: date, source, counter."""
    day = site.published
    date = rng.choice(
        (
            f"{day}",
            f"{day} {rng.randint(8, 18):02}:{rng.randint(0, 59):02}",
            f"{day.year}年{day.month}月{day.day}日",
        )
    )
    label = rng.choice(("发布日期：", "发布时间：", "时间：", "日期："))
    views = f"{site.views:,}" if rng.random() < 0.5 else f"{site.views}"
    counter = rng.choice(
        (
            f"浏览次数：{views}",
            f"浏览量：<span id=hits>{views}</span>次",
            f"点击数：{views}",
            f"访问量：[{views}]",
        )
    )
    origin = f"来源：{site.origin}" if site.origin else "来源："
    parts = [f"{label}{date}", origin, counter]
    if rng.random() < 0.3:
        parts.insert(0, "作者：管理员")
    if rng.random() < 0.2:
        rng.shuffle(parts)
    return "&nbsp;&nbsp;".join(parts)


def directory_card(rng: Random, site: Site) -> str:
    """The table of metadata above the title: 索引号, 发布机构, 文号, 标题, ..."""
    made = site.issued_on or f"{site.published}"
    pairs = [
        ("索&nbsp;引&nbsp;号：" if rng.random() < 0.5 else "索引号", site.index),
        ("主题分类", rng.choice(("综合政务", "政务公开", "其他"))),
        ("发布机构" if rng.random() < 0.7 else "发文机关：", site.agency),
        ("成文日期", made),
        (
            "文&nbsp;&nbsp;&nbsp;&nbsp;号" if rng.random() < 0.3 else "文号",
            site.number or rng.choice(("", "无", "&nbsp;")),
        ),
        ("发布日期", f"{site.published}"),
        ("标&#12288;&#12288;题" if rng.random() < 0.3 else "标题", site.title),
        ("有效性", "有效"),
    ]
    if rng.random() < 0.3:
        rows = "".join(f"<tr><td>{a}</td><td colspan=3>{b}</td></tr>" for a, b in pairs)
    else:
        rows = "".join(
            f"<tr><td>{a}</td><td>{b}</td><td>{c}</td><td>{d}</td></tr>"
            for (a, b), (c, d) in zip(pairs[::2], pairs[1::2], strict=True)
        )
    return f'<table class="xxgk_head" width="100%">{rows}</table>'


def attachments(rng: Random, site: Site) -> str:
    """Files that the page offers besides its text."""
    links = "".join(
        f'<p><a href="./P0{rng.randint(10**9, 10**10)}.{x}" appendix="true" otheroperation="false">{escape(site.title)}.{x}</a></p>'
        for x in rng.sample(("pdf", "docx", "doc", "xls"), rng.randint(1, 2))
    )
    return f'<div class="fj"><b>附件：</b>{links}</div>'


def neighbours(rng: Random, site: Site) -> str:
    """The articles before and after."""
    a, b = rng.sample(words("related"), 2)
    other = f"{site.host}{site.year - 1}年政府信息公开工作年度报告"
    return (
        f'<p>上一篇：<a href="1.html">{rng.choice((a, other))}</a></p><p>下一篇：<a href="2.html">{b}</a></p>'
    )


def footer(rng: Random, site: Site) -> str:
    """Who runs the site."""
    lines = [
        f"主办：{site.host}",
        f"承办：{site.host[:3]}信息中心",
        f"{rng.choice(FIRST)}ICP备{rng.randint(10**7, 10**8)}号-1",
        f"网站标识码：{rng.randint(36 * 10**8, 37 * 10**8)}",
        f"公安机关备案号 {rng.randint(10**13, 10**14)}",
        f"联系电话：0{rng.randint(310, 990)}-{rng.randint(10**6, 10**7)}",
        f"您是第{rng.randint(10**4, 10**7)}位访客",
        f"Copyright &copy; 2009-{site.year + 1} All Rights Reserved",
    ]
    return "".join(f"<p>{line}</p>" for line in lines if rng.random() < 0.75)


def friends(rng: Random) -> str:
    """Drop-down lists of other sites."""
    options = "".join(
        f'<option value="http://www.example.cn/{i}">{w}</option>' for i, w in enumerate(words("friend"))
    )
    return f'<select onchange="go(this)"><option>--友情链接--</option>{options}</select>'


def counter_table(rng: Random, site: Site) -> str:
    """A sidebar's statistics with words of the form."""
    n = [rng.randint(0, 900) for _ in range(6)]
    rows = (
        ("本年主动公开", f"{n[0]}条"),
        ("规章", f"{n[1] % 9}"),
        ("行政规范性文件", f"{n[1]}"),
        ("依申请公开受理", f"{n[2]}件"),
        ("行政许可", f"{n[3]}"),
        ("行政处罚", f"{n[4]}"),
        ("总计", f"{sum(n)}"),
    )
    body = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows if rng.random() < 0.8)
    return f'<div class="tj"><h4>信息公开统计</h4><table border="1">{body}</table></div>'


def directory_table(rng: Random, site: Site) -> str:
    """A list of documents as a table: 序号, 名称, 索引号, 发布日期."""
    rows = "".join(
        f"<tr><td>{i}</td><td><a href='{i}.html'>{w}</a></td><td>{site.index[:10]}{i:04}</td><td>{site.published}</td></tr>"
        for i, w in enumerate(rng.sample(words("directory"), rng.randint(3, 7)), 1)
    )
    head = "<tr><th>序号</th><th>信息名称</th><th>索引号</th><th>发布日期</th></tr>"
    return f"<table class='ml'>{head}{rows}</table>"
