"""One process of the pool: what it is at, and what it has taken for that.

Enters: a child, tasks, limits. Leaves: why it has to be ended.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

import psutil

from nianbao.limits import Limits
from nianbao.processes.child import Child
from nianbao.processes.tasks import Cause, Task

START_LIMIT: Final = 120.0
"""Seconds for a process to start, on a machine busy with others."""
STRETCH: Final = 1.5
"""Times its limit that a task may take by the clock, where it has to share the processor (docs/cli.md)."""


@dataclass(slots=True, eq=False)
class Worker:
    """A child and what it is at.

    Attributes:
        since: when it got its task, or was started.
        used: seconds of a processor that it had had by then.
        stage: the part of its task that it has come to.
        done: tasks that it has done.
        held: bytes that it held when it was last looked at.
        verdict: why it was ended.
    """

    child: Child
    process: psutil.Process
    since: float
    ready: bool = False
    task: Task | None = None
    used: float = 0.0
    stage: str = ""
    done: int = 0
    held: int = 0
    verdict: Cause | None = None

    def give(self, task: Task) -> None:
        """Have it do a task."""
        self.task, self.stage, self.verdict = task, "", None
        self.since, self.used = time.monotonic(), self._count_seconds()
        self.child.ask(task.call, task.arguments)

    def look(self, limits: Limits) -> None:
        """See what it has taken, and end it if that is too much; the message that it is gone comes later."""
        self.weigh()
        if self.task is None:
            if not self.ready and time.monotonic() - self.since > START_LIMIT:
                self.child.end()
        elif self.task.limited and self.verdict is None and (cause := self._judge(self.task, limits)):
            self.verdict = cause
            self.child.end()

    def weigh(self) -> int:
        """Bytes that the process holds, 0 where it has ended."""
        try:
            self.held = int(self.process.memory_info().rss)
        except psutil.Error:
            self.held = 0
        return self.held

    def _judge(self, task: Task, limits: Limits) -> Cause | None:
        """Of what it has taken too much, None for nothing.

        Time is that of a processor if it computes, and by the clock if it waits: within bounds it must not
        depend on what else the machine does whether a file can be read.
        """
        if self.held > limits.megabytes << 20:
            return "out_of_memory"
        limit, by_clock = limits.seconds * task.patience, time.monotonic() - self.since
        if by_clock <= limit:
            return None
        try:
            state = self.process.status()
        except psutil.Error:
            return None  # it has just ended
        if state == psutil.STATUS_STOPPED:
            return "killed"  # in effect, and by somebody else
        waits = state == psutil.STATUS_SLEEPING
        spent = waits or by_clock > limit * STRETCH or self._count_seconds() - self.used > limit
        return "timed_out" if spent else None

    def _count_seconds(self) -> float:
        """Seconds of a processor that the process has had, 0 where it has ended."""
        try:
            times = self.process.cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)
