"""The folder as a whole."""

import shutil
import subprocess
import sys
import time

import openpyxl
import pytest

from output.tables.rows import in_order
from output.write import in_chunks, write_all

FILES = {"datapackage.json", "workbook.xlsx"} | {
    f"{name}.{suffix}"
    for name in ("observations", "reports", "checks", "narrative", "mentions", "wide", "issues")
    for suffix in ("csv", "parquet")
}


def test_all_files_of_the_contract_are_written(written):
    assert {path.name for path in written.iterdir()} == FILES


def test_without_a_workbook(run, tmp_path):
    write_all(run, tmp_path, workbook=False)
    assert {path.name for path in tmp_path.iterdir()} == FILES - {"workbook.xlsx"}


def test_an_empty_run_writes_all_files(tmp_path):
    write_all([], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == FILES


def test_equal_runs_give_equal_bytes(written, build, tmp_path):
    time.sleep(2.1)  # the resolution of a time in a zip file
    write_all(tuple(reversed(build.run())), tmp_path)
    assert [name for name in FILES if (tmp_path / name).read_bytes() != (written / name).read_bytes()] == []


def test_a_stream_in_order_gives_the_same_as_a_sequence_in_any(written, build, tmp_path):
    write_all(iter(in_order(build.run())), tmp_path)
    assert [name for name in FILES if (tmp_path / name).read_bytes() != (written / name).read_bytes()] == []


def test_outcomes_are_rendered_in_runs(build):
    outcomes = build.run()
    assert list(in_chunks(iter(outcomes), 2)) == [outcomes[:2], outcomes[2:4], outcomes[4:]]
    assert list(in_chunks([], 2)) == []


def test_bytes_do_not_depend_on_the_time_zone(written, tmp_path, monkeypatch, build):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        write_all(build.run(), tmp_path)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert [name for name in FILES if (tmp_path / name).read_bytes() != (written / name).read_bytes()] == []


def test_importing_the_writer_imports_no_pandas():
    program = "import sys, output.write; sys.exit('pandas' in sys.modules or 'pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def convert(path, folder, profile, *options):
    """Open a file in Calc, with a profile of its own, and save it as xlsx."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is required: apt-get install libreoffice-calc"
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", *options]
    command += ["--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return openpyxl.load_workbook(folder / f"{path.stem}.xlsx")


@pytest.mark.slow
def test_csv_opens_in_calc_with_readable_chinese(written, tmp_path):
    # 44 comma, 34 quote, 76 UTF-8: what Calc's import dialog proposes on seeing the byte-order mark.
    utf8 = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
    book = convert(written / "observations.csv", tmp_path, tmp_path / "profile", utf8)
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][:3] == ("report_id", "source", "agency")
    assert rows[1][1] == "乙/2022.pdf"
    assert rows[2][2] == "某县某局"
    assert rows[3][7] == 18.085682
    assert len(rows) == 13


@pytest.mark.slow
def test_workbook_opens_in_calc(written, tmp_path):
    book = convert(written / "workbook.xlsx", tmp_path, tmp_path / "profile")
    assert book.sheetnames[0] == "总览"
    assert book["复议诉讼"]["G2"].value == 0
