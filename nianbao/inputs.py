"""The bytes of a file found, and what the file system says of it.

Enters: a file found. Leaves: its digest and bytes, and a stamp that stays as long as the bytes do.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extract import read as reading
from extract.document import Source
from nianbao.find import Found
from nianbao.items import join_sources

MAX_FILE_BYTES: int = reading.MAX_FILE_BYTES
CHUNK_BYTES: Final = 1 << 20
ATTEMPTS: Final = 3
"""At a file that is being written while it is read."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the file system says of a file.

    Attributes:
        stamp: size, times and number of the file; "" where nothing can be said.
        changed: nanoseconds since 1970 when it was changed last.
        size: in bytes.
    """

    stamp: str = ""
    changed: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read.

    Attributes:
        data: None where it is only hashed: a file over the limit, or images of pages.
    """

    source: Source
    data: bytes | None
    seen: Seen


def place_of(file: Found) -> bytes:
    """Where a file is, by which the journal knows it again."""
    return os.fsencode(file.pages[0]) + b"\0pages" if file.pages else os.fsencode(file.path)


def look(file: Found) -> Seen:
    """What the file system says of a file, nothing where it says nothing."""
    try:
        return _join([_seen(path.stat()) for path in file.pages or (file.path,)])
    except OSError:
        return Seen()


def load(file: Found) -> Loaded:
    """Read a file; one that changes meanwhile is read again.

    Raises:
        OSError: it cannot be opened.
    """
    if file.pages:
        return _load_pages(file)
    for _ in range(ATTEMPTS):
        with file.path.open("rb") as stream:
            before = _seen(os.fstat(stream.fileno()))
            data = stream.read() if before.size <= MAX_FILE_BYTES else None
            after = _seen(os.fstat(stream.fileno()))
        if before == after:
            break
    if data is None:
        return Loaded(_hash_file(file.path, file.source), None, before)
    source = Source(file.source, hashlib.sha256(data).hexdigest(), len(data))
    return Loaded(source, data, before if before == after else Seen())


def _load_pages(file: Found) -> Loaded:
    seen = look(file)
    parts = [_hash_file(path, path.name) for path in file.pages]
    return Loaded(join_sources(file.source, parts), None, seen)


def _seen(status: os.stat_result) -> Seen:
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    stamp = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
    return Seen(stamp, changed, status.st_size)


def _join(parts: Sequence[Seen]) -> Seen:
    if len(parts) == 1:
        return parts[0]
    stamp = hashlib.sha256("\n".join(part.stamp for part in parts).encode()).hexdigest()
    return Seen(stamp, max(part.changed for part in parts), sum(part.size for part in parts))


def _hash_file(path: Path, name: str) -> Source:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
        return Source(name, digest.hexdigest(), stream.tell())
