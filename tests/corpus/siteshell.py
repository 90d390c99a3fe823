"""A web site's frame around an article.

Enters: the article, the site, the name of the base style. Leaves: markup from `<body>` on.
"""

from __future__ import annotations

from html import escape
from random import Random

from corpus.chrome import (
    Site,
    attachments,
    counter_table,
    crumbs,
    directory_card,
    directory_table,
    footer,
    friends,
    menu,
    neighbours,
    posting_line,
    tools,
    words,
    years,
)


def shell(
    rng: Random, base: str, site: Site, article: str, chrome: str, card: bool, others: tuple[str, ...]
) -> str:
    """The body of the page."""
    top = directory_card(rng, site) if card else ""
    if chrome == "none":
        return f"<body>\n{top}{_wrapped(rng, base, article)}\n</body>"
    title = escape(site.title)
    heading = rng.choice(
        (f"<h1>{title}</h1>", f'<div class="title">{title}</div>', f"<p align=center><b>{title}</b></p>")
    )
    if chrome == "bare":
        under = f'<p style="text-align: center">{posting_line(rng, site)}</p>'
        return f"<body>\n{top}{heading}\n{under}\n{_wrapped(rng, base, article)}\n</body>"
    before, after = _foreign(rng, site, others)
    inner = f"{top}{heading}\n{_under(rng, site)}\n{_wrapped(rng, base, article)}"
    if rng.random() < 0.4:
        inner += attachments(rng, site)
    if base == "layout":
        return _old(rng, site, before + inner + after)
    if base == "modern":
        return _modern(rng, site, inner, before, after)
    return _cms(rng, site, inner, before, after)


def _wrapped(rng: Random, base: str, article: str) -> str:
    if base == "modern":
        tables = article.replace("<table", '<div class="table-responsive"><table').replace(
            "</table>", "</table></div>"
        )
        return f"<article>\n{tables}\n</article>"
    if base == "word":
        return f'<div class="Section1" style="layout-grid:15.6pt"><!--StartFragment-->\n{article}\n<!--EndFragment--></div>'
    kind = rng.choice(
        ("TRS_Editor", "Custom_UnionStyle", "view TRS_UEDITOR trs_paper_default", "zoom", "article_con")
    )
    return (
        f"<div class='{kind}' id='zoom'>\n{article}\n</div>" if base in ("trs", "plain", "sheet") else article
    )


def _under(rng: Random, site: Site) -> str:
    return f'<div class="info"><span>{posting_line(rng, site)}</span><span>{tools(rng)}</span></div>'


def _foreign(rng: Random, site: Site, others: tuple[str, ...]) -> tuple[str, str]:
    drawn = [counter_table(rng, site) if x == "counter" else directory_table(rng, site) for x in others]
    before = "".join(x for x in drawn if rng.random() < 0.5)
    return before, "".join(x for x in drawn if x not in before)


def _cms(rng: Random, site: Site, inner: str, before: str, after: str) -> str:
    left = (
        f'<div class="left">{menu(rng, "menu")}{years(rng, site) if rng.random() < 0.4 else ""}{before}</div>'
    )
    notice = f'<div style="display:none">{rng.choice(words("notice"))}</div>' if rng.random() < 0.5 else ""
    end = neighbours(rng, site) if rng.random() < 0.5 else ""
    return (
        f'<body>\n<div class="header"><div class="logo"><img src="/images/logo.png" alt="{site.name}"/></div>'
        f'{menu(rng, "nav")}</div>\n<div class="position">{crumbs(rng, site)}</div>\n{left}'
        f'<div class="content">{inner}</div>{end}{after}{notice}\n'
        f'<div class="footer">{friends(rng) if rng.random() < 0.4 else ""}{footer(rng, site)}</div>\n</body>'
    )


def _modern(rng: Random, site: Site, inner: str, before: str, after: str) -> str:
    aside = f"<aside>{before}{years(rng, site) if rng.random() < 0.5 else ''}</aside>"
    return (
        f"<body class='gov'>\n<header><nav>{menu(rng, 'nav')}</nav></header>\n"
        f"<div class='breadcrumb'>{crumbs(rng, site)}</div>\n<noscript>请启用 JavaScript</noscript>"
        f"<main class='container'><section>{inner}</section>{aside}{after}</main>\n"
        f"<footer>{footer(rng, site)}</footer>\n<template><p>{{{{count}}}} 件</p></template></body>"
    )


def _old(rng: Random, site: Site, inner: str) -> str:
    """Everything in tables of tables, pictures as spacers."""
    spacer = "<IMG SRC=/images/spacer.gif WIDTH=1 HEIGHT=8>"
    side = f"<table width=190 border=0><tr><td>{spacer}<tr><td class=lm>{menu(rng, 'menu', 'line')}</table>"
    middle = f"<table width=780 border=0 cellpadding=8><tr><td>{inner}</td></tr></table>"
    return (
        f"<body leftmargin=0 topmargin=0 bgcolor=#FFFFFF>\n<center><table width=1002 border=0 cellspacing=0><tr>"
        f"<td colspan=2><img src=/images/banner.jpg width=1002 height=180></td></tr><tr><td colspan=2>{menu(rng, 'nav', 'line')}"
        f"</td></tr><tr><td colspan=2>{crumbs(rng, site)}</td></tr><tr><td width=200 valign=top>{side}</td>"
        f"<td width=802 valign=top>{middle}</td></tr><tr><td colspan=2 align=center>{spacer}{footer(rng, site)}</td></tr>"
        f"</table></center>\n</body>"
    )
