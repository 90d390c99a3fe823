"""Stored names -> names fit to be shown: decoded, cleaned, unique.

Enters: names as stored, bytes where no encoding is stated. Leaves: text with "/" separators that points
nowhere outside. Windows writes names in the code page of its language, mostly GBK, and says so nowhere: all
names of an archive are judged together, so that one short name is not misread.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import Final

from extract.characters.decode import SAMPLE, find_encoding

MAX_NAME: Final = 500
"""Characters of a name, counted from its end: longer ones are made to do harm."""
# cp437 names every byte: the last resort, and what zip says of names that state nothing.
_CODE_PAGES: Final = {"gb18030": ("gb18030", "cp950", "cp437"), "big5": ("cp950", "gb18030", "cp437")}
_ODD: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_DRIVE: Final = re.compile(r"(?:/*[A-Za-z]:)+")
_UNICODE_PATH: Final = 0x7075
"""Info-ZIP's Unicode Path (APPNOTE 4.6.9)."""


def decode_names(names: Sequence[str | bytes]) -> list[str]:
    """All names of one archive as text."""
    stored = [name for name in names if isinstance(name, bytes) and not name.isascii()]
    foreign = [name for name in stored if not _is_utf8(name)]
    well_formed = _judge(name for name in stored if _is_utf8(name))
    page = _judge(foreign) if foreign else well_formed
    # A word of GBK is now and then well-formed UTF-8 (联通); what it would say as UTF-8 is no Chinese.
    trusted = well_formed not in _CODE_PAGES
    pages = _CODE_PAGES.get(page or "", _CODE_PAGES["gb18030"])
    return [name if isinstance(name, str) else _decode(name, pages, trusted=trusted) for name in names]


def _judge(names: Iterable[bytes]) -> str | None:
    return find_encoding(b"\n".join(names)[:SAMPLE])


def _decode(name: bytes, pages: Sequence[str], *, trusted: bool) -> str:
    if trusted and _is_utf8(name):
        return name.decode("utf-8")
    for encoding in pages:
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("latin-1")


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def clean_name(name: str) -> tuple[str, bool]:
    """A name that leads nowhere outside, and whether the stored one did."""
    path = name.replace("\\", "/")
    drive = _DRIVE.match(path)
    inside = path[drive.end() :] if drive else path
    parts = [part for part in inside.split("/") if part not in {"", "."}]
    kept = [_ODD.sub("_", part) for part in parts if part.strip(" \t") != ".."]
    unsafe = drive is not None or inside.startswith("/") or kept != parts
    return "/".join(kept)[-MAX_NAME:].lstrip("/") or "_", unsafe


def find_unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in Info-ZIP's extra field, if it belongs to the stored one."""
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        field = extra[place + 4 : place + 4 + size]
        belongs = field[:1] == b"\1" and int.from_bytes(field[1:5], "little") == zlib.crc32(raw)
        if kind == _UNICODE_PATH and belongs and field[5:] and _is_utf8(field[5:]):
            return field[5:].decode("utf-8")
        place += 4 + size
    return None
