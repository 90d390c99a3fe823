"""Files that this program makes beside the results, where somebody else may have put something before.

Enters: places. Leaves: the certainty that a plain file stands there or nothing, and its bytes. Links are not
followed: what is written through one would land in a file of somebody else's.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from nianbao.refused import OutputRefused

_READ: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_BINARY: Final = getattr(os, "O_BINARY", 0)


def check_plain(path: Path) -> None:
    """Make sure that a plain file stands at `path`, or nothing.

    Raises:
        OutputRefused: it is a link, a folder, a pipe or a device.
        OSError: the operating system does not say.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise OutputRefused("output.in_the_way", path=path)


def read_start(path: Path, most: int) -> bytes:
    """The first bytes of a plain file.

    Raises:
        OSError: there is none, or it cannot be read.
    """
    with os.fdopen(os.open(path, _READ | _BINARY), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(f"{path} is no file")
        return stream.read(most)


def create(path: Path, data: bytes) -> None:
    """Write a file where nothing stands.

    Raises:
        OSError: something stands there, or the disk is full.
    """
    with os.fdopen(os.open(path, _CREATE | _BINARY, 0o666), "wb") as stream:
        try:
            stream.write(data)
            stream.flush()
        except OSError:
            path.unlink()
            raise
