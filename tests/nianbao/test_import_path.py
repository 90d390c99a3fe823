"""No file that lies where a command is typed is taken for code, by the command or by what it starts."""

import os
import shutil
import subprocess
import sys
import tomllib

import pytest
from faults import FIXTURES, ROOT
from name_traps import Traps
from native_faults import list_places

from nianbao.exit_codes import Exit
from nianbao.processes.pool import Pool
from nianbao.processes.tasks import Task

SHOW = "from nianbao.machine.import_path import leave_folder; leave_folder(); import sys; print(*sys.path, sep='\\n')"


@pytest.fixture
def traps(tmp_path):
    return Traps(tmp_path)


def test_the_command_is_the_guarded_one():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert scripts == {"nianbao": "nianbao.entry:main"}


def test_run_executes_nothing_of_the_folder(traps, tmp_path):
    """With a file that is read twice, an archive, and one for LibreOffice."""
    (tmp_path / "in").mkdir()
    for name in ("gangcha_2021.txt", "pingtan_2020_web.pdf", "云台县各单位报送.zip"):
        shutil.copy(FIXTURES / name, tmp_path / "in")
    (tmp_path / "in" / "old.rtf").write_bytes(rb"{\rtf1\ansi\ansicpg936 \u24180?\u25253? 2023\par}")
    assert traps.type("run", "../in", "-o", "../out", "--reread", "always") == Exit.DONE
    assert traps.sprung() == []
    assert (tmp_path / "out" / "workbook.xlsx").exists()


@pytest.mark.parametrize(
    "arguments", [["--help"], ["fields"], ["show", str(FIXTURES / "pingtan_2020_web.pdf")]]
)
def test_the_other_commands_execute_nothing_of_the_folder(traps, arguments):
    assert traps.type(*arguments) == Exit.DONE
    assert traps.sprung() == []


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
