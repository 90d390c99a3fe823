"""Tables that no room of their own reads, printed so that a number may be another column's, row's or year's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from dictionaries import add_line, copy_program, rows_of, run_program
from made_up import TABLE, add_lines

ITEMS = {"gazette": "政府公报发布数", "site": "门户网站发布数", "weibo": "政务微博发布数"}
STAFF = {
    "office.full": "专职人数",
    "office.rest": "3.其他人员",
    "county.part": "兼职人数",
    "county.rest": "2.其他人员",
}
GROUPS = {"office": "机关本级", "county": "所属单位"}


def add_lists(program: Path) -> None:
    """A list, and one whose rows stand in groups."""
    form = program / "normalize" / "form"
    add_line(form / "tables.csv", "channels,,渠道表,channels,公开渠道,Channels,公开渠道情况,channels,渠道")
    add_line(form / "tables.csv", "staff,,人员表,staff,工作人员,Staff,工作人员情况,staff,人员")
    order = len((form / "fields.csv").read_text("utf-8").splitlines())
    for table, rows in (("channels", ITEMS), ("staff", STAFF)):
        add_line(form / "templates.csv", f"{table},{table},2021,any_table,")
        add_line(form / "axes.csv", f"{table}.row,{table},fields,")
        for name, label in rows.items():
            add_line(form / "fields.csv", f"2021,{table},{order},{name},{label},,件,")
            add_line(form / "labels.csv", f"{table}.row,{name},{label},,{label},form,")
            order += 1
    add_line(form / "axes.csv", "staff.group,staff,beginnings,")
    for name, label in GROUPS.items():
        add_line(form / "labels.csv", f"staff.group,{name},{label},,{label},form,")


Rows = Sequence[Sequence[str]]


def make_page(body: str, heading: str, rows: Rows) -> str:
    """A report with one table; a cell `2*text` is two columns wide."""
    table = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    title = f"<h1>{body}川县民政局2021年政府信息公开工作年度报告</h1>"
    return f"<!DOCTYPE html><meta charset=utf-8>{title}<p>{heading}</p><table border=1>{table}</table>"


def _cell(text: str) -> str:
    width, _, own = text.rpartition("*")
    return f"<td colspan={width or 1}>{own}</td>"


HEAD = ("事项", "网络渠道", "窗口渠道", "各渠道合计")
PAGES = {
    "plain": ("三之二、公开渠道情况", [["渠道", "数量"], [ITEMS["site"], "12"], [ITEMS["weibo"], ""]]),
    "years": (
        "三之二、公开渠道情况",
        [["渠道", "上年", "本年"], [ITEMS["site"], "3", "4"], [ITEMS["weibo"], "7", ""]],
    ),
    "remark": (
        "三之二、公开渠道情况",
        [
            ["序号", "渠道", "数量", "备注"],
            ["1", ITEMS["gazette"], "5", ""],
            ["2", ITEMS["site"], "", "7"],
            ["3", ITEMS["weibo"], "6", "8"],
        ],
    ),
    "crowded": (
        "三之二、培训情况",
        [["事项", "2*网络渠道", *HEAD[2:]], ["甲一、新到件", "1", "9", "2", "3"]],
    ),
    "merged": ("三之二、培训情况", [HEAD, ["甲一、新到件", "2*1", "2", "3"]]),
    "last_year": ("三之二、培训情况", [["事项", "上年网络渠道", *HEAD[2:]], ["甲一、新到件", "1", "2", "3"]]),
    "groups": (
        "三之二、工作人员情况",
        [["人员", "人数"], ["2*机关本级"], ["专职人数", "1"], ["兼职人数", "2"], ["其他人员", "3"]],
    ),
    "numerals": (
        "三之二、工作人员情况",
        [["人员", "人数"], ["专职人数", "1"], ["3.其他人员", "2"], ["2.其他人员", "4"]],
    ),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, tuple[str, str]]]:
    """For each page its cells, each as printed and with its flags."""
    program = copy_program(tmp_path_factory.mktemp("program"))
    add_lines(program, TABLE)
    add_lists(program)
    reports, out = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("run") / "out"
    for body, (name, (heading, rows)) in zip("泉洛宜富黄志安吉", PAGES.items(), strict=True):
        (reports / f"{name}.html").write_text(make_page(body, heading, rows), "utf-8")
    run_program(program, "-m", "nianbao", "run", reports, "-o", out, "--workers", "1")
    cells: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in PAGES}
    for o in rows_of(out, "observations"):
        if o["status"] != "absent":
            cells[o["source"].removesuffix(".html")][o["field"]] = (o["raw"], o["flags"])
    return cells


Found = dict[str, dict[str, tuple[str, str]]]


def test_a_list_with_one_column_is_read_without_a_doubt(found: Found) -> None:
    assert found["plain"] == {"site": ("12", ""), "weibo": ("", "")}


def test_a_list_with_two_columns_of_numbers_is_in_doubt_where_one_is_empty_too(found: Found) -> None:
    assert found["years"] == {"site": ("3", "doubt.column"), "weibo": ("7", "doubt.column")}


def test_serials_and_remarks_beside_a_list_are_not_its_numbers(found: Found) -> None:
    assert found["remark"] == {"gazette": ("5", ""), "site": ("", ""), "weibo": ("6", "")}


@pytest.mark.parametrize("name", ["crowded", "merged"])
def test_numbers_that_are_not_one_below_each_head_are_in_doubt(found: Found, name: str) -> None:
    assert found[name].keys() == {"received.online", "received.counter", "received.all"}
    assert all("doubt.column" in flags for _, flags in found[name].values())


def test_a_head_of_another_year_is_in_doubt_and_its_neighbours_are_not(found: Found) -> None:
    flags = {field: "doubt.column" in flags for field, (_, flags) in found["last_year"].items()}
    assert flags == {"received.online": True, "received.counter": False, "received.all": False}


def test_a_group_ends_where_a_row_of_another_follows(found: Found) -> None:
    assert found["groups"] == {
        "office.full": ("1", ""),
        "county.part": ("2", ""),
        "county.rest": ("3", "doubt.alignment"),
    }


def test_a_numeral_tells_rows_of_one_name_apart(found: Found) -> None:
    assert found["numerals"] == {
        "office.full": ("1", ""),
        "office.rest": ("2", ""),
        "county.rest": ("4", ""),
    }
