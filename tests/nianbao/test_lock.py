import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao.exits import Exit
from nianbao.lock import Held, Lock, read_holder
from nianbao.messages import Lang, load_messages
from nianbao.store import OutputRefused, ResultFolder

HOLD = """
import fcntl, sys
from pathlib import Path
from nianbao.store import ResultFolder
def flock(*_):
    raise OSError(38, "Function not implemented")
if sys.argv[2] == "without flock":
    fcntl.flock = flock
with ResultFolder(Path(sys.argv[1]), [Path("年报")]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path, request):
    """Another process that writes to `out`, until it is killed."""
    system = getattr(request, "param", "with flock")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path / "out", system],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.communicate()


def refuse_flock(*_):
    raise OSError(errno.ENOSYS, "Function not implemented")


def refusal(out):
    with pytest.raises(OutputRefused) as caught, ResultFolder(out):
        pass
    return caught.value


def neighbours(out):
    return sorted(path.name for path in out.parent.iterdir())


def test_a_second_run_is_told_who_the_first_is(tmp_path, other):
    error = refusal(tmp_path / "out")
    for lang in Lang:
        sentence = load_messages(lang)(error.key, **error.values)
        assert str(other.pid) in sentence
        assert os.uname().nodename in sentence
        assert "年报" in sentence
        assert str(tmp_path / "out") in sentence
    holder = read_holder(tmp_path / ".out.nianbao-holder")
    assert holder.since.astimezone().strftime("%Y-%m-%d %H:%M:%S") in sentence


def test_a_run_without_known_inputs_is_named_as_well(tmp_path):
    out = tmp_path / "out"
    with ResultFolder(out):
        error = refusal(out)
    assert error.key == "output.held"
    assert str(os.getpid()) in load_messages(Lang.ZH)(error.key, **error.values)


@pytest.mark.parametrize(
    "facts", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "host": "", "since": "", "inputs": 1}']
)
def test_facts_that_cannot_be_read_leave_the_plain_sentence(tmp_path, facts):
    out = tmp_path / "out"
    with ResultFolder(out):
        (tmp_path / ".out.nianbao-holder").write_text(facts, encoding="utf-8")
        assert refusal(out).key == "output.busy"


@pytest.mark.parametrize("other", ["with flock", "without flock"], indirect=True)
def test_a_killed_run_stops_nobody(tmp_path, other, request, monkeypatch):
    if "without" in request.node.name:
        monkeypatch.setattr(fcntl, "flock", refuse_flock)
    out = tmp_path / "out"
    other.send_signal(signal.SIGKILL)
    other.wait()
    left = [".out.nianbao-holder", ".out.nianbao-lock", ".out.nianbao-partial", ".out.nianbao-spool"]
    assert neighbours(out) == left
    with ResultFolder(out):
        assert read_holder(tmp_path / ".out.nianbao-holder").pid == os.getpid()
    assert neighbours(out) == []


def test_a_disk_that_has_no_room_for_the_facts_has_a_lock(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", fail)
    with ResultFolder(tmp_path / "out"):
        assert refusal(tmp_path / "out").key == "output.busy"
    assert neighbours(tmp_path / "out") == []


def test_a_file_system_without_locks_has_one_as_well(tmp_path, monkeypatch):
    monkeypatch.setattr(fcntl, "flock", refuse_flock)
    first, second = (Lock(tmp_path / "lock", tmp_path / "holder") for _ in range(2))
    first.acquire([])
    with pytest.raises(Held) as caught:
        second.acquire([])
    assert caught.value.holder.pid == os.getpid()
    first.release()
    second.acquire([])
    second.release()
    assert list(tmp_path.iterdir()) == []


def test_who_was_refused_gives_up_nothing(tmp_path):
    out = tmp_path / "out"
    with ResultFolder(out):
        refusal(out)
        assert refusal(out).key == "output.held"
        assert (tmp_path / ".out.nianbao-partial").is_dir()


def test_the_facts_are_plain_ascii(tmp_path):
    with ResultFolder(tmp_path / "out", [Path("年报"), Path(os.fsdecode(b"\xff"))]):
        text = (tmp_path / ".out.nianbao-holder").read_bytes().decode("ascii")
    assert json.loads(text)["inputs"] == ["年报", os.fsdecode(b"\xff")]


@pytest.mark.usefixtures("other")
def test_the_command_line_refuses_with_its_exit_code(tmp_path, folder, nianbao):
    done = nianbao("run", folder({"a.txt": "x"}), "-o", tmp_path / "out")
    assert done.exit_code == Exit.OUTPUT
    assert "另一次运行（进程 " in done.stderr
    assert not (tmp_path / "out").exists()
