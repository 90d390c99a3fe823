"""A document that kills its reader, hangs it or eats its memory is one row with the reason, and harms nothing else."""

import hashlib
import os
import shutil
import sys
import time
from collections import Counter

import pytest
from archive_making import zip_of
from faults import (
    FIXTURES,
    STEP,
    Command,
    assert_gone,
    content,
    count_reads,
    destroy,
    differences,
    end,
    make_few,
    poisoned,
    rows,
    workers,
)
from kills import await_stage

from nianbao.exit_codes import Exit

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")

LIMITS = (
    "--workers",
    "2",
    "--no-workbook",
    "--reread",
    "always",
    "--time-limit",
    "4",
    "--memory-limit",
    "800",
)

REPORT = (FIXTURES / "gangcha_2021.txt").read_text("utf-8")
PDFS = {
    "first.pdf": "shanghai_2019_web.pdf",
    "hasty.pdf": "gangcha_2021_word.pdf",
    "late.pdf": "hongze_2023_word.pdf",
}


def laced(name, word):
    """A report of an agency of its own, with a mark that the readers of these tests obey."""
    if name.endswith(".pdf"):
        data = (FIXTURES / PDFS.get(name, "pingtan_2020_web.pdf")).read_bytes()
    else:
        data = REPORT.replace("刚察县", f"{name[:-4]}县").encode()
    return data + f"\n% {name} poison:{word}\n".encode()


DEADLY = {
    "crash.txt": ("crash", "crashed"),
    "leave.txt": ("leave", "crashed"),
    "hang.txt": ("hang", "timed_out"),
    "deaf.txt": ("deaf", "timed_out"),
    "eat.txt": ("eat", "out_of_memory"),
    "crash.pdf": ("crash", "crashed"),
    "once more.txt": ("once:hang", "timed_out"),
    "hang.pdf": ("hang", "timed_out"),
}
"""What a file is told to do, and what its row says."""
ONCE = {"once.txt": "once:crash", "once.pdf": "once:leave"}
"""These do harm at the first try only, as a machine short of memory does."""
FIRST = {"first.pdf": "first:crash", "hasty.pdf": "first:hang", "late.pdf": "second:hang"}
"""These harm one reader and not the other."""
PACKED = {"inner a.txt": "once:leave", "inner b.txt": "crash", "inner c.txt": "once:crash"}


def put(folder, words):
    for name, word in words.items():
        (folder / name).write_bytes(laced(name, word))


def rows_without(command, table, left_out):
    return [row for row in rows(command, table) if row["source"] not in left_out]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("poison")


@pytest.fixture(scope="module")
def world(home):
    """A run over deadly files among sound ones."""
    folder = make_few(home / "in", count=8)
    put(folder, {name: word for name, (word, _) in DEADLY.items()} | ONCE | FIRST)
    shutil.copy(folder / "crash.txt", folder / "crash again.txt")
    packed = {name: laced(name, word) for name, word in PACKED.items()}
    (folder / "packed.zip").write_bytes(zip_of(packed))
    world = poisoned(folder, home / "beside" / "out", home / "notes", options=LIMITS)
    world.code = world.finish()
    return world


@pytest.fixture(scope="module")
def without(world, home):
    """The same files without the deadly ones, read by readers that obey nothing."""
    (home / "sound").mkdir()
    folder = shutil.copytree(world.inputs, home / "sound" / "in")
    for name in (*DEADLY, "crash again.txt"):
        (folder / name).unlink()
    without = Command(folder, home / "sound" / "beside" / "out", options=LIMITS)
    assert without.finish() == Exit.DONE, without.said()
    return without


KILLED = {
    **{name: code for name, (_, code) in DEADLY.items()},
    "crash again.txt": "crashed",
    "packed.zip!/inner b.txt": "crashed",
}


@pytest.mark.parametrize("name", KILLED)
def test_a_deadly_file_is_one_failed_row_that_says_why(world, name):
    (row,) = [row for row in rows(world) if row["source"] == name]
    assert (row["status"], row["error_code"]) == ("failed", KILLED[name])
    assert len(row["error"]) > 5
    assert "Error" not in row["error"]


