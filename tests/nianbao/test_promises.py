"""What the codebook and the workbook list is what the program says, and the other way round.

One run over hand-made and generated documents shows each word at least once.
"""

import io
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from pdf_drawing import Sheet, write_pdf
from scoring import NEW, TABS, WORD, distinct, read_bytes, write_report

from corpus.__main__ import generate
from corpus.package import zip_bytes
from nianbao import load
from nianbao.exit_codes import Exit
from nianbao.results.tally import STATUSES
from normalize.checks.two_readings import agree
from normalize.form.loader import FORM
from normalize.report import Origin, Status, Verdict
from normalize.versions.compare_cells import CHECK as VERSIONS
from output import codebook, wording
from output.schema import CHOICES, FORM_TABLES
from output.workbook.all_sheets import LEGEND
from output.workbook.form_sheets import show
from output.workbook.sheet import Shown, Tone

REPORTS = Path(__file__).resolve().parents[2] / "fixtures/reports"
TITLE = "云台县人民政府2022年政府信息公开工作年度报告"
PROSE = "全年公开信息120条，办理依申请公开事项8件。" * 20


def edited(old="", new=""):
    text = write_report(distinct(NEW), TABS).decode()
    assert old in text
    return text.replace(old, new, 1)


def table_three():
    text = edited()
    return text[text.index("一、本年新收") : text.index("四、政府信息公开")]


def lone_table():
    sheet = Sheet()
    sheet.text(90, 60, TITLE, 14)
    head = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    sheet.table([70, 130, 190, 250, 310, 370], [140, 160, 180], [head, ["1", "0", "0", "0", "1"]])
    sheet.text(150, 135, "行政复议", 10)
    return write_pdf(sheet, Sheet(image=True))


def with_broken_styles():
    with zipfile.ZipFile(io.BytesIO(write_report(distinct(NEW), WORD))) as package:
        members = {name: package.read(name) for name in package.namelist()}
    return zip_bytes({**members, "word/styles.xml": b"<broken"})


