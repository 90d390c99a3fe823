"""Hostile pages: bounded, read or refused with one of the project's own errors, nothing fetched."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.archive.mail.mhtml import read_mhtml
from extract.document import Document, Paragraph, Source
from extract.errors import ReadError, TooLarge
from extract.html import read_html
from extract.read import read_document

MANY = 100_000


def read(data: bytes) -> Document:
    return read_document(data, Source("page.html", "a" * 64, len(data)))


def printed(data: bytes) -> str:
    document = read(data)
    texts = [[b.text] if isinstance(b, Paragraph) else [c.text for c in b.cells] for b in document.blocks]
    return "|".join(text for block in texts for text in block)


def outcome(reader: Callable[[bytes, Source], Document], data: bytes) -> str:
    """The name of the reader, or the sentence that refuses the file."""
    try:
        return reader(data, Source("x", "a" * 64, 1)).reader
    except ReadError as fault:
        return fault.sentence()


@pytest.mark.parametrize(
    "tag", [b"div", b"span", b"b", b"blockquote", b"ul><li", b"table><tr><td", b"font", b"p><b"]
)
def test_deep_nesting_loses_nothing(tag: bytes) -> None:
    opened = b"<" + tag + b">"
    text = printed(b"<html><body>" + opened * MANY + b"5<p>7</p>")
    assert [piece for piece in text.split("|") if piece] == ["5", "7"]


def test_end_tags_that_close_nothing() -> None:
    assert printed(b"<html><body>" + b"<div>" * MANY + b"</span>" * MANY + b"5") == "5"


def test_unclosed_elements_in_thousands_of_cells_keep_their_cells() -> None:
    text = printed(b"<html><table>" + b"<tr><td><font><b><span>a<td><font><span><i>12" * 3000 + b"</table>")
    assert text.split("|") == ["a", "12"] * 3000


def test_a_page_beyond_all_reports_is_refused() -> None:
    with pytest.raises(TooLarge):
        read(b"<html><body>" + b"<p>abcde</p>" * 8_500_000)
    with pytest.raises(TooLarge):
        read(b"<html><body>" + b"<" * 1_000_000)


def test_pictures_within_the_page_do_not_count() -> None:
    picture = b"<img src='data:image/png;base64," + b"QUJD" * 10_000_000 + b"'>"
    assert printed(b"<html><body><p>5</p>" + picture + b"<p>7</p>") == "5|7"


def test_spans_without_bounds() -> None:
    row = b"<tr>" + b"<td rowspan=65534 colspan=1000>1</td>" * 20 + b"</tr>"
    assert printed(b"<html><table>" + row * 50 + b"</table>").count("1") == 1000


def test_thousands_of_attributes() -> None:
    attributes = b" ".join(b'a%d=">"' % i for i in range(MANY))
    assert printed(b"<html><body><div " + attributes + b">5</div>") == "5"


def test_utf7_is_never_decoded() -> None:
    page = b"<html><head><meta charset=utf-7></head><body><p>+ADw-script+AD4-5</p>"
    assert printed(page) == "+ADw-script+AD4-5"


def test_lone_surrogates_and_what_is_no_character() -> None:
    text = "<html><body><p>&#xD800;&#0;&#x110000;5\ud800</p>"
    assert "5" in printed(text.encode("utf-8", "surrogatepass"))
    assert "5" in printed(text.encode("utf-16", "surrogatepass"))


def test_entities_are_not_expanded_and_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    page = (
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<html><head><base href="http://127.0.0.1:9/"><link rel=stylesheet href=a.css><script src=a.js></script></head>'
        b"<body><img src=b.png><iframe src=c.html></iframe><p>&b;&x;5</p>"
    )
    text = printed(page)
    assert "root:" not in text
    assert "aaaa" not in text
    assert text.endswith("5")


@pytest.mark.parametrize(
    "data",
    [
        b"<!-- nothing but this -->",
        b"<html>" + b"<!--" * MANY,
        b"<html><style>" + b"{" * MANY + b"</style>5",
        b"<html><body>" + b"<script>" * MANY,
        b"<html><p style='" + b"display:" * MANY + b"'>5",
        b"<html><body id=viewsource><pre>" + b"&lt;td&gt;" * 9000,
        b"var a='" + b"\\u003ctable\\u003e" * 9000 + b"';",
        b'<html><img src="data:image/png;base64,\n' + b"AAAA\n" * MANY,
    ],
)
def test_odd_pages_are_read_or_refused(data: bytes) -> None:
    assert outcome(read_html, data)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for reader in (read_html, read_mhtml):
        for page in (data, b"<table><tr><td>" + data + b"</table>", b"MIME-Version: 1.0\r\n" + data):
            assert outcome(reader, page)


def test_parts_within_parts() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n"
    with pytest.raises(ReadError):
        read_mhtml(
            head + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 5000,
            Source("x", "a" * 64, 1),
        )
