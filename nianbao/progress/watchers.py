"""How far a run has come, told to whoever watches.

Enters: the files that are finished, and what else happens. Leaves: a line that is drawn over itself on a
terminal, now and then a line in a file, or events for a program; nothing where nobody watches.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from nianbao.machine.console import tell
from nianbao.messages import Messages
from nianbao.progress.finished_file import FinishedFile
from nianbao.progress.pace import Beat, Clock, Pace
from nianbao.progress.pace_words import describe_counts, describe_pace, describe_speed, measure_pace

if TYPE_CHECKING:
    from rich.progress import Progress

Stage = Literal["find", "read", "versions", "write"]
EVENTS_EVERY: Final = 5.0
"""Seconds between two events of how far it is (docs/cli.md)."""
LINES_EVERY: Final = 60.0
"""Seconds between two lines of how far it is (docs/cli.md)."""
WIDE: Final = 110
"""Columns of a terminal on which the bar itself leaves room for the words: in Chinese, counts
of five digits make 107 with it."""


class Watcher(Protocol):
    """What is told about a run while it goes on: `Silence`, `Plain`, `Bar` or `Events`."""

    def start(self, facts: Mapping[str, object]) -> None:
        """A run begins; `facts` are what it was asked for and with what it is done, fit for JSON."""

    def stage(self, name: Stage) -> None:
        """Another part of the work begins."""

    def grow(self, more: int) -> None:
        """There is more to do than it seemed."""

    def resume(self, files: int) -> None:
        """So many of the files were done by an earlier run. Told before the first `advance`."""

    def advance(self, done: FinishedFile) -> None:
        """One more file is done."""

    def tick(self) -> None:
        """Time passes; to be told about once a second while nothing else happens."""

    def log(self, line: str) -> None:
        """Something a person should know."""

    def warn(self, line: str) -> None:
        """What is said even where nothing else is: something of theirs lies elsewhere now."""

    def complain(self, line: str) -> None:
        """Why there are no results; said even where nothing else is."""

    def end(self, exit_code: int, counts: Mapping[str, int]) -> None:
        """The run is over, with so many files of each status."""


class Silence:
    """Says nothing but why there are no results (`--quiet`)."""

    def start(self, facts: Mapping[str, object]) -> None:
        """Nothing."""

    def stage(self, name: Stage) -> None:
        """Nothing."""

    def grow(self, more: int) -> None:
        """Nothing."""

    def resume(self, files: int) -> None:
        """Nothing."""

    def advance(self, done: FinishedFile) -> None:
        """Nothing."""

    def tick(self) -> None:
        """Nothing."""

    def log(self, line: str) -> None:
        """Nothing."""

    def warn(self, line: str) -> None:
        """Write the line to standard error."""
        tell(line)

    complain = warn

    def end(self, exit_code: int, counts: Mapping[str, int]) -> None:
        """Nothing."""


class Counting(Silence):
    """Keeps the counts that the others show."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace

    def stage(self, name: Stage) -> None:
        """The clock of the rate starts with the reading."""
        if name == "read":
            self.pace.begin()

    def grow(self, more: int) -> None:
        """Count them."""
        self.pace.total += more
        self.tick()

    def resume(self, files: int) -> None:
        """Count them, but not as work of this run."""
        self.pace.resume(files)
        self.tick()

    def advance(self, done: FinishedFile) -> None:
        """Count it."""
        self.pace.advance(done.status)
        self.tick()


class Plain(Counting):
    """Writes lines to standard error, and now and then how far it is (no terminal)."""

    def __init__(self, pace: Pace, say: Messages, clock: Clock) -> None:
        super().__init__(pace)
        self.say = say
        self.beat = Beat(LINES_EVERY, clock)

    def stage(self, name: Stage) -> None:
        """Write it where the run takes long enough for anybody to ask."""
        super().stage(name)
        if self.pace.elapsed >= LINES_EVERY:
            tell(self.say(f"stage.{name}"))

    def resume(self, files: int) -> None:
        """Say so: else the counts would puzzle."""
        if files:
            tell(self.say("run.resumed", n=files))
        super().resume(files)

    def tick(self) -> None:
        """Write how far it is, where a minute has passed."""
        if self.beat.due():
            tell(describe_pace(self.pace, self.say))

    def log(self, line: str) -> None:
        """Write the line."""
        tell(line)


