"""The gate sees every difference between two runs, and says what each gained and lost."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from gate.inputs import Truth  # noqa: E402 - after the path is set
from gate.score import Side, compare, read_side  # noqa: E402
from gate.tables import differences, read_table  # noqa: E402

REPORT = ROOT / "fixtures/reports/pingtan_2020.docx"
START = "from nianbao.command.cli import main; main()"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gate") / "out"
    command = [sys.executable, "-c", START, "run", str(REPORT), "-o", str(folder), "-q"]
    assert subprocess.run(command, check=False).returncode == 0
    return folder


def changed(out: Path, to: Path, change: Callable[[dict[str, str]], None]) -> Path:
    """A copy of the results in which each row of observations.csv is changed."""
    shutil.copytree(out, to)
    rows = read_table(to, "observations")
    for row in rows:
        change(row)
    with (to / "observations.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return to


def truth_of(out: Path) -> Truth:
    rows = read_table(out, "observations")
    cells = {
        (r["table"], r["field"], r["applicant"]): frozenset({r["value"].removesuffix(".0")}) for r in rows
    }
    return Truth(rows[0]["source"], "docx", "plain", cells, frozenset())


def kinds(out: Path, other: Path) -> Counter[str]:
    return Counter(change.kind for change in compare([truth_of(out)], read_side(out), read_side(other)))


def test_a_run_is_the_same_as_itself(out: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(out, tmp_path / "copy")
    (copy / "run.json").write_text("{}")
    assert list(differences(out, copy)) == []
    assert kinds(out, copy) == Counter()


def test_each_kind_of_change_is_counted(out: Path, tmp_path: Path) -> None:
    def spoil(row: dict[str, str]) -> None:
        if row["field"] == "new" and row["applicant"] == "total":
            row["value"] += "1"
        if row["field"] == "carried_out" and row["applicant"] == "total":
            row["value"], row["status"] = "", "blank"
        if row["field"] == "licensing.decisions":
            row["flags"] = "doubt.column"

    other = changed(out, tmp_path / "other", spoil)
    was = {(r["field"], r["applicant"]): r for r in read_table(out, "observations")}
    silent = not was["new", "total"]["flags"]
    expected = Counter({"lost": 2, "newly doubted": 1} | ({"newly silent": 1} if silent else {}))
    assert kinds(out, other) == expected
    assert kinds(other, other) == Counter()
    assert [line.split(":")[0] for line in differences(out, other) if line[0] != " "] == ["observations.csv"]


def test_a_document_that_is_newly_blamed_is_told(out: Path) -> None:
    truth, side = truth_of(out), read_side(out)
    assert side.blamed[truth.source]
    told = [(change.kind, change.truth) for change in compare([truth], Side(cells=side.cells), side)]
    assert told == [("newly blamed", truth)] * len(side.blamed[truth.source])


def test_a_cell_of_the_workbook_and_a_lost_table_are_told(out: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(out, tmp_path / "copy")
    book = load_workbook(copy / "workbook.xlsx")
    book.worksheets[0]["A1"] = "另一份"
    book.save(copy / "workbook.xlsx")
    (copy / "wide.parquet").unlink()
    told = list(differences(out, copy))
    assert [line.split(":")[0] for line in told if line[0] != " "] == ["wide.parquet", "workbook.xlsx"]
    assert any("另一份" in line for line in told)


def test_the_command_finds_no_difference_between_a_program_and_itself() -> None:
    program = Path(sys.executable).with_name("nianbao")
    command = [sys.executable, str(ROOT / "bench/same.py"), program, program, "--count", "8"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "no difference")
