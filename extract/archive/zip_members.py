"""zip: the files of an archive, by its directory or, where that is lost, by their own headers.

Enters: bytes. Leaves: entries in the order stored.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final

from extract.archive.limits import MAX_MEMBERS, check_size
from extract.archive.member import ArchiveEntry, Contents
from extract.archive.member_names import find_unicode_path
from extract.archive.rar_and_7z import Unpack, is_volume_name
from extract.archive.zip_recover import recover
from extract.archive.zip_unpack import load_stored
from extract.errors import Damaged, Encrypted, MemberLink, ReadError, SplitArchive
from extract.zip.content import ENCRYPTED, LOCAL_HEADER, find_packed
from extract.zip.directory import Stored, read_directory

_UTF8: Final = 0x800  # flag: the name is UTF-8 (APPNOTE 4.4.4)
_UNIX: Final = frozenset({3, 19})  # Unix and macOS, whose attributes tell links from files (APPNOTE 4.4.2.2)
# What came through a pipe (`zip - -`) is called one, and is a file all the same.
_NO_FILES: Final = frozenset({stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK})
_DOS_FOLDER: Final = 0x10  # attribute of MS-DOS


def open_zip(data: bytes, name: str, passwords: Sequence[str], unpack: Unpack) -> Contents:
    """Lists a zip archive.

    Raises:
        SplitArchive: it is one volume of several.
        Damaged: nothing of it can be read.
    """
    listed = read_directory(data, name)
    if listed is None and is_volume_name(name):
        raise SplitArchive(name)
    found = recover(data) if listed is None else listed
    files = tuple(islice((stored for stored in found if not _is_folder(stored)), MAX_MEMBERS + 1))
    if listed is None and not files:
        raise Damaged("zip")
    apart = tuple(_apart(files))
    remarks = ("zip.recovered",) if listed is None else ()
    entries = tuple(_entry(data, stored, passwords, unpack, remarks) for stored in apart)
    return Contents(entries, Damaged("zip") if listed is None or len(apart) < len(files) else None)


def _apart(files: Iterable[Stored]) -> Iterator[Stored]:
    """Files that share no bytes: a few kB that stand for thousands of files are a bomb."""
    stop = 0
    spans = sorted(((file.offset, file.offset + _length(file), n) for n, file in enumerate(files)))
    kept: set[int] = set()
    for start, end, number in spans:
        if start >= stop:
            kept.add(number)
            stop = end
    return (file for number, file in enumerate(files) if number in kept)


def _length(stored: Stored) -> int:
    return LOCAL_HEADER.size + len(stored.raw) + stored.packed


def _is_folder(stored: Stored) -> bool:
    named = stored.raw.endswith((b"/", b"\\")) or bool(stored.attributes & _DOS_FOLDER)
    return named and stored.size == 0


def _entry(
    data: bytes, stored: Stored, passwords: Sequence[str], unpack: Unpack, remarks: tuple[str, ...]
) -> ArchiveEntry:
    load = partial(load_stored, data, stored, passwords, unpack)
    return ArchiveEntry(_name(stored), stored.size, load, _find_fault(data, stored, passwords), remarks)


def _name(stored: Stored) -> str | bytes:
    if path := find_unicode_path(stored.extra, stored.raw):
        return path
    if stored.flags & _UTF8:
        try:
            return stored.raw.decode("utf-8")
        except UnicodeDecodeError:  # the flag is set by writers that do not know what it means
            pass
    return stored.raw


def _find_fault(data: bytes, stored: Stored, passwords: Sequence[str]) -> ReadError | None:
    """Why a file must not or cannot be read, as far as its header tells."""
    if stored.system in _UNIX and stat.S_IFMT(stored.attributes >> 16) in _NO_FILES:
        return MemberLink()
    if stored.flags & ENCRYPTED and not passwords:
        return Encrypted()
    try:
        find_packed(data, stored)
        check_size(stored.size, stored.packed)
    except ReadError as error:
        return error
    return None
