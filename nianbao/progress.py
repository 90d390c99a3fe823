"""How far a run has come, on a terminal.

Enters: the counts after each file. Leaves: a line that is drawn over itself, or nothing where nobody watches.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from nianbao.messages import Messages
from nianbao.tally import Tally

if TYPE_CHECKING:
    from rich.progress import Progress


class Watcher(Protocol):
    """What is told about a run while it goes on: `Silence`, `Plain` or `Bar`."""

    def advance(self, tally: Tally) -> None:
        """One more file is done."""

    def grow(self, more: int) -> None:
        """There is more to do than it seemed."""

    def log(self, line: str) -> None:
        """Something a person should know."""


class Silence:
    """Says nothing (`--quiet`)."""

    def advance(self, tally: Tally) -> None:
        """Nothing."""

    def grow(self, more: int) -> None:
        """Nothing."""

    def log(self, line: str) -> None:
        """Nothing."""


class Plain(Silence):
    """Writes lines to standard error, draws nothing (no terminal)."""

    def log(self, line: str) -> None:
        """Write the line."""
        print(line, file=sys.stderr)  # noqa: T201


class Bar:
    """A bar with counts, rate and the time that is left."""

    def __init__(self, progress: Progress, total: int, say: Messages) -> None:
        self.progress = progress
        self.say = say
        self.task = progress.add_task("", total=total, rate="")

    def advance(self, tally: Tally) -> None:
        """Draw the counts after one more file."""
        statuses = tally.statuses
        counts = self.say(
            "run.counts", ok=statuses["ok"], flagged=statuses["flagged"], failed=statuses["failed"]
        )
        speed = self.progress.tasks[self.task].finished_speed or self.progress.tasks[self.task].speed
        rate = self.say("run.rate", n=f"{speed:.0f}" if speed else "…")
        self.progress.update(self.task, advance=1, description=counts, rate=rate)

    def grow(self, more: int) -> None:
        """Make room for the members of an archive."""
        self.progress.update(self.task, total=(self.progress.tasks[self.task].total or 0) + more)

    def log(self, line: str) -> None:
        """Write the line above the bar."""
        self.progress.console.print(line, markup=False, highlight=False)


@contextmanager
def open_progress(total: int, say: Messages, *, quiet: bool) -> Iterator[Watcher]:
    """Watch a run of `total` files in the way that suits standard error."""
    if quiet or not sys.stderr.isatty():
        yield Silence() if quiet else Plain()
        return
    from rich.console import Console  # half of the time that --help would take
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        MofNCompleteColumn(),
        BarColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress, total, say)
