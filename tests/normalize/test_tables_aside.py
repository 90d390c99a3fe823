"""Tables of another year, void ones and annexes beside the report's own: read is what the report says of itself."""

from __future__ import annotations

import pytest
from scoring import NEW, draw, read_bytes

from corpus.official import APPLICANT_LABELS
from normalize.report import Report

TITLE = "云台县司法局2023年政府信息公开工作年度报告\n\n"
SECTION = "三、收到和处理政府信息公开申请情况\n\n"
HEAD = "\t".join(["", *APPLICANT_LABELS.values()])
ROWS = {
    "new": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "outcome.granted": "（一）予以公开",
    "outcome.total": "（七）总计",
    "carried_out": "四、结转下年度继续办理",
}


def table(seed: str) -> str:
    """Rows of a made report: what it prints under `seed`."""
    facts = draw(NEW, seed=seed).facts
    lines = (
        "\t".join([label, *(facts["requests", field, name].raw or "0" for name in APPLICANT_LABELS)])
        for field, label in ROWS.items()
    )
    return "\n".join([HEAD, *lines]) + "\n\n"


def read(text: str) -> Report:
    report = read_bytes((TITLE + text).encode())
    assert report.is_report
    return report


def numbers(report: Report) -> dict[tuple[str, str], str]:
    return {(o.field, o.applicant): o.raw for o in report.observations if o.table == "requests" and o.raw}


OWN = numbers(read(SECTION + table("own")))
LINES = (
    "附：2022年度政府信息公开情况统计（上年数）",
    "2022年收到和处理政府信息公开申请情况",
    "附件1：下属单位收到和处理政府信息公开申请汇总",
    "（原表，作废）",
)


@pytest.mark.parametrize("line", LINES)
def test_a_table_below_such_a_line_is_left_aside_and_named_once(line: str) -> None:
    report = read(SECTION + table("own") + f"{line}\n\n" + table("other"))
    assert numbers(report) == OWN
    (issue,) = [i for i in report.issues if i.code == "table.aside"]
    assert ROWS["carried_out"] in issue.raw
    assert not any(i.code == "cell.repeated" for i in report.issues)


def test_the_table_of_last_year_may_come_first() -> None:
    text = (
        SECTION
        + "2022年政府信息公开申请情况\n\n"
        + table("other")
        + "2023年政府信息公开申请情况\n\n"
        + table("own")
    )
    assert numbers(read(text)) == OWN


def test_the_table_in_the_place_of_a_void_one_counts() -> None:
    text = SECTION + "更正前：\n\n" + table("other") + "更正后：\n\n" + table("own")
    assert numbers(read(text)) == OWN


@pytest.mark.parametrize("line", ["2022年收到和处理政府信息公开申请情况", "附件：申请情况统计表"])
def test_a_stale_line_above_the_only_table_costs_nothing(line: str) -> None:
    report = read(f"{SECTION}{line}\n\n" + table("own"))
    assert numbers(report) == OWN
    assert not any(i.code == "table.aside" for i in report.issues)


def test_the_annex_of_another_in_other_words_is_read_in_doubt() -> None:
    other = (
        table("other").replace(ROWS["new"], "新收件").replace(ROWS["outcome.total"], "（六）其他处理1.申请人")
    )
    kept = "\n".join(line for line in other.splitlines() if ROWS["carried_in"] not in line)
    kept = "\n".join(line for line in kept.splitlines() if ROWS["carried_out"] not in line)
    own = "\n".join([HEAD, *table("own").splitlines()[1:3]])
    report = read(f"{SECTION}{own}\n\n附件：社区统计\n\n{kept}\n")
    annex = [o for o in report.observations if o.field == "outcome.granted" and o.raw]
    assert annex
    assert all("doubt.table" in o.flags for o in annex)
    assert not any("doubt.table" in o.flags for o in report.observations if o.field in {"new", "carried_in"})


LEAVES = "\t".join(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))


def remedies(report: Report) -> dict[str, str]:
    return {o.field: o.raw for o in report.observations if o.table == "remedies" and o.raw}


def test_a_block_of_table_four_below_a_stale_line_is_no_repeat_of_another() -> None:
    text = f"四、政府信息公开行政复议、行政诉讼情况\n\n行政复议\t\t\t\t\n{LEAVES}\n1\t0\t0\t0\t1\n\n"
    text += f"2022年政府信息公开诉讼情况\n\n未经复议直接起诉\t\t\t\t\n{LEAVES}\n3\t0\t0\t0\t3\n"
    found = remedies(read(text))
    assert (found["reconsideration.upheld"], found["litigation_direct.upheld"]) == ("1", "3")


def test_numbers_without_labels_are_left_aside_where_their_head_repeats_the_own() -> None:
    own = f"行政复议\t\t\t\t\n{LEAVES}\n"
    text = f"四、政府信息公开行政复议、行政诉讼情况\n\n{own}1\t0\t0\t0\t1\n\n2022年行政复议情况\n\n{own}7\t0\t0\t0\t7\n"
    report = read(text)
    assert remedies(report)["reconsideration.upheld"] == "1"
    assert [i.code for i in report.issues if i.code in {"table.aside", "cell.repeated"}] == ["table.aside"]


def test_a_line_that_compares_two_years_says_of_no_table_that_it_is_another_years() -> None:
    report = read(SECTION + "2022年、2023年收到和处理政府信息公开申请情况\n\n" + table("own"))
    assert numbers(report) == OWN


def test_a_date_is_no_year_of_a_table() -> None:
    report = read(SECTION + table("own") + "截至2024年1月20日数据如下\n\n" + table("own"))
    assert not any(i.code == "table.aside" for i in report.issues)


SUMMARY = "项目\t数量\n本年新收政府信息公开申请数量\t12\n\n"


def test_a_summary_in_the_text_does_not_cost_the_table_of_the_annex() -> None:
    report = read("一、总体情况\n\n" + SUMMARY + "附件：统计表\n\n" + table("own"))
    assert numbers(report) == OWN
    assert [i.code for i in report.issues if i.code in {"table.aside", "cell.repeated"}] == ["cell.repeated"]


@pytest.mark.parametrize("line", ["与2022年相比，申请数量情况持平。", "附表3：续", "更正前后数据见下"])
@pytest.mark.parametrize("again", [f"{HEAD}\n", ""])
def test_a_line_within_the_own_table_does_not_cost_its_end(line: str, again: str) -> None:
    head, first, second, *others = table("own").strip("\n").split("\n")
    above, below = "\n".join(["", head, first, second]), "\n".join(others)
    report = read(f"{SECTION}{above}\n\n{line}\n\n{again}{below}\n\n")
    assert numbers(report) == OWN
    assert not any(i.code == "table.aside" for i in report.issues)
