"""A run over a folder in which one report lies in several formats."""

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest

from nianbao.exit_codes import Exit

REPORTS = Path(__file__).resolve().parents[2] / "fixtures/reports"


def rows(out, name="reports"):
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def twice(tmp_path):
    """A report as Word and as text, in which one number is another."""
    root = tmp_path / "in"
    root.mkdir()
    shutil.copy(REPORTS / "pingtan_2020.docx", root)
    text = (REPORTS / "pingtan_2020_boxes.txt").read_text("utf-16")
    start = text.index("行政许可")
    digits = next(i for i, c in enumerate(text) if i > start and c.isdigit())
    text = text[:digits] + ("9" if text[digits] != "9" else "8") + text[digits + 1 :]
    (root / "pingtan_2020_boxes.txt").write_text(text, "utf-16")
    return root


def test_one_of_them_is_used_and_the_cell_is_named(twice, tmp_path, nianbao):
    out = tmp_path / "out"
    done = nianbao("run", twice, "-o", out)
    assert done.exit_code == Exit.DONE
    word, text = rows(out)
    assert (word["status"], text["status"]) == ("flagged", "flagged")
    assert (word["duplicate_of"], text["duplicate_of"]) == ("", "pingtan_2020.docx")
    assert word["versions"] == text["versions"] == "2"
    assert "有 1 处数字不同，请确认以哪份为准" in word["version_reason"]
    assert [row["source"] for row in rows(out, "wide")] == ["pingtan_2020.docx"]
    (check,) = [row for row in rows(out, "checks") if row["check"] == "versions.differ"]
    assert (check["source"], check["verdict"], check["origin"]) == ("pingtan_2020.docx", "fail", "as_printed")
    assert {"pingtan_2020.docx", "pingtan_2020_boxes.txt"} == {
        row["source"] for row in rows(out, "observations") if "versions.differ" in row["flags"].split(";")
    }


def test_a_copy_of_a_file_that_is_not_used_names_the_one_that_is(twice, tmp_path, nianbao):
    out = tmp_path / "out"
    shutil.copy(twice / "pingtan_2020_boxes.txt", twice / "z.txt")
    nianbao("run", twice, "-o", out, "--no-workbook")
    assert [(row["source"], row["status"], row["duplicate_of"]) for row in rows(out)] == [
        ("pingtan_2020.docx", "flagged", ""),
        ("pingtan_2020_boxes.txt", "flagged", "pingtan_2020.docx"),
        ("z.txt", "duplicate", "pingtan_2020.docx"),
    ]


def test_the_workbook_shows_it(twice, tmp_path, nianbao):
    out = tmp_path / "out"
    nianbao("run", twice, "-o", out)
    book = openpyxl.load_workbook(out / "workbook.xlsx", read_only=True)
    problems = list(book["勾稽问题"].values)
    rows = [row for row in problems if "版本不一致" in row]
    assert [row[-1] for row in rows] == ["pingtan_2020.docx", "pingtan_2020_boxes.txt"]
    assert all("行政许可" in row[4] for row in rows)
    assert any(row and "pingtan_2020.docx" in row for row in book["未处理文件"].values)
    assert any("采用本文件" in str(cell) for row in book["总览"].values for cell in row)


def test_versions_that_agree_stay_as_they_were(tmp_path, nianbao):
    root, out = tmp_path / "in", tmp_path / "out"
    root.mkdir()
    for name in ("shanghai_2019.docx", "shanghai_2019_pipes.txt"):
        shutil.copy(REPORTS / name, root)
    done = nianbao("run", root, "-o", out, "--no-workbook")
    assert [(row["status"], row["duplicate_of"]) for row in rows(out)] == [
        ("ok", ""),
        ("ok", "shanghai_2019.docx"),
    ]
    assert "正常 2" in done.stdout
    assert not [row for row in rows(out, "checks") if row["check"] == "versions.differ"]


def test_the_summary_names_it(twice, tmp_path, nianbao):
    done = nianbao("run", twice, "-o", tmp_path / "zh", "--no-workbook")
    assert "版本不一致：同一报告的几个文件所印数字不同" in done.stdout
    assert "需核对 2" in done.stdout
    done = nianbao("run", twice, "-o", tmp_path / "en", "--no-workbook", lang="en")
    assert "versions differ: files of one report print different numbers" in done.stdout
