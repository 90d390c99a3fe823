"""From files found to events: everything is read, by processes that may die of it.

Enters: files found. Leaves: an event for each file opened and for each thing read in it. The large come
first, so that no large one is left alone at the end; archives are opened one at a time, and what is in them
is read by all processes; files of old Office programs wait until there are many, for one start of
LibreOffice converts them all. What a process died of is tried again when all else is done and no other
process runs; what took too long is not.
"""

from __future__ import annotations

import errno
import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import Final, Literal

from extract.document import Source
from extract.errors import Crashed, NoWorkspace, OutOfMemory, ReadError, TimedOut, number_of
from extract.office.input_check import Checked
from nianbao.choices import Reread
from nianbao.find.files import FoundFile
from nianbao.journal.events import Event
from nianbao.limits import Limits
from nianbao.processes.child import Call
from nianbao.processes.pool import Pool
from nianbao.processes.tasks import Answer, Death, Task
from nianbao.reading.job import SECOND, Job, Only, Waiting, WorkDone
from nianbao.reading.libreoffice import Office

MOST_WAITING: Final = 50
"""Files that wait for LibreOffice: its start costs as much as several of them."""
MOST_WAITING_BYTES: Final = 100 * 1000 * 1000
MOST_SPOOLED: Final = 1000 * 1000 * 1000
"""Bytes in the spool above which no further archive is opened."""
MOST_KILLS: Final = 3
"""Kills from outside that are taken for nobody's fault: the next is taken for a lack of memory."""
PATIENCE: Final = 10.0
"""Times the usual limit that the opening of an archive may take."""

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What an operating system says where no more can be written."""

Way = Literal["file", "archive", "check", "waiting", "anew"]
_CALLS: Final[dict[Way, Call]] = {
    "file": "nianbao.reading.worker_tasks:open_file",
    "archive": "nianbao.reading.worker_tasks:open_archive_file",
    "check": "nianbao.reading.worker_tasks:check_waiting",
    "waiting": "nianbao.reading.worker_tasks:read_waiting",
    "anew": "nianbao.reading.worker_tasks:understand_anew",
}


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to be done, and what became of it so far.

    Attributes:
        way: a `file` or an `archive` is opened; `waiting` bytes are read, or put to the `check` before
            they go to LibreOffice; old readings are understood `anew`.
        file: that was found.
        size: bytes, which the order goes by.
        waiting, source, remarks: what is to be read, or understood.
        only: one of two readings.
        deaths: how often a process died of it; `death` is the first of them.
        kills: how often it was killed from outside.
    """

    way: Way
    file: FoundFile
    size: int = 0
    waiting: Waiting | None = None
    source: Source | None = None
    remarks: tuple[str, ...] = ()
    only: Only = ""
    deaths: int = 0
    kills: int = 0
    death: Death | None = None

    def task(self, job: Job) -> Task:
        """The task for a process."""
        job = replace(job, only=self.only) if self.only else job
        arguments: dict[Way, tuple[object, ...]] = {
            "file": (self.file, job),
            "archive": (self.file, job),
            "check": (self.waiting,),
            "waiting": (self.waiting, job),
            "anew": (self.source, self.remarks, job),
        }
        patience = PATIENCE if self.way == "archive" else 1.0
        return Task(_CALLS[self.way], arguments[self.way], self, patience)


