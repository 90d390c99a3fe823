"""What an archive holds: members as the world sees them, and entries as the formats find them.

Enters: nothing. Leaves: plain frozen types.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extract.errors import ReadError


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive.

    Attributes:
        name: "/" separators, cleaned: never absolute, no drive, no "..", no control characters; unique
            in its archive.
        size: bytes unpacked as declared, -1 where unknown.
        error: why it must not or cannot be read.
        remarks: `name.unsafe` (the stored name pointed outside), `name.repeated`, `zip.recovered`,
            `mail.unclosed`.
    """

    name: str
    size: int
    error: ReadError | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One file as its format found it.

    Attributes:
        name: as stored; bytes where the format does not say in which encoding.
        size: bytes unpacked as declared, -1 where unknown.
        load: gives the bytes, or raises one of `extract.errors`.
        error, remarks: as of `Member`.
    """

    name: str | bytes
    size: int
    load: Callable[[], bytes]
    error: ReadError | None = None
    remarks: tuple[str, ...] = ()


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Contents:
    """What a format gives.

    Attributes:
        entries: files only, in the order stored.
        rest: why there is, or may be, more than the entries; None where the archive ends as it should.
        body: the text of a mail itself: "html" or "text", and UTF-8 with a byte-order mark.
        close: gives back what was taken: files in a private folder.
    """

    entries: tuple[ArchiveEntry, ...]
    rest: ReadError | None = None
    body: tuple[str, bytes] | None = None
    close: Callable[[], None] = _nothing
