"""A second run over the same folder: what it reads again, what it takes from the journal, what it writes."""

import csv
import json
import shutil
import sqlite3
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from archive_making import zip_of
from here import Here

from extract.errors import Encrypted, NeedsLibreOffice, ReadError
from nianbao.exit_codes import Exit
from nianbao.find import file_bytes
from nianbao.find.files import FoundFile
from nianbao.journal.journal import Journal
from nianbao.journal.readings import Readings
from nianbao.processes.tasks import Death
from nianbao.reading import dispatch, understand, worker_tasks
from nianbao.run import run

REPORTS = Path(__file__).resolve().parents[2] / "fixtures/reports"


def rows(out, name="reports"):
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def states(out):
    return {row["source"]: row["status"] for row in rows(out)}


def bytes_of(out):
    """Every file of the results but the record, which has times."""
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != "run.json"}


def times_of(out):
    return {path.name: path.stat().st_mtime_ns for path in out.iterdir()}


class Reads:
    """What was read and what was understood since it was asked last, by path."""

    def __init__(self, monkeypatch):
        self.read, self.understood = [], []
        read_first, read_report = worker_tasks.read_first, understand.read_report

        def count_read(item, passwords):
            self.read.append(item.source.path)
            return read_first(item, passwords)

        def count_understood(document):
            self.understood.append(document.source.path)
            return read_report(document)

        monkeypatch.setattr(worker_tasks, "read_first", count_read)
        monkeypatch.setattr(understand, "read_report", count_understood)

    def take(self):
        taken = sorted(self.read), sorted(self.understood)
        self.read.clear()
        self.understood.clear()
        return taken


@pytest.fixture
def reads(monkeypatch, obedient):
    return Reads(monkeypatch)


@pytest.fixture
def again(nianbao, tmp_path):
    """Runs over `in` into `out`."""

    def call(*options, code=Exit.DONE, out="out"):
        done = nianbao("run", tmp_path / "in", "-o", tmp_path / out, "--no-workbook", *options)
        assert done.exit_code == code, done.output
        return tmp_path / out

    return call


FILES = {"a.txt": "fine a", "b.txt": "flagged b", "c.zip": zip_of({"1.txt": b"fine 1", "2.txt": b"letter 2"})}
ALL = ["a.txt", "b.txt", "c.zip!/1.txt", "c.zip!/2.txt"]


def test_a_second_run_reads_nothing_and_rewrites_nothing(folder, again, reads):
    folder(FILES)
    out = again()
    assert reads.take() == (ALL, ALL)
    before = times_of(out)
    again()
    assert reads.take() == ([], [])
    assert times_of(out) == before


def test_only_what_is_new_or_changed_is_read(folder, again, reads):
    folder(FILES)
    out = again()
    reads.take()
    folder({"b.txt": "fine b", "d.txt": "fine d", "c.zip": zip_of({"1.txt": b"fine 1", "3.txt": b"fine 3"})})
    again()
    assert reads.take()[0] == ["b.txt", "c.zip!/3.txt", "d.txt"]
    assert states(out) == dict.fromkeys(["a.txt", "b.txt", "c.zip!/1.txt", "c.zip!/3.txt", "d.txt"], "ok")
    clean = again("--fresh", out="clean")
    assert bytes_of(clean) == bytes_of(out)


def test_what_is_gone_has_no_row(folder, again, reads, tmp_path):
    folder(FILES)
    again()
    reads.take()
    (tmp_path / "in" / "a.txt").unlink()
    assert list(states(again())) == ALL[1:]
    assert reads.take() == ([], [])


def test_a_file_with_another_time_or_name_is_not_read_again(folder, again, reads, tmp_path):
    folder(FILES)
    again()
    reads.take()
    (tmp_path / "in" / "a.txt").touch()
    (tmp_path / "in" / "b.txt").rename(tmp_path / "in" / "e.txt")
    shutil.copy(tmp_path / "in" / "c.zip", tmp_path / "in" / "f.zip")
    out = again()
    read, understood = reads.take()
    assert read == []
    assert understood == ["e.txt", "f.zip!/1.txt", "f.zip!/2.txt"]  # who reports may depend on the name
    assert states(out) == {
        "a.txt": "ok",
        "c.zip!/1.txt": "ok",
        "c.zip!/2.txt": "not_a_report",
        "e.txt": "flagged",
        "f.zip!/1.txt": "duplicate",
        "f.zip!/2.txt": "not_a_report",
    }


