"""What the headers of a rar say that libarchive does not pass on.

Enters: bytes of a rar, fourth or fifth version. Leaves: whether it is one volume of several, whether its end
is there, and the checksum of each file. libarchive takes a cut archive for a whole one where the cut falls
between two files, and gives stored files without comparing their checksums.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice
from typing import Final

from extract.archive.limits import MAX_MEMBERS

RAR4: Final = b"Rar!\x1a\x07\x00"
RAR5: Final = b"Rar!\x1a\x07\x01\x00"
_MAX_BLOCKS: Final = 8 * MAX_MEMBERS
# Types of blocks, and flags of blocks, archives and files: by the technical note that came with RAR 4, and by
# "RAR 5.0 archive format" of rarlab.com.
_ARCHIVE4, _FILE4, _SERVICE4, _END4 = 0x73, 0x74, 0x7A, 0x7B
_ARCHIVE5, _FILE5, _LOCK5, _END5 = 1, 2, 4, 5
_VOLUME, _LOCKED4, _LOCKED_FILE4, _LOCK_RECORD5 = 1, 0x80, 4, 1
_LONG4, _HAS_DATA4 = 0x100, 0x8000
_HAS_EXTRA5, _HAS_DATA5 = 1, 2
_HAS_TIME5, _HAS_CHECKSUM5 = 2, 4


@dataclass(frozen=True, slots=True)
class Outline:
    """The headers of an archive.

    Attributes:
        volume: it is one of several.
        ended: its last block is there; True where nobody can tell.
        checksums: of each file and folder in order, None where there is none.
        locked: places of those that need a password, among the files and folders.
    """

    volume: bool = False
    ended: bool = True
    checksums: tuple[int | None, ...] = ()
    locked: frozenset[int] = frozenset()


class _Kind(Enum):
    VOLUME = auto()
    LOCKED = auto()
    FILE = auto()
    LOCKED_FILE = auto()
    END = auto()


_Block = tuple[_Kind, int | None]
"""What a block is, and the checksum of a file."""


def read_outline(data: bytes) -> Outline:
    """The outline of an archive, as far as its headers can be read."""
    if data.startswith(RAR5):
        return _outline(_walk5(data))
    return _outline(_walk4(data)) if data.startswith(RAR4) else Outline()


def _outline(blocks: Iterator[_Block]) -> Outline:
    volume = ended = False
    checksums: list[int | None] = []
    locked: set[int] = set()
    with suppress(struct.error, IndexError):
        for kind, checksum in islice(blocks, _MAX_BLOCKS):
            if kind is _Kind.LOCKED:
                return Outline(volume)
            volume |= kind is _Kind.VOLUME
            ended |= kind is _Kind.END
            if kind is _Kind.LOCKED_FILE:
                locked.add(len(checksums))
            if kind in {_Kind.FILE, _Kind.LOCKED_FILE}:
                checksums.append(checksum)
    return Outline(volume, ended, tuple(checksums), frozenset(locked))


def _walk4(data: bytes) -> Iterator[_Block]:
    place = len(RAR4)
    while place != len(data):
        kind, flags, size = struct.unpack_from("<2xBHH", data, place)
        if size < 7:
            return
        packed = checksum = 0
        if flags & _HAS_DATA4 or kind in {_FILE4, _SERVICE4}:
            (packed,) = struct.unpack_from("<L", data, place + 7)
        if kind == _ARCHIVE4 and flags & (_VOLUME | _LOCKED4):
            yield _Kind.VOLUME if flags & _VOLUME else _Kind.LOCKED, None
        if kind == _FILE4:
            (checksum,) = struct.unpack_from("<L", data, place + 16)
            packed |= struct.unpack_from("<L", data, place + 32)[0] << 32 if flags & _LONG4 else 0
            yield _Kind.LOCKED_FILE if flags & _LOCKED_FILE4 else _Kind.FILE, checksum
        if kind == _END4:
            yield _Kind.END, None
            return
        place += size + packed
    yield _Kind.END, None  # archives of the last century have no end block


def _walk5(data: bytes) -> Iterator[_Block]:
    place = len(RAR5)
    while True:
        size, start = _number(data, place + 4)
        if zlib.crc32(data[place + 4 : start + size]) != int.from_bytes(data[place : place + 4], "little"):
            return
        numbers = _numbers(data, start)
        kind, flags = next(numbers), next(numbers)
        extra = next(numbers) if flags & _HAS_EXTRA5 else 0
        packed = next(numbers) if flags & _HAS_DATA5 else 0
        if kind == _ARCHIVE5 and next(numbers) & _VOLUME:
            yield _Kind.VOLUME, None
        elif kind == _FILE5:
            locked = _is_locked5(data[max(start + size - extra, start) : start + size])
            yield _Kind.LOCKED_FILE if locked else _Kind.FILE, _checksum5(data, start, flags)
        elif kind in {_LOCK5, _END5}:
            yield _Kind.END if kind == _END5 else _Kind.LOCKED, None
            return
        place = start + size + packed


def _is_locked5(extra: bytes) -> bool:
    """Whether one of the records behind a file's header tells how it is encrypted."""
    place = 0
    while place < len(extra):
        size, start = _number(extra, place)
        if _number(extra, start)[0] == _LOCK_RECORD5:
            return True
        place = start + size
    return False


def _checksum5(data: bytes, place: int, flags: int) -> int | None:
    """Behind type, flags and sizes: flags of the file, its size, attributes, maybe a time, and this."""
    for _ in range(2 + bool(flags & _HAS_EXTRA5) + bool(flags & _HAS_DATA5)):
        _, place = _number(data, place)
    own, place = _number(data, place)
    if not own & _HAS_CHECKSUM5:
        return None
    for _ in range(2):
        _, place = _number(data, place)
    place += 4 if own & _HAS_TIME5 else 0
    return int(struct.unpack_from("<L", data, place)[0])


def _number(data: bytes, place: int) -> tuple[int, int]:
    """A number of the fifth version, seven bits a byte and ten bytes at most, and where it ends."""
    value = 0
    for shift in range(0, 70, 7):
        value |= (data[place] & 0x7F) << shift
        place += 1
        if data[place - 1] < 0x80:
            break
    return value, place


def _numbers(data: bytes, place: int) -> Iterator[int]:
    while True:
        value, place = _number(data, place)
        yield value
