"""What a worker of a cluster does: it reads a portion of the files, as the program does on one machine.

Enters: portions. Leaves: the events of each. As long as it lives, the worker keeps one process that reads,
with the same limits and the same attempts as anywhere: a file that this process dies of costs the worker
nothing.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from nianbao.choices import Choices, Reread
from nianbao.journal.events import Event
from nianbao.journal.rules import Rules, make_rules
from nianbao.limits import LIMITS, Limits
from nianbao.processes.pool import Pool
from nianbao.reading.dispatch import Dispatcher, Todo
from nianbao.reading.job import Job
from nianbao.reading.libreoffice import Office
from nianbao.version import VERSION
from normalize.words.own_lines import NO_LINES, OwnLines

_SHOWN: Final = 12
"""Signs of a digest that tell two versions apart."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What a worker is asked to read.

    Attributes:
        todos: the files.
        job: how; its spool and its journal are those of the asking machine.
        limits: of time and memory for each file.
        labels: that the user adds to those of the program.
    """

    todos: tuple[Todo, ...]
    job: Job
    limits: Limits
    labels: OwnLines = NO_LINES


@dataclass(frozen=True, slots=True)
class Stranger:
    """A worker that reads by other rules, whose results must not be mixed with ours.

    Attributes:
        version: of the program there.
        address: of the worker.
    """

    version: str
    address: str


def describe_version(rules: Rules) -> str:
    """The version of the program with what tells two copies of one version apart."""
    reader, dictionary = rules.reader[:_SHOWN], rules.dictionary[:_SHOWN]
    return f"{VERSION} ({reader}, {dictionary})"


@lru_cache(maxsize=len(Reread))
def own_version(reread: Reread) -> str:
    """The version of the program on this machine."""
    return describe_version(make_rules(Choices(reread), LIMITS))


def read_portion(portion: Portion) -> tuple[Event, ...] | Stranger:
    """Read the files (on a worker).

    Raises:
        NoProcess: no process can be started.
        OSError: there is no room for what waits to be read.
    """
    global _reading  # noqa: PLW0603 - one for a worker, whose tasks come one by one
    version = own_version(portion.job.choices.reread)
    if version != describe_version(portion.job.rules):
        return Stranger(version, _own_address())
    with _one_at_a_time:
        if _reading is None or (_reading.limits, _reading.labels) != (portion.limits, portion.labels):
            _close()
            _reading = ReadingProcess(portion.limits, portion.labels, _own_folder())
        try:
            return _reading.read(portion)
        except BaseException:
            _close()
            raise


class ReadingProcess:
    """A process that reads, and what it needs.

    Attributes:
        limits: of time and memory for each file.
        labels: with which it has loaded the dictionary.
    """

    def __init__(self, limits: Limits, labels: OwnLines, folder: str | None = None) -> None:
        """One that is yet to be started.

        Args:
            limits: of time and memory for each file.
            labels: that the user adds to those of the program.
            folder: where what waits to be read may lie.
        """
        me = multiprocessing.current_process()
        if me.daemon:  # a worker's nanny ends it in any case, and the process that reads ends with the worker
            me.daemon = False
        self.limits = limits
        self.labels = labels
        self._pool = Pool(1, limits, begin=labels.put_in_place)
        self._office = Office(limits, processes=1)  # the other cores have workers of their own
        self._spool = tempfile.TemporaryDirectory(prefix="nianbao-", dir=folder, ignore_cleanup_errors=True)

    def read(self, portion: Portion) -> tuple[Event, ...]:
        """The events of everything in a portion."""
        job = replace(portion.job, spool=Path(self._spool.name), journal=None)
        return tuple(Dispatcher(self._pool, self._office, job).run(portion.todos))

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._pool.stop()
        self._office.__exit__(None, None, None)
        self._spool.cleanup()


_one_at_a_time: Final = threading.Lock()
_reading: ReadingProcess | None = None


def _close() -> None:
    global _reading  # noqa: PLW0603
    if _reading is not None:
        _reading.close()
        _reading = None


def _own_address() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _own_folder() -> str:
    from distributed import get_worker

    return str(get_worker().local_directory)
