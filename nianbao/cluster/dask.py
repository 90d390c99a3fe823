"""Reading on a cluster, through a Dask scheduler that is there.

Enters: what is to be read. Leaves: the same events as a reading on this machine, in another order. The
journal is here, and what needs the journal alone is done here. What no worker survives is read here at
last, where the process that dies of it is not the whole worker.
"""

from __future__ import annotations

import logging
import uuid
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from itertools import count
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final

from nianbao.cluster.portions import make_portions
from nianbao.cluster.worker import Portion, Stranger, describe_version, own_version, read_portion
from nianbao.find.files import FoundFile
from nianbao.find.remote_storage import COMMAND, describe
from nianbao.journal.events import Event, Result
from nianbao.processes.pool import TICK
from nianbao.reading.dispatch import Dispatcher, Todo
from nianbao.reading.libreoffice import Office
from nianbao.reading.run_context import Context
from nianbao.refused import Refused

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE: Final = 5
"""Seconds in which a scheduler has to answer."""
AHEAD: Final = 4
"""Portions a worker that are with the scheduler before their turn."""
_LOGGERS: Final = ("distributed", "distributed.client", "tornado")


class Cluster:
    """Reads files with the workers of a scheduler.

    Attributes:
        seconds: that each stage took, over all workers.
    """

    def __init__(self, context: Context, office: Office) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._context = context
        self._office = office

    def run(self, todos: Iterable[Todo]) -> Iterator[Event]:
        """Do all there is to do.

        Raises:
            Refused: the scheduler cannot be reached, is lost, or has workers of another version.
            NoProcess: no process can be started on this machine.
        """
        anew: list[Todo] = []
        far: list[Todo] = []
        for todo in todos:
            (anew if todo.way == "anew" else far).append(todo)
        here = _Anew(self._context.pool, self._office, self._context.job)
        yield from self._count(here.run(anew))
        far += [Todo("file", file) for file in here.to_open.values()]
        if far:
            yield from self._count(self._read_far(far))

    def _read_far(self, todos: Sequence[Todo]) -> Iterator[Event]:
        context = self._context
        with connect(context) as client:
            asking = _Asking(client, context)
            yield from asking.run(todos)
        if asking.left:
            context.watcher.log(context.say("engine.read_here", n=len(asking.left), detail=asking.fault))
            yield from Dispatcher(context.pool, self._office, context.job).run(asking.left)

    def _count(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            if isinstance(event, Result):
                for stage, seconds in event.seconds.items():
                    self.seconds[stage] += seconds
            yield event


class _Anew(Dispatcher):
    """Understands anew what was read before; what has to be opened for that is left to others."""

    to_open: dict[str, FoundFile]

    def run(self, todos: Iterable[Todo]) -> Iterator[Event]:
        self.to_open = {}
        return super().run(todos)

    def _reopen(self, file: FoundFile) -> None:
        self.to_open[file.source] = file


class _Asking:
    """Portions on their way to workers and back.

    Attributes:
        left: files that no worker could read alone.
        fault: what became of the last of those workers.
    """

    def __init__(self, client: Client, context: Context) -> None:
        self.left: list[Todo] = []
        self.fault = ""
        self._client = client
        self._context = context
        self._run = uuid.uuid4().hex
        self._number = count()
        self._asked: dict[Future, tuple[Todo, ...]] = {}
        self._done: SimpleQueue[Future] = SimpleQueue()
        self._known: set[str] = set()

    def run(self, todos: Sequence[Todo]) -> Iterator[Event]:
        """Have all of it read, in portions of which few are under way at a time."""
        while not (workers := self._count_workers()):
            self._wait()
        portions = deque(make_portions(todos, workers))
        try:
            while portions or self._asked:
                room = AHEAD * self._count_workers()
                while portions and len(self._asked) < room:
                    self._ask(portions.popleft())
                if future := self._wait():
                    yield from self._take(future, portions)
        finally:
            with suppress(Exception):  # the connection may be what is lost
                self._client.cancel(list(self._asked), force=True)

    def _count_workers(self) -> int:
        """How many there are; those that have come since the last time are looked at first."""
        threads = self._client.nthreads()
        if new := threads.keys() - self._known:
            check_workers(self._client, self._context, sorted(new))
            self._known |= new
        return sum(threads.values())

    def _ask(self, portion: tuple[Todo, ...]) -> None:
        options = self._context.options
        asked = Portion(portion, self._context.job, options.limits, options.labels)
        key = f"nianbao-{self._run}-{next(self._number)}"
        future = self._client.submit(read_portion, asked, key=key, pure=False)
        self._asked[future] = portion
        future.add_done_callback(self._done.put)

    def _wait(self) -> Future | None:
        """The next that is done, if one is done soon."""
        try:
            return self._done.get(timeout=TICK)
        except Empty:
            self._context.watcher.tick()
            return None

    def _take(self, future: Future, portions: deque[tuple[Todo, ...]]) -> Iterator[Event]:
        if future.status in {"lost", "pending"}:  # its worker is gone, and another one reads it
            future.add_done_callback(self._done.put)
            return
        portion = self._asked.pop(future)
        if future.status != "finished":
            portions += self._split(future, portion)
            return
        answer = future.result()
        if isinstance(answer, Stranger):
            raise _refuse_version(self._context, answer)
        yield from answer

    def _split(self, future: Future, portion: tuple[Todo, ...]) -> list[tuple[Todo, ...]]:
        """What to ask next, where workers died of a portion or had no room for it: each file alone, once.

        Raises:
            Refused: it was not the worker's fault, and would go on.
        """
        if future.status != "error":
            raise Refused("engine.lost", scheduler=self._context.options.scheduler, detail=future.status)
        if len(portion) > 1:
            return [(todo,) for todo in portion]
        self.left += portion
        self.fault = type(future.exception()).__name__
        return []


@contextmanager
def connect(context: Context) -> Iterator[Client]:
    """A connection to the scheduler, whose workers are of this version of the program.

    Raises:
        Refused: it is not there, or they are not.
    """
    scheduler = context.options.scheduler
    try:
        from distributed import Client
    except ImportError as error:
        raise Refused("engine.not_installed", command=COMMAND) from error
    for name in _LOGGERS:  # they write to the screen, where the progress is
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Refused("engine.unreachable", scheduler=scheduler, detail=describe(error)) from error
    try:
        check_scheduler(client, context)
        yield client
    except (OSError, CancelledError) as error:
        raise Refused("engine.lost", scheduler=scheduler, detail=describe(error)) from error
    finally:
        with suppress(Exception):  # the connection may be what is lost
            client.close()


def check_scheduler(client: Client, context: Context) -> None:
    """Refuse a scheduler that would not know what it hands on.

    Raises:
        Refused: it has no program, or another version.
    """
    scheduler = context.options.scheduler
    try:
        version = client.run_on_scheduler(own_version, context.options.choices.reread)
    except OSError:
        raise
    except Exception as error:  # it has no such module, which is told as an error of any kind
        raise Refused("engine.no_program", address=scheduler, detail=describe(error)) from error
    _compare(context, Stranger(version, scheduler))
    if not client.nthreads():
        context.watcher.log(context.say("engine.no_workers", scheduler=scheduler))


def check_workers(client: Client, context: Context, addresses: Sequence[str]) -> None:
    """Refuse workers of another version before they do anything.

    Raises:
        Refused: there is one.
    """
    reread = context.options.choices.reread
    answers = client.run(own_version, reread, workers=list(addresses), on_error="return")
    for address, answer in answers.items():
        if isinstance(answer, str):
            _compare(context, Stranger(answer, address))
        elif not isinstance(answer, OSError):  # it is gone again
            raise Refused("engine.no_program", address=address, detail=describe(answer))


def _compare(context: Context, other: Stranger) -> None:
    if other.version != describe_version(context.job.rules):
        raise _refuse_version(context, other)


def _refuse_version(context: Context, stranger: Stranger) -> Refused:
    own = describe_version(context.job.rules)
    return Refused("engine.other_version", address=stranger.address, theirs=stranger.version, own=own)
