"""Readers for a child process that do as their file says (`%PDF-` and a word); the child imports them by name."""

import faulthandler
import os
import signal
import time

from extract.document import Document, Paragraph
from extract.errors import Damaged


class Stubborn(Exception):
    def __init__(self, one, two):
        super().__init__(one)
        self.lock = lambda: two  # nothing that pickles


def read(data, source):
    word = data.decode().removeprefix("%PDF-").split(" ")[0]
    if word == "die":
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    if word == "segfault":
        faulthandler._sigsegv()
    if word == "exit":
        os._exit(0)
    if word == "sleep":
        time.sleep(60)
    if word == "damaged":
        raise Damaged("第 3 页 / page 3")
    if word == "bug":
        raise ZeroDivisionError("x")
    if word == "stubborn":
        raise Stubborn(1, 2)
    if word == "memory":
        raise MemoryError
    return Document(source, "pdf", "pdf", (Paragraph(word),), pages=os.getpid())
