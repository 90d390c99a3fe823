"""An OLE compound file (.doc, .xls, .wps, password-protected .docx): its directory and its streams.

Enters: bytes. Leaves: the names of its streams, in directory order, or one stream whole. Sizes and places are
those of MS-CFB: a header (2.2) that lists 109 sectors of the allocation table, sectors of 512 or 4096 bytes
(a shift of 9 or 12) and of 64 in the mini stream, entries of the directory (2.6.1).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from extract.errors import Damaged

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY: Final = 128
"""Bytes of an entry of the directory."""
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on mark ends and free sectors."""
_MAX_DIRECTORY_SECTORS: Final = 256
"""Of a damaged file, whose chain may go in a circle."""


def is_ole(data: bytes) -> bool:
    """Whether the bytes begin like an OLE compound file."""
    return data.startswith(_MAGIC)


def stream_names(data: bytes) -> tuple[str, ...]:
    """Names in the directory; as many as can be reached in a damaged file."""
    if len(data) < 512:
        return ()
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in {9, 12}:
        return ()
    size = 1 << shift
    names: list[str] = []
    for sector in _directory_sectors(data, size):
        start = (sector + 1) * size
        stop = min(start + size, len(data) - _ENTRY + 1)
        names.extend(_name(data, offset) for offset in range(start, stop, _ENTRY))
    return tuple(name for name in names if name)


def top_names(data: bytes) -> tuple[str, ...]:
    """Names of the file's own streams and storages, none of a damaged file."""
    try:
        return CompoundFile(data).top_names
    except Damaged:
        return ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the directory."""

    name: str
    start: int
    size: int
    left: int
    right: int
    child: int


class CompoundFile:
    """A compound file whose streams can be read whole.

    Raises:
        Damaged: the header or the allocation table is broken or cut off.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0] if len(data) >= 512 else 0
        if not is_ole(data) or shift not in {9, 12}:
            raise Damaged("OLE")
        self._size = 1 << shift
        self._sectors = -(-len(data) // self._size)
        self._fat = self._table(self._fat_sectors())
        directory = self._chain(struct.unpack_from("<I", data, 48)[0])
        self._entries = tuple(_entries(directory))
        self._mini_fat: tuple[int, ...] | None = None
        self._mini = b""

    @property
    def top_names(self) -> tuple[str, ...]:
        """Names of the file's own streams and storages."""
        return tuple(entry.name for entry in _top(self._entries))

    def read(self, name: str) -> bytes:
        """The bytes of a stream.

        Raises:
            Damaged: there is none of that name, or a part of it is missing.
        """
        known = (*_top(self._entries), *self._entries)  # an embedded object has streams of the same names
        entry = next((item for item in known if item.name == name), None)
        if entry is None or entry.size > len(self._data):
            raise Damaged(name)
        found = self._read_mini(entry) if entry.size < self._mini_cutoff() else self._chain(entry.start)
        if len(found) < entry.size:
            raise Damaged(name)
        return found[: entry.size]

    def _mini_cutoff(self) -> int:
        cutoff: int = struct.unpack_from("<I", self._data, 56)[0]
        return cutoff

    def _read_mini(self, entry: _Entry) -> bytes:
        if self._mini_fat is None:
            root = self._entries[0]
            self._mini_fat = _numbers(self._chain(struct.unpack_from("<I", self._data, 60)[0]))
            self._mini = self._chain(root.start)
        chain = _follow(self._mini_fat, entry.start, len(self._mini) // 64 + 1)
        return b"".join(self._mini[at * 64 : at * 64 + 64] for at in chain)

    def _fat_sectors(self) -> list[int]:
        """Sectors of the allocation table: those in the header, then the chain of further lists."""
        data, per_list = self._data, self._size // 4 - 1
        sectors = [s for s in struct.unpack_from("<109I", data, 76) if s < _END]
        more: int = struct.unpack_from("<I", data, 68)[0]
        seen: set[int] = set()
        while more < _END and more not in seen:
            seen.add(more)
            numbers = _numbers(self._sector(more))
            sectors += [s for s in numbers[:per_list] if s < _END]
            more = numbers[per_list] if len(numbers) > per_list else _END
        return sectors

    def _table(self, sectors: Sequence[int]) -> tuple[int, ...]:
        needed = -(-self._sectors // (self._size // 4))
        return _numbers(b"".join(map(self._sector, islice(dict.fromkeys(sectors), needed))))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _follow(self._fat, start, self._sectors)))


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(data) // 4}I", data)


def _follow(table: Sequence[int], start: int, most: int) -> Iterator[int]:
    """The sectors of a chain, ended where it leaves the table, or is longer than all there are: a circle."""
    for _ in range(most):
        if start >= len(table):
            return
        yield start
        start = table[start]


def _entries(directory: bytes) -> Iterator[_Entry]:
    for offset in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        left, right, child = struct.unpack_from("<III", directory, offset + 68)
        start, size = struct.unpack_from("<II", directory, offset + 116)
        yield _Entry(_name(directory, offset), start, size, left, right, child)


def _top(entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """The entries of the file itself, without those of objects embedded in it."""
    waiting = [entries[0].child] if entries else []
    seen: set[int] = set()
    while waiting:
        at = waiting.pop()
        if at not in seen and 0 < at < len(entries):
            seen.add(at)
            yield entries[at]
            waiting += [entries[at].right, entries[at].left]


def _directory_sectors(data: bytes, size: int) -> list[int]:
    """Follows the directory's chain through the part of the FAT that the header lists."""
    sector: int = struct.unpack_from("<I", data, 48)[0]
    fat_sectors: tuple[int, ...] = struct.unpack_from("<109I", data, 76)
    chain: list[int] = []
    while sector < _END and sector not in chain and len(chain) < _MAX_DIRECTORY_SECTORS:
        chain.append(sector)
        block, place = divmod(sector, size // 4)
        if block >= len(fat_sectors) or fat_sectors[block] >= _END:
            break
        offset = (fat_sectors[block] + 1) * size + place * 4
        if offset + 4 > len(data):
            break
        sector = struct.unpack_from("<I", data, offset)[0]
    return chain


def _name(data: bytes, offset: int) -> str:
    length = struct.unpack_from("<H", data, offset + 64)[0]
    if not 2 <= length <= 64:
        return ""
    return data[offset : offset + length - 2].decode("utf-16-le", errors="replace")
