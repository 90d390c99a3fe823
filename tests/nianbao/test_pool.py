"""A process that dies, hangs or eats memory costs one task and nothing else."""

import _thread
import errno
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from multiprocessing.context import SpawnProcess
from operator import add
from pathlib import Path

import native_faults
import psutil
import pytest

from extract.errors import Damaged, both
from nianbao.limits import Limits
from nianbao.processes import child, pool, worker
from nianbao.processes.pool import Pool
from nianbao.processes.tasks import NoProcess, Task
from nianbao.processes.worker import Worker

ROOT = Path(__file__).parents[2]


@pytest.fixture
def one():
    with Pool(1, Limits(20, 300)) as one:
        yield one
    assert not multiprocessing.active_children()


def ask(some, *words):
    """What came of each word, by word."""
    for word in words:
        some.submit(Task(native_faults.do, (word,), word))
    answers = [some.next() for _ in words]
    return {a.task.about: a.death.cause if a.death else a.error or a.value for a in answers}


def test_one_process_does_many_tasks(one):
    assert not multiprocessing.active_children()
    pids = set(ask(one, *"abc").values())
    assert len(pids) == 1
    assert os.getpid() not in pids


def test_as_many_processes_as_are_wanted_work_at_the_same_time():
    with Pool(2) as two:
        for _ in range(2):
            two.submit(Task(time.sleep, (0.2,)))
        two.next(), two.next()
        assert len(multiprocessing.active_children()) == 2


def test_no_more_processes_than_tasks_are_started():
    with Pool(8) as many:
        assert ask(many, "a").keys() == {"a"}
        assert len(multiprocessing.active_children()) == 1


@pytest.mark.parametrize(
    ("word", "cause"),
    [("die", "killed"), ("segfault", "crashed"), ("exit", "crashed"), ("eat", "out_of_memory")],
)
def test_a_process_that_dies_costs_its_task_and_is_replaced(one, word, cause):
    done = ask(one, "a", word, "b")
    assert done[word] == cause
    assert {type(done["a"]), type(done["b"])} == {int}
    assert done["a"] != done["b"]


def test_a_process_that_hangs_is_ended_at_the_time_limit():
    with Pool(1, Limits(0.5), modules=("native_faults",)) as hasty:
        start = time.monotonic()
        assert ask(hasty, "sleep", "a")["sleep"] == "timed_out"
        assert 0.5 <= time.monotonic() - start < 20
        assert len(multiprocessing.active_children()) == 1


def test_a_process_that_computes_has_the_time_of_a_processor(monkeypatch):
    """On a machine where others compute as well, up to a bound by the clock."""
    used = iter(range(100))
    monkeypatch.setattr(Worker, "_count_seconds", lambda _: next(used) / 10)
    monkeypatch.setattr(worker, "STRETCH", 1000)
    with Pool(1, Limits(0.5), modules=("native_faults",)) as hasty:
        assert ask(hasty, "compute") == {"compute": "timed_out"}
    assert next(used) == 7  # one look at the beginning, and six while it went beyond half a second


def test_the_clock_has_the_last_word(monkeypatch):
    monkeypatch.setattr(Worker, "_count_seconds", lambda _: 0.0)
    with Pool(1, Limits(0.5), modules=("native_faults",)) as hasty:
        assert ask(hasty, "compute") == {"compute": "timed_out"}


def test_a_task_may_have_more_patience():
    with Pool(1, Limits(0.3)) as hasty:
        hasty.submit(Task(time.sleep, (0.9,), patience=20))
        assert hasty.next().death is None


@pytest.mark.skipif(sys.platform == "win32", reason="a signal that stops")
@pytest.mark.parametrize("length", [1, 5_000_000])
def test_a_process_that_is_stopped_counts_as_killed_however_much_it_is_asked(length):
    """It was somebody else who stopped it."""
    with Pool(1, Limits(1), modules=("native_faults",)) as hasty:
        ask(hasty, "a")
        (stopped,) = multiprocessing.active_children()
        os.kill(stopped.pid, signal.SIGSTOP)
        assert ask(hasty, "b" * length) == {"b" * length: "killed"}
        assert set(ask(hasty, "c" * length)) == {"c" * length}


def test_a_process_that_dies_between_two_tasks_costs_none(one):
    ask(one, "a")
    (idle,) = multiprocessing.active_children()
    idle.kill()
    idle.join()
    time.sleep(0.2)
    for _ in range(2):
        one.submit(Task(add, (1, 2)))
    assert [one.next().value for _ in range(2)] == [3, 3]


def test_errors_come_through_and_leave_the_process_alive(one):
    (pid,) = ask(one, "a").values()
    done = ask(one, "damaged", "memory", "bug", "stubborn", "b")
    assert isinstance(done["damaged"], Damaged)
    assert done["damaged"].detail == both("第 3 页", "page 3")
    assert isinstance(done["memory"], MemoryError)
    assert "native_faults.py" in done["bug"].__notes__[0]
    assert "does not pickle" in str(done["stubborn"])
    assert done["b"] == pid


