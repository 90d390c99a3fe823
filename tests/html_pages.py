"""A report of the corpus as a web page in many hands, with what sites put around an article.

Enters: a page of the corpus and a random source. Leaves: bytes. Nothing here is shared with the reader.
"""

from __future__ import annotations

import base64
import json
import quopri
import re
from collections.abc import Callable
from html import escape
from random import Random

from corpus.grid import Grid, Placed
from corpus.page import Line, Page

Cell = Callable[[Placed], str]

MSO = (
    "mso-spacerun:'yes';font-family:仿宋_GB2312;font-size:12.0000pt;mso-font-kerning:1.0000pt;",
    "font-family: Calibri; mso-bidi-font-family: 'Times New Roman'; font-size: 10.5000pt;",
)
MENU = [
    "首页",
    "新闻中心",
    "政务公开",
    "政务服务",
    "互动交流",
    "走进本地",
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
]
FOOT = (
    "主办单位：云岭市人民政府办公室　承办：云岭市大数据中心",
    "备案号：滇ICP备05001234号-1　公网安备 53010202000123号　网站标识码：5301000012",
    "版权所有 © 云岭市人民政府　您是第 1,284,551 位访客　今日访问 312",
    "网站地图 | 联系我们 | 地址：人民路1号 邮编：650000",
)


def spans(cell: Placed) -> str:
    """Attributes of a merged cell."""
    return "".join(f' {k}="{n}"' for k, n in (("rowspan", cell.rows), ("colspan", cell.columns)) if n > 1)


def text_of(cell: Placed) -> str:
    return escape(cell.content.text).replace("\n", "<br>") or "&nbsp;"


def plain_cell(cell: Placed) -> str:
    return f"<td{spans(cell)}>{text_of(cell)}</td>"


def table(
    grid: Grid, cell: Cell = plain_cell, row: str = "<tr>{}</tr>", around: str = "<table border=1>{}</table>"
) -> str:
    rows: list[list[str]] = [[] for _ in range(grid.n_rows)]
    for placed in grid.placed():
        rows[placed.row].append(cell(placed))
    return around.format("\n".join(row.format("".join(cells)) for cells in rows))


def paragraph(line: Line) -> str:
    if line.kind == "title":
        return f"<h1>{escape(line.text)}</h1>"
    return f"<p>{escape(line.text) or '&nbsp;'}</p>" if line.kind not in ("page", "between") else ""


def body(page: Page, cell: Cell = plain_cell, line: Callable[[Line], str] = paragraph, **how: str) -> str:
    return "\n".join(line(b) if isinstance(b, Line) else table(b, cell, **how) for b in page.blocks)


def document(title: str, inside: str, charset: str = "utf-8", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>{escape(title)}</title>{head}</head><body>{inside}</body></html>"
    )


def plain(rng: Random, page: Page) -> bytes:
    return document(page.truth.identity.title, body(page)).encode()


def word_pasted(rng: Random, page: Page) -> bytes:
    """Styles in every cell, empty spans, `o:p`, conditional comments."""

    def cell(placed: Placed) -> str:
        lines = escape(placed.content.text).split("\n")
        inner = "".join(
            f'<p class="MsoNormal" style="text-align:center;mso-pagination:none;"><span style="{escape(rng.choice(MSO))}">{part}</span>'
            f'<span style="{escape(MSO[1])}"><o:p>{"" if part else "&nbsp;"}</o:p></span></p>\n'
            for part in lines
        )
        return f'<td{spans(placed)} valign="center" style="padding:0.0000pt 5.4000pt ;border-bottom:1.0000pt solid windowtext;">{inner}</td>'

    def line(one: Line) -> str:
        return f'<p class="MsoNormal" style="text-indent:32pt"><!--[if !supportEmptyParas]-->&nbsp;<!--[endif]--><span style="{escape(MSO[0])}">{escape(one.text)}</span><o:p></o:p></p>'

    junk = (
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style>"
        + "p.MsoNormal{mso-style-parent:'';margin:0cm}" * 40
        + "</style>"
    )
    return document(
        page.truth.identity.title, f'<div class="TRS_Editor">{junk}{body(page, cell, line)}</div>'
    ).encode()


