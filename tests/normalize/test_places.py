"""Layouts in which a number could go to another cell than its own without a sign: read as printed, or in doubt.

Each document is written by hand after one that was read wrongly and with full confidence.
"""

from __future__ import annotations

import pytest
from scoring import read_bytes

from corpus.official import APPLICANT_LABELS, APPLICANTS, REVIEW_LABELS
from normalize.report import Observation

TITLE = "云台县人民政府2022年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n"
REVIEW = TITLE.replace("三、收到和处理政府信息公开申请", "四、政府信息公开行政复议、行政诉讼")
NAMES = list(APPLICANT_LABELS.values())
LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（七）总计",
    "四、结转下年度继续办理",
)
FIELDS = ("new", "carried_in", "outcome.granted", "outcome.total", "carried_out")
ROWS = (
    (1, 2, 3, 4, 5, 6, 21),
    (7, 0, 1, 0, 2, 3, 13),
    (2, 1, 1, 0, 2, 3, 9),
    (2, 1, 1, 0, 2, 3, 9),
    (6, 1, 3, 4, 5, 6, 25),
)
Cells = dict[tuple[str, str], Observation]


def read(text: str, name: str = "report.txt") -> Cells:
    report = read_bytes(text.encode(), name)
    return {(o.field, o.applicant): o for o in report.observations}


def page(rows: str) -> str:
    return (
        f"<html><head><meta charset='utf-8'></head><body><h1>{TITLE}</h1><table>{rows}</table></body></html>"
    )


def tr(*cells: object) -> str:
    return "<tr>" + "".join(str(c) if str(c).startswith("<") else f"<td>{c}</td>" for c in cells) + "</tr>"


def assert_read(found: Cells, order: tuple[int, ...] = tuple(range(7))) -> None:
    """Every printed number in its place, none in doubt; `order` says which columns there are."""
    for field, row in zip(FIELDS, ROWS, strict=True):
        for i in order:
            cell = found[field, APPLICANTS[i]]
            assert (cell.value, cell.flags) == (row[i], ()), (field, APPLICANTS[i])


def lines_of(order: tuple[int, ...], between: str) -> str:
    rows = zip(LABELS, ROWS, strict=True)
    return "\n".join(between.join((label, *(str(row[i]) for i in order))) for label, row in rows)


def test_the_total_may_be_the_first_column() -> None:
    order = (6, 0, 1, 2, 3, 4, 5)
    head = "总计\t自然人\t法人或其他组织\n" + "\t".join(NAMES[1:6])
    assert_read(read(f"{TITLE}申请人情况\n{head}\n{lines_of(order, chr(9))}\n"), order)


def test_a_column_that_the_head_does_not_name_is_not_there() -> None:
    order = (0, 1, 2, 3, 5, 6)
    head = "\t自然人\t法人或其他组织\t\t\t\t总计\n\t\t" + "\t".join(NAMES[i] for i in (1, 2, 3, 5)) + "\t"
    found = read(f"{TITLE}{head}\n{lines_of(order, chr(9))}\n")
    assert_read(found, order)
    assert {found[f, APPLICANTS[4]].value for f in FIELDS} == {None}


def test_a_lost_name_of_the_head_loses_no_column() -> None:
    head = "\t自然人\t法人或其他组织\t\t\t\t\t总计\n\t\t" + "\t".join([*NAMES[1:4], "", NAMES[5]]) + "\t"
    assert_read(read(f"{TITLE}{head}\n{lines_of(tuple(range(7)), chr(9))}\n"))


def test_a_total_beside_the_total_is_a_column_of_its_own() -> None:
    head = "\t自然人\t法人或其他组织\t\t\t\t\t\t总计\n\t\t" + "\t".join([*NAMES[1:6], "合计"]) + "\t"
    rows = (
        "\t".join((label, *map(str, row[:6]), str(sum(row[1:6])), ""))
        for label, row in zip(LABELS, ROWS, strict=True)
    )
    found = read(f"{TITLE}{head}\n" + "\n".join(rows) + "\n")
    assert_read(found, tuple(range(6)))
    assert {found[f, "total"].value for f in FIELDS} == {None}


def test_a_total_beside_the_total_in_a_table_with_one_cell_a_line() -> None:
    head = "\n".join(["自然人", "法人或其他组织", "总计", *NAMES[1:6], "合计"])
    rows = (
        "\n".join((label, *map(str, row[:6]), str(sum(row[1:6])), str(row[6])))
        for label, row in zip(LABELS, ROWS, strict=True)
    )
    assert_read(read(f"{TITLE}申请人情况\n{head}\n" + "\n".join(rows) + "\n"))


