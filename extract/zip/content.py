"""The bytes of one file of a zip archive.

Enters: the archive and what is known of the file. Leaves: bytes whose length and checksum are as stored.
Never more is unpacked than the archive says, whatever the packed bytes say.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from typing import Final

from extract.errors import Damaged, Encrypted, UnsupportedPacking
from extract.zip.directory import LOCAL, Stored

ENCRYPTED: Final = 1
"""Flag of a file (APPNOTE 4.4.4)."""
DESCRIBED_BEHIND: Final = 8
"""Flag: checksum and lengths follow the packed bytes."""
# Methods of packing (APPNOTE 4.4.5).
STORE, DEFLATE, _BZIP2, _LZMA = 0, 8, 12, 14
METHODS: Final = frozenset({STORE, DEFLATE, _BZIP2, _LZMA})
"""What is unpacked here."""
LOCAL_HEADER: Final = struct.Struct("<4s5HLLLHH")
_FAULTS: Final = (zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, MemoryError)


def load(data: bytes, stored: Stored) -> bytes:
    """The unpacked bytes.

    Raises:
        Damaged: header, length or checksum are wrong.
        Encrypted: it needs a password.
        UnsupportedPacking: nothing here knows the method.
    """
    if stored.flags & ENCRYPTED:
        raise Encrypted
    if stored.method not in METHODS:
        raise UnsupportedPacking(f"zip {stored.method}")
    packed = find_packed(data, stored)
    try:
        content = _unpack(packed, stored)
    except _FAULTS as fault:
        raise Damaged("zip") from fault
    verify(content, stored)
    return content


def find_packed(data: bytes, stored: Stored) -> memoryview:
    """The packed bytes, behind the file's own header.

    Raises:
        Damaged: they are not where the directory says.
    """
    try:
        magic, *_, name, extra = LOCAL_HEADER.unpack_from(data, stored.offset)
    except struct.error as fault:
        raise Damaged("zip") from fault
    start = stored.offset + LOCAL_HEADER.size + name + extra
    if magic != LOCAL or start + stored.packed > len(data):
        raise Damaged("zip")
    return memoryview(data)[start : start + stored.packed]


def verify(content: bytes, stored: Stored) -> None:
    """Compares unpacked bytes with what is stored of them.

    Raises:
        Damaged: length or checksum differ.
    """
    # AES of the second kind stores no checksum; the library has verified its own.
    unknown = stored.flags & ENCRYPTED and stored.crc == 0
    if len(content) != stored.size or (zlib.crc32(content) != stored.crc and not unknown):
        raise Damaged("zip")


def _unpack(packed: memoryview, stored: Stored) -> bytes:
    most = stored.size + 1  # one more shows that the size is a lie
    if stored.method == STORE:
        return bytes(packed)
    if stored.method == DEFLATE:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    if stored.method == _BZIP2:
        return bz2.BZ2Decompressor().decompress(packed, most)
    return _unpack_lzma(packed, most)


def _unpack_lzma(packed: memoryview, most: int) -> bytes:
    """Version and length of the properties, the properties of LZMA, then the stream."""
    length, numbers, window = struct.unpack_from("<2xHBL", packed)
    rest, lc = divmod(numbers, 9)
    pb, lp = divmod(rest, 5)
    model = {"id": lzma.FILTER_LZMA1, "lc": lc, "lp": lp, "pb": pb, "dict_size": max(min(window, most), 4096)}
    decompressor = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[model])
    return decompressor.decompress(packed[4 + length :], most)
