"""The labels that Word generates before paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_package import W, cell, package, par, read, row, tables, tbl, texts

from extract.docx.numerals import format_number

TRACKED = 'w:id="1" w:author="a"'


def level(index: int, number_format: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(num_id: int, key: int, extra: str = "") -> str:
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{key}"/>{extra}</w:num>'


def listed(text: str, index: int = 0, num_id: int = 1, extra: str = "") -> str:
    return par(text, f'{extra}<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{num_id}"/></w:numPr>')


def document(body: str, *definitions: str, styles: str = "") -> bytes:
    numbering = f'<w:numbering xmlns:w="{W}">{"".join(definitions)}</w:numbering>'
    sheet = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    return package(
        body, side_parts={"numbering.xml": ("numbering", numbering), "styles.xml": ("styles", sheet)}
    )


OUTLINE = (
    abstract(
        0,
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
    ),
    num(1, 0),
)


def test_three_levels_of_a_report() -> None:
    body = listed("总体情况") + listed("主动公开", 1) + listed("甲", 2) + listed("乙", 2)
    body += listed("依申请公开", 1) + listed("丙", 2) + listed("问题") + listed("改进", 1)
    assert texts(read(document(body, *OUTLINE))) == [
        "一、总体情况", "（一）主动公开", "1. 甲", "2. 乙",
        "（二）依申请公开", "1. 丙", "二、问题", "（一）改进",
    ]  # fmt: skip


def test_cells_count_with_the_text_around_them() -> None:
    body = listed("a") + tbl(row(cell(listed("b")), cell(listed("c")))) + listed("d")
    result = read(document(body, *OUTLINE))
    assert texts(result) == ["一、a", "四、d"]
    assert [item.text for item in tables(result)[0].cells] == ["二、b", "三、c"]


def test_an_empty_numbered_paragraph_prints_its_label() -> None:
    assert texts(read(document(listed("", 2), *OUTLINE))) == ["1."]


def test_deleted_paragraphs_and_rows_are_not_counted() -> None:
    gone = f"<w:rPr><w:del {TRACKED}/></w:rPr>"
    gone_row = row(cell(listed("x")), properties=f"<w:del {TRACKED}/>")
    body = listed("", extra=gone) + tbl(gone_row, row(cell(listed("a")), "b")) + listed("c")
    result = read(document(body, *OUTLINE))
    assert tables(result)[0].cells[0].text == "一、a"
    assert texts(result) == ["二、c"]


def test_lists_that_share_a_definition_go_on_counting_unless_told_to_start_anew() -> None:
    anew = num(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    body = listed("a") + listed("b", num_id=2) + listed("c", num_id=3) + listed("d", num_id=3)
    assert texts(read(document(body, *OUTLINE, num(2, 0), anew))) == ["一、a", "二、b", "一、c", "二、d"]


def test_a_level_may_be_replaced_for_one_list() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimalEnclosedCircle", "%1")}</w:lvlOverride>'
    body = listed("a", num_id=2) + listed("b", num_id=2)
    assert texts(read(document(body, *OUTLINE, num(2, 0, own)))) == ["① a", "② b"]


def test_a_level_that_never_restarts() -> None:
    levels = (level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'))
    body = listed("a") + listed("b", 1) + listed("c") + listed("d", 1)
    assert texts(read(document(body, abstract(0, *levels), num(1, 0)))) == ["1. a", "1) b", "2. c", "2) d"]


def test_labels_of_several_levels_and_legal_digits() -> None:
    legal = level(1, "decimal", "%1.%2", '<w:isLgl/><w:suff w:val="nothing"/>')
    body = listed("a") + listed("b", 1) + listed("c", 1)
    lists = abstract(0, level(0, "chineseCounting", "第%1条"), legal), num(1, 0)
    assert texts(read(document(body, *lists))) == ["第一条 a", "1.1b", "1.2c"]


def test_numbering_from_a_style_and_its_removal_by_number_zero() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style>'
    )
    styled = '<w:pStyle w:val="H2"/>'
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = par("a", styled) + par("b", styled + off) + par("c", styled)
    assert texts(read(document(body, *OUTLINE, styles=styles))) == ["一、a", "b", "二、c"]


def test_a_style_takes_the_level_that_names_it() -> None:
    tied = level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H"/>')
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
    )
    body = par("a", '<w:pStyle w:val="H"/>')
    lists = abstract(0, level(0, "decimal", "%1."), tied), num(1, 0)
    assert texts(read(document(body, *lists, styles=styles))) == ["（一）a"]


def test_a_definition_may_borrow_its_levels_from_a_numbering_style() -> None:
    borrowing = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="S"/></w:abstractNum>'
    styles = (
        '<w:style w:type="numbering" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
    )
    body = listed("a", num_id=7)
    assert texts(read(document(body, *OUTLINE, borrowing, num(7, 5), styles=styles))) == ["一、a"]


def test_styles_based_on_each_other_end() -> None:
    loop = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("AB", "BA")
    )
    assert texts(read(document(par("a", '<w:pStyle w:val="A"/>'), *OUTLINE, styles=loop))) == ["a"]


@pytest.mark.parametrize("bad", ['w:val="x"', 'w:val="-7"', 'w:val="99999999999999999999"', ""])
def test_nonsense_in_numbers_is_survived(bad: str) -> None:
    lists = f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start {bad}/></w:lvl></w:abstractNum>'
    body = f'<w:p><w:pPr><w:numPr><w:ilvl {bad}/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    assert len(texts(read(document(body, lists, num(1, 0))))) == 1


@pytest.mark.parametrize(
    ("name", "numerals"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {7: "07", 12: "12"}),
        ("chineseCounting", {10: "十", 11: "十一", 20: "二十", 99: "九十九"}),
        ("chineseCountingThousand", {100: "一百", 105: "一百零五", 110: "一百一十", 1010: "一千零一十"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 100: "百"}),
        ("chineseLegalSimplified", {3: "叁", 12: "壹拾贰"}),
        ("ideographDigital", {10: "一〇"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 51: "51"}),
        ("decimalEnclosedParen", {1: "⑴"}),
        ("decimalEnclosedFullstop", {1: "⒈"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {4: "iv", 9: "ix"}),
        ("upperRoman", {14: "XIV"}),
        ("nonsense", {3: "3"}),
    ],
)
def test_number_formats(name: str, numerals: dict[int, str]) -> None:
    assert {number: format_number(number, name) for number in numerals} == numerals


@given(st.integers(1, 9999))
def test_chinese_numerals_say_their_number(number: int) -> None:
    digits, units = "零一二三四五六七八九", {"十": 10, "百": 100, "千": 1000}
    total, digit = 0, 0
    for sign in format_number(number, "chineseCountingThousand"):
        if sign in units:
            total, digit = total + (digit or 1) * units[sign], 0
        else:
            digit = digits.index(sign)
    assert total + digit == number