def test_the_stage_that_a_task_had_come_to_is_known(one):
    one.submit(Task(child.enter_stage, ("first",)))
    assert one.next().death is None
    one.submit(Task(native_faults.do_in_stage, ("second", "segfault")))
    assert one.next().death.stage == "second"


def test_processes_are_replaced_after_many_tasks(monkeypatch, one):
    monkeypatch.setattr(pool, "MOST_TASKS", 3)
    pids = list(ask(one, *"abcdefg").values())
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_a_process_that_holds_much_after_a_task_is_replaced(monkeypatch, one):
    (first,) = ask(one, "a").values()
    monkeypatch.setattr(pool, "MOST_KEPT", 1)
    time.sleep(2 * pool.TICK)
    (second,) = ask(one, "b").values()
    (third,) = ask(one, "c").values()
    assert first == second != third


def test_renew_gives_the_next_task_a_process_that_has_done_nothing(one):
    (first,) = ask(one, "a").values()
    one.renew()
    assert ask(one, "b")["b"] != first


def test_change_starts_processes_that_load_something_else_before_there_are_tasks(one):
    (first,) = ask(one, "a").values()
    one.change(("colorsys",), 5)
    assert len(multiprocessing.active_children()) == 1
    assert ask(one, "b")["b"] != first
    one.submit(Task(native_faults.is_loaded, ("colorsys",)))
    one.submit(Task(native_faults.is_loaded, (pool.WORK,)))
    assert [one.next().value for _ in range(2)] == [True, False]


def test_change_starts_no_more_processes_than_there_are_tasks():
    with Pool(8) as many:
        many.change((), 2)
        assert len(multiprocessing.active_children()) == 2


def test_what_is_done_aside_is_done_here(one):
    one.submit_aside(Task(os.getpid, ()))
    one.submit_aside(Task(divmod, (1, 0), "fault"))
    answers = [one.next() for _ in range(2)]
    assert {a.value for a in answers} == {os.getpid(), None}
    assert {type(a.error) for a in answers} == {type(None), ZeroDivisionError}


def test_processes_that_cannot_start_are_told_of(monkeypatch):
    monkeypatch.setattr(child, "serve", native_faults.end_at_once)
    with Pool(1) as broken, pytest.raises(NoProcess, match="died in starting"):
        ask(broken, "a")


def test_what_the_system_says_when_it_lets_no_process_start_is_told(monkeypatch):
    def refuse(_):
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(SpawnProcess, "start", refuse)
    with Pool(1) as broken:
        broken.warm_up()
        with pytest.raises(NoProcess, match=os.strerror(errno.EAGAIN)):
            ask(broken, "a")


def test_what_keeps_a_process_from_loading_comes_through():
    with Pool(1, modules=("native_faults", "not_there")) as broken, pytest.raises(ModuleNotFoundError):
        ask(broken, "a")


def test_an_interrupt_ends_the_processes():
    with Pool(1) as one:
        ask(one, "a")
        one.submit(Task(time.sleep, (60,)))
        threading.Timer(0.5, _thread.interrupt_main).start()
        with pytest.raises(KeyboardInterrupt):
            one.next()
    assert not multiprocessing.active_children()


def test_an_interrupt_waits_until_a_process_has_started(monkeypatch):
    """A child whose start is broken off would tell of it at length; other threads take the signal too."""
    start, started = SpawnProcess.start, []

    def interrupt_and_start(process):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)
        start(process)
        started.append(process)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Pool(1) as running:
            running.warm_up()
            monkeypatch.setattr(SpawnProcess, "start", interrupt_and_start)
            with pytest.raises(KeyboardInterrupt), Pool(1) as interrupted:
                interrupted.warm_up()
            assert len(started) == 1
            assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_a_child_says_pickles():
    message = child.Message("value", 1)
    assert pickle.loads(pickle.dumps(message)) == message  # noqa: S301 - our own


SCRIPT = """
import os, sys
from nianbao.processes.pool import Pool
from nianbao.processes.tasks import Task
import native_faults
print("started")
with Pool(1) as pool:
    pool.submit(Task(os.getpid, ()))
    print(pool.next().value, flush=True)
    pool.submit(Task(native_faults.do, ("sleep",)))
    pool.next()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a group as a terminal sends them")
@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL])
def test_the_child_ends_with_its_parent_and_a_script_needs_no_guard(tmp_path, kill):
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
        own = psutil.Process(int(parent.stdout.readline()))
        if kill == signal.SIGINT:
            os.killpg(parent.pid, kill)
            shown = parent.communicate(timeout=20)
            assert shown[0] == ""  # the script was run once
            assert shown[1].count("Traceback") == 1  # the parent's own
        else:
            os.kill(parent.pid, kill)
            parent.wait(10)
    psutil.wait_procs([own], timeout=10)
    assert not own.is_running() or own.status() == psutil.STATUS_ZOMBIE


def test_the_child_imports_nothing_for_tables():
    code = (
        "import sys, nianbao.reading.worker_tasks;"
        "print(*sorted(m for m in sys.modules if m.startswith(('nianbao.run.run', 'output.', 'pandas', 'pyarrow'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["output.outcome", "output.values"]  # types and rules of text
