"""Worker processes: each task in one of them, within limits of time and memory.

Enters: tasks. Leaves: answers, as they come: what a task gave or raised, or how its process died of it. A
task that dies costs no other task anything. (pebble does this too, under the LGPL; loky gives up the whole
pool when one process dies.)
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, Final, Self

import psutil

from nianbao.limits import LIMITS, Limits
from nianbao.processes.child import Begin, Child, Message, resolve
from nianbao.processes.tasks import Answer, Cause, Death, NoProcess, Task
from nianbao.processes.worker import Worker

FALSE_STARTS: Final = 5
"""Processes that may die in starting, one after the other, before it is no chance."""
WORK: Final = "nianbao.reading.worker_tasks"
"""What reading needs."""
TICK: Final = 0.25
"""Seconds between two looks at the time and memory that tasks have taken."""
MOST_TASKS: Final = 1000
"""After so many a process is replaced (docs/cli.md): whatever an engine lost on the way goes with it."""
MOST_KEPT: Final = 400 << 20
"""Bytes that a process may hold after a task; with more it is replaced as well. Most hold 100 to 200 MB
(`bench/scale.py`, docs/cli.md)."""
_FROM_OUTSIDE: Final = frozenset({-9, -15})
"""Exit codes of SIGKILL and SIGTERM."""


class Pool:
    """Some processes, started when there is work for them and gone when the context ends.

    Attributes:
        peak: bytes that the largest process held when it was last looked at.
        idle: called four times a second while there is no answer.
    """

    def __init__(
        self,
        workers: int,
        limits: Limits = LIMITS,
        modules: tuple[str, ...] = (WORK,),
        begin: Begin = None,
    ) -> None:
        """A pool that is yet to start.

        Args:
            workers: processes at most.
            limits: of each task.
            modules: what the processes import before their first task.
            begin: what they do before that.
        """
        self._modules = modules
        self._begin = begin
        self.idle: Callable[[], None] = lambda: None
        self.size = max(workers, 1)
        self.limits = limits
        self.peak = 0
        self._waiting: deque[Task] = deque()
        self._workers: dict[Child, Worker] = {}
        self._messages: SimpleQueue[tuple[Any, Any]] = SimpleQueue()
        self._aside = 0
        self._false_starts = 0
        self._looked = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __len__(self) -> int:
        """How many tasks have no answer yet."""
        return len(self._waiting) + self._busy + self._aside

    @property
    def _busy(self) -> int:
        return sum(worker.task is not None for worker in self._workers.values())

    @property
    def has_room(self) -> bool:
        """Whether one more task would not wait for long."""
        return len(self._waiting) < 2

    def warm_up(self) -> None:
        """Start one process before there is anything to do: it loads what it needs meanwhile."""
        if not self._workers:
            with suppress(NoProcess):  # the first task will tell
                self._start()

    def submit(self, task: Task) -> None:
        """Have a task done by one of the processes.

        Raises:
            NoProcess: none can be started.
        """
        self._waiting.append(task)
        self._assign()

    def submit_aside(self, task: Task) -> None:
        """Have a task done in a thread of this process: it starts programs of its own and waits for them."""
        self._aside += 1
        threading.Thread(target=self._run_aside, args=(task,), daemon=True).start()

    def renew(self) -> None:
        """Let the next task have a process that has done nothing before."""
        for child, worker in list(self._workers.items()):
            if worker.task is None and worker.done:
                self._dismiss(child)

    def change(self, modules: tuple[str, ...], tasks: int) -> None:
        """Replace what is at nothing by processes that load other modules, for so many tasks to come."""
        self._modules = modules
        for child in [child for child, worker in self._workers.items() if worker.task is None]:
            self._dismiss(child)
        for _ in range(len(self._workers), min(self.size, tasks)):
            self._start()

    def next(self) -> Answer:
        """Wait for the next answer.

        Raises:
            NoProcess: it died in starting, again and again.
            Exception: whatever a process met when it loaded what it needs.
        """
        while True:
            self._assign()
            try:
                sender, message = self._messages.get(timeout=TICK)
            except Empty:
                self._watch()
                self.idle()
                continue
            if time.monotonic() - self._looked >= TICK:
                self._watch()
            if isinstance(message, Answer):
                self._aside -= 1
                return message
            if answer := self._take(sender, message):
                self._assign()  # before the answer is looked at, so that no process waits for that
                return answer

    def stop(self) -> None:
        """End all processes, whatever they are doing."""
        self._waiting.clear()
        for child in list(self._workers):
            self._dismiss(child)

    def _run_aside(self, task: Task) -> None:
        try:
            answer = Answer(task, resolve(task.call)(*task.arguments))
        except Exception as error:
            answer = Answer(task, error=error)
        self._messages.put((task, answer))

    def _assign(self) -> None:
        for worker in list(self._workers.values()):
            if not self._waiting:
                return
            if worker.ready and worker.task is None and worker.child.exit_code is None:
                worker.give(self._waiting.popleft())
        starting = sum(not worker.ready for worker in self._workers.values())
        while len(self._workers) < self.size and starting < len(self._waiting):
            self._start()
            starting += 1

    def _start(self) -> None:
        try:
            child = Child(self._messages, self._modules, self._begin)
        except OSError as error:  # too many of them, or of open files
            raise NoProcess(error.strerror or str(error)) from error
        try:
            process = psutil.Process(child.pid)
        except psutil.NoSuchProcess:  # killed the moment it was started
            child.kill()
            self._count_false_start()
        else:
            self._workers[child] = Worker(child, process, time.monotonic())

    def _count_false_start(self) -> None:
        self._false_starts += 1
        if self._false_starts >= FALSE_STARTS:
            raise NoProcess(f"{FALSE_STARTS} died in starting")

    def _take(self, child: Child, message: Message) -> Answer | None:
        worker = self._workers.get(child)
        if worker is None:
            return None  # it was dismissed
        if message.kind == "ready":
            worker.ready, self._false_starts = True, 0
        elif message.kind == "broken":
            raise message.content
        elif message.kind == "stage":
            worker.stage = message.content
        elif message.kind == "gone":
            return self._bury(worker)
        elif worker.task is not None:
            return self._finish(worker, message)
        return None

    def _finish(self, worker: Worker, message: Message) -> Answer:
        task, worker.task = worker.task, None
        assert task is not None  # noqa: S101 - for the type checker: asked by the only caller
        worker.done += 1
        if worker.done >= MOST_TASKS or (worker.held > MOST_KEPT and worker.weigh() > MOST_KEPT):
            self._dismiss(worker.child)
        if message.kind == "error":
            return Answer(task, error=message.content)
        return Answer(task, message.content)

    def _bury(self, worker: Worker) -> Answer | None:
        del self._workers[worker.child]
        worker.child.kill()
        if worker.task is not None:
            killed: Cause = "killed" if worker.child.exit_code in _FROM_OUTSIDE else "crashed"
            return Answer(worker.task, death=Death(worker.verdict or killed, worker.stage))
        if not worker.ready:
            self._count_false_start()
        return None  # it died between two tasks, which is the fault of neither

    def _dismiss(self, child: Child) -> None:
        del self._workers[child]
        child.kill()

    def _watch(self) -> None:
        """End what has taken too much."""
        self._looked = time.monotonic()
        for worker in list(self._workers.values()):
            worker.look(self.limits)
            self.peak = max(self.peak, worker.held)
