"""What was read, kept in one SQLite file beside the results, so that nothing is read twice.

Enters: events of the reading. Leaves: the same, to this run and to later ones, as long as the file's bytes,
the reader and the dictionary stay. Each event is written whole or not at all, whatever ends the program.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from extract.document import Source
from nianbao.events import Event, Listed, Opened, Result
from nianbao.rules import Rules
from nianbao.stored import NotStored, unpack
from output.outcome import Outcome

VERSION: Final = "3"
"""Of the tables below; a journal of another version is set aside."""
COMMIT_SECONDS: Final = 1.0
"""What a power cut can cost."""
MEMORY: Final = ":memory:"
_BUSY: Final = 60.0

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, content TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    place BLOB PRIMARY KEY, stamp TEXT, sha256 TEXT, size INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lists (
    path BLOB, sha256 TEXT, reader TEXT, condition TEXT, items BLOB, PRIMARY KEY (path, sha256));
CREATE TABLE IF NOT EXISTS readings (
    sha256 TEXT PRIMARY KEY, reader TEXT, condition TEXT, body BLOB);
CREATE TABLE IF NOT EXISTS outcomes (
    path BLOB, sha256 TEXT, reader TEXT, dictionary TEXT, condition TEXT,
    status TEXT, kin TEXT, mark TEXT, body BLOB, PRIMARY KEY (path, sha256));
"""


class JournalBroken(Exception):
    """The file is no journal of this version, or damaged."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What the journal says of an outcome without unpacking it.

    Attributes:
        status, kin: as of its `Result`.
        mark: digest of all that it says.
    """

    status: str
    kin: tuple[str, ...]
    mark: str


