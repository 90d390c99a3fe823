"""Figures in the prose."""

from __future__ import annotations

import timeit
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.prose.mentions import read_mentions
from normalize.report import Mention, Section


def read(text: str) -> tuple[Mention, ...]:
    return read_mentions([Section(1, "一、总体情况", text)])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("微信公众号信息发布 138 条", [("微信公众号信息发布", "138", "条", False)]),
        (
            "受理14074件，正常办结14030件。",
            [("受理", "14074", "件", False), ("正常办结", "14030", "件", False)],
        ),
        ("回复留言近1400个。", [("回复留言", "1400", "个", True)]),
        ("召开会议10余次。", [("召开会议", "10", "次", True)]),
        ("培训100多人次。", [("培训", "100", "人次", True)]),
        ("主动公开信息１，２３４条。", [("主动公开信息", "1234", "条", False)]),
        ("主动公开信息1,234条。", [("主动公开信息", "1234", "条", False)]),
        ("主动公开信息１２３条。", [("主动公开信息", "123", "条", False)]),
        ("收费18.5万元。", [("收费", "18.5", "万元", False)]),
        ("播放量超2300万次。", [("播放量", "23000000", "次", True)]),
        ("办结率99.5%。", [("办结率", "99.5", "%", False)]),
        ("同比增长3.2个百分点。", [("同比增长", "3.2", "个百分点", False)]),
        (
            "收到申请21件（其中网络申请15件，信函申请6件）。",
            [
                ("收到申请", "21", "件", False),
                ("网络申请", "15", "件", False),
                ("信函申请", "6", "件", False),
            ],
        ),
        ("制发12份文件。", [("制发文件", "12", "份", False)]),
        ("1.公开信息12条。", [("公开信息", "12", "条", False)]),
        ("1. 12条信息。", [("信息", "12", "条", False)]),
        ("（1）公开信息5条以上。", [("公开信息", "5", "条", True)]),
        ("2021年全年共公开政府信息63条。", [("公开政府信息", "63", "条", False)]),
        ("12345热线受理5件。", [("12345热线受理", "5", "件", False)]),
    ],
)
def test_what_is_counted(sentence: str, expected: list[tuple[str, str, str, bool]]) -> None:
    found = [(m.phrase, str(m.value), m.unit, m.approximate) for m in read(sentence)]
    assert found == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《条例》第二十条、第20条、第五十条第1项的规定。",
        "2021年12月31日前完成，于4月9日上线。",
        "依据国办发〔2014〕32号和国务院令第711号。",
        "电话：0517-87222589，邮编：223100，邮箱：hzzwgk@126.com。",
        "地址：洪泽湖大道90号2112室。",
        "网址：http://www.example.gov.cn/2021/3/index.html。",
        "编发第12期简报。",
        "1.总体情况 2、主动公开 （3）其他",
        "二〇二一年度。",
        "G20峰会和H5作品。",
        "每年2-3次。",
        "",
    ],
)
def test_not_counted(sentence: str) -> None:
    assert read(sentence) == ()


def test_sentence_is_verbatim_and_lines_are_joined() -> None:
    text = (
        "（一）主动公开情况\n全年通过政府门户网站和政务新媒体主动公开各类政府信\n息 1136 条。受理申请21件。"
    )
    found = read(text)
    assert [m.sentence for m in found] == [
        "全年通过政府门户网站和政务新媒体主动公开各类政府信息 1136 条。",
        "受理申请21件。",
    ]
    assert found[0].phrase.endswith("主动公开各类政府信息")


def test_section_numbers_are_kept() -> None:
    found = read_mentions([Section(0, "", "公开1条。"), Section(5, "五", "培训2次。")])
    assert [(m.section, m.value) for m in found] == [(0, Decimal(1)), (5, Decimal(2))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "公开率由80%提高20个百分点至100%。",
            [("公开率由", "80", "%"), ("公开率提高", "20", "个百分点"), ("公开率至", "100", "%")],
        ),
        (
            "平均等候时长由25分钟降至8分钟。",
            [("平均等候时长由", "25", "分钟"), ("平均等候时长降至", "8", "分钟")],
        ),
        (
            "办理时间由法定的20个工作日缩短至7个工作日。",
            [("办理时间由法定", "20", "个工作日"), ("办理时间缩短至", "7", "个工作日")],
        ),
        (
            "发布信息2022年120条，2023年150条。",
            [("发布信息2022年", "120", "条"), ("发布信息", "150", "条")],
        ),
        (
            "办理建议9件、提案13件，同比增长5%。",
            [("办理建议", "9", "件"), ("提案", "13", "件"), ("同比增长", "5", "%")],
        ),
        ("收到申请64件，同比-5%。", [("收到申请", "64", "件")]),
        ("较上年-1 234条，发布信息2023 145条。", []),
        ("微信公众号——12条。", [("微信公众号", "12", "条")]),
        ("公开信息3万5条。", []),
        ("共有3件均已办结。", [("均已办结", "3", "件")]),
        ("12名存在问题的人员受到处理。", [("存在问题的人员受到处理", "12", "名")]),
        ("3个系统均已上线。", [("系统", "3", "个")]),
        ("其他十一个区在总结经验基础上推广。", [("其他区", "11", "个")]),
        ("力争公开率达到95%以上。", []),
    ],
)
def test_what_two_readings_could_part_wrongly(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(m.phrase, str(m.value), m.unit) for m in read(sentence)] == expected


UNITS = ("件", "条", "项", "次", "篇", "万元", "人次", "%")
THINGS = ("公开政府信息", "受理政府信息公开申请", "微信公众号信息发布", "政策解读", "回应社会关切")


@given(
    st.lists(
        st.tuples(st.sampled_from(THINGS), st.integers(0, 10**7), st.sampled_from(UNITS)),
        min_size=1,
        max_size=6,
    )
)
def test_drawn_figures_are_read_back(drawn: list[tuple[str, int, str]]) -> None:
    text = "，".join(f"{thing}{number}{unit}" for thing, number, unit in drawn) + "。"
    assert [(m.phrase, int(m.value), m.unit) for m in read(text)] == drawn


@given(
    st.text(
        alphabet="公开信息第条件0123456789,.，。年月日%（）〔〕- \n一二十百万亿点各由至元余分别和、有",
        max_size=60,
    )
)
def test_any_text_is_read_without_fault(text: str) -> None:
    for mention in read(text):
        assert mention.value >= 0
        assert mention.unit in mention.sentence.replace("百分之", "%").replace("余", "")
        assert set(mention.phrase) <= set(mention.sentence)


PIECES = (
    "全年公开政府信息1,286条，其中政策文件二十三件。",
    "公开信息12条",
    "第二十条第三款",
    "1,234,",
    "一二三四五六七八九十百千万亿",
    "（公开",
    "规章、规范性文件各3件",
    "网站、微博分别为3条、5条",
    "由3件增至",
    "2021年3月5日",
    "及时预约",
    "1 234 ",
    "百分之五",
)


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_four_times_as_long(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        return min(timeit.repeat(lambda: read(text), number=1, repeat=3))

    assert seconds(40_000) < 9 * seconds(10_000) + 0.005


@pytest.mark.parametrize(
    "figure",
    ["1\ufffd5", "\ufffd5", "1\ufffd", "1 \ufffd 5", "\ufffd,005", "1.\ufffd5", "二\ufffd五", "1\ufffd至25"],
)
def test_a_figure_that_lost_a_digit_is_none(figure: str) -> None:
    assert [m.value for m in read(f"收到申请{figure}件，答复3件。")] == [3]
