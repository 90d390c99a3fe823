"""Whatever is done to a run, its results are whole, and the same bytes as if nothing had been done."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from faults import (
    ROOT,
    STEP,
    Command,
    assert_never_half,
    beside,
    content,
    count_reads,
    destroy,
    differences,
    end,
    is_whole,
    make_few,
    make_set,
    poisoned,
    rows,
    workers,
)
from kills import Tormentor, await_stage

from nianbao.exit_codes import Exit
from nianbao.find.litter import drop_litter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and mounts of POSIX")

REPORT = (ROOT / "fixtures" / "reports" / "gangcha_2021.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def clean(home):
    """The command over the set, run once and undisturbed; its exit code and bytes."""
    command = Command(make_set(home / "in"), home / "clean" / "out")
    command.code = command.finish()
    command.bytes = content(command.out)
    return command


@pytest.fixture(scope="module")
def old(home):
    """Results of an earlier run over other files."""
    command = Command(make_few(home / "few"), home / "old" / "out")
    assert command.finish() == Exit.DONE, command.said()
    return command.out


@pytest.fixture
def command(clean, tmp_path):
    """The same command into a folder of its own."""
    return Command(clean.inputs, tmp_path / "beside" / "out")


def files_below(folder):
    """The files that a person would call one."""
    return set(drop_litter(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()))


def assert_one_row_each(command, files):
    """Each file has its row, or its members have theirs, and no row stands twice."""
    sources = [row["source"] for row in rows(command)]
    assert len(sources) == len(set(sources))
    assert {source.partition("!/")[0] for source in sources} == files


def assert_done(command, clean, code):
    """It ended as the clean run did, with the same bytes, and cleared away behind it."""
    assert code == clean.code, command.said()
    assert is_whole(command.out)
    assert differences(content(command.out), clean.bytes) == []
    assert beside(command) == []


def test_the_clean_run_has_one_row_for_each_file(clean):
    assert clean.code == Exit.SOME_FAILED, clean.said()
    assert_one_row_each(clean, files_below(clean.inputs))
    states = Counter(row["status"] for row in rows(clean))
    assert len(files_below(clean.inputs)) >= 115
    assert states["failed"] >= 5
    assert states["duplicate"] == 2
    assert {"text", "docx", "html", "xlsx", "pdf", "ofd", "mhtml", "eml"} <= {
        r["format"] for r in rows(clean)
    }
    assert beside(clean) == []


@pytest.mark.parametrize("count", ["1", "3"])
def test_the_number_of_workers_changes_no_byte(command, clean, count):
    command.options = ("--workers", count, "--no-workbook")
    assert_done(command, clean, command.finish())


@pytest.mark.parametrize("before", ["nothing", "old results"])
def test_kills_at_any_moment_leave_no_trace(command, clean, old, before):
    """Twenty-five kills of the command or one of its workers, while it starts, reads, writes and swaps."""
    known = [content(old) if before == "old results" else None, clean.bytes]

    def fresh():
        command.reset()
        if before == "old results":
            shutil.copytree(old, command.out)

    def ended(code):
        assert_done(command, clean, code)
        fresh()

    fresh()
    tormentor = Tormentor(command, before, lambda: assert_never_half(command, known), ended)
    tormentor.torment(25)
    seen = Counter(tormentor.kills)
    assert {victim for victim, _ in seen} == {"parent", "worker"}, seen
    stages = {stage for _, stage in seen}
    assert stages >= {"start", "reading"}, seen
    assert stages & {"writing", "swapping"}, seen  # which are over so soon that a kill may come too late


def test_an_interrupt_is_no_loss_either(command, clean, old):
    """Ctrl-C reaches the command and all that it started; a second one comes while it tidies up."""
    shutil.copytree(old, command.out)
    for stage, times in (("reading", 1), ("reading", 2), ("writing", 1)):
        process = command.start()
        assert await_stage(command, process, stage)
        for _ in range(times):
            os.killpg(process.pid, signal.SIGINT)
        assert end(process) in {Exit.INTERRUPTED, -signal.SIGINT}
        assert "Traceback" not in command.said()
        assert_never_half(command, [content(old)])
    assert_done(command, clean, command.finish())


@pytest.fixture
def small_disk(tmp_path):
    """A file system that takes as many bytes as `resize` says."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "nianbao", place], check=True)

    def resize(size):
        subprocess.run(["mount", "-o", f"remount,size={size}", place], check=True)

    yield place, resize
    subprocess.run(["umount", "--lazy", place], check=True)


def test_a_full_disk_is_said_and_the_run_goes_on_when_there_is_room(clean, old, small_disk):
    """Room for next to nothing, for some of the journal, for some of the tables; then for all."""
    place, resize = small_disk
    command = Command(clean.inputs, place / "out")
    shutil.copytree(old, command.out)
    size = shutil.disk_usage(place).used
    refused = 0
    for more in (8_000, 200_000, 1_000_000, 3_000_000):
        resize(size + more)
        if (code := command.finish()) == clean.code:
            break
        assert code == Exit.OUTPUT, command.said()
        assert "Traceback" not in command.said()
        assert str(command.out) in command.said()
        assert_never_half(command, [content(old)])
        refused += 1
    assert refused >= 2
    resize("200m")
    assert_done(command, clean, command.finish())


