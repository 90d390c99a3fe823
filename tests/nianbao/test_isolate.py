"""A child that dies, hangs or fails costs one file its reading and nothing else."""

import _thread
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import native_faults
import pytest
from pdf_drawing import Sheet, write_pdf

from extract.document import Source
from extract.errors import Crashed, Damaged, ReadError, TimedOut
from nianbao import batch, isolate
from nianbao.batch import Stages, read_batch
from nianbao.choices import Choices, Reread
from nianbao.find import find_files
from nianbao.isolate import Reader
from nianbao.understand import understand

ROOT = Path(__file__).parents[2]


def pdf(word):
    return f"%PDF-{word}".encode()


def source_of(word):
    return Source(f"{word}.pdf", "0" * 64, len(pdf(word)))


def ask(reader, word):
    """What was read, or the code of the error."""
    try:
        return reader.read(pdf(word), source_of(word)).blocks[0].text
    except ReadError as error:
        return error.code


@pytest.fixture
def reader():
    with Reader(native_faults.read, time_limit=5) as reader:
        yield reader
    assert not multiprocessing.active_children()


@pytest.fixture
def in_batch(monkeypatch):
    """`read_batch` with the reader that does as its file says."""
    monkeypatch.setattr(batch, "Reader", lambda: Reader(native_faults.read, time_limit=1))


def test_one_child_reads_all_files(reader):
    pids = {reader.read(pdf(word), source_of(word)).pages for word in "abc"}
    assert len(pids) == 1
    assert os.getpid() not in pids


@pytest.mark.parametrize("name", ["read_second", "read_converted"])
def test_every_other_reading_may_die_or_hang_as_well(monkeypatch, name):
    monkeypatch.setattr(
        isolate, {"read_second": "understand_again"}.get(name, "understand_converted"), native_faults.read
    )
    with Reader(time_limit=0.5) as reader:
        read = partial(getattr(reader, name), **({"form": "doc"} if name == "read_converted" else {}))
        for word, error in (("die", Crashed), ("sleep", TimedOut)):
            with pytest.raises(error):
                read(pdf(word), source_of(word))
        assert read(pdf("a"), source_of("a")).blocks[0].text == "a"


def test_no_child_before_the_first_file():
    with Reader() as reader:
        assert not multiprocessing.active_children()
        assert reader.read("年报".encode(), Source("a.txt", "0" * 64, 6)).report.format == "text"
        assert multiprocessing.active_children()


@pytest.mark.parametrize("word", ["die", "segfault", "exit"])
def test_a_child_that_dies_is_replaced(reader, word):
    assert [ask(reader, each) for each in ("a", word, "b", word, word, "c")] == [
        "a", "crashed", "b", "crashed", "crashed", "c",
    ]  # fmt: skip


def test_a_child_that_hangs_is_killed_at_the_time_limit():
    with Reader(native_faults.read, time_limit=0.5) as reader:
        assert ask(reader, "a") == "a"
        (child,) = multiprocessing.active_children()
        start = time.monotonic()
        with pytest.raises(TimedOut) as caught:
            reader.read(pdf("sleep"), source_of("sleep"))
        assert 0.5 <= time.monotonic() - start < 10
        assert not child.is_alive()
        assert caught.value.sentence("zh") == "读取超过时限，已放弃，可能文件已损坏：0.5 s"
        assert ask(reader, "b") == "b"


def test_a_child_that_dies_between_two_files_is_no_files_fault(reader):
    assert ask(reader, "a") == "a"
    (child,) = multiprocessing.active_children()
    child.kill()
    child.join()
    assert ask(reader, "b") == "b"