def test_copies_are_read_once_whichever_comes_first(folder, again, reads, tmp_path):
    folder({"b.txt": "fine b", "d.txt": "fine b", "e.txt": "fine e"})
    again()
    assert reads.take()[0] == ["b.txt", "e.txt"]
    folder({"a.txt": "fine b", "c.txt": "fine e"})
    out = again()
    assert reads.take()[0] == []
    assert states(out) == {
        "a.txt": "ok",
        "b.txt": "duplicate",
        "c.txt": "ok",
        "d.txt": "duplicate",
        "e.txt": "duplicate",
    }
    (tmp_path / "in" / "a.txt").unlink()
    assert states(again())["b.txt"] == "ok"
    assert reads.take()[0] == []


def test_a_copy_whose_original_changes_meanwhile_is_read_itself(folder, again, reads, monkeypatch, tmp_path):
    folder({"a.txt": "fine 1", "b.txt": "fine 1"})

    def load_changed(file, job):
        if file.source == "a.txt":
            file.path.write_text("fine 2", "utf-8")
        return open_file(file, job)

    open_file = worker_tasks.open_file
    monkeypatch.setitem(dispatch._CALLS, "file", load_changed)
    assert states(again()) == {"a.txt": "ok", "b.txt": "ok"}
    assert reads.take()[0] == ["a.txt", "b.txt"]


def test_another_dictionary_understands_anew_what_was_read(folder, again, reads, monkeypatch):
    folder(FILES)
    out = again()
    reads.take()
    before = bytes_of(out)
    make_rules = run.make_rules
    monkeypatch.setattr(run, "make_rules", lambda *a: replace(make_rules(*a), dictionary="other"))
    again()
    assert reads.take() == ([], ALL)
    assert bytes_of(out) == before


def test_another_reader_reads_everything_again(folder, again, reads, monkeypatch):
    folder(FILES)
    again()
    reads.take()
    make_rules = run.make_rules
    monkeypatch.setattr(run, "make_rules", lambda *a: replace(make_rules(*a), reader="other"))
    again()
    assert reads.take() == (ALL, ALL)


def test_fresh_forgets(folder, again, reads):
    folder(FILES)
    again()
    reads.take()
    again("--fresh")
    assert reads.take() == (ALL, ALL)


@pytest.mark.parametrize("harm", ["gone", "edited", "one gone", "touched"])
def test_results_that_are_not_as_they_were_are_written_again_from_the_journal(folder, again, reads, harm):
    folder(FILES)
    out = again()
    reads.take()
    before = bytes_of(out)
    if harm == "gone":
        shutil.rmtree(out)
    elif harm == "one gone":
        (out / "wide.csv").unlink()
    else:
        (out / "reports.csv").write_bytes(before["reports.csv"] + (b"x" if harm == "edited" else b""))
    again()
    assert reads.take() == ([], [])
    assert bytes_of(out) == before


def test_another_way_of_writing_writes_again(folder, again, reads):
    folder(FILES)
    out = again()
    reads.take()
    again("--workbook")
    assert (out / "workbook.xlsx").exists()
    again("--parquet-by-year")
    assert (out / "wide.parquet").is_dir()
    assert reads.take() == ([], [])
    again()
    assert (out / "wide.parquet").is_file()


@pytest.mark.parametrize("stop_after", [0, 1, 3])
def test_a_run_that_was_broken_off_goes_on(folder, again, reads, monkeypatch, stop_after):
    folder(FILES)
    read_first = worker_tasks.read_first

    def break_off(item, passwords):
        if len(reads.read) == stop_after:
            raise KeyboardInterrupt
        return read_first(item, passwords)

    with monkeypatch.context() as patch:
        patch.setattr(worker_tasks, "read_first", break_off)
        out = again(code=Exit.INTERRUPTED)
    assert not out.exists()
    done = reads.take()[0]
    assert len(done) == stop_after
    again()
    assert sorted(done + reads.take()[0]) == ALL
    assert bytes_of(again(out="clean")) == bytes_of(out)


