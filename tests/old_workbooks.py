"""A workbook of BIFF8 as offices store it, written record by record.

Enters: records. Leaves: the bytes of an .xls.
"""

from __future__ import annotations

import struct


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def wide(text: str, size: str = "H") -> bytes:
    return struct.pack(f"<{size}B", len(text), 1) + text.encode("utf-16-le")


def biff(cells: bytes, *, whole: bytes = b"", strings: bytes = b"", hidden: int = 0) -> bytes:
    begin, end = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)), record(0x000A, b"")
    font = record(0x0031, struct.pack("<4H", 200, 0, 0, 400) + bytes(8))
    plain = record(0x00E0, bytes(20))
    ruled = record(0x00E0, struct.pack("<HH", 0, 2) + bytes(6) + struct.pack("<H", 0x1111) + bytes(8))
    middle = font + plain + ruled + strings + whole
    size = len(begin) + len(middle) + len(end)
    entry = struct.pack("<IBB", 0, hidden, 0) + wide("年报", "B")
    size += len(record(0x0085, entry))
    entry = struct.pack("<IBB", size, hidden, 0) + wide("年报", "B")
    return begin + middle + record(0x0085, entry) + end + begin + cells + end


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """An OLE file with one stream, long enough to need no short sectors."""
    stream = stream.ljust(4096, b"\x00")
    free, end, size = 0xFFFFFFFF, 0xFFFFFFFE, 512
    count = -(-len(stream) // size)
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(size, b"\x00"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 44, 1)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<IIIII", header, 56, 4096, end, 0, end, 0)
    struct.pack_into("<109I", header, 76, 0, *([free] * 108))
    fat = [0xFFFFFFFD, end, *range(3, 2 + count), end]
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(size, b"\xff")
    directory = b""
    for title, kind, child, start, length in (("Root Entry", 5, 1, end, 0), (name, 2, free, 2, len(stream))):
        text = title.encode("utf-16-le") + b"\x00\x00"
        directory += struct.pack(
            "<64sHBBIII36xIQ", text, len(text), kind, 1, free, free, child, start, length
        )
    return bytes(header) + table + directory.ljust(size, b"\x00") + stream.ljust(count * size, b"\x00")


def number(row: int, column: int, value: float, style: int = 1) -> bytes:
    return record(0x0203, struct.pack("<3Hd", row, column, style, value))


def formula(row: int, column: int, value: bytes, options: int = 0) -> bytes:
    return record(0x0006, struct.pack("<3H", row, column, 1) + value + struct.pack("<HIH", options, 0, 0))
