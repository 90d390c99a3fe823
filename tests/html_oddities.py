"""A report of the corpus as pages that browsers show well and readers of tables do not expect.

Enters: a page of the corpus. Leaves: bytes. Nothing here is shared with the reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape

from html_pages import body, document, paragraph, plain_cell, spans, table, text_of
from scoring import WHO

from corpus.grid import Grid, Placed
from corpus.page import Line, Page

Writer = Callable[[Page], bytes]
TITLE = WHO.title


def page_with(inside: str, head: str = "", title: str = TITLE) -> bytes:
    return document(title, inside, "utf-8", head).encode()


def tables_by(page: Page, write: Callable[[Grid], str]) -> str:
    return "\n".join(paragraph(b) if isinstance(b, Line) else write(b) for b in page.blocks)


def numbers_in(template: str) -> Writer:
    """Each number in this markup, `{}` its place."""

    def cell(placed: Placed) -> str:
        return (
            f"<td{spans(placed)}>{template.replace('{}', text_of(placed))}</td>"
            if placed.content.key
            else plain_cell(placed)
        )

    return lambda page: page_with(body(page, cell))


def around(template: str, head: str = "") -> Writer:
    """The whole report in this markup: `{}` as it is, `{escaped}`, `{string}` as a string of a script."""

    def write(page: Page) -> bytes:
        text = body(page)
        string = json.dumps(text, ensure_ascii=False).replace("</", "<\\/")
        inside = template.replace("{escaped}", escape(text)).replace("{string}", string).replace("{}", text)
        return page_with(inside.replace("{title}", TITLE), head)

    return write


def feed(template: str) -> Writer:
    """The report in an XML file."""

    def write(page: Page) -> bytes:
        text = body(page)
        inside = template.replace("{title}", TITLE).replace("{escaped}", escape(text)).replace("{}", text)
        return f'<?xml version="1.0" encoding="utf-8"?>\n{inside}'.encode()

    return write


def spans_off(chosen: Callable[[Placed], bool], rows: int = 0, columns: int = 0) -> Writer:
    """Spans of some cells are wrong by this much."""

    def cell(placed: Placed) -> str:
        if not chosen(placed):
            return plain_cell(placed)
        tall, wide = max(placed.rows + rows, 1), max(placed.columns + columns, 1)
        return f'<td rowspan="{tall}" colspan="{wide}">{text_of(placed)}</td>'

    return lambda page: page_with(body(page, cell))


def by_role(page: Page) -> bytes:
    def cell(placed: Placed) -> str:
        said = f'aria-rowspan="{placed.rows}" aria-colspan="{placed.columns}"'
        return f'<div role="cell" {said}>{text_of(placed)}</div>'

    return page_with(body(page, cell, row='<div role="row">{}</div>', around='<div role="table">{}</div>'))


def heads_in_sight(page: Page) -> bytes:
    """A script has put a copy of the head above each table, which stays there while one scrolls."""

    def write(grid: Grid) -> str:
        rows = re.findall(r"<tr>.*?</tr>", table(grid), re.DOTALL)
        head, rest = "".join(rows[: grid.head_rows]), "".join(rows[grid.head_rows :])
        return f"<div><table><thead>{head}</thead></table></div><div><table><thead>{head}</thead>{rest}</table></div>"

    return page_with(tables_by(page, write))


def heads_apart(page: Page) -> bytes:
    """The head is a table of its own, the rows are another."""

    def write(grid: Grid) -> str:
        rows = re.findall(r"<tr>.*?</tr>", table(grid), re.DOTALL)
        head, rest = "".join(rows[: grid.head_rows]), "".join(rows[grid.head_rows :])
        return f"<div><table><thead>{head}</thead></table></div><div><table>{rest}</table></div>"

    return page_with(tables_by(page, write))


def under_tabs(page: Page) -> bytes:
    """Each table under a tab, only the first of which is open."""
    number = 0

    def write(grid: Grid) -> str:
        nonlocal number
        number += 1
        return f'<div class="tab" style="display:{"block" if number == 1 else "none"}">{table(grid)}</div>'

    return page_with(tables_by(page, write))


def for_two_screens(page: Page) -> bytes:
    return page_with(f'<div class="hidden-xs">{body(page)}</div><div class="visible-xs">{body(page)}</div>')


def each_table_for_two_screens(page: Page) -> bytes:
    return page_with(tables_by(page, lambda grid: f"<div>{table(grid)}</div><div>{table(grid)}</div>"))


def cells_in_order(page: Page) -> bytes:
    """Tables laid out as a grid of blocks: only the order of the cells is left."""
    return page_with(
        tables_by(
            page,
            lambda grid: (
                f'<div style="display:grid">{"".join(f"<div>{text_of(c)}</div>" for c in grid.placed())}</div>'
            ),
        )
    )


def read_aloud(page: Page) -> bytes:
    """A machine's Traditional copy that tells how characters with two forms are read."""
    text = body(page)
    for simple, told in (
        ("发", "發(fā)"),
        ("规", "規(guī)"),
        ("数", "數(shù)"),
        ("报", "報(bào)"),
        ("现", "現(xiàn)"),
    ):
        text = text.replace(simple, told)
    return page_with(text)


