"""What people use from Python: `load`, `read`, `python -m nianbao`, and the page that documents them."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import nianbao
from nianbao.version import VERSION
from output.schema import TABLES

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "fixtures" / "reports"
PAGE = (ROOT / "docs" / "python.md").read_text("utf-8")


def blocks(page):
    return re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


def start(*arguments, folder=ROOT):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """Results of a run over some reports, under the name that the page has for them, beside the reports."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "fixtures" / "reports"
    folder.mkdir(parents=True)
    for name in ("gangcha_2021.docx", "hongze_2023.docx", "pingtan_2020_saved.mht"):
        shutil.copy(REPORTS / name, folder)
    done = start("-m", "nianbao", "run", str(folder), "-o", "out", "--no-workbook", "-q", folder=home)
    assert done.returncode == 0, done.stderr
    return home / "out"


def test_the_page_runs_in_both_languages(out):
    chinese, english = PAGE.split("\n# From Python")
    for part in (chinese, english):
        program = "\n".join(blocks(part))
        assert program.count("nianbao.") == 2
        done = start("-W", "error", "-c", program, folder=out.parent)
        assert done.returncode == 0, done.stderr
        assert "刚察县人民政府办公室" in done.stdout
        assert "new.total" in done.stdout
        assert len(pd.read_stata(out.parent / "wide.dta")) == 3


def test_the_page_says_the_same_in_both_languages():
    def bare(program):
        return re.sub(r" *#.*", "", program)

    chinese, english = (list(map(bare, blocks(part))) for part in PAGE.split("\n# From Python"))
    assert chinese == english


@pytest.mark.parametrize("by_year", [False, True])
def test_load_gives_every_table_as_it_was_written(out, tmp_path, by_year):
    folder = out
    if by_year:
        folder = tmp_path / "out"
        inputs = str(out.parent / "fixtures")
        assert (
            start(
                "-m", "nianbao", "run", inputs, "-o", folder, "--no-workbook", "--parquet-by-year"
            ).returncode
            == 0
        )
        assert (folder / "wide.parquet").is_dir()
    tables = nianbao.load(folder)
    assert list(tables) == [schema.name for schema in TABLES]
    csv.field_size_limit(2**24)
    for schema in TABLES:
        with (folder / f"{schema.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        frame = tables[schema.name]
        assert frame is getattr(tables, schema.name)
        assert frame["source"].tolist() == [row["source"] for row in rows]
        assert list(frame.columns) == list(schema.names)
    with pytest.raises(KeyError):
        tables["nothing"]
    assert tables.reports["report_id"].str.fullmatch("r[0-9a-f]{16}").all()


def test_load_without_results_names_what_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"observations\.parquet"):
        nianbao.load(tmp_path)


def test_read_gives_what_a_run_writes(out):
    written = nianbao.load(out)
    for name in ("gangcha_2021.docx", "pingtan_2020_saved.mht"):
        one = nianbao.read(REPORTS / name)
        assert (one.source, one.error) == (name, "")
        for table in one:
            mine = written[table]
            mine = mine[mine["source"] == name].reset_index(drop=True)
            if table == "reports":  # what other files there are is known to a run alone
                mine, seen = (
                    frame.drop(columns=["versions", "version_reason"]) for frame in (mine, one[table])
                )
                assert_frame_equal(seen, mine)
            else:
                assert_frame_equal(one[table], mine)
    assert one.identity.agency == one.wide["agency"].item()
    assert one.status == one.reports["status"].item()


def test_read_takes_a_report_in_an_archive_and_says_which_there_are():
    archive = REPORTS / "云台县各单位报送.zip"
    one = nianbao.read(f"{archive}!/水利局年报.docx")
    assert one.source == "云台县各单位报送.zip!/水利局年报.docx"
    assert len(one.wide) == 1
    with pytest.raises(ValueError, match="水利局年报"):
        nianbao.read(archive)
    with pytest.raises(ValueError, match="水利局年报"):
        nianbao.read(f"{archive}!/没有.docx")


@pytest.mark.parametrize(("name", "status"), [("空文件.txt", "failed"), ("预算通知.txt", "not_a_report")])
def test_read_says_why_there_is_no_report(name, status):
    one = nianbao.read(str(REPORTS / name))
    assert one.status == status
    assert one.error
    assert one.observations.empty
    assert one.reports["status"].tolist() == [status]


def test_read_without_a_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nothing\.pdf"):
        nianbao.read(tmp_path / "nothing.pdf")


def test_the_package_is_cheap_to_import():
    heavy = "{'pandas', 'pyarrow', 'typer', 'typing', 'normalize', 'extract'}"
    done = start("-c", f"import sys, nianbao; print(sorted({heavy} & set(sys.modules)))")
    assert done.stdout.strip() == "[]"


def test_python_m_nianbao_is_the_command():
    done = start("-m", "nianbao", "--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"nianbao {VERSION}")


def test_a_script_without_a_guard_may_read(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        f"import nianbao\nprint(nianbao.read({str(REPORTS / 'gangcha_2021.docx')!r}).identity.year)\n"
    )
    done = start(str(script))
    assert (done.stdout.split(), done.stderr) == (["2021"], "")
