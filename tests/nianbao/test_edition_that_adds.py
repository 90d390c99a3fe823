"""An edition that prints an earlier one with a row and a column more: lines of CSV, and which edition a report has."""

from __future__ import annotations

from pathlib import Path

import pytest
from dictionaries import add_line, copy_program, rows_of, run_program

ROW = "6.属于商业查询事项"
COLUMN = "本年修改件数"
LATER = {
    "rules": "2030,disclosure,,rules.amended,规章 / 本年修改件数,第二十条第（一）项,件,",
    "requests": "2030,requests,,outcome.not_processed.commercial,6.属于商业查询事项,（五）不予处理,件,",
}
"""Behind which line of fields.csv, and the line."""
BEHIND = {"rules": "rules.in_force", "requests": "outcome.not_processed.reissue"}


def add_edition(program: Path) -> None:
    """The edition of 2030: all of 2021, a row of 三 and a column of 规章 more."""
    form = program / "normalize" / "form"
    head, *others = (form / "editions.csv").read_text("utf-8").splitlines()
    line = "2030,form,2030,2030 版,the form of 2030"
    (form / "editions.csv").write_text("\n".join([head, line, *others, ""]), "utf-8")
    templates = (form / "templates.csv").read_text("utf-8")
    (form / "templates.csv").write_text(templates.replace("2019|2021", "2019|2021|2030"), "utf-8")
    head, *fields = (form / "fields.csv").read_text("utf-8").splitlines()
    lines: list[str] = []
    for field in fields:
        editions, rest = field.split(",", 1)
        lines.append(f"{editions}|2030,{rest}" if "2021" in editions else field)
        lines += [LATER[of] for of, name in BEHIND.items() if f",{name}," in field]
    counted = [_number(line, order) for order, line in enumerate(lines, 1)]
    (form / "fields.csv").write_text("\n".join([head, *counted, ""]), "utf-8")
    name = "requests.row,outcome.not_processed.commercial"
    add_line(form / "labels.csv", f"{name},{ROW},2030,6．属于商業查询事项,form,")
    add_line(form / "labels.csv", f"disclosure.column,amended,{COLUMN},2030,本年 修改件数,form,")


def _number(line: str, order: int) -> str:
    form, table, _, rest = line.split(",", 3)
    return f"{form},{table},{order},{rest}"


def make_page(body: str, year: int, *, column: bool, row: bool, old: bool = False) -> str:
    """A report with 规章 of 二 and a few rows of 三."""
    heads = (
        ["本年新制作数量", "本年新公开数量", "对外公开总数量"]
        if old
        else ["本年制发件数", "本年废止件数", "现行有效件数"]
    )
    heads += [COLUMN] if column else []
    two = [["信息内容", *heads], ["规章", *map(str, range(1, len(heads) + 1))]]
    reissue = "5.要求行政机关确认或重新出具已获取信息"
    overdue = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    labels = ["4.无正当理由大量反复申请", reissue, *([ROW] if row else []), overdue]
    people = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    three = [["", *people], *([label, "1", "0", "0", "0", "0", "0", "1"] for label in labels)]
    tables = ["".join(f"<tr><td>{'<td>'.join(cells)}</tr>" for cells in rows) for rows in (two, three)]
    return (
        f"<!DOCTYPE html><meta charset=utf-8><h1>{body}{year}年政府信息公开工作年度报告</h1>"
        f"<p>二、主动公开政府信息情况</p><table border=1>{tables[0]}</table>"
        f"<p>三、收到和处理政府信息公开申请情况</p><table border=1>{tables[1]}</table>"
    )


PAGES = {
    "new": make_page("泉川县民政局", 2030, column=True, row=True),
    "as_before": make_page("富川县民政局", 2022, column=False, row=False),
    "row_only": make_page("洛川县民政局", 2030, column=False, row=True),
    "column_only": make_page("宜川县民政局", 2030, column=True, row=False),
    "neither": make_page("黄川县民政局", 2031, column=False, row=False),
    "early": make_page("志川县民政局", 2020, column=False, row=False),
    "with_2019": make_page("安川县民政局", 2030, column=False, row=True, old=True),
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = copy_program(tmp_path_factory.mktemp("program"))
    add_edition(program)
    reports, out = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("run") / "out"
    for name, page in PAGES.items():
        (reports / f"{name}.html").write_text(page, "utf-8")
    run_program(program, "-m", "nianbao", "run", reports, "-o", out, "--workers", "1")
    return out


def test_each_report_has_the_edition_that_what_it_prints_and_its_year_tell(out: Path) -> None:
    assert {row["source"].removesuffix(".html"): row["form"] for row in rows_of(out, "reports")} == {
        "new": "2030",
        "as_before": "2021",
        "row_only": "2030",
        "column_only": "2030",
        "neither": "2030",
        "early": "2021",
        "with_2019": "mixed",
    }


def test_only_a_report_of_the_edition_lacks_its_row_and_its_column(out: Path) -> None:
    lacking: dict[str, set[str]] = {}
    for o in rows_of(out, "observations"):
        if o["field"] in {"rules.amended", "outcome.not_processed.commercial"} and o["status"] == "absent":
            lacking.setdefault(o["source"].removesuffix(".html"), set()).add(o["field"])
    assert lacking == {
        "row_only": {"rules.amended"},
        "column_only": {"outcome.not_processed.commercial"},
        "neither": {"rules.amended", "outcome.not_processed.commercial"},
    }


def test_what_is_new_is_read_without_a_doubt(out: Path) -> None:
    found = {
        (o["field"], o["applicant"]): o for o in rows_of(out, "observations") if o["source"] == "new.html"
    }
    amended = found["rules.amended", ""]
    commercial = found["outcome.not_processed.commercial", "total"]
    assert [(o["raw"], o["flags"], float(o["confidence"])) for o in (amended, commercial)] == [
        ("4", "", 1.0),
        ("1", "", 1.0),
    ]
