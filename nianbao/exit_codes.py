"""How the program ends.

Enters: nothing. Leaves: the exit codes, which README and the help list.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes; the gravest thing that happened decides."""

    DONE = 0
    SOME_FAILED = 1
    USAGE = 2
    NOTHING = 3
    OUTPUT = 4
    BUG = 70
    INTERRUPTED = 130
