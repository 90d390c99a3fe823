"""A table and an edition that the form does not have: lines of CSV are all that the outputs need.

No document is read here; what one would print is made of the types.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from dictionaries import add_line, copy_program, edit

HEARINGS = (
    "2019|2030,hearings,74,hearing.held,1.举行听证,（一）听证,件,",
    "2019|2030,hearings,75,hearing.refused,2.不予听证,（一）听证,件,",
    "2030,hearings,76,hearing.costs,3.听证费用,（一）听证,万元,",
)
"""One row each; in 2030 with columns of applicants, in 2019 with one number."""
STAFF = (
    "2030,staff,77,office.full_time,办公室 / 专职人数,第三条,项,",
    "2030,staff,78,office.part_time,办公室 / 兼职人数,第三条,项,",
    "2030,staff,79,agencies.full_time,下属机构 / 专职人数,第三条,项,",
)
"""Two rows, two columns."""
AGAIN = (
    "2030,disclosure,80,rules.in_force,规章 / 现行有效件数,第二十条第（一）项,件,",
    "2030,disclosure,81,rules.issued,规章 / 本年制发件数,第二十条第（一）项,件,",
)
"""Fields of the form, in another order than in 2021."""
LINES = {
    "tables.csv": (
        "hearings,,表五,table 5,五、听证,5 Hearings,五、政府信息公开听证、质证情况,hearings held,听证",
        "staff,,附表,annex,附：人员,Annex: staff,人员配备情况,staff,人员",
    ),
    "templates.csv": (
        "hearings,hearings,2030,any_table,",
        "hearings_2019,hearings,2019,any_table,",
        "staff,staff,2030,any_table,",
    ),
    "axes.csv": (
        "hearings.row,hearings,fields,",
        "hearings.column,hearings,applicants,",
        "hearings_2019.row,hearings_2019,fields,",
        "staff.row,staff,blocks,",
        "staff.column,staff,parts,",
    ),
    "fields.csv": (*HEARINGS, *STAFF, *AGAIN),
    "labels.csv": (
        "hearings.row,hearing.held,1.举行听证,,1.举行听证,form,",
        "hearings.row,hearing.refused,2.不予听证,,2.不予听证,form,",
        "hearings.row,hearing.costs,3.听证费用,,3.听证费用,form,",
        "hearings_2019.row,hearing.held,1.举行听证,,1.举行听证,form,",
        "hearings_2019.row,hearing.refused,2.不予听证,,2.不予听证,form,",
        "staff.row,office,办公室,,办公室,form,",
        "staff.row,agencies,下属机构,,下属机构,form,",
        "staff.column,full_time,专职人数,,专职人数,form,",
        "staff.column,part_time,兼职人数,,兼职人数,form,",
        "hearings.column,natural_person,自然人,,自然人,form,",
        "hearings.column,business,商业企业,,商业企业,form,",
        "hearings.column,research_institution,科研机构,,科研机构,form,",
        "hearings.column,public_interest_org,社会公益组织,,社会公益组织,form,",
        "hearings.column,legal_service,法律服务机构,,法律服务机构,form,",
        "hearings.column,other_org,其他,,其他,form,",
        "hearings.column,total,总计,,总计,form,",
    ),
}
SCRIPT = """
import sys
from decimal import Decimal
from pathlib import Path

from extract.document import BBox, Source
from nianbao.command.picture import COLOURS
from nianbao.command.show_report import show
from nianbao.messages import Lang, load_messages
from normalize.report import Identity, Issue, Observation, Report, Status
from output import codebook
from output.outcome import Outcome
from output.write import write_all

out = Path(sys.argv[1])


def make(name, digit, edition, *cells, **more):
    seen = tuple(
        Observation(*cell[:3], Decimal(cell[3]), cell[4], Status.PRINTED, cell[3], row=row, **more)
        for row, cell in enumerate(cells)
    )
    issues = (Issue("row.unplaced", "", "其他", "staff"),) if edition == "2030" else ()
    source = Source(name, digit * 64, 1)
    report = Report(source, "docx", "docx", None, Identity(agency="某局", year=2030), edition, seen, issues=issues)
    return Outcome(source, "flagged", "docx", report)


