"""A web page as programs save it: MHTML, a listing of its source, inside JSON or a script, in an e-mail.

Enters: the text of a page, or its bytes. Leaves: bytes of one file.
"""

from __future__ import annotations

import base64
import json
import quopri
import re
from collections.abc import Iterable
from html import escape
from random import Random

from corpus.charset import DECLARATION, Charset, encode_page

_PIXEL = base64.b64decode(b"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_STYLE = b"body { font: 16px/2 SimSun; }\r\n.TRS_Editor p { text-indent: 2em; }\r\n"
_ADDRESS = "http://www.example.gov.cn/zwgk/xxgkml/gknb/202301/t20230118_{n}.html"


def encoded_word(text: str, charset: str = "utf-8", letter: str = "B") -> str:
    """A header's text as RFC 2047 has it."""
    data = text.encode(charset)
    if letter == "B":
        return f"=?{charset}?B?{base64.b64encode(data).decode()}?="
    return f"=?{charset}?Q?{''.join(f'={b:02X}' for b in data)}?="


def _wrapped(data: bytes, way: str) -> bytes:
    if way == "base64":
        return base64.encodebytes(data).replace(b"\n", b"\r\n")
    lines = quopri.encodestring(data.replace(b"\r\n", b"\n")).split(b"\n")
    return b"\r\n".join(lines)


def part(kind: str, data: bytes, way: str, *headers: str) -> bytes:
    """One part of a multipart message, without its boundary."""
    lines = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {way}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + _wrapped(data, way) + b"\r\n"


def multipart(head: Iterable[str], boundary: str, parts: Iterable[bytes], preamble: bytes = b"") -> bytes:
    """A message of several parts."""
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + p for p in parts)
    return "\r\n".join(head).encode() + b"\r\n\r\n" + preamble + body + mark + b"--\r\n"


def blink_archive(rng: Random, text: str, title: str) -> bytes:
    """Chrome's and Edge's *.mhtml: UTF-8 whatever the page was, quoted-printable, resources behind."""
    address = _ADDRESS.format(n=rng.randint(10**5, 10**6))
    boundary = f"----MultipartBoundary--{''.join(rng.choices('abcdefghijkABCDEFGHIJK0123456789', k=42))}----"
    head = (
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {address}",
        f"Subject: {encoded_word(title, letter='Q')}",
        "Date: Tue, 7 Mar 2023 09:41:02 +0800",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="' + boundary + '"',
    )
    page = encode_page(text, Charset())
    frame = (
        "<html><head><meta charset='utf-8'></head><body><ul><li>行政许可</li><li>规章</li></ul></body></html>"
    )
    parts = [
        part(
            "text/html",
            page,
            "quoted-printable",
            "Content-ID: <frame-A1@mhtml.blink>",
            f"Content-Location: {address}",
        ),
        part("text/css", _STYLE, "quoted-printable", "Content-Location: http://www.example.gov.cn/style.css"),
        part("image/gif", _PIXEL, "base64", "Content-Location: http://www.example.gov.cn/images/1.gif"),
        part(
            "text/html",
            frame.encode(),
            "quoted-printable",
            "Content-ID: <frame-B2@mhtml.blink>",
            "Content-Location: about:blank",
        ),
    ]
    return multipart(head, boundary, parts[: rng.choice((1, 3, 4))], b"\r\n")


def explorer_archive(rng: Random, text: str, title: str, word: bool = False) -> bytes:
    """*.mht of Internet Explorer and Word: GB2312 in base64 or quoted-printable."""
    boundary = f"----=_NextPart_000_{rng.randint(0, 9999):04}_01D9{rng.randint(0, 0xFFFF):04X}.{rng.randint(0, 2**32 - 1):08X}"
    subject = [f"Subject: {encoded_word(title, 'gb2312')}"] if _fits(title, "gb2312") else []
    head = (
        "MIME-Version: 1.0" if word else f'From: "{encoded_word("由 Internet Explorer 11 保存", "gb2312")}"',
        *subject,
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="' + boundary + '"',
        "X-MimeOLE: Produced By Microsoft MimeOLE V10.0.19041.1",
    )
    codec = rng.choice(("gb2312", "gb2312", "utf-8"))
    page = encode_page(text, Charset(codec, codec))
    way = rng.choice(("base64", "quoted-printable"))
    location = "file:///C:/A1B2C3D4/file9142.htm" if word else _ADDRESS.format(n=rng.randint(10**5, 10**6))
    parts = [
        part(f'text/html;\r\n\tcharset="{codec}"', page, way, f"Content-Location: {location}"),
        part(
            "image/gif", _PIXEL, "base64", "Content-Location: file:///C:/A1B2C3D4/file9142.files/image001.gif"
        ),
    ]
    note = (
        "This document is a Single File Web Page, also known as a Web Archive file.\r\n\r\n" if word else ""
    )
    return multipart(head, boundary, parts, note.encode())


def _fits(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.S)


