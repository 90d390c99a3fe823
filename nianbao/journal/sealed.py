"""Rows in an SQLite file, each sealed: what somebody else wrote into it is known as damage when it is read.

Enters: tables, and rows for them. Leaves: the same rows, to this process and to later ones. A row's seal is a
digest over its table, its key and all that stands in it, the digest of its body included: nothing can be
edited, cut or put under another key without being seen. It protects from damage and from mistakes, not from
who computes new seals; of those, `packed` makes sure that what comes out is still nothing but data.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nianbao.journal.packed import MOST

MEMORY: Final = ":memory:"
APPLICATION: Final = int.from_bytes(b"nian")
"""By which SQLite files of this program are known (`PRAGMA application_id`)."""
VERSION: Final = 4
"""Of the tables; a journal of another version is set aside."""
_BUSY: Final = 60.0
_MOODS: Final = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
        *(sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM),
        *(sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY),
    }
)
"""What SQLite says of the disk and of others who use the file; all else is about what stands in it."""
_SIZE: Final = 16
"""Bytes of a digest."""


class JournalBroken(Exception):
    """The file is no journal of this version, or damaged."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table.

    Attributes:
        name: of the table.
        key: its columns by which a row is found.
        columns: the others.
        body: whether each row has a body, and its digest as `mark` behind the other columns.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    body: bool = False

    @property
    def declaration(self) -> str:
        """How it is made. Columns have no types: SQLite is to keep what it is given."""
        names = ", ".join((*self.key, *self.columns, *(("mark", "body") if self.body else ()), "seal"))
        tail = "" if self.body else " WITHOUT ROWID"
        return f"CREATE TABLE {self.name} ({names}, PRIMARY KEY ({', '.join(self.key)})){tail}"


def digest(data: bytes) -> str:
    """A short digest of a body."""
    return hashlib.blake2b(data, digest_size=_SIZE).hexdigest()


class SealedFile:
    """An SQLite file with tables of some shapes; one process writes, others may read along."""

    def __init__(self, path: Path | str, shapes: Sequence[Shape], *, read_only: bool = False) -> None:
        """Open it, made where there is none.

        Raises:
            JournalBroken: it is none, damaged, or of another version.
            sqlite3.Error: it cannot be opened.
        """
        if read_only and not Path(path).is_file():
            raise JournalBroken("gone")  # it was removed while it was in use
        self._base = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        self._base.text_factory = lambda raw: raw.decode("utf-8", "backslashreplace")  # its seal tells
        self._base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * MOST)
        try:
            self._prepare(shapes, read_only=read_only)
        except (sqlite3.Error, JournalBroken):
            self._base.close()
            raise

    def _prepare(self, shapes: Sequence[Shape], *, read_only: bool) -> None:
        """Make what is missing, and make sure that nothing else is there: no trigger, no view."""
        self._execute("PRAGMA trusted_schema = OFF")
        wanted = sorted(shape.declaration for shape in shapes)
        if read_only:
            self._execute("PRAGMA query_only = ON")
        elif not self._execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            self._begin(wanted)
        (application,) = self._execute("PRAGMA application_id").fetchone()
        (version,) = self._execute("PRAGMA user_version").fetchone()
        made = self._execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql")
        if (application, version) != (APPLICATION, VERSION) or [sql for (sql,) in made] != wanted:
            raise JournalBroken(version)
        if not read_only:
            # Refused on some network disks, where it works without.
            self._execute("PRAGMA journal_mode = WAL")
            self._execute("PRAGMA synchronous = NORMAL")

    def _begin(self, declarations: Sequence[str]) -> None:
        """Make the tables and the mark by which the file is known, all at once."""
        self._execute("BEGIN IMMEDIATE")
        for declaration in declarations:
            self._execute(declaration)
        self._execute(f"PRAGMA application_id = {APPLICATION}")
        self._execute(f"PRAGMA user_version = {VERSION}")
        self._execute("COMMIT")

    def put(self, shape: Shape, row: Sequence[Any], body: bytes = b"") -> None:
        """Write a row in place of one with the same key.

        Args:
            shape: the table.
            row: key and columns, the mark left out.
            body: for a table that has bodies.

        Raises:
            sqlite3.Error: the disk is full, or the like.
        """
        if not self._base.in_transaction:
            self._execute("BEGIN IMMEDIATE")
        values = (*row, digest(body)) if shape.body else tuple(row)
        stored = (*values, *((body,) if shape.body else ()), _seal(shape, values))
        places = ", ".join("?" * len(stored))
        self._execute(f"INSERT OR REPLACE INTO {shape.name} VALUES ({places})", stored)  # noqa: S608 - our own names

    def get(self, shape: Shape, *key: Any) -> tuple[Any, ...] | None:  # noqa: ANN401 - as it was put
        """The columns of a row, the mark of its body among them, None where there is none.

        Raises:
            JournalBroken: it is not as it was written.
            sqlite3.Error: the disk fails, or the like.
        """
        found = self._select(shape, (*shape.columns, *_mark(shape), "seal"), key)
        return None if found is None else _open(shape, key, found)

    def get_whole(self, shape: Shape, *key: Any) -> tuple[tuple[Any, ...], bytes] | None:  # noqa: ANN401 - as it was put
        """The columns of a row and its body, None where there is none.

        Raises:
            JournalBroken: they are not as they were written.
            sqlite3.Error: the disk fails, or the like.
        """
        found = self._select(shape, ("body", *shape.columns, *_mark(shape), "seal"), key)
        if found is None:
            return None
        body, *rest = found
        row = _open(shape, key, rest)
        if not isinstance(body, bytes) or digest(body) != row[-1]:
            raise JournalBroken(shape.name)
        return row, body

    def _select(self, shape: Shape, columns: Sequence[str], key: Sequence[Any]) -> tuple[Any, ...] | None:
        where = " AND ".join(f"{name} = ?" for name in shape.key)
        asked = f"SELECT {', '.join(columns)} FROM {shape.name} WHERE {where}"  # noqa: S608 - our own names
        row: tuple[Any, ...] | None = self._execute(asked, key).fetchone()
        return row

    def _execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        try:
            return self._base.execute(statement, values)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF not in _MOODS:
                raise JournalBroken(str(error)) from error
            raise

    def commit(self) -> None:
        """Keep what was written until now, even if the program ends here.

        Raises:
            sqlite3.Error: the disk is full, or the like.
        """
        if self._base.in_transaction:
            self._execute("COMMIT")

    def close(self) -> None:
        """Keep what was written last, and close the file."""
        with suppress(sqlite3.Error, JournalBroken):  # the disk is full: what was kept before stays
            self.commit()
        with suppress(sqlite3.Error):
            self._base.close()


def _mark(shape: Shape) -> tuple[str, ...]:
    return ("mark",) if shape.body else ()


def _open(shape: Shape, key: Sequence[Any], found: Sequence[Any]) -> tuple[Any, ...]:
    """A row without its seal, which is looked at.

    Raises:
        JournalBroken: it is another row's, or none.
    """
    *values, seal = found
    if seal != _seal(shape, (*key, *values)):
        raise JournalBroken(shape.name)
    return tuple(values)


def _seal(shape: Shape, values: Sequence[Any]) -> bytes:
    text = repr((shape.name, *values))  # tells a text from a number from bytes, and one value from the next
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()
