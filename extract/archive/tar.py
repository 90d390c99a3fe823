"""tar: the files of an archive, from memory or from an unpacked stream.

Enters: a file that can be read from any place. Leaves: entries in the order stored.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from functools import partial
from typing import IO, Final, Self

from extract.archive.limits import MAX_MEMBERS, check_size
from extract.archive.member import ArchiveEntry, Contents
from extract.errors import Damaged, MemberLink, ReadError
from extract.sniff import sniff

BLOCK: Final = 512
"""What a tar is made of (POSIX, pax interchange format)."""
_MAX_HEADERS: Final = 4 * MAX_MEMBERS  # folders and headers that carry a long name stand there too
# Bytes of one header of records, and the squares of all of them: what `tarfile` spends grows with the square
# (CVE-2024-6232: 7.5 s for 64 kB, 1.9 s for half; `test_records_that_take_hours_to_search_are_refused`).
_MAX_RECORDS: Final = 64 * 1024
_EFFORT: Final = 10**9
# Unfinished volumes, labels and lists of folders: nothing that could be read.
_NO_FILES: Final = frozenset({b"V", b"D"})
_FAULTS: Final = (
    tarfile.TarError, EOFError, OSError, ValueError, KeyError, IndexError, OverflowError, RuntimeError,
    MemoryError,
)  # fmt: skip


def is_tar(block: bytes) -> bool:
    """Whether a tar begins with these bytes."""
    return sniff(block) == "tar"


def open_tar(data: bytes) -> Contents:
    """Lists a tar archive.

    Raises:
        Damaged: nothing of it can be read.
    """
    entries, rest = list_tar(io.BytesIO(data))
    if rest and not entries:
        raise rest
    return Contents(entries, rest)


def list_tar(store: IO[bytes]) -> tuple[tuple[ArchiveEntry, ...], ReadError | None]:
    """The files, and the error that ended the list where it does not end as it should."""
    entries: list[ArchiveEntry] = []
    try:
        archive = tarfile.open(  # noqa: SIM115 - closed with the archive
            fileobj=store, mode="r:", encoding="utf-8", errors="surrogateescape", tarinfo=_watched_headers()
        )
        for info in _walk(archive):
            entries.append(_entry(archive, info))
            if len(entries) > MAX_MEMBERS:
                return tuple(entries), None  # one more than allowed says it
        store.seek(archive.offset)
        ended = not store.read(BLOCK).strip(b"\0")
    except _FAULTS:
        ended = False
    return tuple(entries), None if ended else Damaged("tar")


def _walk(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    for _ in range(_MAX_HEADERS):
        info = archive.next()
        if info is None:
            return
        if not info.isdir() and info.type not in _NO_FILES:
            yield info
    raise OverflowError


def _watched_headers() -> type[tarfile.TarInfo]:
    """Headers that refuse records on which the search of `tarfile` would take hours (CVE-2024-6232)."""

    class Header(tarfile.TarInfo):
        spent = 0

        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            header = super().frombuf(buf, encoding, errors)
            if header.type in {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE}:
                cls.spent += header.size**2
                if header.size > _MAX_RECORDS or cls.spent > _EFFORT:
                    raise tarfile.ReadError
            return header

    return Header


def _entry(archive: tarfile.TarFile, info: tarfile.TarInfo) -> ArchiveEntry:
    return ArchiveEntry(_name(info), info.size, partial(_load, archive, info), _find_fault(info))


def _name(info: tarfile.TarInfo) -> str | bytes:
    try:
        return info.name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return info.name


def _find_fault(info: tarfile.TarInfo) -> ReadError | None:
    if not info.isreg():
        return MemberLink()
    holes: list[tuple[int, int]] | None = getattr(info, "sparse", None)  # typed as a number elsewhere
    stored = info.size if holes is None else sum(size for _, size in holes)
    try:
        check_size(info.size, stored)
    except ReadError as error:
        return error
    return None


def _load(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    try:
        stream = archive.extractfile(info)
        content = stream.read() if stream else b""
    except _FAULTS as fault:
        raise Damaged("tar") from fault
    if len(content) != info.size:
        raise Damaged("tar")
    return content