class Dispatcher:
    """Reads files with a pool of processes.

    Attributes:
        seconds: that each stage took, over all processes.
    """

    def __init__(self, pool: Pool, office: Office, job: Job) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._pool = pool
        self._office = office
        self._job = job
        self._todo: list[tuple[int, int, Todo]] = []
        self._number = count()
        self._archives: deque[Todo] = deque()
        self._opening = False
        self._old: list[Todo] = []
        self._converting = False
        self._quiet: deque[Todo] = deque()
        self._spooled = 0
        self._reopened: set[str] = set()

    def run(self, todos: Iterable[Todo]) -> Iterator[Event]:
        """Do all there is to do.

        Raises:
            NoProcess: no process can be started.
        """
        for todo in todos:
            self._push(todo)
        while True:
            self._feed()
            if not len(self._pool):
                return
            yield from self._take(self._pool.next())

    def _push(self, todo: Todo) -> None:
        heapq.heappush(self._todo, (-todo.size, next(self._number), todo))

    def _feed(self) -> None:
        """Give the processes what there is, the most urgent first."""
        rest = self._todo or self._old or self._quiet
        if self._archives and not self._opening and (self._spooled < MOST_SPOOLED or not rest):
            self._opening = True
            self._pool.submit(self._archives.popleft().task(self._job))
        while self._todo and self._pool.has_room:
            self._pool.submit(heapq.heappop(self._todo)[2].task(self._job))
        idle = not self._todo and not len(self._pool)
        if self._old and not self._converting and (idle or self._is_full()):
            old, self._old = self._old, []
            self._converting = True
            self._pool.submit_aside(Task(convert, (self._office, [todo.waiting for todo in old]), old))
        elif self._quiet and idle:
            self._pool.renew()
            self._pool.submit(self._quiet.popleft().task(self._job))

    def _reopen(self, file: FoundFile) -> None:
        """Open a file of which something cannot be understood from what was read before; once is enough."""
        if file.source not in self._reopened:
            self._reopened.add(file.source)
            self._push(Todo("file", file))

    def _is_full(self) -> bool:
        return len(self._old) >= MOST_WAITING or sum(todo.size for todo in self._old) >= MOST_WAITING_BYTES

    def _take(self, answer: Answer) -> Iterator[Event]:
        if answer.task.call is convert:
            yield from self._take_converted(answer)
            return
        todo: Todo = answer.task.about
        self._opening = self._opening and todo.way != "archive"
        if todo.way == "anew" and not answer.value:  # for whatever reason: the bytes are needed
            self._reopen(todo.file)
        elif answer.death is not None:
            yield from self._mourn(todo, answer.death)
        elif answer.error is not None:
            yield from self._fail(todo, answer.error)
        elif answer.value is None and todo.death is not None:  # the second reading alone was left, of one
            yield from self._fail(todo, name_death(todo.death, self._pool.limits))
        elif todo.way == "check":
            self._old.append(replace(todo, way="waiting", waiting=answer.value))
        else:
            yield from self._take_work(todo, answer.value)

    def _take_work(self, todo: Todo, done: WorkDone) -> Iterator[Event]:
        if done.is_archive:
            self._archives.append(Todo("archive", todo.file, todo.size))
            return
        if done.opened:
            yield done.opened
        for result in done.results:
            for stage, seconds in result.seconds.items():
                self.seconds[stage] += seconds
            yield result
        known: set[str] = set()
        for waiting in done.waiting:
            self._spooled += waiting.source.size
            way: Way = "check" if waiting.needs_office else "waiting"
            later = Todo(way, todo.file, waiting.source.size, waiting)
            if waiting.source.sha256 in known:  # a copy of a member before it
                self._clear(later)
            else:
                self._push(later)
            known.add(waiting.source.sha256)
        self._clear(todo)

    def _take_converted(self, answer: Answer) -> Iterator[Event]:
        self._converting = False
        old: Sequence[Todo] = answer.task.about
        made: Sequence[Waiting | Exception] = answer.value or [answer.error or NoWorkspace()] * len(old)
        for todo, result in zip(old, made, strict=True):
            if isinstance(result, Waiting):
                self._push(replace(todo, waiting=result))
            else:
                yield from self._fail(todo, result)

    def _mourn(self, todo: Todo, death: Death) -> Iterator[Event]:
        """Try again what a process died of: the same, then what the death leaves of two readings.

        What took too long would take as long again: only the other reading is left to it.
        """
        two = self._job.choices.reread is not Reread.NEVER and todo.way in {"file", "waiting"}
        again = replace(todo, deaths=todo.deaths + 1, death=todo.death or death)
        if death.cause == "killed" and todo.kills < MOST_KILLS:
            self._quiet.append(replace(todo, kills=todo.kills + 1))
        elif not todo.deaths and death.cause != "timed_out":
            self._quiet.append(again)
        elif two and not todo.only:
            self._quiet.append(replace(again, only="first" if death.stage == SECOND else "second"))
        else:
            yield from self._fail(todo, name_death(todo.death or death, self._pool.limits))

    def _fail(self, todo: Todo, error: Exception) -> Iterator[Event]:
        """The events of something that could not be read."""
        # These load every reader, which few runs need here.
        from nianbao.reading.make_events import make_result
        from nianbao.reading.outcomes import explain
        from nianbao.reading.worker_tasks import refuse

        if isinstance(error, OSError) and (todo.waiting or error.errno in FULL):
            error = NoWorkspace(number_of(error))
        if todo.waiting is not None:
            outcome = replace(explain(todo.waiting.source, error), format=todo.waiting.format)
            yield make_result(outcome, self._job)
        else:
            yield from refuse(todo.file, error, self._job)
        self._clear(todo)

    def _clear(self, todo: Todo) -> None:
        """Let the spool hold no more than what is yet to be read."""
        if todo.waiting is not None:
            self._spooled -= todo.waiting.source.size
            with suppress(OSError):
                todo.waiting.path.unlink(missing_ok=True)


def name_death(death: Death, limits: Limits) -> ReadError:
    """The error that a file has earned of which a process died."""
    if death.cause == "crashed":
        return Crashed()
    if death.cause == "timed_out":
        return TimedOut(f"{limits.seconds:g} s")
    return OutOfMemory(f"{limits.megabytes} MB")


def convert(office: Office, waiting: Sequence[Waiting]) -> list[Waiting | Exception]:
    """What LibreOffice makes of files in the spool, in their place, or the error, for each."""
    files = [Checked(one.format, one.path.read_bytes(), one.filter) for one in waiting]
    made: list[Waiting | Exception] = []
    for one, result in zip(waiting, office.convert(files), strict=True):
        if isinstance(result, ReadError):
            made.append(result)
            continue
        one.path.write_bytes(result)
        made.append(replace(one, converted=True, needs_office=False))
    return made