def word_saved(rng: Random, page: Page) -> bytes:
    """Saved by Word in gb2312, lines of the source broken anywhere between Chinese characters."""

    def cell(placed: Placed) -> str:
        return f"<td{spans(placed)} style='border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt'><p class=MsoNormal align=center><span lang=EN-US style='font-size:9.0pt'>{text_of(placed)}</span></p></td>"

    def broken(text: str) -> str:
        return re.sub(
            r"([\u4e00-\u9fff])([\u4e00-\u9fff])",
            lambda m: f"{m[1]}\n{m[2]}" if rng.random() < 0.1 else m[0],
            text,
        )

    def line(one: Line) -> str:
        return (
            f"<p class=MsoNormal{' align=center' if one.kind == 'title' else ''}><span style='font-family:宋体'>{broken(escape(one.text))}</span></p>"
            if one.kind not in ("page", "between")
            else ""
        )

    head = "<meta name=Generator content='Microsoft Word 11'><style><!-- /* Font Definitions */ @font-face {font-family:宋体;} p.MsoNormal {margin:0cm;} --></style>"
    inner = f"<div class=Section1 style='layout-grid:15.6pt'>{body(page, cell, line)}</div>"
    html = f"<html xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:x'><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'>{head}</head><body lang=ZH-CN>{inner}</body></html>"
    return html.encode("gb18030")


def portal(rng: Random, page: Page) -> bytes:
    """Menus, breadcrumb, record, share bar, counter, related links, footer around the article."""
    who = page.truth.identity
    menu = "".join(f'<li><a href="/{i}/">{word}</a></li>' for i, word in enumerate(MENU))
    crumbs = '<div class="bread"><span>当前位置：</span><a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/nb/">政府信息公开年报</a> &gt; 正文</div>'
    related = "".join(
        f'<li><a href="/{y}.html">{who.agency}{y}年政府信息公开工作年度报告</a><span>{y + 1}-01-20</span></li>'
        for y in range(2012, 2018)
    )
    side = "<table><tr><td>规章</td><td>12</td></tr><tr><td>规范性文件</td><td>34</td></tr><tr><td>行政许可</td><td>56</td></tr></table>"
    number = (
        f"<tr><td>文　　号：</td><td>{who.number_printed}</td><td>信息来源：</td><td>云岭市人民政府门户网站</td></tr>"
        if who.number_printed and rng.random() < 0.5
        else ""
    )
    record = f"<table class='info'><tr><td>索 引 号：</td><td>015-{rng.randint(1, 9)}/2024</td><td>主题分类：</td><td>政务公开</td></tr><tr><td>名　　称：</td><td colspan=3>{who.title}</td></tr>{number}</table>"
    title = (
        f"<h1 class='title'>{who.title}</h1>" if rng.random() < 0.5 else f"<div class='tit'>{who.title}</div>"
    )
    line = '<div class="info"><span>来源：云岭市人民政府</span><span>浏览次数：<b id="hits">1,284</b></span><span>字体：【<a href="javascript:;">大</a> <a href="javascript:;">中</a>】</span></div>'
    share = '<div class="bdsharebuttonbox"><a href="#">分享到</a><a href="javascript:void(0)">打印本页</a><a href="javascript:window.close()">关闭窗口</a></div>'
    inner = body(page)
    pages = f'<p>上一篇：<a href="/1.html">{who.agency}机构职能</a></p><p>下一篇：<a href="/2.html">没有了</a></p>'
    foot = "".join(f"<p>{escape(t)}</p>" for t in FOOT)
    wrap = rng.choice(("TRS_Editor", "zoom", "UCAP-CONTENT", "con_left_text"))
    rec = record if rng.random() < 0.6 else ""
    html = (
        f'<div class="header"><img src="logo.png"><div class="date">今天是2024年5月1日 星期三</div><form><input type="text" value="请输入关键字"></form><ul class="nav">{menu}</ul></div>'
        f'<div class="main">{crumbs}<div class="left"><h3>公开目录</h3><ul>{menu}</ul>{side if rng.random() < 0.5 else ""}</div><div class="right">{rec}{title}{line}'
        f'<div id="{wrap}">{inner}</div>{share}{pages}<div class="xg"><h3>相关文章</h3><ul>{related}</ul></div></div></div>'
        f'<div class="footer">{foot}<select><option>国务院部门网站</option><option>外交部</option></select></div>'
    )
    script = "<script>var a='<table><tr><td>1</td></tr></table>';document.write(a)</script>"
    meta = f'<meta name="SiteName" content="云岭市人民政府"><meta name="ArticleTitle" content="{who.title}"><meta name="ColumnName" content="年报">'
    return document(
        f"{who.title}_云岭市人民政府门户网站", html, head=script + (meta if rng.random() < 0.5 else "")
    ).encode()


def nested(rng: Random, page: Page) -> bytes:
    """Everything laid out with tables within tables."""
    menu = "".join(f'<td><a href="/{i}/">{word}</a></td>' for i, word in enumerate(MENU))
    side = "".join(f'<tr><td><a href="/s{i}/">{word}</a></td></tr>' for i, word in enumerate(MENU))
    rows = "".join(
        f"<tr><td align=center style='font-size:22px'>{escape(b.text)}</td></tr>"
        if isinstance(b, Line) and b.kind == "title"
        else f"<tr><td>{paragraph(b)}</td></tr>"
        if isinstance(b, Line)
        else f"<tr><td><table><tr><td>{table(b)}</td></tr></table></td></tr>"
        for b in page.blocks
    )
    inner = f"<table width=1000><tr>{menu}</tr></table><table width=1000><tr><td width=200><table>{side}</table></td><td><table>{rows}</table></td></tr></table>"
    foot = f"<table><tr><td>{'<br>'.join(FOOT)}</td></tr></table>"
    return document(page.truth.identity.title, f"<center>{inner}{foot}</center>", "gbk").encode("gb18030")


