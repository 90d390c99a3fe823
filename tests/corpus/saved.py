"""Files that come from web pages without being one: saved pages, and pages that hold no report.

Enters: a random source and a serial number. Leaves: `Made` files with their answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from random import Random
from typing import Any, Final

from corpus.charset import Charset, encode_page
from corpus.chrome import (
    Site,
    crumbs,
    draw_posting,
    footer,
    menu,
    posting_line,
    published_on,
    tools,
    words,
    years,
)
from corpus.page import Page
from corpus.savedpage import (
    blink_archive,
    chrome_source,
    explorer_archive,
    firefox_source,
    in_json,
    in_message,
    in_script,
)
from corpus.site import SiteStyle, draw_site, site_article, site_line, site_text

Saver = Callable[[Random, Page, SiteStyle], bytes]


def _title(page: Page) -> str:
    return page.truth.identity.title


def _mhtml(rng: Random, page: Page, style: SiteStyle) -> bytes:
    return blink_archive(rng, site_text(rng, page, style), _title(page))


def _mht(rng: Random, page: Page, style: SiteStyle) -> bytes:
    return explorer_archive(rng, site_text(rng, page, style), _title(page), style.base in ("word", "sheet"))


def _chrome_source(rng: Random, page: Page, style: SiteStyle) -> bytes:
    return chrome_source(site_text(rng, page, style))


def _firefox_source(rng: Random, page: Page, style: SiteStyle) -> bytes:
    return firefox_source(site_text(rng, page, style))


def _json(rng: Random, page: Page, style: SiteStyle) -> bytes:
    # a report without a date stays without: whether a key of an interface is a date of the report is open
    date = f"{published_on(page)}" if page.truth.identity.issued_on else ""
    return in_json(rng, site_article(rng, page, style), _title(page), date)


def _script(rng: Random, page: Page, style: SiteStyle) -> bytes:
    return in_script(rng, site_article(rng, page, style), _title(page))


def _message(rng: Random, page: Page, style: SiteStyle) -> bytes:
    return in_message(rng, site_text(rng, page, style), _title(page), f"{_title(page)}见正文，请查收。\r\n")


@dataclass(frozen=True, slots=True)
class Way:
    """A way of saving: suffixes, writer, share."""

    suffixes: tuple[str, ...]
    write: Saver
    weight: int


WAYS: Final[dict[str, Way]] = {
    "mhtml": Way((".mhtml", ".mht"), _mhtml, 6),
    "mht": Way((".mht", ".doc"), _mht, 5),
    "chrome_source": Way((".html", ".htm"), _chrome_source, 3),
    "firefox_source": Way((".html",), _firefox_source, 1),
    "json": Way((".json", ".txt"), _json, 3),
    "script": Way((".js",), _script, 2),
    "message": Way((".eml",), _message, 3),
}


def draw_way(rng: Random) -> str:
    """A way of saving."""
    return rng.choices(list(WAYS), [w.weight for w in WAYS.values()])[0]


def draw_saved_style(rng: Random, way: str) -> SiteStyle:
    """A style that goes with the way: what is sent by mail or interface has no frame of a site."""
    style = draw_site(rng)
    if way in ("json", "script", "message"):
        style = replace(style, chrome="none", card=False, others=(), repeated=True, traditional=False)
    return replace(style, charset=Charset())


Draught = tuple[str, Callable[[Random, Site], str]]
"""A name, and what the article's place holds."""


def _link(rng: Random, site: Site) -> str:
    kind = rng.choice(("pdf", "doc", "docx", "wps", "xls"))
    name = rng.choice((f"{site.title}.{kind}", f"附件：{site.title}", "点击下载", "附件1", f"{site.title}"))
    return f'<p>{rng.choice(("", "附件：", "详见附件。"))}<a href="./W02023{rng.randint(10**9, 10**10)}.{kind}" target="_blank">{escape(name)}</a></p>'


def _frame(rng: Random, site: Site) -> str:
    tag = rng.choice(
        (
            '<iframe src="{x}" width="100%" height="900"></iframe>',
            '<embed src="{x}" type="application/pdf" />',
            '<object data="{x}" type="application/pdf"></object>',
        )
    )
    return tag.format(x=f"/upload/{site.year + 1}0118/{rng.randint(10**8, 10**9)}.pdf")


