"""Files of a zip archive whose directory is lost, by the headers that stand before each of them.

Enters: bytes. Leaves: the files in order, the last maybe cut. What is packed without a stated length is
unpacked here to find where it ends; whether the bytes are right shows when they are loaded.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from extract.archive.limits import MAX_MEMBER_BYTES, MAX_MEMBERS, MAX_TOTAL_BYTES
from extract.zip.content import DEFLATE, DESCRIBED_BEHIND, ENCRYPTED, LOCAL_HEADER, STORE
from extract.zip.directory import LOCAL, Stored, widen

_DESCRIPTOR: Final = b"PK\x07\x08"
_NAME_LENGTH: Final = 26  # where a file's own header states it (APPNOTE 4.3.7)
_MAX_TRIES: Final = 10 * MAX_MEMBERS  # what looks like a header may be none
_CHUNK: Final = 256 * 1024
"""Bytes that are unpacked at a time."""
# What a header may state: the methods of APPNOTE 4.4.5 that are in use, and versions up to 6.3 (4.4.3.2).
_KNOWN_METHODS: Final = frozenset({0, 1, 6, 8, 9, 12, 14, 93, 95, 98, 99})
_LAST_VERSION: Final = 63  # 6.3


def recover(data: bytes) -> Iterator[Stored]:
    """Each file whose header can be read, in order, up to one more than an archive may hold."""
    place, found, spent = 0, 0, 0
    for _ in range(_MAX_TRIES):
        place = data.find(LOCAL, place)
        if place < 0 or found > MAX_MEMBERS or spent > MAX_TOTAL_BYTES:
            return
        stored = _read_header(data, place)
        if stored is None:
            place += len(LOCAL)
            continue
        if not stored.packed and (stored.flags & DESCRIBED_BEHIND or stored.method != STORE):
            stored = _find_length(data, stored)
            spent += stored.size
        found += 1
        yield stored
        place = _content(data, stored) + stored.packed
        if place > len(data):  # the cut goes through this one, and what follows is its own
            return


def _read_header(data: bytes, place: int) -> Stored | None:
    try:
        _, version, flags, method, time, date, crc, packed, size, name, extra = LOCAL_HEADER.unpack_from(
            data, place
        )
    except struct.error:
        return None
    start = place + LOCAL_HEADER.size
    if (
        version & 0xFF > _LAST_VERSION
        or method not in _KNOWN_METHODS
        or not name
        or start + name + extra > len(data)
    ):
        return None
    raw, fields = data[start : start + name], data[start + name : start + name + extra]
    size, packed = widen(fields, size, packed)
    if flags & DESCRIBED_BEHIND and crc == 0:
        packed = 0
    return Stored(raw, fields, 0, flags, method, date << 16 | time, crc, packed, size, 0, place)


def _content(data: bytes, stored: Stored) -> int:
    name, extra = struct.unpack_from("<HH", data, stored.offset + _NAME_LENGTH)
    return stored.offset + LOCAL_HEADER.size + int(name) + int(extra)


def _find_length(data: bytes, stored: Stored) -> Stored:
    """The same with the lengths and the checksum that follow its bytes; too long where they are missing."""
    start = _content(data, stored)
    if stored.method == DEFLATE and not stored.flags & ENCRYPTED:
        stop, size = _inflate(data, start)
    else:
        stop, size = _search_descriptor(data, start)
    if stop < 0:
        return replace(stored, packed=len(data))
    mark = len(_DESCRIPTOR) if data[stop : stop + 4] == _DESCRIPTOR else 0
    crc = int.from_bytes(data[stop + mark : stop + mark + 4], "little")
    return replace(stored, crc=crc, packed=stop - start, size=size)


def _inflate(data: bytes, start: int) -> tuple[int, int]:
    """Where the stream ends, and how much it unpacks to; -1 where it does not end within the limit."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    size, place = 0, start
    try:
        while place < len(data) and size <= MAX_MEMBER_BYTES:
            chunk = data[place : place + _CHUNK]
            place += len(chunk)
            while chunk and not stream.eof and size <= MAX_MEMBER_BYTES:
                size += len(stream.decompress(chunk, _CHUNK))
                chunk = stream.unconsumed_tail
            if stream.eof:
                return place - len(stream.unused_data), size
    except zlib.error:
        pass
    return -1, 0


def _search_descriptor(data: bytes, start: int) -> tuple[int, int]:
    """The mark that states just as many bytes as stand before it."""
    place = start
    while (place := data.find(_DESCRIPTOR, place)) >= 0 and place + 16 <= len(data):
        for lengths in ("<LL", "<QQ"):
            packed, size = struct.unpack_from(lengths, data[place + 8 : place + 24].ljust(16, b"\0"))
            if packed == place - start:
                return place, size
        place += len(_DESCRIPTOR)
    return -1, 0
