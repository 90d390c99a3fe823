"""An interrupt, however soon, ends the command with its exit code and at most a sentence.

Before the first line of the program is reached Python alone decides; from there on, moments drawn over the whole
command are tried.
"""

import os
import signal
import subprocess
import sys
import time
from random import Random

import pytest
from faults import FIXTURES, PROGRAM, ROOT

from nianbao.exit_codes import Exit
from nianbao.machine import interrupts
from nianbao.results import result_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

WATCHER = """
import os, sys
class Watcher:
    def find_spec(self, name, path=None, target=None):
        if name == "nianbao.command.cli":
            os.write(int(os.environ["BEGUN"]), b"x")
sys.meta_path.insert(0, Watcher())
"""
COMMANDS = {
    "run": (["run", str(FIXTURES / "gangcha_2021.txt"), "-o", "out"], 1.5, 8),
    "show": (["show", str(FIXTURES / "gangcha_2021.txt")], 1.0, 5),
    "fields": (["fields"], 0.2, 4),
    "help": (["--help"], 0.1, 3),
}
"""Arguments, and how many moments are tried in the first so many seconds."""


@pytest.fixture
def begin(tmp_path):
    """Starts the command; it is given back once the program is about to load what is slow to load."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WATCHER, "utf-8")

    def begin(*arguments):
        reader, writer = os.pipe()
        paths = os.pathsep.join([str(tmp_path / "site"), str(ROOT)])
        process = subprocess.Popen(
            [*PROGRAM, *arguments],
            env={**os.environ, "PYTHONPATH": paths, "BEGUN": str(writer)},
            cwd=tmp_path,
            pass_fds=[writer],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        os.close(writer)
        assert os.read(reader, 1) == b"x"
        os.close(reader)
        return process

    return begin


@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("name", COMMANDS)
def test_an_interrupt_at_any_moment_is_no_traceback(begin, name, order):
    arguments, span, times = COMMANDS[name]
    chance = Random(f"{name} {order}")
    codes = []
    for moment in (0, *(chance.uniform(0, span) for _ in range(times))):
        process = begin(*arguments)
        time.sleep(moment)
        os.killpg(process.pid, order) if chance.random() < 0.5 else process.send_signal(order)
        said = process.communicate(timeout=60)[1]
        codes.append(process.returncode)
        assert "Traceback" not in said, (moment, said)
        closing = "没有变化" in said  # it came as the run had just ended with the words that nothing changed
        assert len(said.strip().splitlines()) <= 2 + closing, (moment, said)
    assert codes[0] == Exit.INTERRUPTED
    assert set(codes) <= {Exit.DONE, Exit.INTERRUPTED}, codes


def test_who_is_told_to_ignore_interrupts_does_so():
    """As `nohup` and the background of a shell tell it."""
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); from nianbao.machine import interrupts;"
        "interrupts.end_at_once(); signal.raise_signal(signal.SIGINT); print('still here')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (0, "still here\n")


def test_an_interrupt_that_a_library_made_a_fault_of_is_one_all_the_same(nianbao, monkeypatch, tmp_path):
    def break_off(*_):
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise ImportError("initialization failed") from None

    monkeypatch.setattr("nianbao.run.run.run", break_off)
    done = nianbao("run", FIXTURES / "gangcha_2021.txt", "-o", tmp_path / "out")
    assert done.exit_code == Exit.INTERRUPTED, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM])
def test_what_is_held_comes_after_the_block(order):
    done = []

    def go_on():
        with interrupts.hold_interrupts():
            signal.raise_signal(order)
            done.append("block")
        done.append("after")

    with interrupts.raise_interrupts() as came, pytest.raises(KeyboardInterrupt):
        go_on()
    assert (done, came) == (["block"], [order])


def test_an_interrupt_while_the_results_are_put_in_place_comes_too_late(nianbao, monkeypatch, tmp_path):
    """Else the program would say that the old results are untouched, over the new ones."""
    rename, moments = result_folder.rename, []

    def interrupt(*places):
        moments.append(places)
        signal.raise_signal(signal.SIGINT)
        rename(*places)

    monkeypatch.setattr("nianbao.results.result_folder.rename", interrupt)
    monkeypatch.setattr("nianbao.results.unchanged.remember", lambda *_: signal.raise_signal(signal.SIGTERM))
    for _ in range(2):
        done = nianbao(
            "run", FIXTURES / "gangcha_2021.txt", "-o", tmp_path / "out", "--no-workbook", "--fresh"
        )
        assert done.exit_code == Exit.DONE, done.stderr
    assert len(moments) == 3  # the old ones away once, the new ones in place twice


def test_an_interrupt_before_that_leaves_the_old_results(nianbao, monkeypatch, tmp_path):
    monkeypatch.setattr(
        "nianbao.results.result_folder.flush_folder", lambda _: signal.raise_signal(signal.SIGINT)
    )
    done = nianbao("run", FIXTURES / "gangcha_2021.txt", "-o", tmp_path / "out", "--no-workbook")
    assert done.exit_code == Exit.INTERRUPTED
    assert not (tmp_path / "out").exists()
