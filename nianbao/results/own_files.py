"""What in a folder is ours, and what is not and must stay.

Enters: folders of results, and those that runs leave beside them. Leaves: the first thing in one that no run
of ours wrote; or the folder without what is ours. Only plain files are ever removed, each by its name.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from nianbao.find.litter import LITTER
from nianbao.machine.plain_files import read_start
from nianbao.refused import OutputRefused
from output.schema import TABLES

RECORD: Final = "run.json"
PROGRAM: Final = "nianbao"
_MOST_RECORD: Final = 1 << 28
"""Bytes of a record: it has the traceback of every error of ours."""
_TABLE: Final = "|".join(table.name for table in TABLES)
_RESULT: Final = re.compile(
    rf"({_TABLE})\.csv|({_TABLE})\.parquet(/(\d+|unknown)\.parquet)?"
    rf"|workbook\.xlsx|\.workbook\.xlsx-rows(/\w+)?|datapackage\.json|{re.escape(RECORD)}"
)
_SPOOLED: Final = re.compile(r"\d+-\d+|rows")

Own = Callable[[str], object]
"""Whether a name, "/" between folders, is one that this program gives."""


def is_result(name: str) -> bool:
    """Whether results have something of that name, or the folder in which they are being written."""
    return _RESULT.fullmatch(name) is not None


def is_spooled(name: str) -> bool:
    """Whether what is on its way through a run is called so."""
    return _SPOOLED.fullmatch(name) is not None


def is_trace(name: str) -> bool:
    """What looking at results leaves among them: files of the operating system, locks of Office programs.

    Other hidden files count as the user's: a `.git` must not be replaced.
    """
    return name == ".DS_Store" or name.lower() in LITTER or name.startswith(("~$", ".~lock."))


def read_manifest(folder: Path) -> frozenset[str]:
    """The files that the last run recorded, "/" between folders; none where there is no such record."""
    try:
        record = json.loads(read_start(folder / RECORD, _MOST_RECORD))
        return frozenset(map(str, record["files"])) if record["program"] == PROGRAM else frozenset()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return frozenset()


def is_recorded(folder: Path) -> Own:
    """Whether the record in `folder` names something."""
    files = read_manifest(folder)
    above = {parent.as_posix() for name in files for parent in PurePosixPath(name).parents}
    return {RECORD, *files, *above}.__contains__


def find_stranger(folder: Path, own: Own | None = None) -> str:
    """The first thing in `folder` that no run of ours wrote, "" if there is none.

    Args:
        folder: may be missing.
        own: which names are ours; those of its record by default.

    Raises:
        OSError: it cannot be looked into.
    """
    if not folder.is_dir():
        return ""
    known = own or is_recorded(folder)
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return next((name for name in names if not _is_own(folder / name, name, known)), "")


def _is_own(path: Path, name: str, own: Own) -> bool:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:  # gone meanwhile
        return True
    if stat.S_ISDIR(mode):
        return bool(own(name))
    return stat.S_ISREG(mode) and bool(own(name) or is_trace(path.name))


def remove_own(folder: Path, own: Own | None = None) -> None:
    """Remove what is ours from `folder`, and the folder itself if nothing else is in it.

    The record goes last: where this is broken off, it still says whose the rest is.

    Raises:
        OSError: something of it cannot be removed.
    """
    known = own or is_recorded(folder)
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    for name in sorted(names, key=lambda name: (name == RECORD, -name.count("/"), name)):
        path = folder / name
        if not _is_own(path, name, known):
            continue
        if path.is_dir():
            with suppress(OSError):  # it holds something else
                path.rmdir()
        else:
            path.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def is_whole(folder: Path) -> bool:
    """Whether a folder holds results of ours, and nothing else.

    Raises:
        OSError: it cannot be looked into.
    """
    return not folder.is_symlink() and bool(read_manifest(folder)) and not find_stranger(folder)


def clear_rest(place: Path, own: Own | None = None) -> None:
    """Remove what a run that was killed left at a place.

    Raises:
        OutputRefused: something else is there.
        OSError: the operating system does not let us.
    """
    if os.path.lexists(place):
        refuse_strangers(place, own)
        remove_own(place, own)


def refuse_strangers(place: Path, own: Own | None = None) -> None:
    """Refuse to go on where something is not ours that would be removed.

    Raises:
        OutputRefused: with its name.
        OSError: it cannot be looked for.
    """
    if os.path.lexists(place) and (place.is_symlink() or not place.is_dir()):
        raise OutputRefused("output.in_the_way", path=place)
    if stranger := find_stranger(place, own):
        raise OutputRefused("output.left_over", place=place, name=stranger)
