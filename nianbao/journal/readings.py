"""What the readers made of some bytes: enough to understand them again.

Enters and leaves: `Readings`, as the journal keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Document
from extract.errors import ReadError


@dataclass(frozen=True, slots=True)
class Readings:
    """What the readers made of some bytes.

    Attributes:
        first: the document of the first reader, None where it gave up.
        error: why it did.
        second: the document of the second reader, None where it gave up or was not asked.
        asked: whether the second reader was asked.
        unlocked: a password was needed.
        format: what the bytes are, "" for nothing known here.
    """

    first: Document | None
    error: ReadError | None = None
    second: Document | None = None
    asked: bool = False
    unlocked: bool = False
    format: str = ""
