import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nianbao.exits import Exit
from nianbao.store import OutputRefused, ResultFolder, check_target


def write(out, word):
    """One whole set of results that says `word`."""
    with ResultFolder(out) as results:
        (results.partial / "a.csv").write_text(word)
        (results.partial / "run.json").write_text(
            json.dumps({"program": "nianbao", "files": ["a.csv"], "word": word})
        )
        return results.commit()


def content(out):
    return {path.name: path.read_text() for path in out.iterdir()}


def neighbours(out):
    return sorted(path.name for path in out.parent.iterdir())


def test_results_are_replaced_whole_and_nothing_is_left_beside(tmp_path):
    out = tmp_path / "deep" / "out"
    write(out, "old")
    (out / "a.csv").write_text("changed by hand")
    write(out, "new")
    assert content(out)["a.csv"] == "new"
    assert neighbours(out) == ["out"]


@pytest.mark.parametrize("step", [1, 2])
def test_a_rename_that_fails_leaves_the_old_results(tmp_path, monkeypatch, step):
    out = tmp_path / "out"
    write(out, "old")
    rename, calls = os.replace, []

    def fail(source, target):
        calls.append(target)
        if len(calls) == step:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OutputRefused) as caught:
        write(out, "new")
    assert caught.value.key == "output.unwritable"
    assert content(out)["a.csv"] == "old"
    assert neighbours(out) == ["out"]


CRASH = """
import os, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_store import write
real, left = os.replace, int(sys.argv[2])
def crash(source, target):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    real(source, target)
os.replace = crash
write(Path(sys.argv[1]), "new")
os._exit(9)
"""


@pytest.mark.parametrize(("renames", "word"), [(0, "old"), (1, "old"), (2, "new")])
def test_a_crash_at_any_point_leaves_old_or_new_whole(tmp_path, renames, word):
    out = tmp_path / "out"
    write(out, "old")
    script = CRASH.format(tests=str(Path(__file__).parent))
    done = subprocess.run([sys.executable, "-c", script, str(out), str(renames)], check=False)
    assert done.returncode == 9
    found = out if out.exists() else tmp_path / ".out.nianbao-previous"
    assert content(found)["a.csv"] == word
    with ResultFolder(
        out
    ):  # the next run puts back what was aside and clears the rest, even if it fails itself
        assert content(out)["a.csv"] == word
    assert neighbours(out) == ["out"]


def test_what_fails_while_writing_leaves_the_old_results(tmp_path):
    out = tmp_path / "out"
    write(out, "old")

    def fail_half_way():
        with ResultFolder(out) as results:
            (results.partial / "a.csv").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_half_way()
    assert content(out)["a.csv"] == "old"
    assert neighbours(out) == ["out"]


@pytest.fixture
def pauses(monkeypatch):
    """The seconds that were waited, without waiting."""
    waited = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


