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
_LONGEST_PROGRAM: Final = 1024 * 1024  # what stands before a self-extracting archive
_VOLUME_NAME: Final = re.compile(r"\.(?:\d{3}|z\d\d)\Z", re.IGNORECASE)


def open_solid(data: bytes, kind: str, name: str, unpack: Unpack) -> Contents:
    """Unpacks an archive into a private folder.

    Raises:
        NeedsLibarchive: the library is not installed.
        SplitArchive: it is one volume of several.
        Encrypted: nothing can be read without a password.
        Damaged: nothing can be read at all.
    """
    data = _without_program(data, kind)
    outline = read_outline(data)
    if outline.volume:
        raise SplitArchive(name)
    folder = _make_folder()
    close = partial(shutil.rmtree, folder, ignore_errors=True)
    try:
        pieces = unpack(data, UnpackTask(folder, kind))
        files = _verify([piece for piece in pieces if piece.name is not None], outline)
        entries = tuple(_entry(piece, folder) for piece in files)
        rest = next((piece.error for piece in pieces if piece.name is None), None)
        if not rest and not outline.ended:
            rest = Damaged(kind)
    except BaseException:
        close()
        raise
    if rest and (not entries or is_volume_name(name)):
        close()
        raise SplitArchive(name) if is_volume_name(name) else rest
    return Contents(entries, rest, close=close)


def _verify(pieces: Sequence[UnpackedFile], outline: Outline) -> Iterator[UnpackedFile]:
    """The pieces, those as damaged that differ from their checksum."""
    for piece in pieces:
        reached = piece.place < len(outline.checksums)
        known = outline.checksums[piece.place] if reached else None
        unproven = not reached and not outline.ended
        if piece.place in outline.locked:
            yield replace(piece, error=Encrypted())
        elif piece.error is None and (unproven or known not in {None, piece.checksum}):
            yield replace(piece, error=Damaged("rar"))
        else:
            yield piece


def unpack_one(data: bytes, kind: str, passwords: Sequence[str], unpack: Unpack) -> bytes:
    """The bytes of the only member of an archive.

    Raises:
        ReadError: whatever keeps it from being unpacked.
    """
    keys = {word.encode(code, "ignore"): None for word in passwords for code in ("utf-8", "gb18030")}
    for key in [key for key in keys if key and b"\0" not in key] or [b""]:
        with suppress(Encrypted, Damaged) if key else nullcontext():  # a wrong one may pass its short check
            return _unpack_with(data, kind, key, unpack)
    raise Encrypted


def _unpack_with(data: bytes, kind: str, key: bytes, unpack: Unpack) -> bytes:
    folder = _make_folder()
    try:
        pieces = unpack(data, UnpackTask(folder, kind, (key,) if key else ()))
        if not pieces:
            raise Damaged(kind)
        if pieces[0].error:
            raise pieces[0].error
        return _load(Path(folder, pieces[0].file))
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


def _entry(piece: UnpackedFile, folder: str) -> ArchiveEntry:
    return ArchiveEntry(piece.name or b"", piece.size, partial(_load, Path(folder, piece.file)), piece.error)


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise NoWorkspace(number_of(fault)) from fault


def _without_program(data: bytes, kind: str) -> bytes:
    """A self-extracting archive without what extracts it."""
    starts = _STARTS[kind]
    if data.startswith(starts):
        return data
    places = (data.find(start, 0, _LONGEST_PROGRAM) for start in starts)
    place = min((place for place in places if place >= 0), default=0)
    return data[place:]
