"""Headings by meaning, and the sections between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Paragraph
from normalize.prose.sections import read_sections
from normalize.words.csv_lines import DictionaryError
from normalize.words.headings import section_of_heading, split_glued
from normalize.words.word_list import read_rows

OFFICIAL = {
    1: ["总体情况"],
    2: ["主动公开政府信息情况"],
    3: ["收到和处理政府信息公开申请情况"],
    4: [
        "政府信息公开行政复议、行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开行政法复议、行政诉讼情况",
    ],
    5: ["存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况", "存在的不足及下一步打算"],
    6: ["其他需要报告的事项", "其它需要报告的事项"],
}
NUMERALS = "一二三四五六七八九—"
SPELLINGS = [(n, words) for n, all_words in OFFICIAL.items() for words in all_words]


@given(
    st.sampled_from(SPELLINGS),
    st.sampled_from(NUMERALS),
    st.sampled_from("、．.,，"),
    st.sampled_from(["", " ", "　"]),
)
def test_numeral_and_spacing_do_not_matter(
    heading: tuple[int, str], numeral: str, sign: str, space: str
) -> None:
    number, words = heading
    assert section_of_heading(f"{space}{numeral}{space}{sign}{space}{space.join(words)}{space}") == number


@given(st.sampled_from(SPELLINGS), st.data())
def test_one_misprint_does_not_matter(heading: tuple[int, str], data: st.DataObject) -> None:
    number, words = heading
    if len(words) < 12:
        return
    at = data.draw(st.integers(1, len(words) - 2))
    letter = data.draw(st.sampled_from(["", "法", "的"]))
    assert section_of_heading(f"五、{words[:at]}{letter}{words[at + 1 :]}") == number


@pytest.mark.parametrize(
    "line",
    [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "三三、本年度办理结果",
        "四、结转下年度继续办理",
        "（一）主动公开政府信息情况",
        "（二）依申请公开政府信息情况",
        "（一）主动公开情况。",
        "1.主动公开情况",
        "2.依申请公开情况",
        "一是主动公开政府信息情况",
        "（七）总计",
        "第二十条第（一）项",
        "政府信息公开情况统计表",
        "行政复议",
        "行政诉讼",
        "其他处理",
        "全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六部分。",
        "我办暂无其他需要报告的事项。",
        "本单位没有因政府信息公开工作被申请行政复议、提起行政诉讼情况。",
        "",
        "2021",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert section_of_heading(line) == 0


def paragraphs(text: str) -> list[Paragraph]:
    return [Paragraph(line) for line in text.split("\n")]


def numbers(text: str) -> list[int]:
    return [section.number for section in read_sections(paragraphs(text))]


def test_sections_in_order_and_text_before_them() -> None:
    text = (
        "某局年报\n\n一、总体情况\n甲\n乙\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n丙"
    )
    found = read_sections(paragraphs(text))
    assert [(s.number, s.heading, s.text) for s in found] == [
        (0, "", "某局年报"),
        (1, "一、总体情况", "甲\n乙"),
        (2, "二、主动公开政府信息情况", ""),
        (3, "三、收到和处理政府信息公开申请情况", "丙"),
    ]


def test_wrong_numerals() -> None:
    text = "一、总体情况\n甲\n一、主动公开政府信息情况\n二、收到和处理政府信息公开申请情况\n三、行政复议、行政诉讼情况\n乙"
    assert numbers(text) == [1, 2, 3, 4]


@pytest.mark.parametrize("page", ["……1", "", " .......... 2"])
@pytest.mark.parametrize("title", ["\n某局年报", ""])
def test_table_of_contents_is_left_out(page: str, title: str) -> None:
    text = f"一、总体情况{page}\n二、主动公开政府信息情况{page}{title}\n一、总体情况\n甲\n二、主动公开政府信息情况\n乙"
    assert [(s.number, s.text) for s in read_sections(paragraphs(text)) if s.number] == [(1, "甲"), (2, "乙")]


def test_heading_repeated_in_a_later_section_is_text() -> None:
    text = "一、总体情况\n甲\n五、存在的主要问题及改进情况\n乙\n主动公开情况\n丙"
    assert numbers(text) == [1, 5]


def test_heading_over_two_lines() -> None:
    text = "四、因政府信息公开工作被申请行政复议、提起行政\n诉讼情况\n无。"
    found = read_sections(paragraphs(text))
    assert [(s.number, s.heading, s.text) for s in found] == [
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "无。")
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "表三",
        "表三：收到和处理政府信息公开申请情况",
        "表三 收到和处理政府信息公开申请情况",
        "表 四  政府信息公开行政复议、行政诉讼情况",
        "表二、主动公开政府信息情况",
        "（表二）主动公开政府信息情况",
        "附表：主动公开政府信息情况",
        "附表3　收到和处理政府信息公开申请情况",
        "续表三 收到和处理政府信息公开申请情况",
        "图一 收到和处理政府信息公开申请情况",
        "主动公开政府信息情况表",
    ],
)
def test_caption_of_a_table_is_no_heading(caption: str) -> None:
    lines = ["一、总体情况", "甲", caption, "乙", "二、主动公开政府信息情况", "丙"]
    found = read_sections([Paragraph(line) for line in lines])
    assert [(s.number, s.heading, s.text) for s in found] == [
        (1, "一、总体情况", f"甲\n{caption}\n乙"),
        (2, "二、主动公开政府信息情况", "丙"),
    ]


def test_numbered_heading_that_ends_in_a_table_is_one() -> None:
    lines = ["一、总体情况", "甲", "三、收到和处理政府信息公开申请情况表", "乙"]
    assert numbers("\n".join(lines)) == [1, 3]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("一、总体情况 2021年，我局认真落实。", ["一、总体情况", "2021年，我局认真落实。"]),
        ("一、总体情况：2021年，我局认真落实。", ["一、总体情况", "2021年，我局认真落实。"]),
        ("六、其他需要报告的事项无。", ["六、其他需要报告的事项", "无。"]),
        ("止。 一、总体情况 （一）主动公开", ["止。", "一、总体情况", "（一）主动公开"]),
        (
            "二、主动公开政府信息情况三、收到和处理政府信息公开申请情况",
            ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"],
        ),
        (
            "详见 表 三、收到和处理政府信息公开申请情况 无。",
            ["详见 表 三、收到和处理政府信息公开申请情况 无。"],
        ),
        ("包括总体情况、主动公开政府信息情况等六部分。", ["包括总体情况、主动公开政府信息情况等六部分。"]),
        ("一、总体情况和主动公开政府信息情况说明如下。", ["一、总体情况和主动公开政府信息情况说明如下。"]),
    ],
)
def test_glued_headings(line: str, pieces: list[str]) -> None:
    assert split_glued(line) == pieces


@given(st.lists(st.text(alphabet="一二三、总体情况公开申请复议诉讼问题0123。 \n", max_size=40), max_size=12))
def test_no_letter_is_lost(lines: list[str]) -> None:
    """Apart from headings of a table of contents and the signs that joined a heading to its text."""
    found = read_sections([Paragraph(line) for line in lines])
    kept = "".join("".join((s.heading + s.text).split()) for s in found)
    whole = "".join("".join(line.split()) for line in lines)
    assert set(kept) <= set(whole)
    assert len(kept) <= len(whole)


def test_faulty_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("word,note\n甲,\n甲,\n,x\n", encoding="utf-8")
    with pytest.raises(DictionaryError) as caught:
        read_rows("list.csv", ("word", "note"), tmp_path)
    assert len(caught.value.faults) == 2
    with pytest.raises(DictionaryError):
        read_rows("list.csv", ("word", "kind"), tmp_path)


@pytest.mark.parametrize("row", read_rows("headings.csv", ("heading", "section", "edition", "note")), ids=str)
def test_every_listed_spelling_is_its_section(row: dict[str, str]) -> None:
    assert section_of_heading(f"七、{row['heading']}") == int(row["section"])


@pytest.mark.parametrize(
    "row", read_rows("heading_words.csv", ("words", "section", "example", "note")), ids=str
)
def test_every_set_of_words_tells_a_section(row: dict[str, str]) -> None:
    words = "与有关单位的".join(row["words"].split())
    assert section_of_heading(f"七、{words}") == int(row["section"])
    assert section_of_heading(row["example"]) == int(row["section"])