@pytest.mark.parametrize("stage", ["reading", "writing"])
@pytest.mark.parametrize("what", ["results", "everything"])
def test_an_output_folder_removed_under_the_run_is_written_again(command, clean, old, stage, what):
    """The results and the hidden folder that is being filled; or the journal with them."""
    shutil.copytree(old, command.out)
    process = command.start()
    assert await_stage(command, process, stage)
    if what == "everything":
        shutil.rmtree(command.out.parent, ignore_errors=True)
    else:
        for folder in (command.out, command.beside("partial")):
            shutil.rmtree(folder, ignore_errors=True)
    code = end(process)
    assert code in {clean.code, Exit.OUTPUT}, command.said()
    assert "Traceback" not in command.said()
    if code == clean.code:
        assert differences(content(command.out), clean.bytes) == []
    assert_done(command, clean, command.finish())


@pytest.fixture
def changing(tmp_path):
    """Files of which the first two are slow to read, so that the others can be changed meanwhile."""
    folder = make_few(tmp_path / "in")
    for name in ("0 slow", "1 slow"):
        padding = f"补充说明：{name} poison:slow\n" + "公开专栏按季度更新。\n" * 3000
        (folder / f"{name}.txt").write_text(f"{REPORT}\n{padding}", "utf-8")
    for name in ("changed", "deleted"):
        (folder / f"{name}.txt").write_text(REPORT.replace("刚察县", f"{name}县"), "utf-8")
    return folder


def test_inputs_that_change_and_vanish_while_they_are_read(changing, tmp_path):
    """One row each, of the old bytes or the new; and the next run is as if they had always been so."""
    found = files_below(changing)
    before, command, after = (
        poisoned(changing, tmp_path / name / "out", tmp_path / f"{name} notes")
        for name in ("before", "command", "after")
    )
    assert before.finish() == Exit.DONE, before.said()
    process = command.start()
    while not count_reads(command):
        assert process.poll() is None, command.said()
        time.sleep(STEP)
    changed, deleted = changing / "changed.txt", changing / "deleted.txt"
    changed.write_text(changed.read_text("utf-8").replace("changed县", "改过县"), "utf-8")
    deleted.unlink()
    assert end(process) in {Exit.DONE, Exit.SOME_FAILED}, command.said()
    assert after.finish() == Exit.DONE, after.said()

    assert_one_row_each(command, found)
    for table in ("reports", "observations"):
        told, *known = [
            [row for row in rows(each, table) if row["source"] == "changed.txt"]
            for each in (command, before, after)
        ]
        assert told in known
    (row,) = [row for row in rows(command) if row["source"] == "deleted.txt"]
    assert row["error_code"] == "not_accessible" or row in rows(before)

    assert command.finish() == Exit.DONE, command.said()
    assert differences(content(command.out), content(after.out)) == []
    assert beside(command) == []


def test_a_worker_that_is_stopped_costs_nothing(clean, tmp_path):
    """Its file is read again by another."""
    command = poisoned(clean.inputs, tmp_path / "beside" / "out", tmp_path / "notes")
    command.options = (*command.options, "--time-limit", "4")
    process = command.start()
    try:
        while count_reads(command).total() < 5:
            assert process.poll() is None, command.said()
            time.sleep(STEP)
        stopped = workers(process)[0]
        stopped.suspend()
        assert_done(command, clean, end(process))
        assert not stopped.is_running()
    finally:
        destroy(process)


def test_nothing_changed_rewrites_nothing_and_more_files_are_added(clean, tmp_path):
    """And the results of a run that goes on are those of a run that starts over."""
    inputs = shutil.copytree(clean.inputs, tmp_path / "in")
    command = Command(inputs, tmp_path / "beside" / "out")
    assert_done(command, clean, command.finish())
    times = {path: path.stat().st_mtime_ns for path in command.out.iterdir()}
    assert_done(command, clean, command.finish())
    assert {path: path.stat().st_mtime_ns for path in command.out.iterdir()} == times

    make_few(inputs / "新到")
    (inputs / "gangcha_2021.ofd").unlink()
    assert command.finish() == clean.code
    assert_one_row_each(command, files_below(inputs))
    added = content(command.out)
    assert added != clean.bytes
    command.options = (*command.options, "--fresh")
    assert command.finish() == clean.code
    assert differences(content(command.out), added) == []


def test_a_second_run_into_the_same_folder_is_refused_and_names_the_first(command, clean):
    first = command.start()
    try:
        while not command.journal.exists():  # which is opened once the folder is taken
            assert first.poll() is None, command.said()
            time.sleep(STEP)
        first.suspend()
        second = subprocess.run(
            command.arguments, env=command.surroundings, capture_output=True, text=True, check=False
        )
        assert second.returncode == Exit.OUTPUT, second.stderr
        assert str(first.pid) in second.stderr
        first.resume()
        assert_done(command, clean, end(first))
    finally:
        destroy(first)