def test_the_run_ends_as_runs_with_failures_do(world):
    assert world.code == Exit.SOME_FAILED, world.said()
    assert "Traceback" not in world.said()
    assert len(rows(world)) == len({row["source"] for row in rows(world)})


@pytest.mark.parametrize(
    "table", ["reports", "observations", "checks", "narrative", "mentions", "issues", "wide"]
)
def test_all_else_is_as_if_they_were_not_there(world, without, table):
    """What does harm once only included; the one that only its second reader survives aside."""
    aside = {*KILLED, *FIRST}
    assert rows_without(world, table, aside) == rows_without(without, table, aside)


@pytest.mark.parametrize("name", FIRST)
def test_a_file_that_one_reader_dies_of_is_read_by_the_other(world, without, name):
    (row,) = [row for row in rows(world) if row["source"] == name]
    assert row["status"] in {"ok", "flagged"}, row["error"]
    values = [
        [
            (r["field"], r["applicant"], r["value"], r["status"])
            for r in rows(each, "observations")
            if r["source"] == name
        ]
        for each in (world, without)
    ]
    assert values[0] == values[1]


def test_no_file_is_tried_more_than_twice_and_copies_not_at_all(world):
    reads = count_reads(world)
    assert max(reads.values()) <= 2, reads


@pytest.mark.parametrize("name", [name for name, (_, code) in DEADLY.items() if code == "timed_out"])
def test_what_took_too_long_is_not_tried_again(world, name):
    """By the same reader, that is, which alone keeps count."""
    digest = hashlib.sha256((world.inputs / name).read_bytes()).hexdigest()
    assert count_reads(world)[digest] == 1


def test_it_is_the_same_again_and_nothing_deadly_is_tried_again(world):
    before, reads = content(world.out), count_reads(world)
    assert world.finish() == Exit.SOME_FAILED
    assert differences(content(world.out), before) == []
    assert count_reads(world) == reads


def test_a_run_that_was_killed_reads_only_what_it_had_not_read(tmp_path):
    """A second of work may be lost, and what two workers hold: ten naps of 0.3 seconds."""
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", {f"nap {n}.txt": "nap" for n in range(20)})
    command = poisoned(tmp_path / "in", tmp_path / "beside" / "out", tmp_path / "notes")
    process = command.start()
    orphans = []
    while count_reads(command).total() < 16:
        assert process.poll() is None, command.said()
        orphans = workers(process)
        time.sleep(STEP)
    process.kill()
    process.wait()
    assert_gone(orphans)
    assert command.finish() == Exit.DONE, command.said()
    reads = count_reads(command)
    assert len(reads) == 20
    assert sum(n - 1 for n in reads.values()) <= 10, reads


@pytest.fixture
def many(tmp_path):
    folder = make_few(tmp_path / "in", count=40)
    return poisoned(folder, tmp_path / "beside" / "out", tmp_path / "notes")


def test_only_what_is_new_is_read(many):
    assert many.finish() == Exit.DONE, many.said()
    first = count_reads(many)
    assert many.finish() == Exit.DONE
    assert count_reads(many) == first
    put(many.inputs, {"new.txt": "slow"})
    os.utime(next(many.inputs.glob("*.docx")))
    assert many.finish() == Exit.DONE
    assert sum((count_reads(many) - first).values()) == 1
    second = count_reads(many)
    many.options = (*many.options, "--fresh")
    assert many.finish() == Exit.DONE
    assert count_reads(many) == second + Counter(dict.fromkeys(second, 1))


def test_a_hanging_worker_does_not_keep_an_interrupted_run_from_ending(tmp_path):
    folder = make_few(tmp_path / "in")
    put(folder, {"deaf.txt": "deaf", "hang.txt": "hang"})
    command = poisoned(folder, tmp_path / "beside" / "out", tmp_path / "notes")
    process = command.start()
    try:
        assert await_stage(command, process, "reading")
        while len(count_reads(command)) < 2:
            assert process.poll() is None, command.said()
            time.sleep(STEP)
        orphans = workers(process)
        process.send_signal(2)
        assert end(process) == Exit.INTERRUPTED
        assert_gone(orphans)
    finally:
        destroy(process)
    assert not command.out.exists()
