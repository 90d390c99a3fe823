"""Files are read and understood in a child process, which may crash or hang without harm to the run.

Enters: bytes and where they came from. Leaves: what the reading gives or raises, `Crashed` or `TimedOut`.
The child imports this module, so it imports `extract`, `normalize` and little else.
"""

from __future__ import annotations

import gc
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from types import ModuleType
from typing import Any, Final, Self, cast

from extract.archive import Piece, Task, unpack_solid
from extract.document import Source
from extract.errors import Crashed, ReadError, TimedOut
from extract.read import unlock_document
from nianbao.understand import Understood, understand, understand_again, understand_converted
from normalize.report import Report

TIME_LIMIT: Final = 60.0
"""Seconds for one file, and for starting the child."""
RELAXED: Final = 100_000
"""Objects made between two looks for unreachable ones (700 by default)."""
_SPAWN: Final = get_context("spawn")

Read = Callable[[bytes, Source], Understood]


class Reader:
    """Reads files in one child, started for the first of them."""

    def __init__(self, read: Read = understand, time_limit: float = TIME_LIMIT) -> None:
        self._read = read
        self._time_limit = time_limit
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the child, whatever it is doing."""
        child, self._child = self._child, None
        if child:
            child.kill()

    def read(self, data: bytes, source: Source) -> Understood:
        """The report of one file.

        Raises:
            ReadError: whatever the reader says.
            Crashed: the child died while it read the file.
            TimedOut: it took longer than the time limit.
        """
        return cast(Understood, self._call(self._read, data, source))

    def read_converted(self, data: bytes, source: Source, form: str) -> Understood:
        """The report of one file of format `form`, from what LibreOffice made of it.

        Raises:
            ReadError: whatever the reader says.
            Crashed: the child died while it read the file.
            TimedOut: it took longer than the time limit.
        """
        return cast(Understood, self._call(understand_converted, data, (source, form)))

    def read_second(self, data: bytes, source: Source) -> Report | None:
        """The report of one file by its second reader, None where its format has none.

        Raises:
            ReadError: whatever the reader says.
            Crashed: the child died while it read the file.
            TimedOut: it took longer than the time limit.
        """
        return cast("Report | None", self._call(understand_again, data, source))

    def unlock(self, data: bytes, passwords: Sequence[str]) -> bytes:
        """The file without its encryption.

        Raises:
            Encrypted: none of the passwords fits.
            Damaged: one fits, and the file cannot be written anew.
            Crashed: the child died while it tried.
            TimedOut: it took longer than the time limit.
        """
        return cast(bytes, self._call(unlock_document, data, tuple(passwords)))

    def unpack(self, data: bytes, task: Task) -> tuple[Piece, ...]:
        """An archive unpacked by the native library that reads what zipfile and tarfile do not.

        Raises:
            ReadError: whatever the unpacking says.
            Crashed: the child died while it tried.
            TimedOut: it took longer than the time limit.
        """
        return cast("tuple[Piece, ...]", self._call(unpack_solid, data, task))

    def _call(self, function: Callable[[bytes, Any], object], data: bytes, argument: object) -> object:
        if self._child and not self._child.process.is_alive():
            self.stop()  # it died between two files, which is the fault of neither
        try:
            if self._child is None:
                self._child = _Child()
                self._child.start()
            answer = self._child.ask(function, data, argument, self._time_limit)
        except BaseException:  # an interrupt too: a late answer must not pass for the next file's
            self.stop()
            raise
        if isinstance(answer, Exception):
            raise answer
        return answer


class _Child:
    """A process and the pipe to it."""

    def __init__(self) -> None:
        self._pipe, self._theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=serve, args=(self._theirs,), daemon=True)

    def start(self) -> None:
        try:
            with self._theirs, _main_hidden():
                self.process.start()
            self._receive(TIME_LIMIT)
        except (EOFError, OSError, TimedOut) as error:  # no file is to blame for this
            raise RuntimeError("the child process that reads did not start") from error

    def kill(self) -> None:
        if self.process.pid is not None:
            self.process.kill()
            self.process.join(5)
        self._pipe.close()

    def ask(self, function: object, data: bytes, argument: object, limit: float) -> object:
        try:
            self._pipe.send((function, argument))
            self._pipe.send_bytes(data)  # not pickled: that would copy it
            return self._receive(limit)
        except (EOFError, OSError) as error:
            raise Crashed from error

    def _receive(self, limit: float) -> object:
        ready = wait([self._pipe, self.process.sentinel], limit)
        if not ready:
            raise TimedOut(f"{limit:g} s")
        if self._pipe not in ready:
            raise EOFError
        return self._pipe.recv()


@contextmanager
def _main_hidden() -> Iterator[None]:
    """Else the child runs the main script once more: slow, and endless where it has no `if __name__`."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def relax_collector() -> None:
    """Reading makes many small objects and no cycles: looking for those often costs a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(RELAXED, 20, 20)


def serve(pipe: Connection[Any, Any]) -> None:
    """What the child does until it is killed or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the parent ends the child
    relax_collector()
    with suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            _answer(pipe)


def _answer(pipe: Connection[Any, Any]) -> None:
    (function, argument), data = pipe.recv(), pipe.recv_bytes()
    try:
        answer: object = function(data, argument)
    except ReadError as error:
        answer = error
    except Exception as error:  # a bug of ours: tracebacks do not pickle, notes do
        error.add_note(traceback.format_exc())
        answer = error
    try:
        pipe.send(answer)
    except Exception as error:  # nothing was sent: the answer does not pickle
        pipe.send(RuntimeError(f"{answer!r} does not pickle: {error}"))
