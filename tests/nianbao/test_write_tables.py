"""The tables come out the same whoever renders them."""

import csv
import shutil
from pathlib import Path

import pytest

from nianbao.exit_codes import Exit
from nianbao.limits import Limits
from nianbao.results import find_versions as versions
from nianbao.results import write_tables
from nianbao.run import run

REPORTS = Path(__file__).resolve().parents[2] / "fixtures/reports"


@pytest.fixture
def folder_of_versions(tmp_path):
    """Every fixture twice, the second time with a line more where that changes nothing that it says."""
    root = tmp_path / "in"
    shutil.copytree(REPORTS, root / "one")
    shutil.copytree(REPORTS, root / "two")
    for path in (root / "two").glob("*.txt"):
        path.write_bytes(path.read_bytes() + b"\n\n")
    return root


def bytes_of(out):
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != "run.json"}


@pytest.mark.parametrize(("chunk", "workers"), [(1, 2), (7, 1), (7, 3)])
def test_other_processes_give_the_same_bytes(
    folder_of_versions, nianbao, tmp_path, monkeypatch, chunk, workers
):
    usual, other = tmp_path / "usual", tmp_path / "other"
    assert nianbao("run", folder_of_versions, "-o", usual).exit_code == Exit.SOME_FAILED
    monkeypatch.setattr(write_tables, "CHUNK", chunk)
    monkeypatch.setattr(write_tables, "FEW", 0)
    monkeypatch.setattr(versions, "FEW", 0)
    nianbao("run", folder_of_versions, "-o", other, "--workers", workers)
    assert bytes_of(other) == bytes_of(usual)
    with (usual / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > len(list(folder_of_versions.glob("*/*.*"))) > 40
    assert {row["status"] for row in rows} >= {"ok", "flagged", "duplicate", "failed"}


def test_by_year_and_without_a_workbook(folder_of_versions, nianbao, tmp_path):
    out = tmp_path / "out"
    nianbao("run", folder_of_versions, "-o", out, "--parquet-by-year", "--no-workbook")
    assert not (out / "workbook.xlsx").exists()
    assert {path.name for path in (out / "wide.parquet").iterdir()} >= {"2019.parquet", "2021.parquet"}
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    done = nianbao("run", folder_of_versions, "-o", out, "--parquet-by-year", "--no-workbook")
    assert "没有变化" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    nianbao("run", folder_of_versions, "-o", out)
    assert (out / "wide.parquet").is_file()


def test_limits_of_reading_do_not_bind_what_writes(folder_of_versions, nianbao, tmp_path, monkeypatch):
    usual, other = tmp_path / "usual", tmp_path / "other"
    nianbao("run", folder_of_versions, "-o", usual)
    monkeypatch.setattr(write_tables, "FEW", 0)
    monkeypatch.setattr(versions, "FEW", 0)
    write = run.write

    def write_bound(results, rows, context):
        context.pool.limits = Limits(0.001, 1)
        return write(results, rows, context)

    monkeypatch.setattr(run, "write", write_bound)
    nianbao("run", folder_of_versions, "-o", other)
    assert bytes_of(other) == bytes_of(usual)


def test_what_a_person_puts_beside_the_years_is_left_alone(folder_of_versions, nianbao, tmp_path):
    out = tmp_path / "out"
    nianbao("run", folder_of_versions, "-o", out, "--parquet-by-year", "--no-workbook")
    (out / "wide.parquet" / "mine.txt").write_text("mine", "utf-8")
    done = nianbao("run", folder_of_versions, "-o", out, "--parquet-by-year", "--no-workbook")
    assert done.exit_code == Exit.OUTPUT
    assert "wide.parquet/mine.txt" in done.stderr
    assert (out / "wide.parquet" / "mine.txt").exists()
