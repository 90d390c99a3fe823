"""What Ctrl-C, and an order to stop, do: end the process, raise an exception, wait for a moment, or nothing.

Enters: SIGINT and SIGTERM. Leaves: an exit code, `KeyboardInterrupt`, the same a little later, or nothing.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from nianbao.exit_codes import Exit

Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers | None
_ORDERS: Final = (signal.SIGINT, signal.SIGTERM)
_done: Final = threading.Event()
"""Set where an interrupt has nothing left to break off."""


def end_at_once() -> None:
    """Have an interrupt end the process from now on, which has nothing to tidy up.

    An exception would not do: while modules are imported, libraries take it for a fault of their own.
    """
    _handle(lambda *_: None if _done.is_set() else os._exit(Exit.INTERRUPTED))


def ignore() -> None:
    """Have an interrupt do nothing from now on."""
    _handle(signal.SIG_IGN)


def spare_end() -> None:
    """Have an interrupt no longer break off what this program does, which is as good as done.

    Only `end_at_once` and `raise_interrupts` are meant: what somebody else does with one is theirs to say.
    """
    _done.set()


@contextmanager
def raise_interrupts() -> Iterator[list[int]]:
    """Have an interrupt raise `KeyboardInterrupt` in the block, which has something to tidy up.

    Yields:
        The signals that came, for where something made another exception of that one.
    """
    came: list[int] = []
    _done.clear()  # of what this process did before

    def interrupt(number: int, _: FrameType | None) -> None:
        if not _done.is_set():
            came.append(number)
            raise KeyboardInterrupt

    with _handled(interrupt):
        yield came


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Let this process hear of an interrupt when the block is done; only its main thread hears of it at all.

    To block the signal would not do: it then goes to another thread, and Python runs its handler in the main
    one all the same.
    """
    came: list[int] = []
    try:
        with _handled(lambda number, _: came.append(number)):
            yield
    finally:
        if came:
            signal.raise_signal(came[0])


@contextmanager
def _handled(handler: Handler) -> Iterator[None]:
    before = _handle(handler)
    try:
        yield
    finally:
        for order, old in before.items():
            signal.signal(order, old)


def _handle(handler: Handler) -> dict[signal.Signals, Handler]:
    """Set it for both signals, unless they are ignored on purpose (`nohup`); what was set before.

    Only the main thread can, and only Python's own handlers can be set again.
    """
    if threading.current_thread() is not threading.main_thread():
        return {}
    heard = [order for order in _ORDERS if signal.getsignal(order) not in {None, signal.SIG_IGN}]
    return {order: signal.signal(order, handler) for order in heard}


@contextmanager
def spare_children() -> Iterator[None]:
    """Let no process that is started in the block ever hear of Ctrl-C, which reaches all of a terminal.

    One that is just starting would tell of it at length (on Windows it still does).
    """
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker  # not on Windows

    resource_tracker.ensure_running()  # else the first start does so half-way, and unblocks the signal after
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
