"""No file that lies where a command is typed is taken for code, by the command or by what it starts."""

import os
import shutil
import subprocess
import sys
import tomllib

import pytest
from faults import FIXTURES, ROOT
from native_faults import list_places

from nianbao.exits import Exit
from nianbao.pool import Pool
from nianbao.tasks import Task

NAMES = (
    *("extract", "normalize", "output", "nianbao", "pandas", "numpy", "pyarrow", "lxml", "typer", "click"),
    *("rich", "psutil", "regex", "multiprocessing", "socket", "pickle", "signal", "threading", "queue"),
    *("json", "sqlite3", "decimal", "subprocess", "tempfile", "typing", "runpy", "sitecustomize"),
)
LINE = "with open({mark!r}, 'a') as mark:\n    mark.write(__name__ + ' ')\n"
SHOW = "from nianbao.codepath import leave_folder; leave_folder(); import sys; print(*sys.path, sep='\\n')"


@pytest.fixture
def there(tmp_path):
    """A folder in which files bear the names of modules, each of which leaves a mark where it is executed."""
    there = tmp_path / "there"
    there.mkdir()
    for name in NAMES:
        (there / f"{name}.py").write_text(LINE.format(mark=str(tmp_path / "mark")), "utf-8")
    return there


@pytest.fixture
def typed(there, tmp_path):
    """Types the command in that folder, as the script that an installation makes."""
    script = tmp_path / "bin" / "nianbao"
    script.parent.mkdir()
    script.write_text("from nianbao.entry import main\nmain()\n", "utf-8")

    def typed(*arguments):
        command = [sys.executable, script, *arguments]
        surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=there, env=surroundings, capture_output=True, text=True, check=False
        )
        mark = tmp_path / "mark"
        assert not mark.exists(), mark.read_text("utf-8")
        assert "Error" not in done.stderr
        return done.returncode

    return typed


def test_the_command_is_the_guarded_one():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert scripts == {"nianbao": "nianbao.entry:main"}


def test_run_executes_nothing_of_the_folder(typed, tmp_path):
    """With a file that is read twice, an archive, and one for LibreOffice."""
    (tmp_path / "in").mkdir()
    for name in ("gangcha_2021.txt", "pingtan_2020_web.pdf", "云台县各单位报送.zip"):
        shutil.copy(FIXTURES / name, tmp_path / "in")
    (tmp_path / "in" / "old.rtf").write_bytes(rb"{\rtf1\ansi\ansicpg936 \u24180?\u25253? 2023\par}")
    assert typed("run", "../in", "-o", "../out", "--reread", "always") == Exit.DONE
    assert (tmp_path / "out" / "workbook.xlsx").exists()


@pytest.mark.parametrize(
    "arguments", [["--help"], ["fields"], ["show", str(FIXTURES / "pingtan_2020_web.pdf")]]
)
def test_the_other_commands_execute_nothing_of_the_folder(typed, arguments):
    assert typed(*arguments) == Exit.DONE


@pytest.mark.parametrize("way", [["-m", "probe"], ["-c", SHOW]])
def test_the_folder_is_left_however_python_was_started(tmp_path, way):
    here, other = tmp_path / "here", tmp_path / "other"
    here.mkdir(), other.mkdir()
    (other / "probe.py").write_text(SHOW, "utf-8")
    for paths, stays in (([ROOT, other], False), ([ROOT, other, here], True)):  # which is the user's wish
        surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
        done = subprocess.run(
            [sys.executable, *way], cwd=here, env=surroundings, capture_output=True, text=True, check=True
        )
        places = done.stdout.split()
        assert (str(here) in places) == stays
        assert "" not in done.stdout.splitlines()
        assert str(ROOT) in places


def test_what_is_started_leaves_the_folder_too_and_finds_the_program(monkeypatch, tmp_path):
    """In a notebook, say, where code may come from the folder, or the program itself does."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", "relative", *(place for place in sys.path if place != str(ROOT))])
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    with Pool(1) as pool:
        pool.submit(Task(list_places, ()))
        places = pool.next().value
    assert all(map(os.path.isabs, places))
    assert str(tmp_path) not in places
    assert str(ROOT) in places
    assert sys.path[0] == ""
    assert "PYTHONSAFEPATH" not in os.environ
