"""Compound files that lie about their sectors."""

import struct
import tracemalloc

from extract.ole import top_names
from extract.sniff import sniff


def crowded(sectors: int) -> bytes:
    """A file whose sectors are all said to be parts of the allocation table, which is one long chain."""
    lists = sectors // 128
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<109I", header, 76, *range(109))
    struct.pack_into("<I", header, 68, sectors - lists)
    table = [struct.pack("<128I", *(s * 128 + k + 1 for k in range(128))) for s in range(sectors - lists)]
    further = [
        struct.pack("<128I", *((k * 127 + j) % len(table) for j in range(127)), sectors - lists + k + 1)
        for k in range(lists)
    ]
    return bytes(header) + b"".join(table) + b"".join(further)


def test_a_chain_is_no_longer_than_the_file() -> None:
    data = crowded(4000)
    tracemalloc.start()
    try:
        top_names(data)
        assert sniff(data) == "ole"
        assert tracemalloc.get_traced_memory()[1] < 20 * len(data)
    finally:
        tracemalloc.stop()