@pytest.mark.parametrize(
    ("error", "options", "times"),
    [(NeedsLibreOffice(), (), 2), (ReadError("x"), (), 1), (Encrypted(), (), 1), (Encrypted(), ("p",), 2)],
)
def test_what_may_go_well_another_time_is_tried_again(
    folder, again, reads, monkeypatch, tmp_path, error, options, times
):
    folder({"a.txt": "fine"})
    (tmp_path / "p.txt").write_text("secret", "utf-8")
    options = ("--password-file", tmp_path / "p.txt") if options else ()
    read_first = worker_tasks.read_first

    def refuse(item, passwords):
        return replace(read_first(item, passwords)[0], first=None, error=error), item.data

    monkeypatch.setattr(worker_tasks, "read_first", refuse)
    for _ in range(2):
        again(*options, code=Exit.SOME_FAILED)
    assert len(reads.read) == times


def test_what_a_password_opened_stays_shut_without_it(folder, again, reads, monkeypatch, tmp_path):
    folder({"a.txt": "fine"})
    (tmp_path / "p.txt").write_text("secret", "utf-8")
    read_first = worker_tasks.read_first

    def locked(item, passwords):
        if not passwords:
            return Readings(None, Encrypted()), item.data
        return replace(read_first(item, passwords)[0], unlocked=True), item.data

    monkeypatch.setattr(worker_tasks, "read_first", locked)
    assert states(again("--password-file", tmp_path / "p.txt")) == {"a.txt": "ok"}
    assert states(again(code=Exit.SOME_FAILED)) == {"a.txt": "failed"}
    assert states(again("--password-file", tmp_path / "p.txt")) == {"a.txt": "ok"}
    assert b"secret" not in (tmp_path / "out.journal.sqlite").read_bytes()


@pytest.mark.parametrize("harm", [b"no journal", b"", b"SQLite format 3\0" + bytes(4000)])
def test_a_journal_that_is_none_is_put_aside(folder, again, reads, tmp_path, harm):
    folder(FILES)
    out = again()
    journal = tmp_path / "out.journal.sqlite"
    journal.write_bytes(harm)
    reads.take()
    again()
    assert reads.take()[0] == ALL
    assert states(out)["a.txt"] == "ok"
    again()
    assert reads.take() == ([], [])


@pytest.mark.parametrize("harm", ["outcome", "pages"])
def test_a_journal_that_is_damaged_inside_is_put_aside(folder, again, reads, tmp_path, harm):
    folder(FILES)
    out = again()
    before = bytes_of(out)
    shutil.rmtree(out)
    reads.take()
    path = tmp_path / "out.journal.sqlite"
    if harm == "outcome":
        with sqlite3.connect(path) as base:
            base.execute("UPDATE outcomes SET body = x'00'")
        base.close()
    else:
        data = bytearray(path.read_bytes())
        data[4096:] = bytes(len(data) - 4096)
        path.write_bytes(data)
    again()
    assert bytes_of(out) == before
    assert reads.take()[0] == ALL
    assert (tmp_path / "out.journal.sqlite.broken").exists()


def test_a_page_that_cannot_be_opened_is_tried_again(folder, again, reads, tmp_path):
    folder({"a.txt": "fine"})
    link = tmp_path / "in" / "b.txt"
    link.symlink_to(tmp_path / "nowhere")
    again(code=Exit.SOME_FAILED)
    link.unlink()
    link.write_text("fine b", "utf-8")
    assert states(again()) == {"a.txt": "ok", "b.txt": "ok"}


def test_the_record_says_how_much_was_known(folder, again, reads, monkeypatch):
    monkeypatch.setattr(file_bytes, "RACY", -(10**12))  # files are known by their times at once
    folder(FILES)
    again()
    folder({"d.txt": "fine d"})
    out = again()
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert record["resumed"] == 4
    assert record["files_found"] == 5
    assert record["statuses"]["ok"] == 3


def test_real_formats_come_out_the_same_from_the_journal(tmp_path, nianbao, monkeypatch):
    """Every fixture, by another dictionary: from stored documents as from the files."""
    out = tmp_path / "out"
    nianbao("run", REPORTS, "-o", out)
    before = bytes_of(out)
    make_rules = run.make_rules
    monkeypatch.setattr(run, "make_rules", lambda *a: replace(make_rules(*a), dictionary="other"))
    nianbao("run", REPORTS, "-o", out)
    assert bytes_of(out) == before
    assert json.loads((out / "run.json").read_text("utf-8"))["seconds"].get("read", 0) == 0


