"""gzip, bzip2, xz: one stream that holds a tar, or one file.

Enters: bytes. Leaves: the entries of the tar, or one entry. Streams that follow each other are one, as their
own programs have it. A stream that breaks off gives what stands before the break, and an error.
"""

from __future__ import annotations

import bz2
import lzma
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import IO, Final, Protocol

from extract.archive.limits import MAX_MEMBER_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_MATTERS_FROM
from extract.archive.member import ArchiveEntry, Contents
from extract.archive.rar_and_7z import is_volume_name
from extract.archive.tar import BLOCK, is_tar, list_tar
from extract.errors import Damaged, NoWorkspace, ReadError, SplitArchive, TooLarge, in_megabytes, number_of

_CHUNK: Final = 64 * 1024
"""Bytes that are unpacked at a time."""
_IN_MEMORY: Final = 32 * 1024 * 1024
"""Bytes of what is unpacked, from which it lies in a file."""
_MAX_STREAMS: Final = 100_000
"""Streams behind each other: each may hold nothing, and costs time."""
_XZ_MEMORY: Final = 256 * 1024 * 1024
"""`xz -9` needs a quarter of it."""
_SUFFIXES: Final = (
    (".gz", ""), (".gzip", ""), (".bz2", ""), (".xz", ""),
    (".tgz", ".tar"), (".tbz", ".tar"), (".tbz2", ".tar"), (".txz", ".tar"),
)  # fmt: skip
# Flags and length of a header of gzip (RFC 1952, 2.3).
_EXTRA, _NAME, _HEADER = 4, 8, 10
_FAULTS: Final = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, MemoryError)


class _Stream(Protocol):
    """What `bz2` and `lzma` have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Gzip:
    """gzip in the manner of `bz2` and `lzma`."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def needs_input(self) -> bool:
        return not self._stream.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._stream.decompress(self._stream.unconsumed_tail + data, max_length)


_FORMATS: Final[dict[str, tuple[bytes, Callable[[], _Stream]]]] = {
    "gzip": (b"\x1f\x8b\x08", _Gzip),
    "bzip2": (b"BZh", bz2.BZ2Decompressor),
    "xz": (b"\xfd7zXZ\x00", partial(lzma.LZMADecompressor, lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)),
}


def open_stream(data: bytes, file_format: str, name: str) -> Contents:
    """Unpacks the stream into a file without a name and lists what it holds.

    Raises:
        Damaged: not even its beginning can be unpacked.
        SplitArchive: it is one volume of several.
    """
    store = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the archive
    try:
        return _list(store, data, file_format, name)
    except OSError as error:
        _drop(store)
        raise NoWorkspace(number_of(error)) from error
    except BaseException:
        _drop(store)
        raise


def _drop(store: IO[bytes]) -> None:
    with suppress(OSError):  # what it could not write before it cannot write now
        store.close()


def _list(store: IO[bytes], data: bytes, file_format: str, name: str) -> Contents:
    fault = _fill(store, data, file_format)
    if isinstance(fault, Damaged) and is_volume_name(name):
        raise SplitArchive(name)
    store.seek(0)
    if is_tar(store.read(BLOCK)):
        store.seek(0)
        entries, rest = list_tar(store)
        return Contents(entries, fault or rest, close=store.close)
    size = -1 if fault else store.seek(0, 2)
    inner = _header_name(data) if file_format == "gzip" else b""
    return Contents(
        (ArchiveEntry(inner or _strip(name), size, partial(_load, store), fault),), close=store.close
    )


def _load(store: IO[bytes]) -> bytes:
    store.seek(0)
    return store.read()


def _fill(store: IO[bytes], data: bytes, file_format: str) -> ReadError | None:
    """Unpacks up to the limit, and says what ended it too early."""
    size, most = 0, MAX_TOTAL_BYTES
    try:
        for piece in _unpack(data, file_format):
            if size == 0 and not is_tar(piece[:BLOCK]):
                most = MAX_MEMBER_BYTES
            size += len(piece)
            if size > most or (size > RATIO_MATTERS_FROM and size > MAX_RATIO * len(data)):
                return TooLarge(f"> {in_megabytes(size)}")
            _write(store, piece)
    except _FAULTS:
        return Damaged(file_format)
    return None


def _write(store: IO[bytes], piece: bytes) -> None:
    try:
        store.write(piece)
    except OSError as fault:
        raise NoWorkspace(number_of(fault)) from fault


def _unpack(data: bytes, file_format: str) -> Iterator[bytes]:
    """The unpacked bytes, piece by piece; what follows the last stream is padding."""
    magic, make = _FORMATS[file_format]
    place = 0
    for _ in range(_MAX_STREAMS):
        stream = make()
        while not stream.eof:
            packed = data[place : place + _CHUNK] if stream.needs_input else b""
            place += len(packed)
            piece = stream.decompress(packed, 4 * _CHUNK)
            if not piece and not packed and not stream.eof:
                raise EOFError
            if piece:
                yield piece
        place -= len(stream.unused_data)
        if data[place : place + len(magic)] != magic:
            return
    raise EOFError


def _header_name(data: bytes) -> bytes:
    """The file's name as gzip keeps it, "" where it does not."""
    flags = data[3] if len(data) > _HEADER else 0
    place = _HEADER
    if flags & _EXTRA:
        place += 2 + int.from_bytes(data[10:12], "little")
    if not flags & _NAME:
        return b""
    name = data[place : place + 1024].partition(b"\0")[0]
    return b"" if name.lower().endswith((b".tmp", b".gz")) else name


def _strip(name: str) -> str:
    """The container's name without the suffix of the packing."""
    for suffix, instead in _SUFFIXES:
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)] + instead
    return name