def beside_a_column(page: Page) -> bytes:
    """Earlier reports and a few counters in a column that does not name itself."""
    earlier = "".join(
        f"<li><a href='/{y}.html'>云台县人民政府{y}年政府信息公开工作年度报告</a><span>{y + 1}-01-20</span></li>"
        for y in (2023, 2021, 2020, 2019)
    )
    counters = "<table><tr><td>本年主动公开</td><td>761条</td></tr><tr><td>规章</td><td>8</td></tr><tr><td>受理</td><td>3</td></tr><tr><td>点击</td><td>9</td></tr></table>"
    return page_with(
        f"<div class=l><h3>历年年报</h3><ul>{earlier}</ul>{counters}</div><div class=r><div>{TITLE}</div><div>{body(page)}</div></div>"
    )


def wechat(page: Page) -> bytes:
    """An article of WeChat as saved: a script would show it."""
    text = body(page, lambda c: f"<td{spans(c)}><section><span>{text_of(c)}</span></section></td>")
    return page_with(
        f'<h1 class="rich_media_title">{TITLE}</h1><div id="js_content" style="visibility: hidden; opacity: 0;"><section>{text}</section></div>',
        title="",
    )


_RULE: Callable[[Placed], bool] = lambda c: "列数据" in c.content.text  # noqa: E731
_GROUP: Callable[[Placed], bool] = lambda c: c.rows >= 3 and c.content.key is None  # noqa: E731
_ORGANISATIONS: Callable[[Placed], bool] = lambda c: c.content.text == "法人或其他组织"  # noqa: E731
_NATURAL: Callable[[Placed], bool] = lambda c: c.content.text == "自然人"  # noqa: E731

ODDITIES: dict[str, Writer] = {
    "by_role": by_role,
    "heads_in_sight": heads_in_sight,
    "heads_apart": heads_apart,
    "under_tabs": under_tabs,
    "for_two_screens": for_two_screens,
    "each_table_for_two_screens": each_table_for_two_screens,
    "cells_in_order": cells_in_order,
    "read_aloud": read_aloud,
    "beside_a_column": beside_a_column,
    "wechat": wechat,
    "group_too_short": spans_off(_GROUP, -1),
    "group_too_long": spans_off(_GROUP, 1),
    "corner_too_short": spans_off(_RULE, -1),
    "corner_too_narrow": spans_off(_RULE, 0, -1),
    "corner_too_wide": spans_off(_RULE, 0, 1),
    "organisations_too_narrow": spans_off(_ORGANISATIONS, 0, -1),
    "organisations_too_tall": spans_off(_ORGANISATIONS, 1),
    "natural_person_too_short": spans_off(_NATURAL, -1),
    "field": numbers_in('<input readonly value="{}">'),
    "text_field": numbers_in("<textarea>{}</textarea>"),
    "editable": numbers_in('<span contenteditable="true">{}</span>'),
    "for_the_blind": numbers_in('<span class="sr-only">本格</span>{}'),
    "notes": numbers_in('{}<a href="#_ftn1"><span style="vertical-align:super">1</span></a>'),
    "hidden_copy": around('<div>{}</div><div style="display:none">{}</div>'),
    "copy_for_phones": around('<div>{}</div><div class="wap">{}</div>', "<style>.wap{display:none}</style>"),
    "frame_within": around('<iframe srcdoc="{escaped}"></iframe>'),
    "shadow_root": around('<report-view><template shadowrootmode="open">{}</template></report-view>'),
    "template": around("<h1>{title}</h1><template>{}</template>"),
    "without_scripts": around("<h1>{title}</h1><noscript>{}</noscript>"),
    "object": around("<object>{}</object>"),
    "source_in_field": around('<h1>{title}</h1><textarea style="display:none">{escaped}</textarea>'),
    "source_in_value": around('<h1>{title}</h1><input type="hidden" value="{escaped}">'),
    "source_shown": around("<xmp>{}</xmp>"),
    "script_template": around('<h1>{title}</h1><script type="text/html">{}</script>'),
    "script_variable": around("<h1>{title}</h1><script>var c={string};show(c)</script>"),
    "script_writes": around("<h1>{title}</h1><script>document.write({string});</script>"),
    "script_data": around(
        '<script type="application/json">{"props":{"title":"{title}","content":{string}}}</script>'
    ),
    "script_state": around(
        '<script>window.__STATE__={"data":[{"title":"{title}","content":{string}}]};</script>'
    ),
    "feed": feed(
        "<rss><channel><item><title>{title}</title><description><![CDATA[{}]]></description></item></channel></rss>"
    ),
    "feed_escaped": feed(
        "<rss><channel><item><title>{title}</title><description>{escaped}</description></item></channel></rss>"
    ),
    "record": feed(
        "<datastore><recordset><record><![CDATA[<h1>{title}</h1>{}]]></record></recordset></datastore>"
    ),
}