def chrome_source(text: str) -> bytes:
    """Chrome's view of a source, saved: a table with one row a line."""
    text = encode_page(text, Charset()).decode()
    rows = "".join(
        f'<tr><td class="line-number" value="{i}"></td><td class="line-content">{_coloured(line)}</td></tr>'
        for i, line in enumerate(text.split("\n"), 1)
    )
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><meta name="color-scheme" '
        'content="light dark"></head><body><div class="line-gutter-backdrop"></div><form autocomplete="off"><label '
        'class="line-wrap-control">自动换行<input type="checkbox" aria-label="自动换行"></label></form>'
        f"<table><tbody>{rows}</tbody></table></body></html>"
    ).encode()


def firefox_source(text: str) -> bytes:
    """Firefox's view of a source, saved: preformatted, a span for every line."""
    text = encode_page(text, Charset()).decode()
    lines = "\n".join(f'<span id="line{i}"></span>{_coloured(x)}' for i, x in enumerate(text.split("\n"), 1))
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>view-source:http://www.example.gov.cn/</title>'
        '<link rel="stylesheet" type="text/css" href="resource://content-accessible/viewsource.css"></head>'
        f'<body id="viewsource" class="highlight" style="-moz-tab-size: 4"><pre>{lines}</pre></body></html>'
    ).encode()


def _coloured(line: str) -> str:
    """A line of source with its tags in spans; tags that go over several lines stay plain."""
    out, at = [], 0
    for tag in _TAG.finditer(line):
        out.append(escape(line[at : tag.start()], quote=False))
        kind = "html-comment" if tag[0].startswith("<!--") else "html-tag"
        out.append(f'<span class="{kind}">{escape(tag[0], quote=False)}</span>')
        at = tag.end()
    return "".join(out) + escape(line[at:], quote=False) or "<br>"


def in_json(rng: Random, article: str, title: str, date: str) -> bytes:
    """What a site's interface answered: the article as a string somewhere inside."""
    content = article.replace(DECLARATION, "")
    kind = rng.randrange(4)
    if kind == 1:
        content = escape(content)
    ascii_only = rng.random() < 0.5
    inner = {"id": rng.randint(10**5, 10**6), "title": title, "views": 1234, "content": content}
    inner |= {"publishDate": date} if date else {}
    if kind == 2:  # JSON as a string inside JSON
        answer: object = {"success": True, "data": json.dumps(inner, ensure_ascii=ascii_only)}
    elif kind == 3:
        answer = {"code": 0, "result": {"list": [{"docContent": content, "docTitle": title}], "total": 1}}
    else:
        answer = {"code": 200, "msg": "操作成功", "data": inner}
    return json.dumps(answer, ensure_ascii=ascii_only, indent=rng.choice((None, 2))).encode()


def in_script(rng: Random, article: str, title: str) -> bytes:
    """A .js file whose string is the article."""
    content = article.replace(DECLARATION, "")
    literal = json.dumps(content, ensure_ascii=rng.random() < 0.5).replace("</", "<\\/")
    name = json.dumps(title, ensure_ascii=False)
    kind = rng.randrange(4)
    if kind == 0:
        text = f'jsonp_{rng.randint(1000, 9999)}({{"title": {name}, "content": {literal}}});'
    elif kind == 1:
        single = literal[1:-1].replace('\\"', '"').replace("'", "\\'").replace("<", "\\x3c")
        text = f"var docTitle = {name};\nvar docContent = '{single}';\nshow(docContent);\n"
    elif kind == 2:
        lines = [json.dumps(x, ensure_ascii=False) for x in f"<h1>{title}</h1>\n{content}".split("\n")]
        text = "\n".join(f"document.write({x});" for x in lines)
    else:
        heading = json.dumps(f"<h2>{title}</h2>", ensure_ascii=False)
        text = f"/* article */\nwindow.__DATA__ = {{ views: 1234, body: {heading} + {literal} }};\n"
    return text.encode(rng.choice(("utf-8", "utf-8", "gb18030")))


def in_message(rng: Random, text: str, title: str, body: str) -> bytes:
    """An e-mail whose HTML body is the report; some carry a plain text beside it."""
    codec = rng.choice(("utf-8", "gb18030", "gb2312"))
    page = encode_page(text, Charset(codec, codec))
    head = [
        f"From: {encoded_word('办公室文秘', 'gb18030')} <office@example.cn>",
        f"To: {encoded_word('政务公开科', 'utf-8')} <gk@example.cn>",
        f"Subject: {encoded_word('报送：' + title, 'utf-8')}",
        "Date: Wed, 18 Jan 2023 16:20:31 +0800",
        "MIME-Version: 1.0",
        "X-Mailer: Foxmail 7.2.25.331[cn]",
    ]
    way = rng.choice(("base64", "quoted-printable"))
    html = part(f'text/html;\r\n\tcharset="{codec}"', page, way)
    if rng.random() < 0.4:
        return "\r\n".join(head).encode() + b"\r\n" + html
    boundary = f"----=_001_NextPart{rng.randint(10**11, 10**12)}_=----"
    head.append(f'Content-Type: multipart/alternative;\r\n\tboundary="{boundary}"')
    plain = part('text/plain;\r\n\tcharset="utf-8"', body.encode(), "base64")
    return multipart(head, boundary, [plain, html], b"This is a multi-part message in MIME format.\r\n\r\n")