@pytest.fixture
def change_dictionary(monkeypatch):
    """From the call on there is another dictionary; files are known by their times at once."""

    monkeypatch.setattr(file_bytes, "RACY", -(10**12))

    def change():
        make_rules = run.make_rules
        monkeypatch.setattr(run, "make_rules", lambda *a: replace(make_rules(*a), dictionary="other"))

    return change


def test_a_copy_does_not_show_what_another_dictionary_made_of_it(
    folder, again, reads, tmp_path, change_dictionary
):
    folder({"a.txt": "fine", "b.txt": "fine"})
    again()
    reads.take()
    change_dictionary()
    (tmp_path / "in" / "a.txt").touch()
    again()
    read, understood = reads.take()
    assert read == []
    assert "a.txt" in understood


@pytest.mark.parametrize("trouble", ["a death", "an error"])
def test_what_cannot_be_understood_anew_costs_nothing_else_in_its_archive(
    folder, again, reads, monkeypatch, change_dictionary, trouble
):
    folder({"c.zip": zip_of({"1.txt": b"fine 1", "2.txt": b"fine 2", "3.txt": b"fine 3"})})
    before = states(again())
    reads.take()
    change_dictionary()
    understand_anew, wait = worker_tasks.understand_anew, Here.next

    def stumble(source, remarks, job):
        if source.path.endswith("2.txt"):
            raise ZeroDivisionError
        return understand_anew(source, remarks, job)

    def die(here):
        answer = wait(here)
        return replace(answer, error=None, death=Death("crashed")) if answer.error else answer

    monkeypatch.setitem(dispatch._CALLS, "anew", stumble)
    if trouble == "a death":
        monkeypatch.setattr(Here, "next", die)
    assert states(again()) == before
    assert reads.take()[0] == []


def test_a_failure_that_now_says_something_else_is_written(folder, again, reads, monkeypatch):
    folder({"a.txt": "fine"})
    words = iter(["one", "two"])

    def stumble(item, passwords):
        raise ZeroDivisionError(next(words))

    monkeypatch.setattr(worker_tasks, "read_first", stumble)
    again(code=Exit.BUG)
    out = again(code=Exit.BUG)
    assert "two" in json.loads((out / "run.json").read_text("utf-8"))["bugs"][0]["traceback"]


def test_a_run_killed_while_it_notes_its_results_does_not_pass_them_for_others(
    folder, again, reads, monkeypatch, tmp_path
):
    folder({"a.txt": "fine a"})
    again()
    folder({"b.txt": "fine b"})
    write_note, noted = Journal.write_note, []

    def note_one(self, name, content):
        if noted:
            raise KeyboardInterrupt
        noted.append(name)
        write_note(self, name, content)

    with monkeypatch.context() as patch, suppress(AssertionError):
        patch.setattr(Journal, "write_note", note_one)
        again()
    (tmp_path / "in" / "b.txt").unlink()
    assert list(states(again())) == ["a.txt"]


def test_a_file_changed_just_before_it_was_read_is_read_again_however_long_that_took(
    folder, again, reads, monkeypatch, tmp_path
):
    path = folder({"a.txt": "fine"}) / "a.txt"
    keep, seen = Journal.keep, path.stat()

    def keep_late(self, event):
        with monkeypatch.context() as patch:
            patch.setattr(time, "time_ns", lambda: seen.st_mtime_ns + 60 * 10**9)
            keep(self, event)

    monkeypatch.setattr(Journal, "keep", keep_late)
    assert states(again()) == {"a.txt": "ok"}
    path.write_text("deep", "utf-8")  # of the same size, within one tick
    stamp = file_bytes.look(FoundFile(path, "a.txt")).stamp
    with sqlite3.connect(tmp_path / "out.journal.sqlite") as base:
        base.execute("UPDATE files SET stamp = ?", (stamp,))
    base.close()
    assert states(again(code=Exit.SOME_FAILED)) == {"a.txt": "failed"}
