"""Files whose names a spreadsheet would take for formulas."""

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest

import nianbao as package
from nianbao.exit_codes import Exit

REPORTS = Path(__file__).resolve().parents[2] / "fixtures/reports"
AWKWARD = ("=1+1.docx", "@某局.docx", "+无.docx", "-局.docx", "-2+3.docx", "=SUM(A1)/甲.docx", "=包.zip")
HARMLESS = ("-5.docx", "'=1.docx", "甲=1.docx", "甲/=1.docx")


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "in"
    for name in (*AWKWARD, *HARMLESS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(
            REPORTS / ("云台县各单位报送.zip" if name.endswith(".zip") else "hongze_2023.docx"), folder / name
        )
    return folder


def rows(out, name):
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_source_is_a_path_and_no_formula_in_every_table(root, tmp_path, nianbao, here):
    out = tmp_path / "out"
    assert nianbao("run", root, "-o", out, "--no-workbook").exit_code == Exit.DONE
    sources = [row["source"] for row in rows(out, "reports")]
    assert sources == sorted(sources)
    files = {source for source in sources if "!/" not in source}
    assert files == {*(f"./{name}" for name in AWKWARD if not name.endswith(".zip")), *HARMLESS}
    assert all((root / source.partition("!/")[0]).is_file() for source in sources)
    assert any(source.startswith("./=包.zip!/") for source in sources)
    # Copies name their report as it is named itself, and Parquet says the same as CSV.
    assert {row["duplicate_of"] for row in rows(out, "reports")} - {""} <= set(sources)
    for table in ("reports", "observations", "wide"):
        assert pd.read_parquet(out / f"{table}.parquet")["source"].tolist() == [
            row["source"] for row in rows(out, table)
        ]


def test_what_column_source_says_can_be_shown_and_read(root, monkeypatch, nianbao, here):
    monkeypatch.chdir(root)
    for source in ("./=1+1.docx", "./-2+3.docx", "./=SUM(A1)/甲.docx", "./=包.zip!/水利局年报.docx"):
        shown = nianbao("show", source)
        assert shown.exit_code == Exit.DONE, shown.output
        one = package.read(source)
        assert one.status in {"ok", "flagged"}
    assert package.read("./=1+1.docx").source == "./=1+1.docx"
    assert package.read(root / "=包.zip!/水利局年报.docx").source == "./=包.zip!/水利局年报.docx"
