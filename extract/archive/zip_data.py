"""The bytes of one file of a zip archive.

Enters: the archive and what is known of the file. Leaves: bytes whose length and checksum are as stored.
Never more is unpacked than the archive says, whatever the packed bytes say.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections.abc import Sequence
from typing import Final

from extract.archive.solid import Unpack, unpack_one
from extract.archive.zip_directory import LOCAL, Stored
from extract.errors import Damaged, Encrypted, UnsupportedPacking

ENCRYPTED: Final = 1
_DESCRIPTOR: Final = 8
STORE: Final = 0
DEFLATE: Final = 8
_BZIP2: Final = 12
_LZMA: Final = 14
_NAMES: Final = {1: "shrink", 6: "implode", 9: "deflate64", 97: "WavPack", 99: "AES"}
LOCAL_HEADER: Final = struct.Struct("<4s5HLLLHH")
_FAULTS: Final = (zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, MemoryError)


def load_stored(data: bytes, stored: Stored, passwords: Sequence[str], unpack: Unpack) -> bytes:
    """The unpacked bytes.

    Raises:
        Damaged: header, length or checksum are wrong.
        Encrypted: none of the passwords fits.
        UnsupportedPacking: nothing here knows the method.
        NeedsLibarchive: the library that knows it is missing.
    """
    packed = find_packed(data, stored)
    if stored.flags & ENCRYPTED:
        if not passwords:
            raise Encrypted
        content = unpack_one(_alone(stored, packed), "zip", passwords, unpack)
    elif stored.method in {STORE, DEFLATE, _BZIP2, _LZMA}:
        try:
            content = _unpack(packed, stored)
        except _FAULTS as fault:
            raise Damaged("zip") from fault
    else:
        content = _unpack_rare(packed, stored, unpack)
    if len(content) != stored.size:
        raise Damaged("zip")
    # AES of the second kind stores no checksum; the library has verified its own.
    if zlib.crc32(content) != stored.crc and not (stored.flags & ENCRYPTED and stored.crc == 0):
        raise Damaged("zip")
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


def _unpack_rare(packed: memoryview, stored: Stored, unpack: Unpack) -> bytes:
    method = _NAMES.get(stored.method, f"zip {stored.method}")
    if stored.method in _NAMES:
        raise UnsupportedPacking(method)
    try:
        return unpack_one(_alone(stored, packed), "zip", (), unpack)
    except UnsupportedPacking as fault:
        raise UnsupportedPacking(method) from fault


def _alone(stored: Stored, packed: memoryview) -> bytes:
    """A zip archive of this file only, under a name that says nothing."""
    name, extra = b"a", stored.extra
    facts = struct.pack(
        "<HHLLLLHH", stored.flags, stored.method, stored.time, stored.crc, stored.packed, stored.size,
        len(name), len(extra),
    )  # fmt: skip
    local = LOCAL + struct.pack("<H", 51) + facts + name + extra
    body = local + bytes(packed)
    if stored.flags & _DESCRIPTOR:
        body += struct.pack("<4sLLL", b"PK\x07\x08", stored.crc, stored.packed, stored.size)
    central = b"PK\x01\x02" + struct.pack("<HH", 51, 51) + facts + bytes(14) + name + extra
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(body), 0)
    return body + central + end
