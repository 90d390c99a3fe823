"""An edition that prints a table in another shape with the words of the one before: rows where blocks stood."""

from __future__ import annotations

from pathlib import Path

import pytest
from dictionaries import add_line, copy_program, rows_of, run_program

BLOCKS = {
    "reconsideration": "行政复议",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}
PARTS = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
NUMBERS = ("1 2 3 4 10", "0 1 0 5 6", "0 0 2 1 3")


def add_edition(program: Path) -> None:
    """The edition of 2030: 四 line by line, its cells called as before."""
    form = program / "normalize" / "form"
    head, *others = (form / "editions.csv").read_text("utf-8").splitlines()
    line = "2030,form,2030,2030 版,the form of 2030"
    (form / "editions.csv").write_text("\n".join([head, line, *others, ""]), "utf-8")
    fields = (form / "fields.csv").read_text("utf-8")
    (form / "fields.csv").write_text(fields.replace("2021,remedies", "2021|2030,remedies"), "utf-8")
    add_line(form / "templates.csv", "remedies_2030,remedies,2030,any_table,")
    for role, made_of, names in (("row", "blocks", BLOCKS), ("column", "parts", PARTS)):
        add_line(form / "axes.csv", f"remedies_2030.{role},remedies_2030,{made_of},")
        for name, label in names.items():
            add_line(form / "labels.csv", f"remedies_2030.{role},{name},{label},2030,{label},form,")


def make_page(body: str, year: int, rows: list[str]) -> str:
    """A report with table 四."""
    title = f"<h1>{body}川县民政局{year}年政府信息公开工作年度报告</h1>"
    heading = "<p>四、政府信息公开行政复议、行政诉讼情况</p>"
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<!DOCTYPE html><meta charset=utf-8>{title}{heading}<table border=1>{table}</table>"


def _cells(*texts: str) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


BEFORE = [
    "<td colspan=5>行政复议</td><td colspan=10>行政诉讼</td>",
    "".join(f"<td rowspan=2>{part}</td>" for part in PARTS.values())
    + "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td>",
    _cells(*PARTS.values()) * 2,
    _cells(*" ".join(NUMBERS).split()),
]
AFTER = [
    _cells("项目", *PARTS.values()),
    *(_cells(label, *own.split()) for label, own in zip(BLOCKS.values(), NUMBERS, strict=True)),
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = copy_program(tmp_path_factory.mktemp("program"))
    add_edition(program)
    reports, out = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("run") / "out"
    (reports / "before.html").write_text(make_page("泉", 2022, BEFORE), "utf-8")
    (reports / "late.html").write_text(make_page("宜", 2030, BEFORE), "utf-8")
    (reports / "after.html").write_text(make_page("洛", 2030, AFTER), "utf-8")
    run_program(program, "-m", "nianbao", "run", reports, "-o", out, "--workers", "1")
    return out


@pytest.mark.parametrize("name", ["before", "late", "after"])
def test_each_shape_is_read_by_its_template_though_all_words_are_the_same(out: Path, name: str) -> None:
    found = rows_of(out, "observations")
    mine = [o for o in found if (o["source"], o["table"]) == (f"{name}.html", "remedies")]
    assert {o["field"]: (o["raw"], o["flags"], float(o["confidence"])) for o in mine} == {
        f"{block}.{part}": (number, "", 1.0)
        for block, own in zip(BLOCKS, NUMBERS, strict=True)
        for part, number in zip(PARTS, own.split(), strict=True)
    }


def test_the_relation_of_the_table_is_tested_in_both(out: Path) -> None:
    verdicts = [(c["source"], c["verdict"]) for c in rows_of(out, "checks") if c["check"] == "remedies.sum"]
    assert sorted(verdicts) == [
        (f"{name}.html", "pass") for name in ("after", "before", "late") for _ in BLOCKS
    ]