class Journal:
    """The journal; one process writes, others may read along.

    A journal in memory (`MEMORY`) serves a run that leaves nothing behind.
    """

    def __init__(self, path: Path | str, rules: Rules, *, read_only: bool = False) -> None:
        """Open it, made where there is none.

        Raises:
            JournalBroken: it is none, or of another version.
            sqlite3.Error: it cannot be opened.
        """
        self.path = path
        self.rules = rules
        self._committed = time.monotonic()
        if read_only and not Path(path).is_file():
            raise JournalBroken("gone")  # it was removed while it was in use
        self._base = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        try:
            version = self._prepare(read_only=read_only)
        except sqlite3.OperationalError:
            self._base.close()
            raise
        except sqlite3.DatabaseError as error:
            self._base.close()
            raise JournalBroken(str(error)) from error
        if version != VERSION:
            self._base.close()
            raise JournalBroken(version)

    def _prepare(self, *, read_only: bool) -> str:
        """Make what is missing, and find out the version.

        Raises:
            sqlite3.Error: it is no journal, or cannot be written.
        """
        if read_only:
            self._base.execute("PRAGMA query_only = ON")
            return self.note("version")
        # Refused on some network disks, where it works without.
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        fresh = not self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        self._base.executescript(_TABLES)
        if fresh:
            self.write_note("version", VERSION)
        return self.note("version")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Keep what was written last, and close the file."""
        with suppress(sqlite3.Error):  # the disk is full: what was kept before stays
            self.commit()
        with suppress(sqlite3.Error):
            self._base.close()

    def commit(self) -> None:
        """Keep what was written until now, even if the program ends here.

        Raises:
            sqlite3.Error: the disk is full, or the like.
        """
        self._committed = time.monotonic()
        if self._base.in_transaction:
            self._base.execute("COMMIT")

    def note(self, name: str) -> str:
        """A note about the whole run, "" if there is none."""
        row = self._base.execute("SELECT content FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def write_note(self, name: str, content: str) -> None:
        """Keep a note in place of one of the same name."""
        self._write("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, content))
        self.commit()

    def keep(self, event: Event) -> None:
        """Keep an event; at most a second's worth is in danger.

        Raises:
            sqlite3.Error: the disk is full, or the like.
        """
        if isinstance(event, Opened):
            self._keep_opened(event)
        else:
            self._keep_result(event)
        if time.monotonic() - self._committed > COMMIT_SECONDS:
            self.commit()

    def _write(self, statement: str, values: Sequence[Any]) -> None:
        if not self._base.in_transaction:
            self._base.execute("BEGIN IMMEDIATE")
        self._base.execute(statement, values)

    def _keep_opened(self, event: Opened) -> None:
        if event.stamp:
            self._write(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
                (event.place, event.stamp, event.sha256, event.size),
            )
        if event.sha256:
            items = json.dumps(
                [[one.suffix, one.sha256, one.size, one.remarks] for one in event.items]
            ).encode()
            self._write(
                "INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?, ?)",
                (_encode(event.path), event.sha256, self.rules.reader, event.condition, items),
            )

    def _keep_result(self, event: Result) -> None:
        rules = self.rules
        self._write(
            "INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(_encode(event.source.path), event.source.sha256, rules.reader, rules.dictionary),
                *(event.condition, event.status),
                *(json.dumps(event.kin), hashlib.sha256(event.outcome).hexdigest(), event.outcome),
            ),
        )
        if event.readings is not None:
            self._write(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)",
                (event.source.sha256, rules.reader, event.reading_condition, event.readings),
            )

    def find_file(self, place: bytes, stamp: str) -> tuple[str, int] | None:
        """Digest and size of a file that has not changed since it was read, None where that is not certain.

        Args:
            place: where it is.
            stamp: what the file system says of it now.
        """
        row = self._base.execute("SELECT stamp, sha256, size FROM files WHERE place = ?", (place,)).fetchone()
        return (row[1], row[2]) if row and row[0] == stamp else None

    def items(self, source: Source) -> tuple[Listed, ...] | None:
        """What is in a file found, None where that is not known by the rules of this run."""
        row = self._base.execute(
            "SELECT reader, condition, items FROM lists WHERE path = ? AND sha256 = ?",
            (_encode(source.path), source.sha256),
        ).fetchone()
        if row is None or row[0] != self.rules.reader or row[1] not in self.rules.conditions:
            return None
        return tuple(
            Listed(suffix, digest, size, tuple(rest)) for suffix, digest, size, rest in json.loads(row[2])
        )

    def has(self, source: Source) -> bool:
        """Whether the outcome of these bytes under this path is known by the rules of this run."""
        row = self._base.execute(
            "SELECT reader, dictionary, condition FROM outcomes WHERE path = ? AND sha256 = ?",
            (_encode(source.path), source.sha256),
        ).fetchone()
        rules = self.rules
        return (
            row is not None
            and (row[0], row[1]) == (rules.reader, rules.dictionary)
            and row[2] in rules.conditions
        )

    def readings(self, sha256: str) -> Any:  # noqa: ANN401 - whatever the reading packed
        """What the readers of this run made of these bytes, None where that is not known."""
        row = self._base.execute(
            "SELECT reader, condition, body FROM readings WHERE sha256 = ?", (sha256,)
        ).fetchone()
        if row is None or row[0] != self.rules.reader or row[1] not in self.rules.conditions:
            return None
        try:
            return unpack(row[2])
        except NotStored:
            return None

    def brief(self, source: Source) -> Brief | None:
        """The outcome of these bytes under this path in a few words, None where there is none."""
        row = self._base.execute(
            "SELECT status, kin, mark FROM outcomes WHERE path = ? AND sha256 = ?",
            (_encode(source.path), source.sha256),
        ).fetchone()
        return Brief(row[0], tuple(json.loads(row[1])), row[2]) if row else None

    def outcome(self, source: Source) -> Outcome:
        """The outcome of these bytes under this path.

        Raises:
            NotStored: there is none, or it is damaged.
        """
        row = self._base.execute(
            "SELECT body FROM outcomes WHERE path = ? AND sha256 = ?", (_encode(source.path), source.sha256)
        ).fetchone()
        if row is None:
            raise NotStored(source.path)
        outcome = unpack(row[0])
        if not isinstance(outcome, Outcome):
            raise NotStored(source.path)
        return outcome


def _encode(path: str) -> bytes:
    return path.encode("utf-8", "surrogatepass")
