"""rar and 7z: unpacked once into a private folder, read from there.

Enters: bytes of an archive. Leaves: entries whose bytes lie in the folder; closing removes it.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from extract.archive.by_libarchive import UnpackedFile, UnpackTask
from extract.archive.member import ArchiveEntry, Contents
from extract.archive.rar_headers import RAR4, RAR5, Outline, read_outline
from extract.errors import Damaged, Encrypted, NoWorkspace, SplitArchive, number_of

Unpack = Callable[[bytes, UnpackTask], tuple[UnpackedFile, ...]]

_STARTS: Final = {"rar": (RAR4, RAR5), "7z": (b"7z\xbc\xaf\x27\x1c",)}
_LONGEST_PROGRAM: Final = 1024 * 1024
"""Bytes of what extracts a self-extracting archive and stands before it."""
_VOLUME_NAME: Final = re.compile(r"\.(?:\d{3}|z\d\d)\Z", re.IGNORECASE)


def open_solid(data: bytes, file_format: str, name: str, unpack: Unpack) -> Contents:
    """Unpacks an archive into a private folder.

    Raises:
        NeedsLibarchive: the library is not installed.
        SplitArchive: it is one volume of several.
        Encrypted: nothing can be read without a password.
        Damaged: nothing can be read at all.
    """
    data = _without_program(data, file_format)
    outline = read_outline(data)
    if outline.volume:
        raise SplitArchive(name)
    folder = _make_folder()
    close = partial(shutil.rmtree, folder, ignore_errors=True)
    try:
        unpacked = unpack(data, UnpackTask(folder, file_format))
        files = _verify([file for file in unpacked if file.name is not None], outline)
        entries = tuple(_entry(file, folder) for file in files)
        rest = next((file.error for file in unpacked if file.name is None), None)
        if not rest and not outline.ended:
            rest = Damaged(file_format)
    except BaseException:
        close()
        raise
    if rest and (not entries or is_volume_name(name)):
        close()
        raise SplitArchive(name) if is_volume_name(name) else rest
    return Contents(entries, rest, close=close)


def _verify(unpacked: Sequence[UnpackedFile], outline: Outline) -> Iterator[UnpackedFile]:
    """The files, those as damaged that differ from their checksum."""
    for file in unpacked:
        reached = file.place < len(outline.checksums)
        known = outline.checksums[file.place] if reached else None
        unproven = not reached and not outline.ended
        if file.place in outline.locked:
            yield replace(file, error=Encrypted())
        elif file.error is None and (unproven or known not in {None, file.checksum}):
            yield replace(file, error=Damaged("rar"))
        else:
            yield file


def unpack_one(data: bytes, file_format: str, passwords: Sequence[str], unpack: Unpack) -> bytes:
    """The bytes of the only member of an archive.

    Raises:
        ReadError: whatever keeps it from being unpacked.
    """
    keys = {word.encode(code, "ignore"): None for word in passwords for code in ("utf-8", "gb18030")}
    for key in [key for key in keys if key and b"\0" not in key] or [b""]:
        with suppress(Encrypted, Damaged) if key else nullcontext():  # a wrong one may pass its short check
            return _unpack_with(data, file_format, key, unpack)
    raise Encrypted


def _unpack_with(data: bytes, file_format: str, key: bytes, unpack: Unpack) -> bytes:
    folder = _make_folder()
    try:
        unpacked = unpack(data, UnpackTask(folder, file_format, (key,) if key else ()))
        if not unpacked:
            raise Damaged(file_format)
        if unpacked[0].error:
            raise unpacked[0].error
        return _load(Path(folder, unpacked[0].file))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_volume_name(name: str) -> bool:
    """Whether a file is called like one volume of several (`a.7z.001`, `a.z01`)."""
    return _VOLUME_NAME.search(name) is not None


def _make_folder() -> str:
    try:
        return tempfile.mkdtemp(prefix="nianbao-")
    except OSError as fault:
        raise NoWorkspace(number_of(fault)) from fault


def _entry(file: UnpackedFile, folder: str) -> ArchiveEntry:
    return ArchiveEntry(file.name or b"", file.size, partial(_load, Path(folder, file.file)), file.error)


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise NoWorkspace(number_of(fault)) from fault


def _without_program(data: bytes, file_format: str) -> bytes:
    """A self-extracting archive without what extracts it."""
    starts = _STARTS[file_format]
    if data.startswith(starts):
        return data
    places = (data.find(start, 0, _LONGEST_PROGRAM) for start in starts)
    place = min((place for place in places if place >= 0), default=0)
    return data[place:]
