"""Ctrl-C held back for a moment in which it would do harm.

Enters: Ctrl-C. Leaves: the same, a little later.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Let this process hear of Ctrl-C when the block is done; only its main thread hears of it at all.

    To block the signal would not do: it then goes to another thread, and Python runs its handler in the main
    one all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came and callable(before):
            before(*came[0])


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
