"""What makes a document a report, and pages that use the same words and are none."""

from __future__ import annotations

import pytest
from scoring import read_bytes

NONE = {
    "a routing slip": "<table><tr><td>公开方式</td><td>处理类型</td><td></td></tr><tr><td>不公开</td><td>阅办</td><td></td></tr></table>",
    "a guide with time limits": "<h1>某局政府信息公开指南</h1><table><tr><td>处理</td><td>工作日</td></tr>"
    + "".join(
        f"<tr><td>{word}</td><td>20</td></tr>"
        for word in ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理")
    )
    + "</table>",
    "an application form": "<h1>某市政府信息公开申请表</h1><table><tr><td rowspan=2>申请人</td><td>自然人</td><td>姓名</td><td></td></tr>"
    "<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td></tr>"
    "<tr><td>处理结果</td><td>予以公开</td><td>不予公开</td><td>其他处理</td></tr></table>",
    "a register": "<h1>2023年依申请公开办理台账</h1><table><tr><td>序号</td><td>申请人</td><td>结果</td></tr>"
    + "".join(
        f"<tr><td>{n}</td><td>自然人</td><td>{word}</td></tr>"
        for n, word in enumerate(("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "重复申请"), 1)
    )
    + "</table>",
    "a yearbook": "<h1>某市统计年鉴</h1><table><tr><td>指标</td><td>2022</td><td>2023</td></tr>"
    + "".join(
        f"<tr><td>{word}</td><td>3</td><td>4</td></tr>"
        for word in ("规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政复议")
    )
    + "</table>",
    "a news item": "<h1>我市发布2023年政府信息公开工作年度报告</h1><p>报告显示，全市共受理申请326件，其中自然人申请280件。</p>",
    "a list of reports": "<h1>政府信息公开年报</h1>"
    + "".join(f"<p>某局{year}年政府信息公开工作年度报告</p>" for year in range(2012, 2024)),
    "a notice": "<h1>关于做好2023年政府信息公开工作年度报告编制发布工作的通知</h1>"
    "<p>各单位：请于1月20日前将年度报告报送办公室。报告应当包括主动公开政府信息情况、收到和处理政府信息公开申请情况。</p>",
}


@pytest.mark.parametrize("page", NONE.values(), ids=NONE)
def test_pages_of_others_are_no_report(page: str) -> None:
    report = read_bytes(f"<html><meta charset=utf-8><body>{page}</body></html>".encode(), "a.html")
    assert not report.is_report
    assert report.reason
    assert report.observations == ()


STATISTICS = {
    "two columns": "某局{}年政府信息公开情况统计表\n指标名称\t计量单位\t{}年度\t历年累计\n主动公开文件数\t条\t225\t1892\n"
    "其中：1.政府网站公开数\t条\t225\t1892\n受理政府信息公开申请总数\t条\t1\t5\n其中：1．当面申请数\t条\t1\t1\n行政复议数\t件\t0\t0\n",
    "one column": "某局{}年政府信息公开情况统计表\n统计指标\t单位\t统计数\n（一）主动公开政府信息数（不同渠道公开相同信息计1条）\t条\t12\n"
    "（一）收到申请数\t件\t3\n1.当面申请数\t件\t3\n（二）申请办结数\t件\t3\n",
}


@pytest.mark.parametrize("text", STATISTICS.values(), ids=STATISTICS)
def test_a_statistics_table_alone_is_recognised_and_its_numbers_are_named(text: str) -> None:
    report = read_bytes(text.format(2018, 2018).encode(), "a.txt")
    (issue,) = report.issues
    assert (report.is_report, report.edition, issue.code, issue.table) == (
        True,
        "2014",
        "table.unread",
        "statistics",
    )
    assert "225 1892" in issue.raw or "当面申请数 件 3" in issue.raw


def test_other_indicators_are_no_such_table() -> None:
    text = "某市统计公报\n指标名称\t计量单位\t2022\t2023\n行政复议数\t件\t5\t6\n行政诉讼数\t件\t1\t2\n出生人数\t人\t80\t70\n"
    assert not read_bytes(text.encode(), "a.txt").is_report


def test_a_short_report_of_a_small_body_is_one() -> None:
    text = "某局2023年政府信息公开工作年度报告\n一、总体情况\n2023年主动公开信息12条，未收到申请。\n"
    report = read_bytes(text.encode(), "a.txt")
    assert (report.is_report, [m.value for m in report.mentions]) == (True, [12])
    assert [issue.code for issue in report.issues] == ["table.absent"]


def test_numbers_in_a_table_of_the_form_keep_a_report_that_has_no_place_for_them() -> None:
    text = "某局2023年政府信息公开工作年度报告\n第二十条第（一）项\n\t41\t42\t43\n"
    report = read_bytes(text.encode(), "a.txt")
    assert report.is_report
    assert [n for issue in report.issues for n in issue.raw.split()] == ["41", "42", "43"]


def test_a_form_beside_a_picture_is_not_called_blank() -> None:
    form = "<tr><td>第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    rows = "".join(
        f"<tr><td>{row}</td><td></td><td></td><td></td></tr>" for row in ("规章", "行政规范性文件")
    )
    page = f"<meta charset=utf-8><img src=title.png><table>{form}{rows}</table>"
    report = read_bytes(page.encode(), "a.html")
    assert report.is_report
    assert {issue.code for issue in report.issues} >= {"pictures.unread", "table.absent"}
