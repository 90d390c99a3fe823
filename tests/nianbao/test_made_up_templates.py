"""An edition and a table that the form does not have: added by lines of CSV, read from every kind of file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from dictionaries import copy_program, rows_of, run_program
from made_up import (
    COLUMNS,
    EDITION,
    ROWS,
    TABLE,
    MadeUp,
    Numbers,
    add_lines,
    make_aligned,
    make_docx,
    make_markdown,
    make_page,
    make_stacked,
    make_text,
)

NUMBERS: Numbers = {
    "received": ("12", "30", "42"),
    "settled": ("10", "", "10"),
    "returned": ("0", "/", "0"),
    "open": ("2", "1", "4"),
}
"""The last row does not add up."""
WAYS = {
    "report.docx": make_docx,
    "report.html": make_page,
    "tabs.txt": make_text,
    "bars.txt": make_markdown,
    "spaces.txt": make_aligned,
}
UNPLACED = "lines.txt"
"""One cell a line: nothing says where the values of a short head stand."""


@pytest.fixture(scope="module", params=[EDITION, TABLE], ids=["an edition", "a table"])
def made_up(request: pytest.FixtureRequest) -> MadeUp:
    return request.param


@pytest.fixture(scope="module")
def program(made_up: MadeUp, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_program(tmp_path_factory.mktemp("program"))
    add_lines(folder, made_up)
    return folder


@pytest.fixture(scope="module")
def out(program: Path, made_up: MadeUp, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    out = tmp_path_factory.mktemp("run") / "out"
    for body, (name, make) in zip("泉洛宜富黄志", {**WAYS, UNPLACED: make_stacked}.items(), strict=True):
        title = f"{body}川县民政局{made_up.edition}年政府信息公开工作年度报告"
        (folder / name).write_bytes(make(made_up, title, NUMBERS))
    run_program(program, "-m", "nianbao", "run", folder, "-o", out, "--workers", "1")
    return out


@pytest.mark.parametrize("name", WAYS)
def test_each_cell_comes_out_as_printed(out: Path, made_up: MadeUp, name: str) -> None:
    found = {
        o["field"]: (o["raw"], o["status"], o["flags"], float(o["confidence"]))
        for o in rows_of(out, "observations")
        if o["source"] == name and o["table"] == made_up.table and o["field"].partition(".")[0] in ROWS
    }
    statuses = {"": "blank", "/": "dash"}
    printed = {
        f"{row}.{column}": (text, statuses.get(text, "printed"))
        for row, own in NUMBERS.items()
        for column, text in zip(COLUMNS, own, strict=True)
    }
    assert {field: cell[:2] for field, cell in found.items()} == printed
    failed = f"{made_up.table}.channels"
    assert {field for field, cell in found.items() if cell[2]} == {f"open.{c}" for c in COLUMNS}
    assert {cell[2] for cell in found.values() if cell[2]} == {failed}
    assert all(cell[3] >= 0.9 for cell in found.values())


@pytest.mark.parametrize("name", WAYS)
def test_the_relation_is_tested_row_by_row(out: Path, made_up: MadeUp, name: str) -> None:
    mine = {
        c["scope"]: (c["verdict"], c["message"])
        for c in rows_of(out, "checks")
        if c["source"] == name and c["check"] == f"{made_up.table}.channels"
    }
    assert {scope: verdict for scope, (verdict, _) in mine.items()} == {
        "received": "pass",
        "settled": "pass",
        "returned": "pass",
        "open": "fail",
    }
    assert "合计印 4，两个渠道相加为 3（2＋1）" in mine["open"][1]


def test_it_has_columns_of_its_own_in_wide(out: Path) -> None:
    rows = [row for row in rows_of(out, "wide") if row["source"] in WAYS]
    assert len(rows) == len(WAYS)
    for row in rows:
        assert (row["received.all"], row["settled.counter"], row["open.all"]) == ("42", "", "4")


def test_what_cannot_be_placed_for_sure_carries_a_flag(out: Path, made_up: MadeUp) -> None:
    mine = [
        o
        for o in rows_of(out, "observations")
        if o["source"] == UNPLACED and o["table"] == made_up.table and o["field"].partition(".")[0] in ROWS
    ]
    assert len(mine) == len(ROWS) * len(COLUMNS)
    assert all("doubt.column" in o["flags"] or o["status"] == "absent" for o in mine)


def test_the_workbook_has_its_sheet(out: Path, made_up: MadeUp) -> None:
    names = {EDITION: "申请办理情况", TABLE: "培训"}
    sheet = openpyxl.load_workbook(out / "workbook.xlsx")[names[made_up]]
    rows = list(sheet.iter_rows(values_only=True))
    printed = {str(cell).removesuffix("（件）") for row in rows for cell in row}
    assert {f"{label} / {head}" for label in ROWS.values() for head in COLUMNS.values()} <= printed
    assert [cell for row in rows for cell in row].count(42) == len(WAYS) + 1


def test_the_codebook_has_its_lines(program: Path, made_up: MadeUp) -> None:
    code = "from output.codebook import build_codebook; print(build_codebook())"
    lines = run_program(program, "-c", code).splitlines()
    for row, label in ROWS.items():
        for column, head in COLUMNS.items():
            named = f"| {made_up.table} | {made_up.edition} | `{row}.{column}` | {label} / {head} | 件 |"
            assert any(named in line for line in lines)
    assert f"| `{made_up.table}.channels` | 各渠道合计＝网络＋窗口 | all = online + counter |" in lines


def test_the_report_follows_the_edition_and_has_its_tables(out: Path, made_up: MadeUp) -> None:
    forms = {r["form"] for r in rows_of(out, "reports")}
    assert forms == {made_up.edition}
