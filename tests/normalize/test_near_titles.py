"""A title with one wrong letter is a title; two letters, another word, or a sentence make none."""

from __future__ import annotations

import random

import pytest
from word_package import source_of

from extract.document import Document, Paragraph
from normalize.identity.near_titles import put_right
from normalize.identity.read import read_identity
from normalize.read import read_report
from normalize.report import Identity, Report

TITLE = "白银区统计局2020年政府信息公开工作年度报告"
PROSE = (
    "一、总体情况",
    *(f"全年主动公开政府信息{n}条，较上年增长3%，按照条例的要求及时更新公开指南和目录。" for n in range(20)),
    "五、存在的主要问题及改进情况",
    "下一步将加强培训。",
)


def read(*lines: str) -> Identity:
    return read_identity([Paragraph(text) for text in (*lines, *PROSE)], [], "", "reports/0001.txt")


def report_of(*lines: str) -> Report:
    blocks = tuple(Paragraph(text) for text in (*lines, *PROSE))
    return read_report(Document(source_of(b""), "text", "text", blocks))


@pytest.mark.parametrize("at", range(TITLE.index("政府"), len(TITLE)))
def test_whichever_letter_is_wrong_the_title_is_found_as_printed(at: int) -> None:
    letter = random.Random(at).choice("灼彧稊芊幵庋吉")
    wrong = TITLE[:at] + letter + TITLE[at + 1 :]
    found = read(wrong)
    assert (found.title, found.agency, found.year) == (wrong, "白银区统计局", 2020)
    assert report_of(wrong).is_report


@pytest.mark.parametrize(
    "lines",
    [
        ("白银区统计局", "2020年政府信息公幵工作年度报告"),
        ("2020年政府信息公幵工作年度报告", "（白银区统计局）"),
        ("2020年政府資訊公幵工作年度報告（白银区统计局）",),
        ("白银区统计局2020年 政 府 信 息 公 幵 工 作 年 度 报 告",),
    ],
)
def test_it_is_read_as_other_titles_are(lines: tuple[str, ...]) -> None:
    found = read(*lines)
    assert (found.agency, found.agency_source, found.year) == ("白银区统计局", "title", 2020)


@pytest.mark.parametrize(
    "line",
    [
        "白银区统计局2020年政府信息公示工作年度报告",
        "白银区统计局2020年政府信息公开工作季度报告",
        "白银区统计局2020年政府信息公开工作进度报告",
        "白银区统计局2020年政府信息公开程度报告",
        "白银区某信息公司年度报告",
        "白银区统计局2020年政府信息公开工作年度报表",
        "白银区统计局2020年政府信息公幵工作年庋报告",
        "白银区统计局2020年政府信息工作年度报告",
        "白银区统计局2020年政府信息公开工作计划",
        "白银区统计局2020年院务公幵工作年度报告",
    ],
)
def test_two_wrong_letters_or_another_word_make_no_title(line: str) -> None:
    assert read(line).title == ""
    assert not report_of(line).is_report


@pytest.mark.parametrize(
    "line",
    [
        "我局认真编制2020年政府信息公幵工作年度报告，并按时公布。",
        "根据《条例》规定，编制本年度政府信息公幵工作年度报告。",
        "现将白银区统计局2020年政府信息公幵工作年度报告公布如下：",
        "做好2020年政府信息公幵工作年度报告编制工作",
    ],
)
def test_a_sentence_with_a_wrong_letter_is_no_title(line: str) -> None:
    assert read(line).title == ""


def test_a_right_title_comes_before_a_wrong_one() -> None:
    wrong = "丰城区审计局2021年政府信息公幵工作年度报告"
    assert read(wrong, "来源：本站。", TITLE).title == TITLE
    assert read(TITLE, wrong).title == TITLE


def test_a_right_title_is_left_alone() -> None:
    for title in (TITLE, "2020年院务公开工作年度报告", "校务公开年度报告", "2020年政府信息公开年报"):
        assert put_right(title) == title
