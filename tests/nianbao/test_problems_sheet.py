"""A run over a mixed folder: whatever is flagged in the tables stands in the workbook, and nothing else does."""

import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from corpus.__main__ import generate, write
from nianbao.command.cli import build_app
from nianbao.messages import Lang
from output.wording import CHECKS

REPORTS = Path(__file__).resolve().parents[2] / "fixtures/reports"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """The results of reports with planted faults, versions that differ, copies, and files that are none."""
    root = tmp_path_factory.mktemp("mixed")
    write(root / "in", generate(7, 40, ("text", "docx")))
    for path in sorted(REPORTS.glob("pingtan_20*")):
        shutil.copy(path, root / "in")
    text = (REPORTS / "pingtan_2020_boxes.txt").read_text("utf-16")
    row = text.index("行政许可")
    (root / "in/pingtan_2020_boxes.txt").write_text(text[:row] + text[row:].replace("1", "8", 1), "utf-16")
    shutil.copy(root / "in/pingtan_2020.docx", root / "in/副本.docx")
    (root / "in/2021年某县水务局政府信息公开年报.pdf").write_bytes(b"%PDF-1.7\n")
    (root / "in/通知.txt").write_text("请于周五开会。", "utf-8")
    done = CliRunner().invoke(
        build_app(Lang.ZH), ["run", str(root / "in"), "-o", str(root / "out"), "--quiet"]
    )
    assert done.exit_code == 1, done.output
    return root / "out"


@pytest.fixture(scope="module")
def problems(out):
    page = openpyxl.load_workbook(out / "workbook.xlsx", read_only=True)["勾稽问题"]
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def table(out, name):
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def place_of(cell):
    """Where a cell stands, as the workbook says it."""
    inner = "".join(
        f"第 {int(cell[name]) + 1} {word}" for name, word in (("row", "行"), ("column", "列")) if cell[name]
    )
    return (
        "\n".join(part for part in (f"第 {cell['page']} 页" if cell["page"] else "", inner) if part) or None
    )


def test_the_batch_has_everything(out, problems):
    statuses = Counter(row["status"] for row in table(out, "reports"))
    assert statuses.keys() == {"ok", "flagged", "duplicate", "failed", "not_a_report"}
    assert {row["类别"] for row in problems} >= {"勾稽不符", "版本不一致", "需核对"}


def test_reports_that_are_flagged_are_those_that_are_listed(out, problems):
    flagged = {row["source"] for row in table(out, "reports") if row["status"] == "flagged"}
    assert {row["文件"] for row in problems} == flagged


MANY = re.compile(r"表.有 (\d+) 格如此")


def test_cells_in_doubt_are_those_that_are_listed_with_their_place_and_text(out, problems):
    doubtful = [cell for cell in table(out, "observations") if "doubt." in cell["flags"]]
    listed = [row for row in problems if row["类别"] == "需核对" and (row["涉及"] or "").startswith("表")]
    together = [row for row in listed if MANY.match(row["说明"])]
    alone = [row for row in listed if row["说明"].startswith(("读作", "没有读出", "没有找到这一格"))]
    cells = Counter((cell["source"], place_of(cell), cell["raw"].strip() or None) for cell in doubtful)
    assert Counter((row["文件"], row["位置"], row["原文"]) for row in alone) <= cells
    counted = Counter(row["文件"] for row in alone)
    for row in together:
        counted[row["文件"]] += int(MANY.match(row["说明"])[1])
    assert counted == Counter(cell["source"] for cell in doubtful)
    assert len(alone) > 20


def test_many_cells_of_a_table_with_one_doubt_share_a_row_that_names_the_first(out, problems):
    together = [row for row in problems if MANY.match(row["说明"])]
    assert together
    for row in together:
        count = MANY.match(row["说明"])[1]
        assert int(count) > 7
        assert row["涉及"].endswith(f" {count} 格")
        assert row["说明"].count("“") == 3
        assert row["位置"].startswith("第 ")
    causes = Counter(
        (row["文件"], row["项目"], row["涉及"].partition("：")[0]) for row in problems if row["涉及"]
    )
    assert max(causes.values()) <= 7


def test_every_relation_that_a_cell_is_flagged_with_is_listed_for_its_file(out, problems):
    listed = {(row["文件"], row["项目"]) for row in problems}
    flags = {
        (cell["source"], flag) for cell in table(out, "observations") for flag in cell["flags"].split(";")
    }
    relations = {(source, CHECKS[flag][0]) for source, flag in flags if flag in CHECKS}
    assert relations <= listed
    failed = {
        (check["source"], CHECKS[check["check"]][0])
        for check in table(out, "checks")
        if check["verdict"] == "fail"
    }
    assert failed <= listed
    assert {
        pair for pair in listed if pair[1] in {words[0] for words in CHECKS.values()}
    } <= relations | failed


def test_every_issue_is_listed(out, problems):
    reports = {row["source"] for row in table(out, "reports") if row["status"] in {"ok", "flagged"}}
    issues = Counter(
        (row["source"], row["message"]) for row in table(out, "issues") if row["source"] in reports
    )
    listed = Counter((row["文件"], row["说明"]) for row in problems if row["类别"] == "需核对")
    assert issues <= listed


def test_two_files_of_one_report_are_counted_once(out):
    rows = list(openpyxl.load_workbook(out / "workbook.xlsx")["总览"].iter_rows(values_only=True))
    head = rows[0]
    used = [row for row in rows[1:] if row[head.index("采用")] == "是"]
    wide = table(out, "wide")
    assert sorted(row[head.index("文件")] for row in used) == [row["source"] for row in wide]
    (sums,) = [row for row in rows if row[0] == "合计（同一报告只计一次）"]
    for name in ("数值个数", "缺项", "勾稽不符", "需核对"):
        place = head.index(name)
        assert sums[place] == sum(row[place] for row in used), name
    said = [row[0] for row in rows[-2:]]
    assert said[0].startswith(f"报告 {len(wide)} 份（同一报告的几个文件只计一次）")
    assert said[1].startswith(f"未采用的文件 {len(table(out, 'reports')) - len(wide)} 个")


def test_a_file_that_failed_has_its_name_for_it(out):
    (row,) = [row for row in table(out, "reports") if row["status"] == "failed"]
    assert [row[name] for name in ("agency", "agency_source", "year", "year_source")] == [
        *("某县水务局", "file_name", "2021", "file_name"),
    ]