def _viewer(rng: Random, site: Site) -> str:
    return (
        '<div id="outerContainer"><div id="sidebarContainer"><button title="显示缩略图">缩略图</button></div><div id="toolbar">'
        '<input type="number" id="pageNumber" value="1"><span id="numPages">/ 9</span><select><option>自动缩放</option>'
        '<option>50%</option><option>100%</option></select></div><div id="viewer" class="pdfViewer"></div></div>'
        f'<script>var file = "/web/viewer.html?file=/upload/{rng.randint(10**8, 10**9)}.pdf";</script>'
    )


def _pictures(rng: Random, site: Site) -> str:
    return "".join(
        f'<p align="center"><img src="./W02023011{i}.jpg" alt="{escape(site.title)}第{i}页" /></p>'
        for i in range(1, rng.randint(3, 7))
    )


def _list(rng: Random, site: Site) -> str:
    rows = "".join(
        f'<li><a href="./{i}.html">{rng.choice((site.agency, site.host))}{site.year - i % 4}年政府信息公开工作年度报告</a><span>[{site.year - i % 4 + 1}-01-{10 + i}]</span></li>'
        for i in range(rng.randint(8, 18))
    )
    return f'<ul class="gl">{rows}</ul><div class="page">共 {rng.randint(2, 9)} 页 首页 上一页 1 2 3 下一页 尾页 转到 <input size=2> 页</div>'


def _missing(rng: Random, site: Site) -> str:
    return rng.choice(
        (
            "<h2>404</h2><p>您访问的页面不存在或已删除！</p><p>5 秒后自动返回首页</p>",
            "<h3>404 Not Found</h3><hr><center>nginx/1.20.1</center>",
            "<p>抱歉，您要访问的页面找不到了。可能的原因：1.网址有错误；2.网页已被移走。</p>",
        )
    )


def _blocked(rng: Random, site: Site) -> str:
    return f"<h1>405</h1><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p><p>您的请求ID是: {rng.randint(10**20, 10**21)}</p>"


def _guide(rng: Random, site: Site) -> str:
    return (
        "<p>一、主动公开</p><p>本机关主动公开规章、行政规范性文件、行政许可、行政处罚等信息。</p><p>二、依申请公开</p><table border=1>"
        "<tr><td>申请人信息</td><td>自然人</td><td>姓名</td><td>&nbsp;</td></tr><tr><td>法人或其他组织</td><td>商业企业</td><td>科研机构</td>"
        "<td>其他</td></tr></table><p>三、政府信息公开年度报告于每年1月31日前公布。</p>"
    )


NOT_REPORTS: Final[Sequence[Draught]] = (
    ("link", _link),
    ("link", _link),
    ("frame", _frame),
    ("viewer", _viewer),
    ("pictures", _pictures),
    ("list", _list),
    ("missing", _missing),
    ("blocked", _blocked),
    ("guide", _guide),
)
_BARE: Final = ("missing", "blocked", "viewer")


def write_without_report(rng: Random, page: Page) -> tuple[str, bytes]:
    """(what it is, a page that holds no report)."""
    name, draw = rng.choice(NOT_REPORTS)
    site = draw_posting(rng, page)
    title = "404 Not Found" if name == "missing" else "政府信息公开指南" if name == "guide" else site.title
    inner = draw(rng, site)
    bare = name in _BARE and rng.random() < 0.6
    body = (
        inner if bare else _framed(rng, site, title, inner, name in ("link", "frame", "pictures", "viewer"))
    )
    text = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{escape(title)}</title></head>\n<body>{body}</body></html>\n'
    return name, encode_page(text, Charset())


def _framed(rng: Random, site: Site, title: str, inner: str, article: bool) -> str:
    under = f"<div>{posting_line(rng, site)} {tools(rng)}</div>" if article else ""
    beside = years(rng, site) if rng.random() < 0.3 else f"<p>{rng.choice(words('notice'))}</p>"
    return (
        f"<div>{menu(rng, 'nav')}</div><div>{crumbs(rng, site)}</div><div>{menu(rng, 'menu')}</div>"
        f"<h1>{escape(title)}</h1>{under}<div class='content'>{inner}</div>{beside}<div>{footer(rng, site)}</div>"
    )


def saved_line(page: Page, style: SiteStyle, source: str, variant: str) -> dict[str, Any]:
    """The line of truth for a saved page."""
    return {**site_line(page, style, source, variant), "group": "gen_saved"}
