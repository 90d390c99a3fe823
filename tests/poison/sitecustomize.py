"""Documents that do harm on purpose: a folder to put first on PYTHONPATH, so that every Python below imports this.

Enters: bytes that hold `poison:crash` or another word of HARM, handed to a reader. Leaves: a process that died,
hangs or eats memory. `poison:first:WORD` and `poison:second:WORD` harm one reader only, `poison:once:WORD` the first try only.
POISON_DIR names a folder for the notes: which bytes were read, and which were tried before. The product knows
nothing of this.
"""

import hashlib
import importlib.util
import os
import re
import signal
import sys
import time
from importlib.abc import MetaPathFinder
from pathlib import Path

MARK = re.compile(rb"poison:(?:(first|second|once):)?([a-z]+)")
MOST = 4 << 30
"""Bytes after which `eat` gives up: nobody stopped it, and the machine has other guests."""


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def leave():
    os._exit(3)


def hang():
    time.sleep(3600)


def deaf():
    """Hangs in native code that holds the interpreter's lock, and does not listen to a polite request to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sum(iter(int, 1))


def eat():
    eaten = []
    while len(eaten) << 24 < MOST:
        eaten.append(b"x" * (1 << 24))
        time.sleep(0.005)
    raise AssertionError("nobody limited the memory")


def slow():
    time.sleep(1.5)


def nap():
    time.sleep(0.3)


HARM = {each.__name__: each for each in (crash, leave, hang, deaf, eat, slow, nap)}


def note(data):
    """Add the digest of these bytes to the list of what was read."""
    if folder := os.environ.get("POISON_DIR"):
        with Path(folder, "read").open("a", encoding="utf-8") as stream:
            stream.write(f"{hashlib.sha256(data).hexdigest()}\n")


def is_first(data):
    """Whether these bytes were never tried before."""
    try:
        Path(os.environ["POISON_DIR"], hashlib.sha256(data).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def poisoned(read, first):
    def read_poison(data, source, file_format):
        if first:
            note(data)
        if match := MARK.search(data):
            when, word = match[1], match[2].decode()
            here = {None: True, b"first": first, b"second": not first}
            if here[when] if when in here else is_first(data):
                HARM[word]()
        return read(data, source, file_format)

    return read_poison


class Poisoner(MetaPathFinder):
    """Replaces the two readers of `extract.read` once it is imported, which is before anyone takes them."""

    def find_spec(self, name, path=None, target=None):
        if name != "extract.read":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module

        def load_and_poison(module):
            load(module)
            module.read_document = poisoned(module.read_document, first=True)
            module.read_second = poisoned(module.read_second, first=False)

        spec.loader.exec_module = load_and_poison
        return spec


sys.meta_path.insert(0, Poisoner())
