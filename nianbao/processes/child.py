"""One process that does what it is asked, and may die or hang of it without harm to the run.

Enters: functions and their arguments. Leaves: messages: what a function gave or raised, or that the process
is gone.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from types import ModuleType
from typing import Any, Final, Literal, cast

from nianbao.machine.import_path import trusted
from nianbao.machine.interrupts import hold_interrupts, spare_children

RELAXED: Final = 100_000
"""Objects made between two looks for unreachable ones (700 by default, which cost a tenth of the time)."""
SMALL: Final = 8000
"""Bytes that any pipe takes at once: the smallest, of multiprocessing on Windows, holds 8 192."""
_SPAWN: Final = get_context("spawn")
_SAFE: Final = "PYTHONSAFEPATH"
"""Set to anything, it keeps a Python that starts from looking in the current folder."""

Call = Callable[..., Any] | str
"""A function, or "module:function", which is not loaded by whoever asks for it."""
Begin = Callable[[], None] | None
"""What a process does before it imports anything that it needs."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a child says.

    Attributes:
        kind: `ready` (it has started), `broken` (it cannot load what it needs), `stage` (it has come to a
            part of its task), `value` (its task is done), `error` (its task raised an exception), `gone`
            (the process has ended).
        content: the value, the exception, or the name of the stage.
    """

    kind: Literal["ready", "broken", "stage", "value", "error", "gone"]
    content: Any = None


class Child:
    """A process and the pipe to it; what it says goes to `messages`.

    A thread of its own listens to the pipe: it may be stopped in the middle of a message, and a wait with a
    time limit works alike on all systems.
    """

    def __init__(
        self, messages: SimpleQueue[tuple[Any, Any]], modules: tuple[str, ...] = (), begin: Begin = None
    ) -> None:
        """Start it.

        Args:
            messages: takes pairs of the child and what it says.
            modules: to import before it is ready, which takes longer than most tasks.
            begin: to be called before they are imported.

        Raises:
            OSError: the operating system lets no process start.
        """
        self._pipe, theirs = _SPAWN.Pipe()
        self._messages = messages
        self._process = _SPAWN.Process(target=serve, args=(theirs,), daemon=True)
        with theirs, _main_hidden(), _folder_left(), hold_interrupts(), spare_children():
            self._process.start()  # broken off half-way, the child would tell of it at length
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._sender = self._listener  # until a thread is needed for what is large
        # Not with the start, which would wait for ever where there is much to hand over and the child dies.
        self.ask(prepare, (modules, begin))

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid or 0

    @property
    def exit_code(self) -> int | None:
        """How it ended: below 0 the number of a signal; None while it runs."""
        return self._process.exitcode

    def ask(self, call: Call, arguments: tuple[Any, ...]) -> None:
        """Have a function of a module called. What it is asked before it has answered may get lost."""
        told = bytes(ForkingPickler.dumps((call, arguments)))
        if len(told) <= SMALL:
            self._send(told)
        else:  # a pipe does not take it before the child reads, which may be stopped
            self._sender = threading.Thread(target=self._send, args=(told,), daemon=True)
            self._sender.start()

    def end(self) -> None:
        """End it, whatever it is doing; its last message says when it is gone."""
        self._process.kill()

    def kill(self) -> None:
        """End it and wait until it is gone."""
        self._process.kill()
        self._process.join(5)
        self._sender.join(5)
        self._listener.join(5)
        self._pipe.close()

    def _send(self, told: bytes) -> None:
        with suppress(OSError):  # it is gone, which the listener says
            self._pipe.send_bytes(told)

    def _listen(self) -> None:
        while True:
            try:
                message = self._pipe.recv()
            except (EOFError, OSError):
                self._process.join(5)
                message = Message("gone")
            except Exception as error:  # sent whole, and cannot be put together again here
                message = Message("error", RuntimeError(f"an answer does not unpickle: {error!r}"))
            self._messages.put((self, message))
            if message.kind == "gone":
                return


@contextmanager
def _main_hidden() -> Iterator[None]:
    """Else the child runs the main script once more: slow, and endless where it has no `if __name__`."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _folder_left() -> Iterator[None]:
    """Else the child looks for code in the current folder first, even for what it needs to begin."""
    places, safe = sys.path[:], os.environ.get(_SAFE)
    sys.path[:] = trusted(places)  # which it is told, after its start
    os.environ[_SAFE] = safe or "1"
    try:
        yield
    finally:
        sys.path[:] = places
        if safe is None:
            del os.environ[_SAFE]


def relax_collector() -> None:
    """Reading makes many small objects and no cycles: looking for those often costs a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(RELAXED, 20, 20)


_tell: Callable[[Message], None] = lambda _: None  # noqa: E731 - replaced in a child


def enter_stage(name: str) -> None:
    """Tell the parent that the task has come to a part of which it may die (nothing outside a child)."""
    _tell(Message("stage", name))


def prepare(modules: tuple[str, ...], begin: Begin) -> None:
    """Make the child ready: the first thing that it is asked."""
    if begin is not None:
        begin()
    for module in modules:
        import_module(module)


def serve(pipe: Connection[Any, Any]) -> None:
    """What the child does until it is killed or the parent is gone."""
    global _tell  # noqa: PLW0603 - one pipe a process
    _tell = pipe.send
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the parent ends the child
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        call, arguments = pipe.recv()
        resolve(call)(*arguments)
    except Exception as error:  # a faulty dictionary, or a library that is not there
        with suppress(OSError):  # or the parent is gone
            _send(pipe, Message("broken", error))
        return
    relax_collector()
    _be_silent()
    with suppress(EOFError, OSError):
        pipe.send(Message("ready"))
        while True:
            call, arguments = pipe.recv()
            _answer(pipe, call, arguments)


def resolve(call: Call) -> Callable[..., Any]:
    """The function that is meant."""
    if not isinstance(call, str):
        return call
    module, _, name = call.partition(":")
    return cast("Callable[..., Any]", getattr(import_module(module), name))


def _be_silent() -> None:
    """What libraries print about a file would stand among the words of the run; its row says what matters."""
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    os.close(silence)


def _end_with_parent() -> None:
    """A parent that was killed cannot end its children, of which one may be at something endless."""
    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _answer(pipe: Connection[Any, Any], call: Call, arguments: tuple[Any, ...]) -> None:
    try:
        message = Message("value", resolve(call)(*arguments))
    except Exception as error:  # tracebacks do not pickle, notes do
        error.add_note(traceback.format_exc())
        message = Message("error", error)
    _send(pipe, message)


def _send(pipe: Connection[Any, Any], message: Message) -> None:
    try:
        pipe.send(message)
    except OSError:
        raise
    except Exception as error:  # nothing was sent: it does not pickle
        told = RuntimeError(f"{message.content!r} does not pickle: {error}")
        pipe.send(Message("broken" if message.kind == "broken" else "error", told))
