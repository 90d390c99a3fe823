"""The records of an Excel 97 or 95 workbook (BIFF8, BIFF5), and the strings in them.

Enters: the bytes of the `Workbook` or `Book` stream. Leaves: records with those that continue them, numbers
and strings; a record that ends too early is `Damaged`.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.errors import Damaged

# Numbers and flags are those of MS-XLS: 2.3.2 for the records, 2.5.293 for strings that may be cut.
CONTINUE: Final = 0x003C
_CODEPAGES: Final = {
    936: "gb18030",
    950: "big5hkscs",
    1200: "utf-16-le",
    10008: "gb18030",
    10000: "mac-roman",
}
_WIDE, _RICH, _EXTENDED = 0x01, 0x08, 0x04


@dataclass(frozen=True, slots=True)
class BiffRecord:
    """One record; `more` are the bodies of the CONTINUE records behind it."""

    kind: int
    body: bytes
    more: tuple[bytes, ...] = ()

    def numbers(self, types: str, at: int = 0) -> tuple[int, ...]:
        """Little-endian numbers at a place of the body; `types` as `struct` writes them."""
        try:
            found: tuple[int, ...] = struct.unpack_from("<" + types, self.body, at)
        except struct.error as fault:
            raise Damaged(f"BIFF {self.kind:#06x}") from fault
        return found


def read_records(stream: bytes, at: int = 0) -> Iterator[BiffRecord]:
    """The records from a place on, to the end of the stream."""
    held: BiffRecord | None = None
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if len(body) < size:
            raise Damaged("BIFF")
        at += 4 + size
        if kind == CONTINUE and held:
            held = BiffRecord(held.kind, held.body, (*held.more, body))
            continue
        if held:
            yield held
        held = BiffRecord(kind, body)
    if held:
        yield held


def read_rk(packed: int) -> Decimal:
    """A number in 30 bits: whole or the upper half of a double, perhaps times 100."""
    if packed & 2:
        value = Decimal(struct.unpack("<i", struct.pack("<I", packed & 0xFFFFFFFC))[0] >> 2)
    else:
        value = to_exact(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return value / 100 if packed & 1 else value


def to_exact(number: float) -> Decimal:
    """The shortest decimal that is stored as this double; it may be infinite, or no number."""
    return Decimal(repr(number))


def name_encoding(codepage: int) -> str:
    """The codec of a code page, Chinese where it is not known."""
    name = _CODEPAGES.get(codepage, f"cp{codepage}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "gb18030"


class TextReader:
    """Reads the strings of BIFF8, which may be cut anywhere and go on in the next record."""

    def __init__(self, pieces: Sequence[bytes], at: int = 0) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = at

    def string(self, length_size: int = 2) -> str:
        """The next string: its length in one or two bytes, a byte of flags, the characters."""
        count = int.from_bytes(self._take(length_size), "little")
        flags = self._take(1)[0]
        runs = int.from_bytes(self._take(2), "little") if flags & _RICH else 0
        extended = int.from_bytes(self._take(4), "little") if flags & _EXTENDED else 0
        text = self._characters(count, wide=bool(flags & _WIDE))
        self._skip(4 * runs + extended)
        return text

    def characters(self, count: int) -> str:
        """Characters behind a byte of flags alone (text boxes)."""
        return self._characters(count, wide=bool(self._take(1)[0] & _WIDE))

    def _characters(self, count: int, *, wide: bool) -> str:
        out: list[str] = []
        while count:
            size = 2 if wide else 1
            rest = (len(self._pieces[self._piece]) - self._at) // size
            here = min(count, rest)
            raw = self._take(here * size)
            out.append(raw.decode("utf-16-le" if wide else "latin-1", errors="replace"))
            count -= here
            if count:
                self._next_piece()
                wide = bool(self._take(1)[0] & _WIDE)
        return "".join(out)

    def _take(self, size: int) -> bytes:
        if self._at >= len(self._pieces[self._piece]) and size:
            self._next_piece()
        data = self._pieces[self._piece][self._at : self._at + size]
        if len(data) < size:
            raise Damaged("BIFF string")
        self._at += size
        return data

    def _skip(self, size: int) -> None:
        while size:
            if self._at >= len(self._pieces[self._piece]):
                self._next_piece()
            step = min(size, len(self._pieces[self._piece]) - self._at)
            self._at += step
            size -= step

    def _next_piece(self) -> None:
        if self._piece + 1 >= len(self._pieces):
            raise Damaged("BIFF string")
        self._piece, self._at = self._piece + 1, 0
