"""The file of the journal: opened, removed, put aside where it is damaged.

Enters: where it is. Leaves: a journal that can be relied on, or none.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from nianbao.journal import Journal, JournalBroken
from nianbao.rules import Rules
from nianbao.stored import NotStored


def open_journal(path: Path, rules: Rules) -> Journal:
    """The journal at `path`; one that is damaged or of another version is put aside and a new one begun.

    Raises:
        sqlite3.Error: it cannot be opened or written.
        OSError: it cannot be put aside.
    """
    try:
        return Journal(path, rules)
    except JournalBroken:
        put_aside(path)
        return Journal(path, rules)


def put_aside(path: Path) -> None:
    """Give way to a new journal; the old one stays beside it as `.broken`.

    Raises:
        OSError: it cannot be renamed.
    """
    remove_journal(path, keep=path.with_name(path.name + ".broken"))


def is_damage(error: Exception) -> bool:
    """Whether an error says that the journal holds what nobody wrote, or was taken away under the run."""
    damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
    return damaged or isinstance(error, (JournalBroken, NotStored))


def remove_journal(path: Path, keep: Path | None = None) -> None:
    """Begin anew: the journal and what SQLite puts beside it go.

    Raises:
        OSError: they cannot be removed.
    """
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    if keep is None:
        path.unlink(missing_ok=True)
    elif path.exists():
        os.replace(path, keep)  # noqa: PTH105 - Path.replace says the same
