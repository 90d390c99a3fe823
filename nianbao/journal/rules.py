"""By which rules files are read: what was read by the same rules need not be read again.

Enters: the program itself and what the command line asked for. Leaves: digests, and the conditions that hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Final

from extract.errors import (
    Crashed,
    Encrypted,
    NeedsLibarchive,
    NeedsLibreOffice,
    NotAccessible,
    NotStarted,
    NoWorkspace,
    OutOfMemory,
    TimedOut,
)
from nianbao.choices import Choices
from nianbao.limits import Limits
from normalize.words.own_lines import NO_LINES, OwnLines

ALWAYS: Final = ""
NEVER: Final = "never"
"""Conditions under which a result stands: always, or not for another run."""
LOCKED: Final = "locked"
UNLOCKED: Final = "unlocked"
"""It stands as long as no passwords are given, or as long as some are."""

_MOODS: Final = frozenset(
    {error.code for error in (NeedsLibarchive, NeedsLibreOffice, NotAccessible, NotStarted, NoWorkspace)}
    | {"bug"}
)
"""Failures of the machine or of the program, which may be over the next time."""
_LIMITED: Final = frozenset({error.code for error in (Crashed, OutOfMemory, TimedOut)})

_READING: Final = (
    *("nianbao/find/file_bytes.py", "nianbao/find/litter.py", "nianbao/find/page_images.py"),
    *("nianbao/journal/codec.py", "nianbao/journal/events.py", "nianbao/journal/packed.py"),
    "nianbao/journal/readings.py",
    *("nianbao/reading/first_reading.py", "nianbao/reading/items.py", "nianbao/reading/make_events.py"),
    *("nianbao/reading/understand.py", "nianbao/reading/worker_tasks.py"),
)
_UNDERSTANDING: Final = (
    *("nianbao/messages.csv", "nianbao/reading/outcomes.py", "nianbao/reading/second_reading.py"),
    "output/outcome.py",
)
_READING_LIBRARIES: Final = (
    "charset-normalizer",
    "libarchive-c",
    "lxml",
    "pdfplumber",
    "pillow",
    "pypdfium2",
)
_UNDERSTANDING_LIBRARIES: Final = ("opencc", "rapidfuzz", "regex")


@dataclass(frozen=True, slots=True)
class Rules:
    """By what a run reads.

    Attributes:
        reader: digest of all that makes a document of a file.
        dictionary: digests of all that makes an outcome of documents: the form, the words, the code, and
            the user's labels.
        conditions: those that hold in this run.
        limits: the condition that what was too much for a process stands under.
    """

    reader: str
    dictionary: str
    conditions: frozenset[str]
    limits: str

    def condition(self, code: str, *, unlocked: bool = False) -> str:
        """Under which condition an outcome stands, by its error code and by whether a password opened it."""
        if code in _MOODS:
            return NEVER
        if code in _LIMITED:
            return self.limits
        if code == Encrypted.code:
            return LOCKED if LOCKED in self.conditions else NEVER  # other passwords may fit
        return UNLOCKED if unlocked else ALWAYS


def make_rules(choices: Choices, limits: Limits, labels: OwnLines = NO_LINES) -> Rules:
    """The rules of a run. Passwords stand in no digest; what none of them opened is tried anew."""
    own = f"{limits.seconds:g} s, {limits.megabytes} MB"
    reader = digest_packages(("extract",), _READING, _READING_LIBRARIES)
    dictionary = digest_packages(("normalize",), _UNDERSTANDING, _UNDERSTANDING_LIBRARIES)
    dictionary = f"{dictionary} {choices.reread.value} {labels.digest}".rstrip()
    opened = UNLOCKED if choices.passwords else LOCKED
    return Rules(reader, dictionary, frozenset({ALWAYS, opened, own}), own)


def digest_packages(packages: Sequence[str], modules: Sequence[str], libraries: Sequence[str]) -> str:
    """One digest of some packages of the program, some more of its files, and the versions of libraries."""
    digest = hashlib.sha256()
    files = [entry for package in packages for entry in _walk(resources.files(package))]
    for name in modules:
        package, _, rest = name.partition("/")
        files.append(resources.files(package).joinpath(rest))
    for entry in files:
        digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    for library in libraries:
        digest.update(f"{library} {metadata.version(library)}\0".encode())
    return digest.hexdigest()


def _walk(folder: Traversable) -> Iterable[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _walk(entry)
        elif entry.name.endswith((".py", ".csv")):
            yield entry
