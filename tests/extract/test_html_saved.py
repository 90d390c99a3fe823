"""Pages in other wrappings, and the files that pages link to."""

from __future__ import annotations

import json

import pytest

from extract.document import Document, Source, Table
from extract.read import read_document

TABLE = "<table><tr><td>项目</td><td>本年数</td><td>上年数</td></tr><tr><td>受理</td><td>12</td><td>7</td></tr></table>"
ROWS = ["项目", "本年数", "上年数", "受理", "12", "7"]


def read(text: str | bytes) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read_document(data, Source("page.html", "a" * 64, len(data)))


def cells(document: Document) -> list[str]:
    return [c.text for b in document.blocks if isinstance(b, Table) for c in b.cells]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"content": TABLE}),
        json.dumps({"a": [{"b": {"c": [TABLE]}}]}).replace("<", "\\u003c"),
        json.dumps({"content": TABLE.replace("<", "&lt;").replace(">", "&gt;")}),
        f"callback({json.dumps({'c': TABLE})})",
        "var a = '" + TABLE.replace("/", "\\/") + "';",
        "document.write('" + TABLE[:40] + "' + \"" + TABLE[40:] + '");',
        "/* saved */\nwindow.html = `" + TABLE + "`;",
        TABLE.replace("<", "&lt;").replace(">", "&gt;"),
        "<html><body id='viewsource'><pre>" + TABLE.replace("<", "&lt;") + "</pre></body></html>",
    ],
)
def test_the_page_is_found_in_its_wrapping(text: str) -> None:
    document = read(text)
    assert (document.format, document.reader) == ("html", "html")
    assert cells(document) == ROWS


def test_what_a_script_computes_is_no_number() -> None:
    text = "document.write('" + TABLE.replace("12", "1' + n + '") + "');"
    assert cells(read(text))[4] == "1\ufffd"


def test_a_frame_of_a_saved_page_holds_the_tables() -> None:
    part = "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n"
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    frames = "<html><frameset><frame src=a.html></frameset></html>"
    document = read(head + part.format(frames) + part.format(f"<p>正文</p>{TABLE}") + "--x--\r\n")
    assert (document.format, document.reader, cells(document)) == ("mhtml", "html", ROWS)


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("<p><a href='/f/a.pdf'>年报</a></p>", ("年报 (/f/a.pdf)",)),
        ("<p><a href='/down?file=a.docx&id=1'>附件</a></p>", ("附件 (/down?file=a.docx&id=1)",)),
        ("<p><a href='/down?id=1'>2021年报.doc</a></p>", ("2021年报.doc (/down?id=1)",)),
        (
            "<iframe src='/pdfjs/viewer.html?file=/u/a.pdf'></iframe>",
            ("a.pdf (/pdfjs/viewer.html?file=/u/a.pdf)",),
        ),
        ("<embed src='a.pdf'>", ("a.pdf (a.pdf)",)),
        ("<object data='a.ofd'></object>", ("a.ofd (a.ofd)",)),
        ("<div id=v></div><script>PDFObject.embed('/u/a.pdf', '#v')</script>", ("a.pdf (/u/a.pdf)",)),
        ("<p><a href='/1.html'>年报</a> <a href='javascript:void(0)'>打印</a></p>", ()),
    ],
)
def test_files_that_a_page_links_to(body: str, links: tuple[str, ...]) -> None:
    assert read(f"<html><body><h1>某局年度报告</h1>{body}</body></html>").links == links