class Bar(Counting):
    """A bar with counts, rate and the time that is left."""

    def __init__(self, progress: Progress, pace: Pace, say: Messages) -> None:
        super().__init__(pace)
        self.progress = progress
        self.say = say
        self.name: Stage = "find"
        self.task = progress.add_task("", total=None, **self._texts())

    def stage(self, name: Stage) -> None:
        """Name it."""
        super().stage(name)
        self.name = name
        self.tick()

    def resume(self, files: int) -> None:
        """Say so, and begin there."""
        if files:
            self.log(self.say("run.resumed", n=files))
        super().resume(files)

    def tick(self) -> None:
        """Draw anew."""
        self.progress.update(
            self.task, completed=self.pace.done, total=self.pace.total or None, **self._texts()
        )

    def log(self, line: str) -> None:
        """Write the line above the bar."""
        self.progress.console.print(line, markup=False, highlight=False, soft_wrap=True)

    warn = complain = log

    def _texts(self) -> dict[str, Any]:
        return {
            "stage": self.say(f"stage.{self.name}"),
            "counts": describe_counts(self.pace, self.say),
            "speed": describe_speed(self.pace, self.say) if self.name == "read" else "",
        }


class Events(Counting):
    """One JSON object a line on standard error (`--log-json`), in ASCII, which every encoding holds."""

    def __init__(self, pace: Pace, clock: Clock) -> None:
        super().__init__(pace)
        self.beat = Beat(EVENTS_EVERY, clock)

    def emit(self, event: str, facts: Mapping[str, object]) -> None:
        """Write one event; `at` is seconds since the beginning."""
        tell(json.dumps({"event": event, "at": round(self.pace.elapsed, 3), **facts}))

    def start(self, facts: Mapping[str, object]) -> None:
        """The event `start`."""
        self.emit("start", {**facts, "files": self.pace.total})

    def stage(self, name: Stage) -> None:
        """The event `stage`."""
        super().stage(name)
        self.emit("stage", {"stage": name})

    def resume(self, files: int) -> None:
        """The event `resume`."""
        self.emit("resume", {"files": files})
        super().resume(files)

    def advance(self, done: FinishedFile) -> None:
        """The event `file`."""
        self.emit("file", asdict(done))
        super().advance(done)

    def tick(self) -> None:
        """The event `progress`, where it is due."""
        if self.beat.due():
            self.emit("progress", measure_pace(self.pace))

    def log(self, line: str) -> None:
        """The event `log`."""
        self.emit("log", {"text": line})

    warn = log

    def complain(self, line: str) -> None:
        """The event `refused`."""
        self.emit("refused", {"text": line})

    def end(self, exit_code: int, counts: Mapping[str, int]) -> None:
        """The event `end`."""
        self.emit("end", {"exit_code": int(exit_code), "counts": dict(counts)})


@contextmanager
def open_progress(
    total: int, say: Messages, *, quiet: bool = False, log_json: bool = False, clock: Clock = time.monotonic
) -> Iterator[Watcher]:
    """Watch a run of `total` files in the way that was asked for, or else suits standard error.

    Args:
        total: files, as far as they are known (`grow` adds to it).
        say: the sentences.
        quiet: say nothing.
        log_json: write events instead, `quiet` or not.
        clock: seconds since whenever.
    """
    pace = Pace(total, clock)
    if log_json:
        yield Events(pace, clock)
    elif quiet:
        yield Silence()
    elif not sys.stderr.isatty():
        yield Plain(pace, say, clock)
    else:
        with open_bar() as progress:
            yield Bar(progress, pace, say)


def open_bar() -> Progress:
    """What draws the bar, on standard error."""
    from rich.console import Console  # half of the time that --help would take
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    stage, counts, speed = (
        TextColumn(f"{{task.fields[{name}]}}", markup=False) for name in ("stage", "counts", "speed")
    )
    bar = [BarColumn(bar_width=20)] if console.width >= WIDE else []
    return Progress(stage, MofNCompleteColumn(), *bar, counts, speed, console=console, transient=True)
