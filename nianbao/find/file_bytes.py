"""The bytes of a file found, and what the file system says of it.

Enters: a file found. Leaves: its digest and bytes, and a stamp that stays as long as the bytes do.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from extract.document import MAX_FILE_BYTES, Source
from nianbao.find.files import FoundFile
from nianbao.find.remote_storage import look_at, open_stream
from nianbao.machine.address import Address, Place, Seen, encode_place

CHUNK_BYTES: Final = 1 << 20
"""Of a file that is only hashed, at a time."""
ATTEMPTS: Final = 3
"""At a file that is being written while it is read."""
RACY: Final = 2 * 10**9
"""Nanoseconds: a file changed so shortly before it was read may change again within one tick of its times;
on FAT a tick is two seconds."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read.

    Attributes:
        data: None where it is only hashed: a file over the limit, or images of pages.
    """

    source: Source
    data: bytes | None
    seen: Seen


def place_of(file: FoundFile) -> bytes:
    """Where a file is, by which the journal knows it again."""
    return encode_place(file.pages[0]) + b"\0pages" if file.pages else encode_place(file.path)


def look(file: FoundFile) -> Seen:
    """What the file system, or a listing, says of a file; nothing where it says nothing."""
    try:
        return _join([_look(place) for place in file.pages or (file.path,)])
    except OSError:
        return Seen()


def _look(place: Place) -> Seen:
    return place.seen if isinstance(place, Address) else _seen(place.stat())


def load(file: FoundFile) -> Loaded:
    """Read a file; one that changes meanwhile is read again.

    Raises:
        OSError: it cannot be opened.
    """
    if file.pages:
        return _load_pages(file)
    for _ in range(ATTEMPTS):
        with _open(file.path) as (stream, look_again):
            began, before = time.time_ns(), look_again()
            data = stream.read() if before.size <= MAX_FILE_BYTES else None
            after = look_again()
        if before == after:
            break
    if data is None:
        return Loaded(_hash_file(file.path, file.source), None, _settled(before, began))
    source = Source(file.source, hashlib.sha256(data).hexdigest(), len(data))
    return Loaded(source, data, _settled(before, began) if before == after else Seen())


def _settled(seen: Seen, now: int) -> Seen:
    """What is seen of a file now, without a stamp where that may stay though the bytes change."""
    return seen if seen.changed <= now - RACY else replace(seen, stamp="")


@contextmanager
def _open(place: Place) -> Iterator[tuple[BinaryIO, Callable[[], Seen]]]:
    """The bytes of a file, and what is said of it each time that one asks."""
    if isinstance(place, Address):
        with open_stream(place) as stream:
            yield stream, lambda: look_at(place)
    else:
        with place.open("rb") as stream:
            yield stream, lambda: _seen(os.fstat(stream.fileno()))


def _load_pages(file: FoundFile) -> Loaded:
    seen = _settled(look(file), time.time_ns())
    parts = [_hash_file(place, place.name) for place in file.pages]
    return Loaded(join_sources(file.source, parts), None, seen)


def _seen(status: os.stat_result) -> Seen:
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    stamp = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
    return Seen(stamp, changed, status.st_size)


def _join(parts: Sequence[Seen]) -> Seen:
    if len(parts) == 1:
        return parts[0]
    known = all(part.stamp for part in parts)
    stamp = hashlib.sha256("\n".join(part.stamp for part in parts).encode()).hexdigest() if known else ""
    return Seen(stamp, max(part.changed for part in parts), sum(part.size for part in parts))


def _hash_file(place: Place, name: str) -> Source:
    digest, size = hashlib.sha256(), 0
    with _open(place) as (stream, _):
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return Source(name, digest.hexdigest(), size)


def join_sources(path: str, parts: Sequence[Source]) -> Source:
    """One source for several files: the digest of their digests, the sum of their sizes."""
    digest = hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()
    return Source(path, digest, sum(part.size for part in parts))
