"""The bytes of a page -> text, whatever it says it is saved in.

Enters: bytes, and the encoding that a header outside of them names, if any. Leaves: the text, and remarks
(`encoding.declared_wrong`, `encoding.guessed`, `encoding.damaged`). A mark at the beginning, the
declaration and the content are checked against each other, and the content has the last word: a page
declared UTF-8 that is GBK is common, and so is the reverse.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from extract.characters.decode import SAMPLE, find_encoding

_DECLARED: Final = re.compile(
    rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_DECLARED_WITHIN: Final = 64 * 1024
"""Bytes among which a declaration is looked for (`test_thirty_thousand_bytes_of_script_come_first`)."""
_TEXT: Final = re.compile(rb">([^<>]*[\x80-\xff][^<>]*)")
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# UTF-7 hides markup from everyone who looks at the bytes; the others are declared for pages that are GBK.
_NEVER: Final = frozenset({"utf-7", "iso8859-1", "cp1252", "ascii", "idna", "punycode", "utf-16", "utf-32"})
_ONE: Final = {"gb2312": "gb18030", "gbk": "gb18030", "utf-8-sig": "utf-8", "big5hkscs": "big5"}
_EXPECTED: Final = frozenset({"utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"})
_ENOUGH: Final = 24
"""Bytes beyond ASCII from which the content can be judged."""


def decode_page(data: bytes, header: str = "") -> tuple[str, tuple[str, ...]]:
    """Decodes a page.

    Args:
        data: the bytes.
        header: the encoding named outside of them (the header of a part of a saved page), "" if none.

    Returns:
        The text without a mark, and remarks.
    """
    declared = [name for name in (_known(header), *_declarations(data)) if name]
    encoding, sure = _choose(data, declared)
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    remarks = []
    if declared and sure and not data.isascii() and encoding not in {*declared, "utf-16", "utf-16-le"}:
        remarks.append("encoding.declared_wrong")
    elif not sure or _as_one(encoding) not in {*_EXPECTED, *declared}:
        remarks.append("encoding.guessed")
    if "\ufffd" in text:
        remarks.append("encoding.damaged")
    return text, tuple(remarks)


def _choose(data: bytes, declared: list[str]) -> tuple[str, bool]:
    """The encoding, and whether the bytes themselves bear it out."""
    if data.startswith(_MARKS[1:]):
        return "utf-16", True
    if data.isascii() and b"\x00" not in data:
        return "utf-8", True
    if b"\x00" in data[:SAMPLE]:
        found = find_encoding(data)
        return (found, True) if found else ("utf-8", False)
    body = data.removeprefix(codecs.BOM_UTF8)
    if _decodes(body, "utf-8"):
        return _if_utf8(body, declared), True
    sample = _evidence(body)
    found = find_encoding(sample)
    if found is None or len(sample) < _ENOUGH or _as_one(found) not in _EXPECTED | {"big5"}:
        stated = next((name for name in declared if _decodes(body, name)), None)
        return (stated, True) if stated else (_as_one(found or "gb18030"), found is not None)
    return _as_one(found), True


def _if_utf8(body: bytes, declared: list[str]) -> str:
    """Well-formed UTF-8 is hardly ever an accident, but a few characters of GBK may be."""
    sample = _evidence(body)
    high = sum(byte >= 0x80 for byte in sample[:_ENOUGH])
    if high < 8 and declared and "utf-8" not in declared and _decodes(body, declared[0]):
        return declared[0] if _as_one(find_encoding(sample) or "") == declared[0] else "utf-8"
    return "utf-8"


def _evidence(body: bytes) -> bytes:
    """Text between tags that is not ASCII: what a page begins with is markup and scripts."""
    pieces: list[bytes] = []
    size = 0
    for match in _TEXT.finditer(body):
        pieces.append(match[1].strip()[: SAMPLE // 2])
        size += len(pieces[-1])
        if size > SAMPLE:
            break
    if not pieces and (first := re.search(rb"[\x80-\xff]", body)):
        return body[first.start() : first.start() + SAMPLE]
    return b"\n".join(pieces)[:SAMPLE]


def _declarations(data: bytes) -> list[str]:
    start = data[:_DECLARED_WITHIN]
    if b"\x00" in start[:200]:
        start = start.replace(b"\x00", b"")
    return [_known((m[1] or m[2]).decode("ascii", "replace")) for m in _DECLARED.finditer(start)]


def _known(name: str) -> str:
    """The codec of a declared name, "" where there is none or it is not to be believed."""
    try:
        codec = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return ""
    text = getattr(codec, "_is_text_encoding", True)
    return "" if codec.name in _NEVER or not text else _as_one(codec.name)


def _as_one(name: str) -> str:
    return _ONE.get(name, name)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
