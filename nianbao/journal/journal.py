"""What was read, kept in one SQLite file beside the results, so that nothing is read twice.

Enters: events of the reading. Leaves: the same, to this run and to later ones, as long as the file's bytes,
the reader and the dictionary stay. Each event is written whole or not at all, whatever ends the program.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from extract.document import Source
from nianbao.journal.events import Event, Listed, Opened, Result
from nianbao.journal.packed import pack, unpack
from nianbao.journal.readings import Readings
from nianbao.journal.rules import Rules
from nianbao.journal.sealed import JournalBroken, SealedFile, Shape
from output.outcome import Outcome

COMMIT_SECONDS: Final = 1.0
"""What a power cut can cost."""

_NOTES: Final = Shape("notes", ("name",), ("content",))
_FILES: Final = Shape("files", ("place",), ("stamp", "sha256", "size"))
_LISTS: Final = Shape("lists", ("path", "sha256"), ("reader", "condition"), body=True)
_READINGS: Final = Shape("readings", ("sha256",), ("reader", "condition"), body=True)
_OUTCOMES: Final = Shape(
    "outcomes", ("path", "sha256"), ("reader", "dictionary", "condition", "status", "kin"), body=True
)
SHAPES: Final = (_NOTES, _FILES, _LISTS, _READINGS, _OUTCOMES)


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
    """The journal; one process writes, others may read along. What is damaged in it is never given out.

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
        self._base = SealedFile(path, SHAPES, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Keep what was written last, and close the file."""
        self._base.close()

    def commit(self) -> None:
        """Keep what was written until now, even if the program ends here.

        Raises:
            sqlite3.Error: the disk is full, or the like.
        """
        self._committed = time.monotonic()
        self._base.commit()

    def note(self, name: str) -> str:
        """A note about the whole run, "" if there is none."""
        row = self._base.get(_NOTES, name)
        return row[0] if row else ""

    def write_note(self, name: str, content: str) -> None:
        """Keep a note in place of one of the same name."""
        self._base.put(_NOTES, (name, content))
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

    def _keep_opened(self, event: Opened) -> None:
        if event.stamp:
            self._base.put(_FILES, (event.place, event.stamp, event.sha256, event.size))
        if event.sha256:
            key = (_encode(event.path), event.sha256)
            items = pack(event.items, tuple[Listed, ...])
            self._base.put(_LISTS, (*key, self.rules.reader, event.condition), items)

    def _keep_result(self, event: Result) -> None:
        rules, source = self.rules, event.source
        made_by = (rules.reader, rules.dictionary, event.condition)
        self._base.put(_OUTCOMES, (*_key(source), *made_by, event.status, _join(event.kin)), event.outcome)
        if event.readings is not None:
            row = (source.sha256, rules.reader, event.reading_condition)
            self._base.put(_READINGS, row, event.readings)

    def find_file(self, place: bytes, stamp: str) -> tuple[str, int] | None:
        """Digest and size of a file that has not changed since it was read, None where that is not certain.

        Args:
            place: where it is.
            stamp: what the file system says of it now.
        """
        row = self._base.get(_FILES, place)
        return (row[1], row[2]) if row and row[0] == stamp else None

    def items(self, source: Source) -> tuple[Listed, ...] | None:
        """What is in a file found, None where that is not known by the rules of this run."""
        found = self._base.get_whole(_LISTS, *_key(source))
        if found is None or not self._stands(found[0]):
            return None
        return unpack(found[1], tuple[Listed, ...])

    def has(self, source: Source) -> bool:
        """Whether the outcome of these bytes under this path is known by the rules of this run."""
        row = self._base.get(_OUTCOMES, *_key(source))
        if row is None:
            return False
        reader, dictionary, condition, *_ = row
        return self._stands((reader, condition)) and dictionary == self.rules.dictionary

    def _stands(self, made_by: tuple[str, ...]) -> bool:
        return made_by[0] == self.rules.reader and made_by[1] in self.rules.conditions

    def readings(self, sha256: str) -> Readings | None:
        """What the readers of this run made of these bytes, None where that is not known."""
        found = self._base.get_whole(_READINGS, sha256)
        return unpack(found[1], Readings) if found and self._stands(found[0]) else None

    def brief(self, source: Source) -> Brief | None:
        """The outcome of these bytes under this path in a few words, None where there is none."""
        row = self._base.get(_OUTCOMES, *_key(source))
        return Brief(row[3], _split(row[4]), row[5]) if row else None

    def outcome(self, source: Source) -> Outcome:
        """The outcome of these bytes under this path.

        Raises:
            JournalBroken: there is none.
        """
        found = self._base.get_whole(_OUTCOMES, *_key(source))
        if found is None:
            raise JournalBroken(source.path)
        return unpack(found[1], Outcome)


def _key(source: Source) -> tuple[bytes, str]:
    return _encode(source.path), source.sha256


def _encode(path: str) -> bytes:
    return path.encode("utf-8", "surrogatepass")


def _join(words: tuple[str, ...]) -> bytes:
    """Words as bytes: each with its end, which no text in UTF-8 has in it."""
    return b"".join(_encode(word) + b"\xff" for word in words)


def _split(joined: bytes) -> tuple[str, ...]:
    return tuple(word.decode("utf-8", "surrogatepass") for word in joined.split(b"\xff")[:-1])