@pytest.fixture
def held_open(monkeypatch, pauses):
    """Folders that Windows would not rename, because a program has a file in them open."""
    rename, held = os.replace, set()

    def refuse(source, target):
        if source in held:
            raise PermissionError(13, "Permission denied", str(source))
        rename(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    return held


def test_results_open_in_a_program_stay_and_the_new_ones_lie_beside(tmp_path, held_open, pauses):
    out, new = tmp_path / "out", tmp_path / "out.new"
    assert write(out, "old") == out
    held_open.add(out)
    assert write(out, "new") == new
    assert 1 < sum(pauses) <= 2
    assert (content(out)["a.csv"], content(new)["a.csv"]) == ("old", "new")
    assert neighbours(out) == ["out", "out.new"]
    assert write(out, "newer") == new
    assert content(new)["a.csv"] == "newer"
    assert neighbours(out) == ["out", "out.new"]


def test_results_that_lay_beside_go_when_the_file_is_closed(tmp_path, held_open):
    out = tmp_path / "out"
    write(out, "old")
    held_open.add(out)
    write(out, "new")
    held_open.clear()
    assert write(out, "newer") == out
    assert content(out)["a.csv"] == "newer"
    assert neighbours(out) == ["out"]


def test_what_is_not_ours_is_never_replaced_by_results_beside(tmp_path, held_open):
    out = tmp_path / "out"
    write(out, "old")
    (tmp_path / "out.new").mkdir()
    (tmp_path / "out.new" / "thesis.docx").write_text("years of work")
    (tmp_path / "out.new2").write_text("a file")
    held_open.add(out)
    assert write(out, "new") == tmp_path / "out.new3"
    held_open.add(tmp_path / "out.new3")  # and opened there as well
    assert write(out, "newer") == tmp_path / "out.new4"
    held_open.clear()
    write(out, "newest")
    assert neighbours(out) == ["out", "out.new", "out.new2"]
    assert content(tmp_path / "out.new") == {"thesis.docx": "years of work"}


def test_a_moment_of_a_virus_scanner_is_waited_for(tmp_path, monkeypatch, pauses):
    out = tmp_path / "out"
    write(out, "old")
    rename, calls = os.replace, []

    def scan(source, target):
        calls.append(source)
        if len(calls) in {1, 3, 4}:
            raise PermissionError(13, "Permission denied", str(source))
        rename(source, target)

    monkeypatch.setattr(os, "replace", scan)
    assert write(out, "new") == out
    assert content(out)["a.csv"] == "new"
    assert len(pauses) == 3
    assert neighbours(out) == ["out"]


def test_new_results_that_stay_held_leave_the_old_ones_in_place(tmp_path, held_open):
    out = tmp_path / "out"
    write(out, "old")
    held_open.add(tmp_path / ".out.nianbao-partial")
    with pytest.raises(OutputRefused) as caught:
        write(out, "new")
    assert caught.value.key == "output.unwritable"
    assert content(out)["a.csv"] == "old"
    assert neighbours(out) == ["out"]


def test_a_crash_while_older_results_beside_are_removed_is_cleared(tmp_path):
    out = tmp_path / "out"
    write(out, "old")
    (tmp_path / ".out.nianbao-discarded").mkdir()
    write(out, "new")
    assert neighbours(out) == ["out"]


@pytest.mark.usefixtures("obedient")
def test_the_command_says_which_file_to_close_and_where_the_results_are(tmp_path, folder, nianbao, held_open):
    root, out = folder({"a.txt": "fine"}), tmp_path / "out"
    nianbao("run", root, "-o", out)
    (out / "~$workbook.xlsx").write_bytes(b"Excel")
    held_open.add(out)
    done = nianbao("run", root, "-o", out)
    assert done.exit_code == Exit.OUTPUT
    assert f"新结果在 {out}.new" in done.stderr
    assert "关闭" in done.stderr
    assert done.stdout == ""
    assert (tmp_path / "out.new" / "run.json").exists()


def refusal(out, *inputs):
    with pytest.raises(OutputRefused) as caught:
        check_target(out, inputs)
    return caught.value.key


def test_results_may_not_touch_the_input(folder, tmp_path):
    root = folder({"a.txt": "x"})
    assert refusal(root, root) == "output.overlaps"
    assert refusal(root / "out", root) == "output.overlaps"
    assert refusal(root / ".." / "in" / "out", root) == "output.overlaps"
    assert refusal(tmp_path, root) == "output.overlaps"
    assert refusal(root, root / "a.txt") == "output.overlaps"
    (tmp_path / "link").symlink_to(root)
    assert refusal(tmp_path / "link" / "out", root) == "output.overlaps"
    check_target(tmp_path / "in2", [root])


def test_a_folder_of_the_user_is_never_replaced(tmp_path, folder):
    root = folder({"a.txt": "x"})
    out = folder({"thesis.docx": "years of work"}, "out")
    assert refusal(out, root) == "output.foreign"
    write(tmp_path / "results", "old")
    for trace in (".DS_Store", "Thumbs.db", "~$workbook.xlsx", ".~lock.workbook.xlsx#"):
        (tmp_path / "results" / trace).write_bytes(b"x")
    check_target(tmp_path / "results", [root])
    (tmp_path / "results" / ".git").mkdir()
    assert refusal(tmp_path / "results", root) == "output.foreign"
    (tmp_path / "results" / ".git").rmdir()
    (tmp_path / "results" / "notes.txt").write_text("mine")
    assert refusal(tmp_path / "results", root) == "output.foreign"
    assert refusal(out / "thesis.docx", root) == "output.is_file"
    (tmp_path / "empty").mkdir()
    check_target(tmp_path / "empty", [root])


def test_results_behind_a_link_are_replaced_where_they_are(tmp_path):
    write(tmp_path / "real", "old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert content(tmp_path / "real")["a.csv"] == "new"
