"""Unpacking by the system library libarchive: rar, 7z and rare kinds of zip.

Enters: bytes and a folder of ours. Leaves: files under generated names, and what each was called. libarchive
reads an archive once from its beginning to its end, and is native code that may crash on hostile bytes:
`unpack_solid` and all that it takes and gives can be pickled, so that it can run in a process of its own.
"""

from __future__ import annotations

import locale
import logging
import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import Array, c_char, c_char_p, c_void_p, create_string_buffer
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Final

from extract.archive.limits import MAX_MEMBERS, MAX_TOTAL_BYTES, check_size
from extract.errors import (
    Damaged,
    Encrypted,
    MemberLink,
    NeedsLibarchive,
    NoWorkspace,
    ReadError,
    TooLarge,
    TooManyMembers,
    UnsupportedPacking,
    in_megabytes,
    number_of,
)  # fmt: skip

_CHUNK: Final = 256 * 1024
"""Bytes that are unpacked at a time."""
_READERS: Final = {"rar": ("rar", "rar5"), "7z": ("7zip",), "zip": ("zip",)}
_LOCKED: Final = re.compile(r"encrypt|passphrase", re.IGNORECASE)
_UNKNOWN_METHOD: Final = re.compile(r"unsupported|not supported|unknown", re.IGNORECASE)
_UTF8_LOCALES: Final = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "zh_CN.UTF-8", "UTF-8")


@dataclass(frozen=True, slots=True)
class UnpackTask:
    """What to unpack, apart from the bytes.

    Attributes:
        folder: an empty folder of ours that takes the files.
        format: `rar`, `7z` or `zip`.
        passwords: tried one after the other (libarchive takes them for zip only).
    """

    folder: str
    format: str
    passwords: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class UnpackedFile:
    """One file that was, or was not, unpacked.

    Attributes:
        name: as stored, in UTF-8 or some code page; None for all that could not be reached.
        size: bytes unpacked or, where there are none, declared; -1 if unknown.
        file: its name in the folder, "" where there is none.
        error: why there is none.
        place: how many files and folders stand before it.
        checksum: CRC-32 of the bytes unpacked.
    """

    name: bytes | None
    size: int
    file: str = ""
    error: ReadError | None = None
    place: int = 0
    checksum: int = 0


def unpack_solid(data: bytes, task: UnpackTask) -> tuple[UnpackedFile, ...]:
    """Unpacks all files into the folder of the task, within the limits of an archive.

    Raises:
        NeedsLibarchive: the library is not installed.
    """
    ffi = _load_library(task.format)
    files: list[UnpackedFile] = []
    unpacker = _Unpacker(ffi, data, task)
    try:
        with _utf8_names():
            for unpacked in unpacker.unpack():
                files.append(unpacked)  # noqa: PERF402 - what came before a fault is kept
    except ReadError as error:
        files.append(UnpackedFile(None, -1, error=error))
    finally:
        unpacker.free()
    return tuple(files)


class _Unpacker:
    """One archive in the hands of the library."""

    def __init__(self, ffi: ModuleType, data: bytes, task: UnpackTask) -> None:
        from libarchive.exception import ArchiveError

        self._ffi, self._data, self._task = ffi, data, task
        self._fault: type[Exception] = ArchiveError
        self._buffer: Array[c_char] = create_string_buffer(_CHUNK)
        self._archive, self._entry = ffi.read_new(), ffi.entry_new()
        self._spent = 0

    def free(self) -> None:
        self._ffi.entry_free(self._entry)
        with suppress(self._fault):
            self._ffi.read_free(self._archive)

    def unpack(self) -> Iterator[UnpackedFile]:
        """Each file in order.

        Raises:
            ReadError: why there is, or may be, more.
        """
        with self._explained():
            self._open()
        number = 0
        for place in count():
            if not self._next():
                return
            if stat.S_ISDIR(self._ffi.entry_filetype(self._entry)):
                continue
            number += 1
            if number > MAX_MEMBERS:
                raise TooManyMembers(f"> {MAX_MEMBERS}")
            unpacked = replace(self._unpack_entry(f"{number:05d}"), place=place)
            yield unpacked
            # What is skipped is unpacked all the same, on the way to the next.
            self._spent += max(unpacked.size, self._ffi.entry_size(self._entry), 0)
            if self._spent > MAX_TOTAL_BYTES:
                raise TooLarge(f"> {in_megabytes(MAX_TOTAL_BYTES)}")

    def _open(self) -> None:
        self._ffi.read_support_filter_none(self._archive)
        for name in _READERS[self._task.format]:
            self._ffi.get_read_format_function(name)(self._archive)
        for password in self._task.passwords:
            self._ffi.read_add_passphrase(self._archive, password)
        self._ffi.read_open_memory(self._archive, self._data, len(self._data))

    def _next(self) -> bool:
        with self._explained():
            return bool(self._ffi.read_next_header2(self._archive, self._entry) != self._ffi.ARCHIVE_EOF)

    def _unpack_entry(self, file: str) -> UnpackedFile:
        ffi, entry = self._ffi, self._entry
        name: bytes = ffi.entry_pathname(entry) or ffi.entry_pathname_utf8(entry) or b""
        size: int = ffi.entry_size(entry) if ffi.entry_size_is_set(entry) else -1
        if not stat.S_ISREG(ffi.entry_filetype(entry)) or ffi.entry_hardlink(entry) is not None:
            return UnpackedFile(name, -1, error=MemberLink())
        try:
            check_size(size, len(self._data))
            with self._explained():
                written, checksum = self._write(Path(self._task.folder, file), size)
            return UnpackedFile(name, written, file, checksum=checksum)
        except ReadError as error:
            Path(self._task.folder, file).unlink(missing_ok=True)
            return UnpackedFile(name, size, error=error)

    def _write(self, path: Path, declared: int) -> tuple[int, int]:
        written = checksum = 0
        with path.open("xb") as stream:
            while got := self._ffi.read_data(self._archive, self._buffer, _CHUNK):
                if got < 0:  # a warning: what it gave is not what was stored
                    raise Damaged(self._task.format)
                block = memoryview(self._buffer)[:got]
                checksum = zlib.crc32(block, checksum)
                written += stream.write(block)
                check_size(written, len(self._data))
        if declared > written:
            raise Damaged(self._task.format)
        return written, checksum

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except self._fault as fault:
            raise _explain(str(fault), self._task.format) from fault
        except OSError as fault:
            raise NoWorkspace(number_of(fault)) from fault


def _explain(words: str, file_format: str) -> ReadError:
    if _LOCKED.search(words):
        return Encrypted()
    return UnsupportedPacking(file_format) if _UNKNOWN_METHOD.search(words) else Damaged(file_format)


def _load_library(file_format: str) -> ModuleType:
    try:
        from libarchive import ffi

        ffi.ffi("entry_pathname_utf8", [c_void_p], c_char_p)
        library: ModuleType = ffi
    except (ImportError, OSError, AttributeError, TypeError) as fault:
        raise NeedsLibarchive(file_format) from fault
    logging.getLogger("libarchive").setLevel(logging.CRITICAL)  # its warnings come back as return codes too
    return library


@contextmanager
def _utf8_names() -> Iterator[None]:
    """For names in UTF-16, which libarchive turns into the encoding of the locale: it must know Chinese."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in _UTF8_LOCALES:
            try:
                locale.setlocale(locale.LC_CTYPE, name)
                break
            except locale.Error:
                continue
        yield
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
