import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from nianbao.exit_codes import Exit
from nianbao.messages import Lang, load_messages
from nianbao.results import lock
from nianbao.results.lock import Held, Lock, read_holder
from nianbao.results.result_folder import OutputRefused, ResultFolder

HOLD = """
import fcntl, sys
from pathlib import Path
from nianbao.results.result_folder import ResultFolder
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

    monkeypatch.setattr(lock, "create", fail)
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


IN_THE_WAY = {
    "a link": lambda place, foreign: place.symlink_to(foreign),
    "a link to nothing": lambda place, foreign: place.symlink_to(foreign.with_name("nothing")),
    "a folder": lambda place, foreign: place.mkdir(),
    "a pipe": lambda place, foreign: os.mkfifo(place),
}


@pytest.mark.parametrize("kind", IN_THE_WAY)
@pytest.mark.parametrize("role", ["lock", "holder"])
def test_what_is_no_file_where_the_lock_is_made_is_neither_followed_nor_removed(tmp_path, role, kind):
    out, place, foreign = tmp_path / "out", tmp_path / f".out.nianbao-{role}", tmp_path / "thesis"
    foreign.write_text("years of work")
    IN_THE_WAY[kind](place, foreign)
    before = neighbours(out)
    error = refusal(out)
    assert (error.key, error.values) == ("output.in_the_way", {"path": place})
    assert foreign.read_text() == "years of work"
    assert neighbours(out) == before


@pytest.mark.parametrize("role", ["lock", "holder"])
def test_a_file_of_somebody_where_the_lock_is_made_stays_as_it_is(tmp_path, role):
    place = tmp_path / f".out.nianbao-{role}"
    place.write_text("years of work")
    with ResultFolder(tmp_path / "out"):
        assert refusal(tmp_path / "out").key == ("output.held" if role == "lock" else "output.busy")
    assert place.read_text() == "years of work"


def test_a_link_put_there_during_the_run_is_not_followed_either(tmp_path):
    holder, foreign = tmp_path / ".out.nianbao-holder", tmp_path / "thesis"
    foreign.write_text('{"pid": 1}')
    with ResultFolder(tmp_path / "out"):
        holder.unlink()
        holder.symlink_to(foreign)
        assert refusal(tmp_path / "out").key == "output.in_the_way"
    assert foreign.read_text() == '{"pid": 1}'
    assert holder.is_symlink()


@pytest.mark.parametrize(("lang", "words"), [(Lang.ZH, "无法在该位置写入"), (Lang.EN, "cannot write there")])
def test_a_place_where_no_file_can_be_made_is_not_said_to_be_in_use(tmp_path, monkeypatch, lang, words):
    """As below /proc, where the lock is neither made nor refused."""

    def give_up(*_):
        raise Timeout(str(tmp_path))

    monkeypatch.setattr(FileLock, "acquire", give_up)
    error = refusal(tmp_path / "out")
    assert words in load_messages(lang)(error.key, **error.values)
    assert "另一次运行" not in load_messages(lang)(error.key, **error.values)
