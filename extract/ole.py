"""The directory of an OLE compound file (.doc, .xls, .wps, password-protected .docx).

Enters: bytes. Leaves: the names of its streams, in directory order; nothing of their content.
"""

from __future__ import annotations

import struct
from typing import Final

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY: Final = 128
_END: Final = 0xFFFFFFFA  # sector numbers from here on mark ends and free sectors
_MAX_DIRECTORY_SECTORS: Final = 256


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
