"""Choices of the command line that the rest of the program knows too.

Enters: the file of passwords, and the names in normalize/form/tables.csv. Leaves: the choices; nothing heavy
is imported here, so that `--help` is quick.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path


class Reread(StrEnum):
    """When a file is read a second time, by another reader."""

    ALWAYS = "always"
    DOUBTFUL = "doubtful"
    NEVER = "never"


class EngineName(StrEnum):
    """Where files are read."""

    LOCAL = "local"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class Choices:
    """How files are to be read.

    Attributes:
        passwords: tried in turn on every file that needs one; never written anywhere.
    """

    reread: Reread = Reread.DOUBTFUL
    passwords: tuple[str, ...] = field(default=(), repr=False)


DEFAULTS = Choices()


@cache
def list_tables() -> tuple[str, ...]:
    """The tables that a command can be limited to, by name.

    The form itself takes longer to load than the whole of `--help`. Where the list cannot be read there is
    none, and the form, once loaded, tells why.
    """
    path = resources.files("normalize").joinpath("form", "tables.csv")
    try:
        rows = csv.DictReader(path.read_text("utf-8-sig").splitlines())
        return tuple(name for row in rows if (name := row["table"]))
    except (OSError, UnicodeDecodeError, csv.Error, KeyError):
        return ()


def read_passwords(path: Path) -> tuple[str, ...]:
    """The passwords in a UTF-8 text file, one a line; empty lines do not count.

    Raises:
        OSError: it cannot be opened.
        UnicodeDecodeError: it is not UTF-8.
    """
    return tuple(line for line in path.read_text("utf-8-sig").splitlines() if line)
