"""Encodings of pages: what the content says counts, and a wrong declaration is told."""

from __future__ import annotations

import pytest

from extract.html.source.encoding import decode_page

WORDS = "二〇二二年某县某局政府信息公开工作年度报告，本年度主动公开政府信息三百条。"
PAGE = "<html><head>{}</head><body><p>" + WORDS + "</p></body></html>"
META = '<meta charset="{}">'


def page(declared: str, encoding: str, before: str = "") -> bytes:
    return PAGE.format(META.format(declared) + before if declared else before).encode(encoding)


@pytest.mark.parametrize(
    ("declared", "encoding", "remarks"),
    [
        ("utf-8", "utf-8", ()),
        ("gb2312", "gb18030", ()),
        ("", "utf-8", ()),
        ("", "gb18030", ()),
        ("utf-8", "gb18030", ("encoding.declared_wrong",)),
        ("gbk", "utf-8", ("encoding.declared_wrong",)),
        ("iso-8859-1", "gb18030", ()),
        ("utf-7", "utf-8", ()),
        ("no-such-thing", "gb18030", ()),
        ("utf-8", "utf-16", ()),
        ("", "utf-16", ()),
        ("utf-8", "utf-8-sig", ()),
        ("gbk", "utf-8-sig", ("encoding.declared_wrong",)),
    ],
)
def test_content_and_declaration(declared: str, encoding: str, remarks: tuple[str, ...]) -> None:
    text, noticed = decode_page(page(declared, encoding))
    assert WORDS in text
    assert noticed == remarks


def test_thirty_thousand_bytes_of_script_come_first() -> None:
    text, noticed = decode_page(page("utf-8", "gb18030", "<script>" + "var a = 1;\n" * 3000 + "</script>"))
    assert WORDS in text
    assert noticed == ("encoding.declared_wrong",)


def test_characters_beyond_what_is_declared() -> None:
    words = WORDS + "㐂𠮷镕"
    text, noticed = decode_page(
        page("gb2312", "gb18030").replace(WORDS.encode("gb18030"), words.encode("gb18030"))
    )
    assert (words in text, noticed) == (True, ())


def test_one_broken_byte() -> None:
    data = page("utf-8", "utf-8").replace("县".encode(), "县".encode()[:2])
    text, noticed = decode_page(data)
    assert WORDS.partition("县")[2].partition("县")[0] in text
    assert noticed == ("encoding.damaged",)


def test_traditional_characters_in_big5() -> None:
    words = "二零二二年政府資訊公開年度報告，主動公開政府資訊三百條，受理申請十二件，均已答覆辦理。"
    text, _ = decode_page(PAGE.replace(WORDS, words).format(META.format("big5")).encode("big5"))
    assert words in text


def test_the_header_of_a_part_counts_where_content_says_nothing() -> None:
    assert decode_page("<td>\u0107</td>".encode("cp1250"), "windows-1250")[0] == "<td>\u0107</td>"
