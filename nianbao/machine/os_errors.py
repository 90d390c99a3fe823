"""What the operating system, or SQLite, says went wrong.

Enters: an error. Leaves: the key of its sentence in messages.csv and its number; the English words of the
system itself are never shown.
"""

from __future__ import annotations

import errno
import sqlite3
from typing import Final

SystemFault = OSError | sqlite3.Error
OTHER: Final = "os.other"
_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: "os.EBUSY",
    sqlite3.SQLITE_CANTOPEN: "os.unwritable",
    sqlite3.SQLITE_FULL: "os.ENOSPC",
    sqlite3.SQLITE_IOERR: "os.EIO",
    sqlite3.SQLITE_LOCKED: "os.EBUSY",
    sqlite3.SQLITE_NOMEM: "os.ENOMEM",
    sqlite3.SQLITE_PERM: "os.EACCES",
    sqlite3.SQLITE_READONLY: "os.unwritable",
}


def name_fault(fault: SystemFault) -> tuple[str, str]:
    """The key of what went wrong, `os.` and a word, and the number as it is shown; "" where there is none."""
    if isinstance(fault, sqlite3.Error):
        code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
        return _SQLITE.get(code, OTHER), f"SQLite {code}" if code else ""
    number = fault.errno or 0
    return name_number(number), str(number) if number else ""


def name_number(number: int) -> str:
    """The key of an error by its number."""
    return f"os.{errno.errorcode[number]}" if number in errno.errorcode else OTHER
