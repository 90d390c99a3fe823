"""The directory at the end of a zip archive.

Enters: bytes. Leaves: what it says of each file, unverified.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from extract.errors import SplitArchive

LOCAL: Final = b"PK\x03\x04"
_CENTRAL: Final = b"PK\x01\x02"
_END: Final = b"PK\x05\x06"
_END64_LOCATOR: Final = b"PK\x06\x07"
_END64: Final = b"PK\x06\x06"
_SPLIT: Final = b"PK\x07\x08"
_CENTRAL_HEADER: Final = struct.Struct("<4s2B5H3L5H2L")
_END_RECORD: Final = struct.Struct("<4s4H2LH")
_END64_RECORD: Final = struct.Struct("<4sQ2H2L4Q")
_ZIP64_EXTRA: Final = 1  # APPNOTE 4.5.3
_LOCATOR_SIZE: Final = 20  # APPNOTE 4.3.15
_MAX_LISTED: Final = 40_000  # four times what an archive of reports may hold: folders are listed too
_MAX_TAIL: Final = 1024 * 1024  # a comment has 64 kB; downloads end in stray bytes now and then
FULL: Final = 0xFFFFFFFF
"""A length that stands in the extra field, too large for its own (APPNOTE 4.4.1.4)."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One file as the directory (or its own header) describes it.

    Attributes:
        raw, extra: name and extra fields.
        system: 3 where Unix wrote it.
        flags, method, time, crc: as in the archive; `time` is time and date together.
        packed, size: bytes before and after unpacking.
        attributes: the external ones.
        offset: where its own header begins in the bytes.
    """

    raw: bytes
    extra: bytes
    system: int
    flags: int
    method: int
    time: int
    crc: int
    packed: int
    size: int
    attributes: int
    offset: int


@dataclass(frozen=True, slots=True)
class _End:
    total: int
    start: int
    shift: int
    stop: int


def read_directory(data: bytes, name: str = "") -> tuple[Stored, ...] | None:
    """The files in order; None where there is no directory that can be trusted.

    Raises:
        SplitArchive: it is one volume of several.
    """
    if data.startswith(_SPLIT):
        raise SplitArchive(name)
    end = _find_end(data, name)
    if end is None:
        return None
    try:
        listed = tuple(_walk(data, end))
    except (struct.error, IndexError):
        return None
    cut = len(listed) < _MAX_LISTED and (len(listed) - end.total) & 0xFFFF
    hidden = not listed and data.startswith(LOCAL)
    return None if cut or hidden else listed


def _find_end(data: bytes, name: str) -> _End | None:
    """The last end record whose directory is where it says."""
    place = len(data)
    while (place := data.rfind(_END, max(len(data) - _MAX_TAIL, 0), place)) >= 0:
        try:
            end = _read_end(data, place, name)
        except struct.error:
            end = None
        if end is not None:
            return end
    return None


def _read_end(data: bytes, place: int, name: str) -> _End | None:
    _, disk, _, _, total, size, start, comment = _END_RECORD.unpack_from(data, place)
    if disk not in {0, 0xFFFF} and place + _END_RECORD.size + comment == len(data):
        raise SplitArchive(name)
    stop = place
    locator = place - _LOCATOR_SIZE
    if locator >= 0 and data[locator : locator + 4] == _END64_LOCATOR:
        found = data.rfind(_END64, max(locator - 65_536, 0), locator)
        if found >= 0:
            *_, total, size, start = _END64_RECORD.unpack_from(data, found)
            stop = found
    shift = stop - size - start  # bytes before the archive that its offsets do not count
    if not _is_plausible(data, shift, start, total):
        return None
    return _End(total, start + shift, shift, stop)


def _is_plausible(data: bytes, shift: int, start: int, total: int) -> bool:
    """Whether the directory is there, and is that of the whole: a cut archive may end in one it contains."""
    first = data.find(LOCAL, 0, 64)
    if shift < 0 or (first >= 0 and shift not in {0, first}):
        return False
    return total == 0 or data[start + shift : start + shift + 4] == _CENTRAL


def _walk(data: bytes, end: _End) -> Iterator[Stored]:
    place = end.start
    for _ in range(_MAX_LISTED):
        if place >= end.stop or data[place : place + 4] != _CENTRAL:
            return
        (
            _, _, system, _, flags, method, time, date, crc, packed, size, name, extra, comment, _, _,
            attributes, offset,
        ) = _CENTRAL_HEADER.unpack_from(data, place)  # fmt: skip
        place += _CENTRAL_HEADER.size
        raw = data[place : place + name]
        fields = data[place + name : place + name + extra]
        place += name + extra + comment
        size, packed, offset = widen(fields, size, packed, offset)
        yield Stored(
            raw, fields, system, flags, method, date << 16 | time, crc, packed, size, attributes,
            offset + end.shift,
        )  # fmt: skip


def widen(extra: bytes, *values: int) -> tuple[int, ...]:
    """The values, those of 64 bits from the extra field."""
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        if kind == _ZIP64_EXTRA:
            field = extra[place + 4 : place + 4 + size]
            wide = struct.iter_unpack("<Q", field[: len(field) // 8 * 8])
            return tuple(next(wide, (value,))[0] if value == FULL else value for value in values)
        place += 4 + size
    return values