SUPPLEMENT = "本年度补充统计的其他事项\t\t\t4\t0\t0\t0\t0\t0\t4\n二、上年结转"
TABLE = table_three()
DOCUMENTS = {
    "about.txt": edited("行政许可\t53", "行政许可\t约53"),
    "digits.txt": edited("行政许可\t53", f"行政许可\t{'1' * 30}"),
    "unit.txt": edited("单位：万元", "单位：元"),
    "twice.txt": edited("行政许可\t53\t\t\n", "行政许可\t53\t\t\n行政许可\t54\t\t\n"),
    "row.txt": edited("二、上年结转", SUPPLEMENT),
    "column.txt": edited("\t885\n", "\t885\t77\n"),
    "before.txt": edited("2023年1月19日", "2021年1月19日"),
    "guessed.txt": edited("2022年政府信息公开", "政府信息公开").replace("2022", ""),
    "blank.txt": re.sub(r"(?<=\t)[\d.]+", "", edited()),
    "conflict.txt": edited("全年按季度", "本报告统计期限自2021年1月1日起至2021年12月31日止。全年按季度"),
    "annex.txt": f"{edited()}\n附：2021年度政府信息公开申请情况\n\n{table_three()}",
    "annex_alone.txt": edited("\n三、本年度办理结果", "\n附表：续\n\n三、本年度办理结果"),
    "prose.txt": f"{TITLE.replace('2022', '2016')}\n一、概述\n{PROSE}\n二、主动公开情况\n全部在网站公开。\n",
    "picture.html": f"<h1>{TITLE}</h1><div><p>{PROSE}</p><img src='/p/table3.jpg'></div>",
    "page.pdf": lone_table(),
    "styles.docx": with_broken_styles(),
    "empty.txt": "",
    "letter.txt": "关于召开会议的通知。请各科室准时参加。" * 20,
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    from here import Here
    from typer.testing import CliRunner

    from nianbao.command.cli import build_app
    from nianbao.messages import Lang
    from nianbao.run import run

    root = tmp_path_factory.mktemp("promises")
    folder, out = root / "in", root / "out"
    for name, content in DOCUMENTS.items():
        # Each in a folder of its own, so that none is a version of another.
        (folder / name).mkdir(parents=True)
        (folder / name / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    for made in generate(20260, 60):
        path = folder / "generated" / made.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content)
    shutil.copy(REPORTS / "pingtan_2020.docx", folder)
    shutil.copy(REPORTS / "pingtan_2020.docx", folder / "copy.docx")
    text = (REPORTS / "pingtan_2020_boxes.txt").read_text("utf-16")
    start = next(at for at, sign in enumerate(text) if at > text.index("行政许可") and sign.isdigit())
    (folder / "other.txt").write_text(
        text[:start] + str((int(text[start]) + 1) % 10) + text[start + 1 :], "utf-16"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nianbao.processes.pool.Pool", Here)
        patch.setattr(run, "Pool", Here)
        done = CliRunner().invoke(build_app(Lang.ZH), ["run", str(folder), "-o", str(out), "-q"])
    assert done.exit_code == Exit.SOME_FAILED, done.output  # the empty file
    return load(out), openpyxl.load_workbook(out / "workbook.xlsx")


def parts(column):
    return {part for cell in column for part in cell.split(";") if part}


def test_a_run_says_every_word_that_is_listed_and_no_other(tables):
    said, _ = tables
    flags = parts(said.observations["flags"])
    assert set(said.observations["status"]) == set(wording.STATUSES)
    assert set(said.observations["table"]) == set(wording.TABLES)
    assert set(said.reports["status"]) == set(wording.FILE_STATUSES)
    assert set(said.reports["form"]) - {""} == set(wording.EDITIONS)
    assert set(said.checks["check"]) == set(wording.CHECKS)
    assert set(said.checks["verdict"]) == set(wording.VERDICTS)
    assert set(said.checks["origin"]) == set(wording.ORIGINS)
    codes = flags | parts(said.reports["doubts"]) | set(said.issues["code"])
    # Two readings differ in files that only one of them reads wrongly, which none here is on purpose.
    first = read_bytes(edited().encode())
    second = read_bytes(edited("行政许可\t53", "行政许可\t54").encode())
    codes |= {flag for seen in agree(first, second).observations for flag in seen.flags}
    assert codes - set(wording.CHECKS) == set(wording.CODES)


def test_the_lists_are_those_of_the_code():
    assert set(wording.CHECKS) == {relation.check for relation in FORM.relations} | {VERSIONS}
    assert set(wording.STATUSES) == set(CHOICES["status"]) == {status.value for status in Status}
    assert set(wording.VERDICTS) == {verdict.value for verdict in Verdict}
    assert set(wording.ORIGINS) == {origin.value for origin in Origin}
    assert set(wording.FILE_STATUSES) == set(CHOICES["file_status"]) == set(STATUSES)
    assert set(wording.TABLES) == set(FORM_TABLES) == {field.table for field in FORM.fields}
    assert set(wording.EDITIONS) == set(CHOICES["edition"])


def test_the_codebook_and_the_workbook_list_them_and_no_other(tables):
    _, book = tables
    heads, *rows = book["字段说明"].iter_rows(values_only=True)
    relations = {row[heads.index("名称")] for row in rows if row[heads.index("类别")] == "勾稽关系"}
    assert relations == set(wording.CHECKS)
    section = codebook.build_codebook().split("## 勾稽关系 Relations")[1]
    assert {line.split("`")[1] for line in section.splitlines() if line.startswith("| `")} == relations


def test_every_colour_of_the_legend_is_one_that_a_cell_can_have():
    flags = ("", *wording.CODES, *wording.CHECKS)
    cells = (show(None, status, "x", flag) for status in wording.STATUSES for flag in flags)
    possible = {cell.tone for cell in cells if isinstance(cell, Shown)}
    assert {sample.tone for sample, _ in LEGEND if isinstance(sample, Shown)} <= possible | {Tone.PLAIN}
