"""PDFs whose fonts have lost the characters of some glyphs: the page shows them, the text layer does not.

Enters: a file's bytes, and what becomes of some characters. Leaves: the bytes with other tables of characters.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_BLOCK = re.compile(rb"(\d+)\s+beginbf(char|range)(.*?)endbf\2", re.DOTALL)
_CODE = rb"<([0-9A-Fa-f]+)>\s*"
_CHAR = re.compile(_CODE * 2)
_RANGE = re.compile(_CODE * 2 + rb"(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", re.DOTALL)
Remap = Callable[[str], str | None]
"""The character of a glyph, None where the table is to have none."""


def remap(data: bytes, change: Remap) -> bytes:
    """The file with every entry of its tables of characters changed."""
    pieces, end = [], 0
    for found in _STREAM.finditer(data):
        try:
            content = zlib.decompress(found[1])
        except zlib.error:
            continue
        if b"begincmap" not in content:
            continue
        changed = _BLOCK.sub(lambda block: _changed(block, change), content)
        pieces += [data[end : found.start(1)], zlib.compress(changed)]
        end = found.end(1)
    # Nothing stands where it stood: readers must look for the objects themselves.
    return re.sub(rb"startxref\s+\d+", b"startxref\n0", b"".join((*pieces, data[end:])))


def _changed(block: re.Match[bytes], change: Remap) -> bytes:
    entries = []
    for code, letters in _entries(block):
        new = change(letters)
        if new is not None:
            entries.append(b"<%s> <%s>" % (code, new.encode("utf-16-be").hex().encode()))
    return b"%d beginbfchar\n%s\nendbfchar" % (len(entries), b"\n".join(entries))


def _entries(block: re.Match[bytes]) -> list[tuple[bytes, str]]:
    if block[2] == b"char":
        return [(code, _letters(target)) for code, target in _CHAR.findall(block[3])]
    out = []
    for first, last, target, several in _RANGE.findall(block[3]):
        listed = re.findall(rb"<([0-9A-Fa-f]+)>", several)
        for i in range(int(last, 16) - int(first, 16) + 1):
            letters = _letters(listed[i] if several else target)
            after = letters if several else letters[:-1] + chr(ord(letters[-1]) + i)
            out.append((b"%0*x" % (len(first), int(first, 16) + i), after))
    return out


def _letters(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be", "replace")