new = make(
    "a.docx", "a", "2030",
    ("disclosure", "rules.issued", "", "8", "件"),
    ("disclosure", "rules.in_force", "", "9", "件"),
    ("hearings", "hearing.held", "natural_person", "3", "件"),
    ("hearings", "hearing.held", "total", "4", "件"),
    ("hearings", "hearing.costs", "total", "20000", "元"),
    ("staff", "office.full_time", "", "5", "项"),
    ("staff", "office.part_time", "", "6", "项"),
    ("staff", "agencies.full_time", "", "7", "项"),
    flags=("doubt.column",),
)
old = make("b.docx", "b", "2019", ("hearings", "hearing.held", "", "11", "件"))
write_all([new, old], out)
(out / "codebook.md").write_text(codebook.build_codebook(), encoding="utf-8")
for outcome, lang in ((new, Lang.ZH), (new, Lang.EN), (old, Lang.EN)):
    print("=====")
    show(outcome, load_messages(lang))
assert len(set(COLOURS.values())) == len(COLOURS) == 5
"""


def make_program(folder: Path, old: str = "", new: str = "") -> Path:
    """The program with the lines, in which one text may stand for another, and no other change."""
    program = copy_program(folder)
    form = program / "normalize" / "form"
    edit(form / "editions.csv", "2021,form,", "2030,form,2030,2030 版,the form of 2030\n2021,form,")
    edit(form / "templates.csv", "disclosure,disclosure,2019|2021,", "disclosure,disclosure,2019|2021|2030,")
    for name, lines in LINES.items():
        for line in lines:
            add_line(form / name, line.replace(old, new) if old else line)
    return program


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_program(tmp_path_factory.mktemp("program"))


def run(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python with the program in its path."""
    more = {"PYTHONPATH": str(program), "PYTHONUTF8": "1", "COLUMNS": "150"}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **more},
        cwd=program,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def start(program: Path, *arguments: str) -> str:
    """What it says."""
    done = run(program, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def call(program: Path, *arguments: str) -> str:
    """What the command says."""
    return start(program, "-P", "-m", "nianbao", *arguments)


@pytest.fixture(scope="module")
def written(program: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """What is written of two reports, and what is shown of them."""
    out = tmp_path_factory.mktemp("out")
    return out, start(program, "-c", SCRIPT, str(out))


def load_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def load_sheet(out: Path, name: str) -> list[Mapping[str, object]]:
    heads, *rows = openpyxl.load_workbook(out / "workbook.xlsx")[name].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_it_has_wide_columns_with_and_without_applicants(written: tuple[Path, str]) -> None:
    new, old = load_rows(written[0] / "wide.csv")
    assert [new[f"hearing.held.{one}"] for one in ("natural_person", "business", "total")] == ["3", "", "4"]
    assert (new["hearing.held"], old["hearing.held"], old["hearing.held.total"]) == ("", "11", "")
    money = [new[f"hearing.costs.total{end}"] for end in ("", ".unit", ".wan_yuan")]
    assert money == ["20000.0", "元", "2.0"]
    assert "hearing.costs" not in new
    assert (new["office.part_time"], new["agencies.full_time"]) == ("6", "7")
    assert (new["form"], old["form"]) == ("2030", "2019")


def test_a_report_is_listed_in_the_order_of_its_edition(written: tuple[Path, str]) -> None:
    rows = load_rows(written[0] / "observations.csv")
    own = [(row["table"], row["field"]) for row in rows if row["source"] == "a.docx"]
    assert own[:2] == [("disclosure", "rules.in_force"), ("disclosure", "rules.issued")]
    assert [table for table, _ in own[2:]] == ["hearings"] * 3 + ["staff"] * 3


def test_the_package_knows_the_table_and_the_edition(written: tuple[Path, str]) -> None:
    package = (written[0] / "datapackage.json").read_text(encoding="utf-8")
    assert all(f'"{name}"' in package for name in ("hearings", "staff", "2030", "hearing.held.total"))


def test_each_table_has_a_sheet_and_no_cell_is_lost(written: tuple[Path, str]) -> None:
    out, _ = written
    names = openpyxl.load_workbook(out / "workbook.xlsx", read_only=True).sheetnames
    assert names[:6] == ["总览", "申请办理情况", "听证", "主动公开", "复议诉讼", "人员"]
    held, costs, old = load_sheet(out, "听证")
    assert (held["大项"], held["事项"], held["自然人"], held["总计"]) == ("（一）听证", "1.举行听证", 3, 4)
    assert (costs["事项"], costs["总计"], costs["数值"]) == ("3.听证费用", 20000, None)
    assert (old["事项"], old["数值"], old["总计"]) == ("1.举行听证", 11, None)
    staff, _ = load_sheet(out, "人员")
    assert (staff["办公室 / 专职人数（项）"], staff["下属机构 / 专职人数（项）"]) == (5, 7)
    assert load_sheet(out, "总览")[0]["表样"] == "2030 版"


def test_the_sheets_for_people_say_its_words(written: tuple[Path, str]) -> None:
    out, _ = written
    problems = [row["涉及"] for row in load_sheet(out, "勾稽问题")]
    assert "人员配备情况" in problems
    assert "表五：（一）听证 / 1.举行听证 / 自然人" in problems
    assert "附表：办公室 / 兼职人数" in problems
    told = {row["名称"]: row for row in load_sheet(out, "字段说明") if row["名称"]}
    assert told["hearing.held"]["所在表"] == "五、政府信息公开听证、质证情况"
    assert str(told["total"]["所在表"]).endswith("申请情况；五、政府信息公开听证、质证情况")


def test_the_codebook_has_its_lines(written: tuple[Path, str]) -> None:
    codebook = (written[0] / "codebook.md").read_text(encoding="utf-8")
    for line in (
        "| 74 | hearings | 2019, 2030 | `hearing.held` | （一）听证 / 1.举行听证 | 件 |  |",
        "| 77 | staff | 2030 | `office.full_time` | 办公室 / 专职人数 | 项 | 第三条 |",
        "| `hearings` | 五、政府信息公开听证、质证情况 | hearings held |",
        "| `2030` | 2030 版 | the form of 2030 |",
    ):
        assert line in codebook.splitlines()
    assert "remedies（四）、hearings（五）、staff（附表）" in codebook
    assert "仅 requests, hearings 表有" in codebook


def test_show_has_its_headings_rows_and_columns(written: tuple[Path, str]) -> None:
    _, zh, en, old = written[1].split("=====")
    assert all(word in zh for word in ("五、听证", "附：人员", "2030 版", "自然人", "下属机构"))
    (heads,) = [line for line in zh.splitlines() if "兼职人数" in line]
    assert "专职人数" in heads
    (row,) = [line for line in zh.splitlines() if "办公室" in line]
    assert "5 ?" in row
    assert "6 ?" in row
    assert all(word in en for word in ("5 Hearings", "Annex: staff", "the form of 2030", "full time"))
    assert "annex, a row that fits none of the form" in en
    assert "Annex" not in old
    (row,) = [line for line in old.splitlines() if "hearing / held" in line]
    assert "11" in row


def test_the_list_of_fields_has_it(program: Path) -> None:
    rows = call(program, "fields", "--table", "hearings", "--format", "csv").splitlines()
    assert rows[1:] == [
        "hearings,hearing.held,1.举行听证,（一）听证,件,2019|2030",
        "hearings,hearing.refused,2.不予听证,（一）听证,件,2019|2030",
        "hearings,hearing.costs,3.听证费用,（一）听证,万元,2030",
    ]
    shown = call(program, "fields", "--table", "hearings", "--lang", "en")
    assert all(word in shown for word in ("5 Hearings", "hearing.refused", "public_interest_org"))
    assert "public_interest_org" not in call(program, "fields", "--table", "staff")
    assert "<disclosure|requests|remedies|hearings|staff>" in call(program, "fields", "--help")


TAKEN = {
    "a sheet": ("hearings held,听证", "hearings held,总览", "tables.csv:5: sheet_zh '总览' is one that"),
    "what says which report it is": (
        "hearing.refused",
        "year",
        "fields.csv:76: field 'year' makes column 'year' of `wide` twice",
    ),
    "what goes with a sum of money": (
        "hearing.refused",
        "charges.amount.unit",
        "fields.csv:76: field 'charges.amount.unit' makes column 'charges.amount.unit' of `wide` twice",
    ),
}


@pytest.mark.parametrize(("old", "new", "fault"), TAKEN.values(), ids=TAKEN)
def test_a_name_that_the_outputs_have_already_is_told_before_a_document_is_opened(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    program = make_program(tmp_path / "program", old, new)
    done = run(
        program, "-P", "-m", "nianbao", "run", str(program), "-o", str(tmp_path / "out"), "--lang", "en"
    )
    assert fault in done.stderr
    assert done.returncode == 2
    assert not (tmp_path / "out").exists()
