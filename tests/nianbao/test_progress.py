import json
import sys

import pytest

from nianbao.exit_codes import Exit
from nianbao.messages import Lang, load_messages
from nianbao.progress.finished_file import FinishedFile
from nianbao.progress.pace import WINDOW, Beat, Pace
from nianbao.progress.pace_words import describe_pace, describe_seconds
from nianbao.progress.watchers import EVENTS_EVERY, LINES_EVERY, open_progress
from nianbao.run import run


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watch(clock):
    """Open a watcher of four files with that clock."""

    def open_it(lang=Lang.EN, **how):
        return open_progress(4, load_messages(lang), clock=clock, **how)

    return open_it


def finish(progress, clock, *statuses, seconds=2.0):
    for n, status in enumerate(statuses):
        clock.now += seconds
        progress.advance(FinishedFile(f"{n}.txt", status, "text", 10, seconds))


def events(capsys):
    done = capsys.readouterr()
    assert done.out == ""
    return [json.loads(line) for line in done.err.splitlines()]


def test_rate_and_estimate_are_of_this_run_alone(clock):
    pace = Pace(1000, clock)
    clock.now += 500  # the files are looked for
    pace.resume(900)
    assert (pace.done, pace.rate, pace.left) == (900, 0.0, None)
    for status in ("ok", "flagged", "ok", "not_a_report"):
        clock.now += 2
        pace.advance(status)
    assert (pace.done, pace.rate, pace.left) == (904, 0.5, 192.0)
    assert pace.statuses == {"ok": 2, "flagged": 1, "not_a_report": 1}
    clock.now += 8  # a large one takes long
    assert (pace.rate, pace.left) == (0.25, 384.0)
    assert pace.elapsed == 516


def test_the_rate_follows_when_the_large_files_are_done(clock):
    pace = Pace(10 * WINDOW, clock)
    for seconds in (100, 1):
        for _ in range(WINDOW):
            clock.now += seconds
            pace.advance("ok")
    assert pace.rate == 1
    assert pace.left == 8 * WINDOW


def test_more_is_done_than_was_known_of(clock):
    pace = Pace(1, clock)
    for _ in range(2):
        clock.now += 1
        pace.advance("ok")
    assert pace.left == 0


def test_a_beat_comes_once_in_its_time(clock):
    beat = Beat(5, clock)
    heard = []
    for _ in range(12):
        clock.now += 1
        heard.append(beat.due())
    assert [n for n, due in enumerate(heard, 1) if due] == [5, 10]
    clock.now += 100
    assert (beat.due(), beat.due()) == (True, False)


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00:00"), (59.6, "0:01:00"), (360_061, "100:01:01")])
def test_seconds_as_on_a_clock(seconds, shown):
    assert describe_seconds(seconds) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(0.01, "100/s"), (0.4, "2.5/s"), (30, "0.03/s")])
def test_slow_and_fast_rates_are_shown_with_the_digits_that_matter(clock, seconds, shown):
    pace = Pace(2, clock)
    clock.now += seconds
    pace.advance("ok")
    assert shown in describe_pace(pace, load_messages(Lang.EN))


def test_without_a_terminal_a_line_a_minute_shows_life(watch, clock, capsys):
    with watch() as progress:
        progress.stage("find")
        progress.stage("read")
        finish(progress, clock, "ok", "failed", seconds=20)
        assert capsys.readouterr().err == ""
        progress.log("1.txt: damaged")
        clock.now += 20
        progress.tick()
        assert capsys.readouterr().err.splitlines() == [
            "1.txt: damaged",
            "0:01:00 on: 2/4 · ok 1 · to check 0 · failed 1 · 0.03/s · 0:01:00 left",
        ]
        progress.tick()
        finish(progress, clock, "flagged", "ok", seconds=LINES_EVERY / 3)
        progress.stage("write")
        assert capsys.readouterr().err == "writing the tables\n"


def test_files_of_an_earlier_run_are_said_to_be_there(watch, clock, capsys):
    with watch(Lang.ZH) as progress:
        progress.resume(2)
        finish(progress, clock, "ok", seconds=LINES_EVERY)
    first, second = capsys.readouterr().err.splitlines()
    assert first == "2 个文件上次已读，不再重读。"
    assert second.startswith("已运行 0:01:00：3/4 · 正常 1 ·")
    with watch() as progress:
        progress.resume(0)
    assert capsys.readouterr().err == ""


def test_quiet_says_only_why_there_are_no_results(watch, clock, capsys):
    with watch(quiet=True) as progress:
        progress.start({})
        progress.stage("read")
        progress.grow(2)
        progress.resume(1)
        finish(progress, clock, "ok", "failed", seconds=1000)
        progress.tick()
        progress.log("x")
        progress.complain("no room")
        progress.end(4, {})
    assert capsys.readouterr().err == "no room\n"