def test_one_line_of_the_head_says_the_order_of_columns_that_wander() -> None:
    order = (0, 5, 3, 1, 2, 4, 6)
    head = "                自然人 法人或其他组织 总计\n" + "  ".join(NAMES[i] for i in order[1:6])
    found = read(f"{TITLE}{head}\n" + lines_of(order, " " * 2) + "\n")
    assert_read(found, order)


def test_an_order_that_no_single_line_says_is_in_doubt() -> None:
    head = "自然人  法律服务机构  社会公益组织  总计\n    其他  商业企业  科研机构"
    found = read(f"{TITLE}{head}\n{lines_of((0, 4, 5, 1, 3, 2, 6), ' ' * 2)}\n")
    assert all(found[f, a].flags for f in FIELDS for a in APPLICANTS)


def test_an_empty_cell_in_lines_may_stand_below_a_head_past_reading() -> None:
    title = TITLE.replace("三、收到和处理政府信息公开申请", "二、主动公开政府信息")
    found = read(f"{title}信息内容\n2022年制发件数\n本年废止件数\n现行有效件数\n规章\n2\n\n25\n")
    assert all(found[f"rules.{f}", ""].flags for f in ("repealed", "in_force"))


def test_a_blank_line_below_several_cells_is_no_empty_cell() -> None:
    title = TITLE.replace("三、收到和处理政府信息公开申请", "二、主动公开政府信息")
    head = "信息内容 本年制发件数 本年废止件数 现行有效件数"
    found = read(f"{title}{head}\n\n规章 2 25\n\n行政规范性文件 23 57 63\n\n")
    fields = ("issued", "repealed", "in_force")
    assert all(found[f"rules.{f}", ""].flags for f in fields)
    assert [found[f"normative_documents.{f}", ""].value for f in fields] == [23, 57, 63]


@pytest.mark.parametrize("at", range(2, 6))
def test_an_empty_line_in_a_head_of_lines_is_no_column(at: int) -> None:
    head = [*NAMES[:at], "", *NAMES[at:]]
    assert_read(read(TITLE + "\n".join((*head, lines_of(tuple(range(7)), "\n"), ""))))


def test_serials_are_no_values() -> None:
    lines = "\n".join(
        "\n".join((str(i), label, *map(str, row)))
        for i, (label, row) in enumerate(zip(LABELS, ROWS, strict=True), 1)
    )
    assert_read(read(f"{TITLE}序号\n" + "\n".join(NAMES) + f"\n{lines}\n"))
    aligned = "\n".join(
        f"{i}   {label:　<20}" + "".join(f"{n:>6}" for n in row)
        for i, (label, row) in enumerate(zip(LABELS, ROWS, strict=True), 1)
    )
    assert_read(read(f"{TITLE}{aligned}\n"))


def test_an_empty_row_with_a_serial_does_not_take_the_numbers_of_the_row_above() -> None:
    rows = [
        f"{label:　<24}" + "".join(f"{n:>8}" for n in row) for label, row in zip(LABELS, ROWS, strict=True)
    ]
    rows[3:3] = ["1.属于国家秘密".ljust(24, "　") + f"{0:>8}" * 7, "2.其他法律行政法规禁止公开"]
    found = read(TITLE + "\n".join(f"{i} {row}" for i, row in enumerate(rows, 1)) + "\n")
    assert_read(found)
    assert [found["outcome.denied.state_secret", a].value for a in APPLICANTS] == [0] * 7
    assert {found["outcome.denied.prohibited_by_law", a].value for a in APPLICANTS} == {None}


def test_an_empty_cell_is_in_doubt_where_columns_wander_anywhere() -> None:
    steady = [
        f"{label:　<24}" + "".join(f"{n:>8}" for n in row) for label, row in zip(LABELS, ROWS, strict=True)
    ]
    gap = "（二）部分公开".ljust(24, "　") + f"{3:>16}{3:>40}"
    wandering = f"{LABELS[2]:　<24}" + "".join(f"{n:>7}" for n in (1, 1, 1, 1, 1, 1, 6))
    calm, wild = (
        read(TITLE + "\n".join(rows) + "\n")
        for rows in ([*steady[:3], gap, *steady[3:]], [*steady[:2], gap, wandering, *steady[3:]])
    )
    printed = [
        [o for (field, _), o in found.items() if field == "outcome.partially_granted" and o.value]
        for found in (calm, wild)
    ]
    assert not any("doubt.column" in o.flags for o in printed[0])
    assert all("doubt.column" in o.flags for o in printed[1])