def loose(rng: Random, page: Page) -> bytes:
    """Upper case, no end tags, unquoted attributes, blanks in words."""

    def cell(placed: Placed) -> str:
        return f"<TD{spans(placed).replace(chr(34), '')}>{rng.choice(('<P>', '<FONT SIZE=2>', '<B>', '', '<SPAN LANG=EN-US>', '<P ALIGN=center>'))}{text_of(placed)}"

    def line(one: Line) -> str:
        return f"<P>{escape(one.text)}" if one.kind not in ("page", "between") else ""

    html = body(page, cell, line, row="<TR>{}", around="<TABLE BORDER=1><TBODY>{}</TABLE>")
    return f"<HTML><HEAD><TITLE>{page.truth.identity.title}</TITLE></HEAD><BODY BGCOLOR=white>{html}".encode(
        "gb18030"
    )


def wrong_utf8(rng: Random, page: Page) -> bytes:
    return document(
        page.truth.identity.title, body(page), "utf-8", "<script>" + "var x=1;" * 4000 + "</script>"
    ).encode("gb18030")


def wrong_gbk(rng: Random, page: Page) -> bytes:
    return document(page.truth.identity.title, body(page), "gb2312").encode()


def by_style(rng: Random, page: Page) -> bytes:
    """Tables made of `div`s; merged cells are repeated as there are no spans."""
    if any(c.rows > 1 or c.columns > 1 for g in page.tables for c in g.placed()):
        return xhtml(rng, page)

    def cell(placed: Placed) -> str:
        return f'<div style="display: table-cell; border: 1px solid">{text_of(placed)}</div>'

    html = body(page, cell, row='<div class="row">{}</div>', around='<div style="display:table">{}</div>')
    return document(
        page.truth.identity.title, html, head="<style>.row { display : table-row }</style>"
    ).encode()


def xhtml(rng: Random, page: Page) -> bytes:
    def cell(placed: Placed) -> str:
        return f"<td{spans(placed)} />" if not placed.content.text else plain_cell(placed)

    html = body(page, cell, around="<table><colgroup><col /><col /></colgroup>{}</table>").replace(
        "<br>", "<br />"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{page.truth.identity.title}</title></head><body>{html}</body></html>'.encode()


def fragment(rng: Random, page: Page) -> bytes:
    return body(page).encode()


def traps(rng: Random, page: Page) -> bytes:
    """Struck numbers, note marks, hidden cells, zero-width characters, escaped twice, fonts within numbers."""

    def cell(placed: Placed) -> str:
        text = text_of(placed)
        if placed.content.role != "value" and not placed.content.text.strip().isdigit():
            return (
                f"<th{spans(placed)}>{text}</th>" if rng.random() < 0.3 else f"<td{spans(placed)}>{text}</td>"
            )
        kind = rng.randrange(9)
        bare = text.replace("&nbsp;", "").strip() and "<br>" not in text and "&" not in text
        if kind == 0:
            text = f"<del>777</del>{text}"
        elif kind == 1 and bare:
            text = f"{text}<sup>①</sup>" if rng.random() < 0.5 else f"{text}<sup>[1]</sup>"
        elif kind == 2:
            text = f'{text}<span style="display:none">888</span>'
        elif kind == 3 and bare:
            text = f"{text[:1]}\u200b<span>{text[1:]}</span>"
        elif kind == 4 and text == "&nbsp;":
            text = "&amp;nbsp;"
        elif kind == 5:
            text = f"\n\t\t{text}\n\t\t"
        elif kind == 6:
            text = f"<div><div>{text}</div></div><script>document.write(9)</script>"
        elif kind == 7:
            return f'<td{spans(placed)}>{text}</td><td style="DISPLAY: none">999</td>'
        else:
            text = f'<s>12</s><a href="javascript:;">{text}</a><!-- 55 -->'
        return f"<td{spans(placed)}>{text}</td>"

    return document(page.truth.identity.title, f'<div class="content">{body(page, cell)}</div>').encode(
        "utf-16"
    )


def view_source(rng: Random, page: Page) -> bytes:
    source = portal(rng, page).decode()
    rows = "".join(
        f'<tr><td class="line-number" value="{n}"></td><td class="line-content"><span class="html-tag">{escape(t)}</span></td></tr>'
        for n, t in enumerate(source.split("\n"), 1)
    )
    return f'<html><head><meta name="color-scheme" content="light dark"></head><body><div class="line-gutter-backdrop"></div><form autocomplete="off"><label class="line-wrap-control">自动换行<input type="checkbox"></label></form><table><tbody>{rows}</tbody></table></body></html>'.encode()


def escaped(rng: Random, page: Page) -> bytes:
    return escape(plain(rng, page).decode()).encode()


def in_json(rng: Random, page: Page) -> bytes:
    data = {
        "code": 200,
        "data": {
            "list": [{"id": 1, "title": page.truth.identity.title, "views": 812, "content": body(page)}]
        },
    }
    text = json.dumps(data, ensure_ascii=rng.random() < 0.5)
    return (text.replace("<", "\\u003c") if rng.random() < 0.5 else text).encode()


def in_script(rng: Random, page: Page) -> bytes:
    text = body(page)
    kind = rng.randrange(3)
    if kind == 0:
        quoted = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("/", "\\/")
        return f"var docTitle = '{page.truth.identity.title}';\nvar html = '{quoted}';".encode()
    if kind == 1:
        return "\n".join(
            f"document.write({json.dumps(t, ensure_ascii=False)});" for t in text.split("\n")
        ).encode()
    return f"jQuery110({json.dumps({'content': text})});".encode()


def mhtml(rng: Random, page: Page) -> bytes:
    encoding = rng.choice(("quoted-printable", "base64"))
    inner = portal(rng, page)
    charset = "utf-8"
    if rng.random() < 0.4:
        inner, charset = word_saved(rng, page), "gb2312"
    coded = quopri.encodestring(inner) if encoding == "quoted-printable" else base64.encodebytes(inner)
    frame = b"--X\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 7bit\r\n\r\n<html><body>ad 12</body></html>\r\n"
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.gov.cn/1.html\r\nSubject: =?utf-8?Q?a?=\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="X"\r\n\r\n\r\n'
        + f'--X\r\nContent-Type: text/html; charset="{charset}"\r\nContent-ID: <f@mhtml.blink>\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'.encode()
        + coded
        + b"\r\n"
        + frame
        + b"--X\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--X--\r\n"
    )


