"""Table 二 on small documents written by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scoring import read_bytes

from normalize.report import Observation, Report, Status

TITLE = "云台县人民政府2022年政府信息公开工作年度报告\n"


def read(table: str, heading: str = "二、主动公开政府信息情况") -> Report:
    return read_bytes(f"{TITLE}\n{heading}\n\n{table}\n".encode())


def cells(report: Report) -> dict[str, Observation]:
    return {
        o.field: o for o in report.observations if o.table == "disclosure" and o.status is not Status.ABSENT
    }


def values(report: Report) -> dict[str, Decimal | None]:
    return {field: o.value for field, o in cells(report).items()}


ITEM_ONE = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t1\t2\t3\n行政规范性文件\t4\t5\t6\n"
OLD_ITEM_ONE = "第二十条第（一）项\n信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t1\t2\t3\n规范性文件\t4\t5\t6\n"
DECISIONS = "第二十条第（六）项\n信息内容\t本年处理决定数量\n行政处罚\t13236\n行政强制\t999\n"
FEES = "第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t{}\n"


def test_item_one_by_its_own_heads() -> None:
    names = ("issued", "repealed", "in_force")
    assert values(read(ITEM_ONE)) == {
        **{f"rules.{n}": i for i, n in enumerate(names, 1)},
        **{f"normative_documents.{n}": i for i, n in enumerate(names, 4)},
    }


def test_item_one_of_2019_before_items_of_2021() -> None:
    report = read(OLD_ITEM_ONE + DECISIONS)
    assert values(report) == {
        "rules.created": 1,
        "rules.newly_published": 2,
        "rules.total_published": 3,
        "normative_documents.created": 4,
        "normative_documents.newly_published": 5,
        "normative_documents.total_published": 6,
        "penalties.decisions": 13236,
        "compulsion.decisions": 999,
    }
    assert report.edition == "mixed"


def test_values_that_count_up_are_no_serials() -> None:
    item = "信息内容\n本年处理决定数量\n"
    lines = (
        ITEM_ONE.split("\n", 1)[1].replace("\t", "\n").replace("4\n5\n6", "0\n0\n4")
        + f"{item}行政许可\n5\n{item}行政处罚\n6\n行政强制\n7\n"
        + FEES.format(8).split("\n", 1)[1].replace("\t", "\n")
    )
    assert values(read(lines)) == {
        "rules.issued": 1,
        "rules.repealed": 2,
        "rules.in_force": 3,
        "normative_documents.issued": 0,
        "normative_documents.repealed": 0,
        "normative_documents.in_force": 4,
        "licensing.decisions": 5,
        "penalties.decisions": 6,
        "compulsion.decisions": 7,
        "charges.amount": 8,
    }


def test_a_character_lost_from_a_head() -> None:
    found = values(read(OLD_ITEM_ONE.replace("本年新公开数量", "本年公开数量")))
    assert found["rules.newly_published"] == 2


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("18.085682 万元", "18.085682", "万元"),
        ("251000元", "251000", "元"),
        ("7730.28", "7730.28", "万元"),
        ("１２．５", "12.5", "万元"),
        ("1，234.5", "1234.5", "万元"),
    ],
)
def test_a_fee_with_and_without_its_unit(raw: str, value: str, unit: str) -> None:
    fee = cells(read(DECISIONS + FEES.format(raw)))["charges.amount"]
    assert (fee.value, fee.unit, fee.raw) == (Decimal(value), unit, raw)


def test_a_note_in_the_cell() -> None:
    found = cells(read(ITEM_ONE.replace("\t4\t", "\t22（其中修订16件）\t")))["normative_documents.issued"]
    assert (found.value, found.raw) == (22, "22（其中修订16件）")


@pytest.mark.parametrize(
    ("raw", "status"), [("", "blank"), ("/", "dash"), ("无", "dash"), ("见附件", "unreadable")]
)
def test_cells_without_a_number(raw: str, status: str) -> None:
    found = cells(read(ITEM_ONE.replace("规章\t1\t", f"规章\t{raw}\t")))["rules.issued"]
    assert (found.value, found.status) == (None, status)


@pytest.mark.parametrize(
    "heading", ["三、主动公开政府信息情况", "主动公开情况统计", "二．主动公开政府信息情祝"]
)
def test_the_table_is_found_by_what_it_contains(heading: str) -> None:
    assert len(values(read(ITEM_ONE, heading))) == 6


def test_a_table_of_another_kind_with_the_same_words() -> None:
    budget = "项目\t预算数\t决算数\n行政许可窗口经费\t40\t39\n行政事业性收费收入\t90\t91\n合计\t130\t130\n"
    report = read(
        ITEM_ONE
        + DECISIONS
        + "\n本年部门预算执行情况如下，供各界查询监督，具体说明见门户网站财政预决算专栏所载内容。\n\n"
        + budget
    )
    assert len(values(report)) == 8
    assert not {40, 39, 90, 91, 130} & set(values(report).values())


def test_rows_below_a_page_end() -> None:
    upper, lower = ITEM_ONE.split("行政规范性文件")
    report = read(f"{upper}\n- 2 -\n\n行政规范性文件{lower}")
    assert values(report)["normative_documents.in_force"] == 6


def test_heads_and_rows_that_span_differently() -> None:
    table = (
        "信息内容\t本年制发件数\t\t本年废止件数\t现行有效件数\n规章\t1\t2\t\t3\n行政规范性文件\t4\t5\t\t6\n"
    )
    report = read(table)
    wrong = {
        f: o
        for f, o in cells(report).items()
        if o.value
        != {"issued": 1, "repealed": 2, "in_force": 3}[f.split(".")[1]]
        + (3 if f.startswith("normative") else 0)
    }
    assert all(o.flags or o.confidence < 0.9 for o in wrong.values())


def test_numbers_without_any_head_are_doubtful() -> None:
    report = read("规章\t1\t2\t3\n行政规范性文件\t4\t5\t6\n" + DECISIONS)
    loose = [o for f, o in cells(report).items() if f.startswith(("rules", "normative"))]
    assert all(o.flags and o.confidence < 0.9 for o in loose)


def test_nothing_is_invented_for_a_report_without_the_table() -> None:
    report = read("主动公开情况详见门户网站专栏。")
    assert cells(report) == {}


def test_a_head_whose_lines_have_run_together_names_no_column_for_sure() -> None:
    """As programs print a page that sort its pieces by height: 本年新 / 制作数量 stands in two lines."""
    report = read(
        "第二十条第（一）项\n"
        "                     本年新     本年新\n"
        "        信息内容                     对外公开总数量                    制作数量    公开数量\n\n"
        "    规章                         13           13         524\n\n"
        "    规范性文件                    60           60         368\n"
    )
    rules = {"created": 13, "newly_published": 13, "total_published": 524}
    documents = {"created": 60, "newly_published": 60, "total_published": 368}
    assert cells(report)
    for field, seen in cells(report).items():
        stub, column = field.split(".")
        assert seen.value == (rules if stub == "rules" else documents)[column] or seen.flags


def test_a_number_at_the_end_of_a_label_has_run_into_it() -> None:
    rows = "信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n其他对外管理服务事项 10\t0\t153\n"
    found = cells(read(f"第二十条第（五）项\n{rows}"))
    assert [found[f"other_services.{c}"].flags for c in ("items_previous_year", "decisions")] == [
        ("doubt.joined",)
    ] * 2


CHANGES = "第二十条第（五）项\n信息内容\n上一年项目数量\n{}\n处理决定数量\n行政许可\n8\n增10\n18\n"


@pytest.mark.parametrize(
    "change",
    ["本年增/减", "本年增（减）", "本年增\\减", "本年增减情况", "本年增/", "本年\n增/减", "本年增\n\n/减"],
)
def test_the_column_of_changes_however_it_is_spelt_and_wrapped(change: str) -> None:
    found = cells(read(CHANGES.format(change)))
    assert {f: o.value for f, o in found.items()} == {
        "licensing.items_previous_year": 8,
        "licensing.items_change": 10,
        "licensing.decisions": 18,
    }
    assert not any(o.flags for o in found.values())


def test_a_change_where_none_is_asked_for_is_in_doubt() -> None:
    found = cells(read(DECISIONS.replace("999", "增10")))
    assert [found[f"{stub}.decisions"].flags for stub in ("penalties", "compulsion")] == [
        (),
        ("doubt.quantity",),
    ]


def test_labels_with_long_notes_and_a_row_of_its_own_kind() -> None:
    note = "行政机关制定发布的决定、公告、通告、意见、通知，以及采用规定、办法、细则等字样的公文，一般属于规范性文件"
    more = "其他主动公开文件（除规范性文件以外的主动公开文件，可参考本单位平台上的栏目）\n7\n8\n9\n"
    table = OLD_ITEM_ONE.replace("\t", "\n").replace("规章", "规章（设区的市应提供）")
    report = read(table.replace("规范性文件", f"规范性文件（{note}）") + more)
    assert values(report) == values(read(OLD_ITEM_ONE))
    assert not any(o.flags for o in cells(report).values())
    assert [i.code for i in report.issues if i.table == "disclosure"] == ["cell.unplaced"]


LOST = "\ufffd\ufffd"


@pytest.mark.parametrize("label", ["", LOST])
def test_a_row_whose_label_is_lost_keeps_its_columns(label: str) -> None:
    table = OLD_ITEM_ONE.replace("规章", label)
    found = cells(read(table))
    assert values(read(table)) == values(read(OLD_ITEM_ONE))
    assert all("doubt.alignment" in o.flags for f, o in found.items() if f.startswith("rules."))


@pytest.mark.parametrize("label", ["", LOST])
def test_numbers_of_a_row_without_label_and_head_are_named(label: str) -> None:
    rows = (
        "<tr><td colspan=4>第二十条第（一）项</td></tr><tr><td>{}</td><td>41</td><td>42</td><td>43</td></tr>"
    )
    page = f"<meta charset=utf-8><h1>{TITLE}</h1><p>二、主动公开政府信息情况</p><table>{rows.format(label)}</table>"
    report = read_bytes(page.encode(), "a.html")
    assert [n for i in report.issues for n in i.raw.split() if n.isdecimal()] == ["41", "42", "43"]


def test_a_head_that_lost_its_title_is_a_head() -> None:
    assert values(read(OLD_ITEM_ONE.replace("信息内容", LOST))) == values(read(OLD_ITEM_ONE))


def test_a_lone_dash_without_label_and_head_is_no_number() -> None:
    page = f"<meta charset=utf-8><h1>{TITLE}</h1><p>{'公开' * 300}</p><table><tr><td>第二十条第（一）项</td></tr><tr><td>无。</td></tr></table>"
    report = read_bytes(page.encode(), "a.html")
    assert "cell.unplaced" not in {issue.code for issue in report.issues}