def test_digits_torn_to_the_line_below_are_in_doubt() -> None:
    rows = [
        f"{label:　<24}" + "".join(f"{n:>8}" for n in row) for label, row in zip(LABELS, ROWS, strict=True)
    ]
    torn = " " * 48 + f"{5:>8}"
    found = read(TITLE + "\n".join([*rows[:2], torn, *rows[2:]]) + "\n")
    assert found["carried_in", "natural_person"].flags


def test_a_word_before_a_number_is_no_label() -> None:
    rows = [[label, *map(str, row)] for label, row in zip(LABELS, ROWS, strict=True)]
    rows[2][4] = "总计0"
    found = read(page(tr("", *NAMES) + "".join(tr(*row) for row in rows)), "page.html")
    assert [found["outcome.granted", a].value for a in APPLICANTS[:3]] == [2, 1, 1]


@pytest.mark.parametrize("span", ["rowspan=2", "colspan=2"])
def test_a_number_of_two_cells_is_in_doubt(span: str) -> None:
    rows = [[label, *row] for label, row in zip(LABELS, ROWS, strict=True)]
    rows[0][3] = f"<td {span}>3</td>"
    del rows[0 if "col" in span else 1][4 if "col" in span else 3]
    rows[0][-1] = 99
    found = read(page(tr("", *NAMES) + "".join(tr(*row) for row in rows)), "page.html")
    assert found["new", "research_institution"].flags


def test_two_tables_side_by_side_are_in_doubt() -> None:
    head = tr("<td rowspan=3>项目</td>", "<td colspan=7>2021年</td>", "<td colspan=7>2022年</td>")
    head += tr(*NAMES, *NAMES)
    rows = "".join(tr(label, *row, *row[::-1]) for label, row in zip(LABELS, ROWS, strict=True))
    found = read(page(head + rows), "page.html")
    assert all(o.flags for (field, _), o in found.items() if field in FIELDS and o.value is not None)


def test_money_is_no_count() -> None:
    text = TITLE.replace("三、收到和处理政府信息公开申请", "二、主动公开政府信息").replace("2022", "2019")
    found = read(f"{text}第二十条第（九）项\n信息内容\t采购项目数量\t采购总金额\n政府集中采购\t0万元\t\n")
    assert "doubt.column" in found["procurement.projects", ""].flags


@pytest.mark.parametrize(
    ("head", "order"),
    [
        (
            "行政诉讼\t\t\t\t\t\t\t\t\t\t行政复议\t\t\t\t\n未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t\t\t\t\t\t",
            (1, 2, 0),
        ),
        (
            "行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t\n\t\t\t\t\t复议后起诉\t\t\t\t\t未经复议直接起诉\t\t\t\t",
            (0, 2, 1),
        ),
    ],
)
def test_blocks_of_table_four_in_another_order(head: str, order: tuple[int, ...]) -> None:
    numbers = (1, 2, 3, 4, 10, 0, 5, 0, 6, 11, 7, 0, 0, 1, 8)
    leaves = [REVIEW_LABELS[4], *REVIEW_LABELS[:4]]
    blocks = [numbers[i * 5 : i * 5 + 5] for i in order]
    row = "\t".join(str(n) for b in blocks for n in (b[4], *b[:4]))
    found = read(f"{REVIEW}{head}\n" + "\t".join(leaves * 3) + f"\n{row}\n")
    printed = [(o.value, o.flags) for o in found.values() if o.table == "remedies"]
    assert printed == [(n, ()) for n in numbers]


def test_a_cell_lost_from_table_four_shows_by_its_sums() -> None:
    head = tr(*(f"<td colspan=5>{b}</td>" for b in ("行政复议", "未经复议直接起诉", "复议后起诉"))) + tr(
        *REVIEW_LABELS * 3
    )
    numbers = [1, 2, 3, 4, 10, 0, 5, 0, 6, 11, 7, 1, 0, 1, 9]
    whole, lost = (
        read(page(head + tr(*row)).replace(TITLE, REVIEW), "page.html")
        for row in (numbers, [*numbers[:12], *numbers[13:], ""])
    )
    after = [f"litigation_after_reconsideration.{x}" for x in ("upheld", "corrected", "other", "pending")]
    assert not any(whole[f, ""].flags for f in after)
    assert all("doubt.column" in lost[f, ""].flags for f in after)


@pytest.mark.parametrize("between", ["\t", "|", "  "])
def test_one_row_of_numbers_without_a_head(between: str) -> None:
    """Most rows print their labels alone."""
    lines = [between.join((LABELS[0], *(str(n) for n in ROWS[0]))), *LABELS[1:]]
    found = read(TITLE + "\n".join(lines) + "\n")
    assert [found[FIELDS[0], a].value for a in APPLICANTS] == list(ROWS[0])
