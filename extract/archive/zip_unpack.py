"""The bytes of one file of a zip archive, also of one that is locked or packed in a rare way.

Enters: the archive and what is known of the file. Leaves: bytes whose length and checksum are as stored.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from extract.archive.rar_and_7z import Unpack, unpack_one
from extract.errors import Encrypted, UnsupportedPacking
from extract.zip.content import DESCRIBED_BEHIND, ENCRYPTED, METHODS, find_packed, load, verify
from extract.zip.directory import LOCAL, Stored

_VERSION: Final = 51  # 5.1, the first that knows AES (APPNOTE 4.4.3.2)
# Methods that have a name and no reader (APPNOTE 4.4.5).
_NAMES: Final = {1: "shrink", 6: "implode", 9: "deflate64", 97: "WavPack", 99: "AES"}


def load_stored(data: bytes, stored: Stored, passwords: Sequence[str], unpack: Unpack) -> bytes:
    """The unpacked bytes.

    Raises:
        Damaged: header, length or checksum are wrong.
        Encrypted: none of the passwords fits.
        UnsupportedPacking: nothing here knows the method.
        NeedsLibarchive: the library that knows it is missing.
    """
    if stored.flags & ENCRYPTED:
        if not passwords:
            raise Encrypted
        content = unpack_one(_alone(stored, find_packed(data, stored)), "zip", passwords, unpack)
    elif stored.method in METHODS:
        return load(data, stored)
    else:
        content = _unpack_rare(find_packed(data, stored), stored, unpack)
    verify(content, stored)
    return content


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
    local = LOCAL + struct.pack("<H", _VERSION) + facts + name + extra
    body = local + bytes(packed)
    if stored.flags & DESCRIBED_BEHIND:
        body += struct.pack("<4sLLL", b"PK\x07\x08", stored.crc, stored.packed, stored.size)
    central = b"PK\x01\x02" + struct.pack("<HH", _VERSION, _VERSION) + facts + bytes(14) + name + extra
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(body), 0)
    return body + central + end