def parts(rng: Random, page: Page) -> bytes:
    """Each section in an element of its own, one of them badly named."""
    html: list[str] = []
    for block in page.blocks:
        if isinstance(block, Line) and block.kind == "heading":
            html.append('</div><div class="section">')
        html.append(
            paragraph(block) if isinstance(block, Line) else f'<div class="nav content">{table(block)}</div>'
        )
    menu = "".join(f'<a href="/{i}/">{word}</a> ' for i, word in enumerate(MENU))
    return document(
        "政府信息公开",
        f'<div id="top">{menu}</div><div class="box"><div>{"".join(html)}</div></div><div id="footer">{FOOT[0]}</div>',
    ).encode()


def breaks(rng: Random, page: Page) -> bytes:
    """Paragraphs are lines parted with `br`; tables stand without an end tag; heads and feet of tables."""
    html = "".join(
        f"<br><br>　　{escape(b.text)}"
        if isinstance(b, Line) and b.kind not in ("page", "between")
        else table(b, around="<table><caption></caption><tbody>{}</tbody>")
        if isinstance(b, Grid)
        else ""
        for b in page.blocks
    )
    return document(page.truth.identity.title, f"<div id=article>{html}</div>").encode()


def sheet(rng: Random, page: Page) -> bytes:
    """Saved by a spreadsheet: the whole report is one table, prose in rows of one cell."""
    width = max(g.n_columns for g in page.tables)

    def cell(placed: Placed) -> str:
        digits = placed.content.text.strip()
        number = f' x:num="{digits}.0001"' if digits.isdigit() else ""
        return f"<td class=xl6{rng.randint(1, 9)}{spans(placed)}{number}>{text_of(placed)}</td>"

    rows = "".join(
        table(b, cell, around="{}")
        if isinstance(b, Grid)
        else f"<tr height=19><td colspan={width}>{escape(b.text)}</td></tr>"
        for b in page.blocks
    )
    last = (
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]>"
    )
    head = "<meta charset=gb2312><style>td{mso-number-format:General}</style>"
    return f"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head>{head}</head><body><table>{rows}{last}</table></body></html>".encode(
        "gb18030"
    )


STYLES: dict[str, Callable[[Random, Page], bytes]] = {
    f.__name__: f
    for f in (
        plain,
        word_pasted,
        word_saved,
        portal,
        nested,
        loose,
        wrong_utf8,
        wrong_gbk,
        by_style,
        xhtml,
        fragment,
        traps,
        view_source,
        escaped,
        in_json,
        in_script,
        mhtml,
        parts,
        breaks,
        sheet,
    )
}