def test_events_tell_a_program_the_whole_run(watch, clock, capsys):
    with watch(quiet=True, log_json=True) as progress:
        progress.stage("find")
        progress.grow(6)
        progress.start({"version": "1", "inputs": ["年报"], "out": "结果"})
        progress.resume(2)
        progress.stage("read")
        finish(progress, clock, "ok", "flagged", "failed")
        progress.log("坏\udcff")
        progress.end(Exit.SOME_FAILED, {"ok": 3})
    told = events(capsys)
    assert [event["event"] for event in told] == [
        *["stage", "start", "resume", "stage", "file", "file", "file", "progress", "log", "end"]
    ]
    by_name = {event.pop("event"): event for event in told}
    assert by_name["start"] == {"at": 0.0, "version": "1", "inputs": ["年报"], "out": "结果", "files": 10}
    assert by_name["file"] == {
        "at": 6.0,
        "source": "2.txt",
        "status": "failed",
        "format": "text",
        "size": 10,
        "seconds": 2.0,
        "error_code": "",
        "error": "",
        "error_en": "",
    }
    counts = {"ok": 1, "flagged": 1, "failed": 1}
    assert by_name["progress"] == {
        "at": 6.0,
        "done": 5,
        "total": 10,
        "resumed": 2,
        "rate": 0.5,
        "eta_seconds": 10.0,
        **counts,
    }
    assert by_name["log"]["text"] == "坏\udcff"
    assert by_name["end"] == {"at": 6.0, "exit_code": 1, "counts": {"ok": 3}}


def test_events_come_every_five_seconds_where_nothing_happens(watch, clock, capsys):
    with watch(log_json=True) as progress:
        for _ in range(int(3 * EVENTS_EVERY)):
            clock.now += 1
            progress.tick()
    assert [(event["event"], event["at"], event["eta_seconds"]) for event in events(capsys)] == [
        ("progress", at, None) for at in (5.0, 10.0, 15.0)
    ]


def test_a_bar_shows_counts_rate_what_is_left_and_the_stage(watch, clock, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "140")
    with watch() as progress:
        progress.stage("read")
        progress.resume(1)
        progress.grow(1)
        finish(progress, clock, "ok", "failed")
        progress.log("1.txt: [damaged] " + "x" * 200)
        progress.progress.refresh()
        progress.stage("write")
    shown = capsys.readouterr().err
    assert "3/5" in shown
    assert "ok 1 · to check 0 · failed 1" in shown
    assert "1 files were read by an earlier run" in shown
    assert "0.50/s · 0:00:04 left" in shown
    assert "writing the tables" in shown
    assert "1.txt: [damaged] " + "x" * 200 in shown


def run_events(nianbao, *arguments):
    done = nianbao("run", *arguments, "--log-json")
    return done, [json.loads(line) for line in done.stderr.splitlines()]


@pytest.mark.usefixtures("obedient")
def test_the_command_writes_events_and_nothing_else(folder, tmp_path, nianbao):
    root = folder({"a.txt": "fine", "b.txt": "damaged", "c.txt": "flagged"})
    done, told = run_events(nianbao, root, "-o", tmp_path / "out", "--no-workbook")
    assert done.exit_code == Exit.SOME_FAILED
    assert {event["source"]: event["status"] for event in told if event["event"] == "file"} == {
        "a.txt": "ok",
        "b.txt": "failed",
        "c.txt": "flagged",
    }
    (start,) = [event for event in told if event["event"] == "start"]
    assert (start["files"], start["inputs"], start["out"]) == (3, [str(root)], str(tmp_path / "out"))
    assert [event["stage"] for event in told if event["event"] == "stage"] == [
        "find",
        "read",
        "versions",
        "write",
    ]
    assert told[-1]["event"] == "end"
    assert (told[-1]["exit_code"], told[-1]["counts"]) == (1, {"ok": 1, "failed": 1, "flagged": 1})
    assert "共 3 个文件" in done.stdout


def test_a_run_that_is_refused_ends_with_events(folder, tmp_path, nianbao):
    root = folder({"a.txt": "x"})
    for arguments, code in (
        ((root, "-o", root), Exit.OUTPUT),
        ((tmp_path / "no", "-o", tmp_path / "out"), Exit.USAGE),
    ):
        done, told = run_events(nianbao, *arguments)
        assert done.exit_code == code
        assert [event["event"] for event in told][-2:] == ["refused", "end"]
        assert told[-1]["exit_code"] == code


@pytest.mark.usefixtures("obedient")
@pytest.mark.parametrize(
    ("error", "code"), [(KeyboardInterrupt, Exit.INTERRUPTED), (ZeroDivisionError, Exit.BUG)]
)
def test_what_breaks_a_run_off_is_an_event(folder, tmp_path, nianbao, monkeypatch, error, code):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(run, "write_tables", fail)
    done, told = run_events(nianbao, folder({"a.txt": "fine"}), "-o", tmp_path / "out")
    assert done.exit_code == code
    assert [(event["event"], event.get("exit_code")) for event in told][-2:] == [
        ("refused", None),
        ("end", code),
    ]
    assert ("ZeroDivisionError" in told[-2]["text"]) == (code is Exit.BUG)


def test_who_stops_listening_does_not_stop_the_run(watch, clock, monkeypatch):
    class Gone:
        def write(self, text):
            raise BrokenPipeError

        def flush(self):
            raise BrokenPipeError

        def isatty(self):
            return False

    monkeypatch.setattr(sys, "stderr", Gone())
    for how in ({}, {"log_json": True}):
        with watch(**how) as progress:
            finish(progress, clock, "ok", seconds=LINES_EVERY)
            progress.log("x")
            assert progress.pace.done == 1
