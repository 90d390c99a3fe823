"""Choices of the command line that the rest of the program knows too.

Enters: nothing. Leaves: enumerations; nothing is imported here, so that `--help` is quick.
"""

from __future__ import annotations

from enum import StrEnum


class Reread(StrEnum):
    """When a file is read a second time, by another reader."""

    ALWAYS = "always"
    DOUBTFUL = "doubtful"
    NEVER = "never"
