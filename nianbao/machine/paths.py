"""Long and odd names of files.

Enters: paths. Leaves: the same place in the spelling that Windows takes as it stands, and names as they can
be shown and written. In the usual spelling a path ends after 260 signs, `aux.pdf` is a device, and a dot or a
space at the end of a name is dropped; folders that come from other systems hold all three.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final, TypeVar

AS_IT_STANDS: Final = "\\\\?\\"
DEVICES: Final = "\\\\.\\"
SHARES: Final = "\\\\"
LONG: Final = 180
"""Signs of a folder's path, from which on the names of results in it, or beside it, may pass the 260: the
longest, `.OUT.nianbao-discarded\\observations.parquet\\unknown.parquet`, adds 56 to it."""

AnyPath = TypeVar("AnyPath", bound=PurePath)


def spell_out(path: AnyPath) -> AnyPath:
    """An absolute path of Windows without its limits; any other path unchanged."""
    text = str(path)
    if not isinstance(path, PureWindowsPath) or not path.is_absolute() or text.startswith(DEVICES):
        return path
    if text.startswith(AS_IT_STANDS):
        return path
    places: list[str] = []
    for part in path.parts[1:]:  # nothing resolves ".." in that spelling
        places = places[:-1] if part == ".." else [*places, part]
    root = path.anchor if not text.startswith(SHARES) else f"UNC\\{path.anchor.removeprefix(SHARES)}"
    return type(path)(AS_IT_STANDS + root + "\\".join(places))


def spell_out_long(folder: AnyPath) -> AnyPath:
    """The folder for results: only where it is long, because other programs do not know that spelling."""
    return spell_out(folder) if len(str(folder)) > LONG else folder


def reach(given: Path) -> Path:
    """A path as a person gave it, absolute and without the limits."""
    return spell_out(Path.cwd() / given)


def resolve(path: Path) -> Path:
    """Where a path leads, links followed; one that leads in a circle is left as it stands."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # Python 3.13 has made the second one of the first
        return path.absolute()


def show_path(path: Path | str) -> str:
    """A path as it is shown to people."""
    return spell(str(path).removeprefix(AS_IT_STANDS))


def spell(name: str) -> str:
    """A file name that can be written as UTF-8, whatever encoding the locale takes names for.

    Archives made on Windows leave names in GBK behind, which the names of Windows itself never are.
    """
    if sys.platform == "win32":
        return name.encode("utf-8", "backslashreplace").decode("utf-8")
    return decode_name(os.fsencode(name))


def decode_name(raw: bytes) -> str:
    """A name as UTF-8, else as GB18030 where that fits, else with its odd bytes spelt out."""
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "backslashreplace")
