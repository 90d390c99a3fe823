"""What a report lacks, leaves unread or prints twice: one issue for each cause."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from scoring import read_bytes

from normalize.form.loader import FORM
from normalize.report import Report

TITLE = "某县教育局{}年政府信息公开工作年度报告\n"
HEAD = "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
ITEMS = (
    "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t2\t0\t9\n"
    + "".join(
        f"第二十条第（{item}）项\n信息内容\t本年处理决定数量\n{rows}"
        for item, rows in (("五", "行政许可\t12\n"), ("六", "行政处罚\t7\n行政强制\t0\n"))
    )
)
CHARGES = "第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t3\n"
REVIEW = (
    "行政复议\t\t\t\t\t行政诉讼\n\t\t\t\t\t未经复议直接起诉\t\t\t\t\t复议后起诉\n"
    + "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t" * 3
    + "\n"
    + "1\t0\t0\t0\t1\t" * 3
    + "\n"
)
ROWS = [f for f in FORM.fields_of("requests") if "2021" in f.editions]
ONCE = {"new": 3, "outcome.granted": 3, "outcome.total": 3}


def requests(without: Collection[str] = (), **other: str) -> str:
    lines = [
        "\t".join((f.label_zh, *_values(f.field, other.get(f.field)))) for f in ROWS if f.field not in without
    ]
    return HEAD + "\n".join(lines) + "\n"


def _values(field: str, printed: str | None) -> list[str]:
    if printed is not None:
        return [printed] * 7
    number = str(ONCE.get(field, 0))
    return [number, "0", "0", "0", "0", "0", number]


def read(*parts: str, year: int = 2023) -> Report:
    return read_bytes("\n".join((TITLE.format(year), *parts)).encode(), "a.txt")


def codes(report: Report) -> list[str]:
    return [issue.code for issue in report.issues]


def test_a_whole_report_lacks_nothing() -> None:
    report = read(ITEMS, CHARGES, requests(), REVIEW)
    assert report.is_report
    assert codes(report) == []


@pytest.mark.parametrize(
    "lost",
    [
        {"outcome.denied.state_secret"},
        {"outcome.partially_granted"},
        {"carried_in"},
        {"outcome.denied.internal_affairs", "outcome.denied.process_information"},
        {"outcome.denied.state_secret", "outcome.not_processed.repeated", "outcome.not_processed.excessive"},
    ],
)
def test_single_rows_missing_between_printed_ones_are_named_together(lost: set[str]) -> None:
    report = read(ITEMS, CHARGES, requests(lost), REVIEW)
    (issue,) = report.issues
    assert (issue.code, issue.table) == ("row.absent", "requests")
    shown = [f.label_zh.split("（区分")[0].split(".")[-1] for f in ROWS if f.field in lost]
    assert all(label in issue.message for label in shown)


@pytest.mark.parametrize("group", ["outcome.denied.", "outcome.not_available."])
def test_a_group_left_out_as_unused_is_no_fault(group: str) -> None:
    lost = {f.field for f in ROWS if f.field.startswith(group)}
    assert codes(read(ITEMS, CHARGES, requests(lost), REVIEW)) == []


def test_three_rows_left_out_are_unused_only_where_the_sum_closes() -> None:
    lost = {f"outcome.denied.{name}" for name in ("state_secret", "prohibited_by_law")}
    lost |= {f"outcome.not_processed.{name}" for name in ("petition", "repeated")}
    assert codes(read(ITEMS, CHARGES, requests(lost), REVIEW)) == []
    wrong = requests(lost).replace("（七）总计\t3", "（七）总计\t9")
    assert "row.absent" in codes(read(ITEMS, CHARGES, wrong, REVIEW))


def test_an_item_left_out_is_unused_and_a_row_of_it_is_not() -> None:
    assert codes(read(ITEMS, requests(), REVIEW)) == []
    (issue,) = read(ITEMS.replace("行政处罚\t7\n", ""), CHARGES, requests(), REVIEW).issues
    assert (issue.code, issue.table) == ("row.absent", "disclosure")
    assert "“行政处罚”" in issue.message


def test_a_row_missing_alone_between_printed_ones_is_named_though_it_is_all_of_its_group() -> None:
    licensing = "第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t12\n"
    assert licensing in ITEMS
    (issue,) = read(ITEMS.replace(licensing, ""), CHARGES, requests(), REVIEW).issues
    assert (issue.code, issue.table) == ("row.absent", "disclosure")
    assert "“行政许可”" in issue.message


EMPTY = "".join((ITEMS, CHARGES, REVIEW)).translate(str.maketrans("", "", "0123456789"))
EMPTY += requests(**{f.field: "" for f in ROWS})


@pytest.mark.parametrize(
    "title",
    [
        "",
        "政府信息公开工作年度报告（模板）",
        "××县××局20××年政府信息公开工作年度报告",
        "（单位名称）20XX年政府信息公开工作年度报告",
    ],
)
def test_a_form_without_body_year_and_number_is_no_report(title: str) -> None:
    report = read_bytes(f"{title}\n{EMPTY}".encode(), "2021.txt")
    assert not report.is_report
    assert "空白表样" in report.reason


def test_a_report_that_prints_no_number_says_so() -> None:
    report = read(EMPTY)
    assert report.is_report
    assert not report.has_numbers
    assert codes(report) == ["numbers.none"]


def test_no_table_at_all_is_one_cause() -> None:
    prose = "一、总体情况\n本年度主动公开政府信息一批。\n五、存在的主要问题及改进情况\n公开不够及时。\n"
    (issue,) = read(prose * 3).issues
    assert (issue.code, issue.table) == ("table.absent", "")


PROSE = "一、概述\n2010年，本局共主动公开政府信息6条。\n二、主动公开情况\n全部在网站公开。\n"


def test_prose_alone_is_all_there_is_before_2014_and_not_after() -> None:
    assert codes(read(PROSE, year=2010)) == []
    assert codes(read(PROSE, year=2016)) == ["numbers.none"]


def test_a_table_of_another_kind_before_2014_is_left_unread() -> None:
    report = read(PROSE, "类别\t数量\n网站\t6\n公报\t2\n公告栏\t1\n", year=2010)
    (issue,) = report.issues
    assert (report.edition, issue.code) == ("prose", "table.unread")
    assert all(number in issue.raw for number in ("6", "2", "1"))


def test_a_table_printed_twice_alike_is_one_issue() -> None:
    (issue,) = read(ITEMS, CHARGES, requests(), REVIEW, "五、存在的主要问题及改进情况", REVIEW).issues
    assert (issue.code, issue.table) == ("cell.repeated", "remedies")
    assert "15 格" in issue.message
    assert "内容相同" in issue.message
    assert "不同" not in issue.message
    assert issue.raw.split(" | ") == ["1", "0", "0", "0", "1"] * 3


def test_what_differs_in_a_table_printed_twice_is_named_and_kept() -> None:
    other = requests().replace("（一）予以公开\t3\t0", "（一）予以公开\t3\t8")
    report = read(ITEMS, CHARGES, requests(), other, REVIEW)
    (issue,) = [issue for issue in report.issues if issue.code == "cell.repeated"]
    assert "其中 1 格（“（一）予以公开”）内容不同" in issue.message
    assert "8" in issue.raw.split(" | ")


def test_rows_that_are_none_of_the_form_are_one_issue_with_all_their_numbers() -> None:
    strange = "".join(f"{name}\t{n}\t0\t0\t0\t0\t0\t{n}\n" for n, name in enumerate(("红灯数", "绿灯数"), 41))
    report = read(ITEMS, CHARGES, requests() + strange, REVIEW)
    told = [issue for issue in report.issues if issue.code == "row.unplaced"]
    assert len(told) == 1
    assert all(f"{n}" in told[0].raw for n in (41, 42))
    assert "共 2 行" in told[0].message


def test_numbers_of_a_table_whose_words_are_lost_are_named() -> None:
    lost = "指\ufffd甲"
    text = f"某局2020年政府信息公开工作年度报告\n一、总体情况\n主动公开信息3条。\n{lost}\t41\t42\t43\n{lost}\t51\t52\t53\n"
    report = read_bytes(text.encode(), "a.txt")
    (issue,) = report.issues
    assert issue.code == "table.absent"
    assert [n for n in issue.raw.split() if n.isdecimal()] == ["41", "42", "43", "51", "52", "53"]
