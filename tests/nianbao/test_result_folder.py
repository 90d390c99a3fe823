import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nianbao.exit_codes import Exit
from nianbao.results import result_folder
from nianbao.results.result_folder import OutputRefused, ResultFolder, check_target
from nianbao.run import run

REPORTS = Path(__file__).parents[2] / "fixtures" / "reports"


def write(out, word):
    """One whole set of results that says `word`."""
    with ResultFolder(out) as results:
        (results.partial / "reports.csv").write_text(word)
        (results.partial / "run.json").write_text(
            json.dumps({"program": "nianbao", "files": ["reports.csv"], "word": word})
        )
        return results.commit().folder


def content(out):
    return {path.name: path.read_text() for path in out.iterdir()}


def neighbours(out):
    return sorted(path.name for path in out.parent.iterdir())


def test_results_are_replaced_whole_and_nothing_is_left_beside(tmp_path):
    out = tmp_path / "deep" / "out"
    write(out, "old")
    (out / "reports.csv").write_text("changed by hand")
    write(out, "new")
    assert content(out)["reports.csv"] == "new"
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
    assert content(out)["reports.csv"] == "old"
    assert neighbours(out) == ["out"]


CRASH = """
import os, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_result_folder import write
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
    assert content(found)["reports.csv"] == word
    with ResultFolder(
        out
    ):  # the next run puts back what was aside and clears the rest, even if it fails itself
        assert content(out)["reports.csv"] == word
    assert neighbours(out) == ["out"]


def test_what_fails_while_writing_leaves_the_old_results(tmp_path):
    out = tmp_path / "out"
    write(out, "old")

    def fail_half_way():
        with ResultFolder(out) as results:
            (results.partial / "reports.csv").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_half_way()
    assert content(out)["reports.csv"] == "old"
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
    assert (content(out)["reports.csv"], content(new)["reports.csv"]) == ("old", "new")
    assert neighbours(out) == ["out", "out.new"]
    assert write(out, "newer") == new
    assert content(new)["reports.csv"] == "newer"
    assert neighbours(out) == ["out", "out.new"]


def test_results_that_lay_beside_go_when_the_file_is_closed(tmp_path, held_open):
    out = tmp_path / "out"
    write(out, "old")
    held_open.add(out)
    write(out, "new")
    held_open.clear()
    assert write(out, "newer") == out
    assert content(out)["reports.csv"] == "newer"
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
    assert content(out)["reports.csv"] == "new"
    assert len(pauses) == 3
    assert neighbours(out) == ["out"]


def test_new_results_that_stay_held_leave_the_old_ones_in_place(tmp_path, held_open):
    out = tmp_path / "out"
    write(out, "old")
    held_open.add(tmp_path / ".out.nianbao-partial")
    with pytest.raises(OutputRefused) as caught:
        write(out, "new")
    assert caught.value.key == "output.unwritable"
    assert content(out)["reports.csv"] == "old"
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
    assert content(tmp_path / "real")["reports.csv"] == "new"


def names_below(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def write_while(out, put):
    """A run during which somebody does something."""
    with ResultFolder(out) as results:
        (results.partial / "reports.csv").write_text("new")
        (results.partial / "run.json").write_text(
            json.dumps({"program": "nianbao", "files": ["reports.csv"]})
        )
        put()
        return results.commit()


FOREIGN = {
    "a file": lambda place: place.write_text("years of work"),
    "a folder": lambda place: place.mkdir(),
    "a link": lambda place: place.symlink_to("reports.csv"),
    "a pipe": os.mkfifo,
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_came_into_the_folder_during_the_run_stays_and_is_named(tmp_path, kind):
    out = tmp_path / "out"
    write(out, "old")
    placed = write_while(out, lambda: FOREIGN[kind](out / "thesis"))
    assert placed.folder == tmp_path / "out.new"
    assert (placed.remark.key, placed.remark.values["name"]) == ("output.foreign_meanwhile", "thesis")
    assert names_below(out) == ["reports.csv", "run.json", "thesis"]
    assert (out / "reports.csv").read_text() == "old"
    assert (tmp_path / "out.new" / "reports.csv").read_text() == "new"
    assert neighbours(out) == ["out", "out.new"]
    shutil.rmtree(out / "thesis") if kind == "a folder" else (out / "thesis").unlink()
    assert write(out, "newer") == out
    assert neighbours(out) == ["out"]


def test_what_comes_in_after_the_last_look_is_seen_when_the_folder_is_aside(tmp_path, monkeypatch):
    out = tmp_path / "out"
    write(out, "old")
    rename = os.replace

    def put_and_rename(source, target):
        if source == out:
            (out / "thesis.docx").write_text("years of work")
        rename(source, target)

    monkeypatch.setattr(os, "replace", put_and_rename)
    placed = write_while(out, lambda: None)
    assert (placed.folder, placed.remark.values["name"]) == (tmp_path / "out.new", "thesis.docx")
    assert names_below(out) == ["reports.csv", "run.json", "thesis.docx"]
    assert neighbours(out) == ["out", "out.new"]


def test_what_comes_in_while_the_old_results_are_removed_stays_and_is_named(tmp_path, monkeypatch):
    out, aside = tmp_path / "out", tmp_path / ".out.nianbao-previous"
    write(out, "old")
    remove_own = result_folder.remove_own

    def put_and_remove(folder, own=None):
        if folder == aside:
            (folder / "thesis.docx").write_text("years of work")
        remove_own(folder, own)

    monkeypatch.setattr(result_folder, "remove_own", put_and_remove)
    placed = write_while(out, lambda: None)
    assert placed.folder == out
    assert placed.remark.key == "output.kept_aside"
    assert not isinstance(placed.remark, OutputRefused)
    assert placed.remark.values == {"out": out, "place": aside, "name": "thesis.docx"}
    assert content(aside) == {"thesis.docx": "years of work"}
    assert content(out)["reports.csv"] == "new"
    with pytest.raises(OutputRefused) as caught:
        write(out, "newer")
    assert (caught.value.key, caught.value.values["place"]) == ("output.left_over", aside)
    assert content(aside) == {"thesis.docx": "years of work"}


ROLES = ["previous", "partial", "discarded", "spool"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("there", ["results", "nothing"])
def test_a_folder_of_somebody_that_is_called_as_ours_is_left_and_named(tmp_path, role, there):
    out, theirs = tmp_path / "out", tmp_path / f".out.nianbao-{role}"
    if there == "results":
        write(out, "old")
    theirs.mkdir()
    (theirs / "thesis.docx").write_text("years of work")
    with pytest.raises(OutputRefused) as caught:
        write(out, "new")
    assert (caught.value.key, caught.value.values) == (
        "output.left_over",
        {"place": theirs, "name": "thesis.docx"},
    )
    assert content(theirs) == {"thesis.docx": "years of work"}
    assert neighbours(out) == [theirs.name, *(["out"] if there == "results" else [])]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["a link to a folder", "a link to nothing", "a file", "a pipe"])
def test_what_is_no_folder_in_the_place_of_ours_is_left_and_named(tmp_path, role, kind):
    out, place = tmp_path / "out", tmp_path / f".out.nianbao-{role}"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write(elsewhere, "results of another run")
    make = {
        "a link to a folder": lambda: place.symlink_to(elsewhere),
        "a link to nothing": lambda: place.symlink_to(tmp_path / "nothing"),
        "a file": lambda: place.write_text("years of work"),
        "a pipe": lambda: os.mkfifo(place),
    }
    make[kind]()
    before = place.lstat()
    with pytest.raises(OutputRefused) as caught:
        write(out, "new")
    assert (caught.value.key, caught.value.values) == ("output.in_the_way", {"path": place})
    assert (place.lstat().st_ino, place.lstat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert content(elsewhere)["reports.csv"] == "results of another run"
    assert neighbours(out) == [place.name, "elsewhere"]


def test_what_a_killed_run_left_is_cleared(tmp_path):
    out = tmp_path / "out"
    partial, spool = (tmp_path / f".out.nianbao-{role}" for role in ("partial", "spool"))
    for name in (
        "wide.csv",
        "wide.parquet/2023.parquet",
        "wide.parquet/unknown.parquet",
        ".workbook.xlsx-rows/tmp3_x",
    ):
        (partial / name).parent.mkdir(parents=True, exist_ok=True)
        (partial / name).write_text("half")
    spool.mkdir()
    for name in ("1234-0", "rows"):
        (spool / name).write_text("half")
    write(out, "new")
    assert neighbours(out) == ["out"]


def test_what_is_put_into_the_folder_being_filled_is_left_and_named(tmp_path):
    out, partial = tmp_path / "out", tmp_path / ".out.nianbao-partial"
    write(out, "old")
    with pytest.raises(OutputRefused) as caught:
        write_while(out, lambda: (partial / "thesis.docx").write_text("years of work"))
    assert caught.value.values == {"place": partial, "name": "thesis.docx"}
    assert content(partial) == {"thesis.docx": "years of work"}
    assert content(out)["reports.csv"] == "old"


def test_what_comes_into_results_beside_while_they_are_removed_stays(tmp_path, held_open, monkeypatch):
    out, new = tmp_path / "out", tmp_path / "out.new"
    write(out, "old")
    held_open.add(out)
    write(out, "new")
    held_open.clear()
    rename = os.replace

    def put_and_rename(source, target):
        if source == new:
            (new / "thesis.docx").write_text("years of work")
        rename(source, target)

    monkeypatch.setattr(os, "replace", put_and_rename)
    assert write(out, "newer") == out
    assert content(new)["thesis.docx"] == "years of work"
    assert content(new)["reports.csv"] == "new"
    assert neighbours(out) == ["out", "out.new"]


def test_a_record_that_names_files_elsewhere_removes_none_of_them(tmp_path):
    out = tmp_path / "out"
    write(out, "old")
    (tmp_path / "thesis.docx").write_text("years of work")
    names = ["reports.csv", "../thesis.docx", str(tmp_path / "thesis.docx")]
    (out / "run.json").write_text(json.dumps({"program": "nianbao", "files": names}))
    assert write(out, "new") == out
    assert neighbours(out) == ["out", "thesis.docx"]


@pytest.mark.usefixtures("obedient")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_says_what_came_in_and_where_the_results_are(
    tmp_path, folder, nianbao, monkeypatch, lang
):
    root, out = folder({"a.txt": "fine"}), tmp_path / "out"
    nianbao("run", root, "-o", out)
    folder({"b.txt": "fine b"})
    write_all = run.write

    def put_and_write(*arguments):
        (out / "论文.docx").write_text("years of work")
        return write_all(*arguments)

    monkeypatch.setattr(run, "write", put_and_write)
    done = nianbao("run", root, "-o", out, "--quiet", lang=lang)
    assert done.exit_code == Exit.OUTPUT
    assert "论文.docx" in done.stderr
    assert f"{out}.new" in done.stderr
    assert (out / "论文.docx").read_text() == "years of work"


def test_an_out_that_is_a_link_in_a_circle_is_refused(tmp_path, folder):
    (tmp_path / "out").symlink_to("out")
    assert refusal(tmp_path / "out", folder({"a.txt": "x"})) == "output.is_file"


def test_a_folder_that_takes_the_place_of_the_old_results_in_between_stays(tmp_path, monkeypatch):
    out, aside = tmp_path / "out", tmp_path / ".out.nianbao-previous"
    write(out, "old")
    rename = os.replace

    def rename_and_put(source, target):
        rename(source, target)
        if source == out:
            out.mkdir()
            (out / "thesis.docx").write_text("years of work")

    monkeypatch.setattr(os, "replace", rename_and_put)
    with pytest.raises(OutputRefused):
        write(out, "new")
    monkeypatch.undo()
    assert content(out) == {"thesis.docx": "years of work"}
    assert content(aside)["reports.csv"] == "old"
    out.rename(tmp_path / "moved away")
    with ResultFolder(out):
        assert content(out)["reports.csv"] == "old"


def test_results_that_are_in_place_are_not_refused_for_what_comes_after(tmp_path, monkeypatch, nianbao):
    """A folder above them that cannot be opened, and a journal that takes no note of them."""
    out = tmp_path / "out"

    def fail(*_):
        raise sqlite3.OperationalError("database or disk is full")

    def refuse(folder, flush=result_folder.flush_names):
        if folder == tmp_path:
            raise PermissionError(13, "Permission denied")
        flush(folder)

    monkeypatch.setattr(result_folder, "flush_names", refuse)
    monkeypatch.setattr("nianbao.journal.journal.Journal.write_note", fail)
    done = nianbao("run", REPORTS / "gangcha_2021.txt", "-o", out, "--no-workbook")
    assert (done.exit_code, done.stderr) == (Exit.DONE, "")
    assert (out / "reports.csv").exists()
