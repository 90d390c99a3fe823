"""Tasks for a child process that do as they are told; the child imports them by name."""

import faulthandler
import os
import signal
import sys
import time

from extract.errors import Damaged, both
from nianbao.processes.child import enter_stage


class Stubborn(Exception):
    def __init__(self, one, two):
        super().__init__(one)
        self.lock = lambda: two  # nothing that pickles


def is_loaded(module):
    return module in sys.modules


def list_places():
    return sys.path


def do(word):
    """The id of the process, unless the word is another wish."""
    if word == "die":
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    if word == "segfault":
        faulthandler._sigsegv()
    if word == "exit":
        os._exit(0)
    if word == "sleep":
        time.sleep(60)
    if word == "compute":
        sum(iter(int, 1))
    if word == "eat":
        hoard = []
        while True:
            hoard.append(b"x" * 10_000_000)
            time.sleep(0.005)
    if word == "damaged":
        raise Damaged(both("第 3 页", "page 3"))
    if word == "bug":
        raise ZeroDivisionError("x")
    if word == "stubborn":
        raise Stubborn(1, 2)
    if word == "memory":
        raise MemoryError
    return os.getpid()


def do_in_stage(stage, word):
    enter_stage(stage)
    return do(word)


def end_at_once(*_):
    os._exit(0)
