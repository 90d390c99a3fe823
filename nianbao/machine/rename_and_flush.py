"""Renames that are patient, and files that are surely on the disk.

Enters: files and folders. Leaves: the same under another name, or written for good.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Final

PAUSES: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 0.8)
"""Seconds between attempts at a rename: on Windows a virus scanner may hold new files for a moment."""


def rename(source: Path, target: Path) -> None:
    """Rename, with some patience where it is forbidden.

    Raises:
        PermissionError: it is forbidden for longer.
        OSError: it cannot be done at all.
    """
    for pause in PAUSES:
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    source.replace(target)


def flush_folder(folder: Path) -> None:
    """Have the files of `folder`, and their names, written to disk."""
    for path in folder.rglob("*"):
        if path.is_dir():
            flush_names(path)
        else:
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())
    flush_names(folder)


def flush_names(folder: Path) -> None:
    """Have the names in `folder` written to disk; Windows does not offer it."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
