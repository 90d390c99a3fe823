"""Documents and outcomes as bytes, for the journal.

Enters: our own frozen types. Leaves: bytes, and the same again. Bytes from a file that somebody else made can
build nothing but those types, and no more of them than fit a bound: they are data, never a program.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Hashable
from typing import Any, Final, TypeVar, cast

from extract.errors import TooLarge, in_megabytes
from nianbao.journal.codec import Malformed, codec_of

MOST: Final = 64_000_000
"""Bytes, before they are packed, of the largest thing that is stored."""
_LEVEL: Final = 1
"""Of zlib: a quarter of the size in a tenth of a millisecond; more takes longer than it saves."""

T = TypeVar("T")


class NotStored(Exception):
    """The bytes are not what was stored: cut, changed, or of an older version."""


def pack(thing: T, kind: type[T]) -> bytes:
    """The thing as bytes, about 4 kB for a report.

    Args:
        thing: what to store.
        kind: its type.

    Raises:
        TooLarge: it is more than is ever unpacked again.
    """
    column = codec_of(cast(Hashable, kind)).encode([thing])
    raw = json.dumps(column, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    if len(raw) > MOST:
        raise TooLarge(in_megabytes(len(raw)))
    return zlib.compress(raw, _LEVEL)


def unpack(data: bytes, kind: type[T]) -> T:
    """The thing that was packed as one of that type.

    Raises:
        NotStored: the bytes are damaged, too many, or something else.
    """
    try:
        column: list[Any] = list(codec_of(cast(Hashable, kind)).decode(json.loads(_inflate(data)), 1))
    except (zlib.error, ValueError, TypeError, RecursionError, Malformed) as error:
        raise NotStored(str(error)) from error
    (thing,) = column
    return thing  # type: ignore[no-any-return]  # as the codec of its type says


def _inflate(data: bytes) -> str:
    """The text that was packed.

    Raises:
        ValueError, zlib.error: it is none, or too long.
    """
    unpacker = zlib.decompressobj()
    raw = unpacker.decompress(data, MOST + 1)
    if len(raw) > MOST or not unpacker.eof or unpacker.unused_data:
        raise ValueError(len(raw))
    return raw.decode("utf-8", "surrogatepass")