def test_errors_of_the_reader_come_through_and_leave_the_child_alive(reader):
    pid = reader.read(pdf("a"), source_of("a")).pages
    with pytest.raises(Damaged) as caught:
        reader.read(pdf("damaged"), source_of("damaged"))
    assert (caught.value.detail, caught.value.code) == ("第 3 页 / page 3", "damaged")
    with pytest.raises(MemoryError):
        reader.read(pdf("memory"), source_of("memory"))
    with pytest.raises(ZeroDivisionError) as bug:
        reader.read(pdf("bug"), source_of("bug"))
    assert "native_faults.py" in bug.value.__notes__[0]
    with pytest.raises(RuntimeError, match="does not pickle"):
        reader.read(pdf("stubborn"), source_of("stubborn"))
    assert reader.read(pdf("b"), source_of("b")).pages == pid


def test_a_child_that_cannot_start_is_a_bug_and_not_the_files_fault(monkeypatch):
    monkeypatch.setattr(isolate, "serve", os._exit)  # ends at once: it takes one argument
    with Reader() as reader, pytest.raises(RuntimeError, match="did not start"):
        reader.read(pdf("a"), source_of("a"))


def test_an_interrupt_ends_the_child(reader):
    assert ask(reader, "a") == "a"
    (child,) = multiprocessing.active_children()
    timer = threading.Timer(0.5, _thread.interrupt_main)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        reader.read(pdf("sleep"), source_of("sleep"))
    timer.join()
    assert not child.is_alive()
    assert ask(reader, "b") == "b"


@pytest.mark.usefixtures("in_batch")
def test_the_batch_goes_on_in_order_and_copies_fail_alike(folder):
    words = ["damaged", "die", "bug", "sleep", "die", "exit", "damaged again"]
    root = folder({f"{n}.pdf": f"%PDF-{word}" for n, word in enumerate(words)})
    for wish in (Reread.DOUBTFUL, Reread.NEVER):
        outcomes = list(read_batch(find_files([root]), Stages(), Choices(wish)))
        assert [(outcome.source.path, outcome.error_code) for outcome in outcomes] == [
            ("0.pdf", "damaged"),
            ("1.pdf", "crashed"),
            ("2.pdf", "bug"),
            ("3.pdf", "timed_out"),
            ("4.pdf", "crashed"),
            ("5.pdf", "crashed"),
            ("6.pdf", "damaged"),
        ]
        assert outcomes[1].error == Crashed().sentence("zh")
        assert outcomes[1].format == "pdf"
        assert "native_faults.py" in outcomes[2].traceback
    assert not multiprocessing.active_children()


def test_a_batch_that_is_left_halfway_leaves_no_child(folder):
    root = folder({f"{n}.pdf": pdf(str(n)) for n in range(3)})
    outcomes = read_batch(find_files([root]), Stages())
    next(outcomes)
    assert multiprocessing.active_children()
    outcomes.close()
    assert not multiprocessing.active_children()


def test_a_report_is_the_same_from_either_process():
    sheet = Sheet()
    sheet.text(90, 60, "某市某局2023年政府信息公开工作年度报告", 14)
    data = write_pdf(sheet)
    source = Source("a.pdf", "0" * 64, len(data))
    with Reader() as reader:
        assert reader.read(data, source).report == understand(data, source).report


SCRIPT = """
import sys
from extract.document import Source
from nianbao.isolate import Reader
import native_faults
print("started")
with Reader(native_faults.read) as reader:
    print(reader.read(b"%PDF-a", Source("a", "", 6)).pages, flush=True)
    reader.read(b"%PDF-sleep", Source("b", "", 6))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a group as a terminal sends them")
def test_ctrl_c_ends_parent_and_child_and_a_script_needs_no_guard(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, "utf-8")
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    with subprocess.Popen(
        [sys.executable, "-W", "error", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,
    ) as parent:
        assert parent.stdout.readline() == "started\n"
        child = int(parent.stdout.readline())
        os.killpg(parent.pid, signal.SIGINT)
        shown = parent.communicate(timeout=20)
    assert shown[0] == ""  # the script was run once
    assert shown[1].count("Traceback") == 1  # the parent's own
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_child_imports_nothing_for_tables():
    code = (
        "import sys, nianbao.isolate;"
        "print(*sorted(m for m in sys.modules if m.startswith(('nianbao', 'output', 'pandas'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["nianbao", "nianbao.isolate", "nianbao.understand"]
