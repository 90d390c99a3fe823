"""The file of the journal: opened, removed, put aside where it is damaged or somebody else's.

Enters: where it is. Leaves: a journal that can be relied on, or none. What is not surely ours is renamed,
never written to and never removed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Final

from nianbao.journal.journal import Journal
from nianbao.journal.packed import NotStored
from nianbao.journal.rules import Rules
from nianbao.journal.sealed import APPLICATION, VERSION, JournalBroken
from nianbao.machine.plain_files import check_plain, read_start

Moved = Callable[[str, Path], None]
"""Told what was put aside, by the key of its sentence, and where it lies now."""
DAMAGE: Final = (JournalBroken, NotStored)
"""Raised where the journal holds what nobody wrote, or was taken away under the run."""
_BESIDE: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite puts beside a file, behind its name."""
_HEAD: Final = 72
"""Bytes of an SQLite file that say whose it is: its magic first, numbers of its maker at 60 and 68."""
_MAGIC: Final = b"SQLite format 3\0"


def open_journal(path: Path, rules: Rules, moved: Moved) -> Journal:
    """The journal at `path`; what is none, damaged or of another version is put aside and a new one begun.

    Raises:
        OutputRefused: a link, a folder or a device stands there.
        sqlite3.Error: it cannot be opened or written.
        OSError: it cannot be put aside.
    """
    if is_foreign(path):
        put_aside(path, "journal.foreign", moved)
    try:
        return Journal(path, rules)
    except JournalBroken:
        put_aside(path, "journal.damaged", moved)
        return Journal(path, rules)


def is_foreign(path: Path) -> bool:
    """Whether a file stands there that no program of this version made; an empty one is as good as none.

    Raises:
        OutputRefused: a link, a folder or a device stands there or beside it.
        OSError: it cannot be read.
    """
    for name in _BESIDE:
        check_plain(path.with_name(path.name + name))
    try:
        head = read_start(path, _HEAD)
    except FileNotFoundError:
        return False
    version, application = int.from_bytes(head[60:64]), int.from_bytes(head[68:72])
    ours = head.startswith(_MAGIC) and (version, application) == (VERSION, APPLICATION)
    return bool(head) and not ours


def put_aside(path: Path, why: str, moved: Moved) -> None:
    """Give way to a new journal; the old one stays beside it under a name that nothing had.

    Raises:
        OSError: it cannot be renamed.
    """
    kept = next(place for place in _places_aside(path) if not any(map(_exists, _parts(place))))
    for part, place in zip(_parts(path), _parts(kept), strict=True):
        if _exists(part):
            part.rename(place)
    if _exists(kept):
        moved(why, kept)


def remove_journal(path: Path, moved: Moved) -> None:
    """Begin anew: the journal and what SQLite puts beside it go; what is somebody else's is put aside.

    Raises:
        OutputRefused: a link, a folder or a device stands there.
        OSError: they cannot be removed.
    """
    if is_foreign(path):
        put_aside(path, "journal.foreign", moved)
    for part in _parts(path):
        part.unlink(missing_ok=True)


def _places_aside(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.name}.broken{n if n > 1 else ''}") for n in count(1))


def _parts(path: Path) -> list[Path]:
    return [path.with_name(path.name + name) for name in _BESIDE]


def _exists(path: Path) -> bool:
    return os.path.lexists(path)
