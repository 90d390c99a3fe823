"""One run at a time into one folder.

Enters: where the lock lies, and what a run wants said of itself while it holds it. Leaves: the lock, held
until it is given up or the process dies, or who holds it. The facts lie in a file of their own, because
Windows lets nobody read one that is locked; they decide nothing, so that those of a killed run stop nobody.
Where something of somebody else's stands at these places, it is neither followed nor written to nor removed.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from nianbao.machine.address import Place
from nianbao.machine.plain_files import check_plain, create, read_start
from nianbao.refused import OutputRefused

_MOST: Final = 1 << 20
"""Bytes of the facts: a command line."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The run that holds a lock.

    Attributes:
        pid: its process.
        host: the machine that it runs on; a folder may be shared by several.
        since: when it got the lock.
        inputs: what it reads, as given on its command line.
    """

    pid: int
    host: str
    since: datetime.datetime
    inputs: tuple[str, ...]


class Held(Exception):
    """Another run holds the lock.

    Attributes:
        holder: that run, None where it cannot be told.
    """

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(holder)
        self.holder = holder


class Lock:
    """The lock at `path`, and at `facts` what is said of the run that holds it."""

    def __init__(self, path: Path, facts: Path) -> None:
        self._path = path
        self._facts = facts
        self._told: Holder | None = None
        self._lock = FileLock(path, blocking=False, thread_local=False)

    def acquire(self, inputs: Sequence[Place]) -> None:
        """Take the lock.

        Raises:
            Held: another run has it.
            OutputRefused: a link, a folder or a device stands there, or no file can be made there.
            OSError: the lock cannot be written there.
        """
        check_plain(self._path)
        check_plain(self._facts)
        try:
            with warnings.catch_warnings():  # a file system without locks: the library does without
                warnings.simplefilter("ignore", UserWarning)
                self._lock.acquire()
        except Timeout as error:
            if not os.path.lexists(self._path):  # so it has no holder: files cannot be made there
                raise OutputRefused("output.no_place", path=self._path.parent) from error
            raise Held(read_holder(self._facts)) from error
        me = Holder(os.getpid(), platform.node(), now(), tuple(str(path) for path in inputs))
        with suppress(OSError):  # a full disk: the lock holds without
            self._told = me if write_holder(self._facts, me) else None

    def release(self) -> None:
        """Give up the lock, if it is held, and leave nothing behind."""
        if not self._lock.is_locked:
            return
        with suppress(OSError):
            if self._told and read_holder(self._facts) == self._told:
                self._facts.unlink()
        if sys.platform != "win32":  # there the library removes it
            with suppress(OSError):
                if not self._path.lstat().st_size:  # ours is empty; it may have been somebody's before
                    self._path.unlink(missing_ok=True)
        self._lock.release()


def now() -> datetime.datetime:
    """The time, to the second."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def write_holder(path: Path, holder: Holder) -> bool:
    """Write the facts in place of those of a run that was killed.

    Returns:
        False where something else stands there, which is left alone.

    Raises:
        OSError: they cannot be written there.
    """
    if os.path.lexists(path):
        if read_holder(path) is None and path.lstat().st_size:
            return False
        path.unlink()
    facts = {
        "pid": holder.pid,
        "host": holder.host,
        "since": holder.since.isoformat(),
        "inputs": holder.inputs,
    }
    create(path, json.dumps(facts).encode("ascii"))
    return True


def read_holder(path: Path) -> Holder | None:
    """The facts, None where there are none that can be read."""
    try:
        facts = json.loads(read_start(path, _MOST).decode("ascii"))
        since = datetime.datetime.fromisoformat(facts["since"])
        return Holder(int(facts["pid"]), str(facts["host"]), since, tuple(map(str, facts["inputs"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
