"""Text set above or below the line, as the characters it prints.

Enters: the text and what stands before it. Leaves: digits that stay apart from the number or the sign
before them, or nothing for the mark of a note.
"""

from __future__ import annotations

import re
from typing import Final

_RAISED: Final = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_LOWERED: Final = str.maketrans("0123456789", "".join(chr(0x2080 + i) for i in range(10)))
_SIGNS: Final = frozenset("-−+")
"""What raised digits behind it may belong to: a dash that has a note is longer."""
_NOTE_MARK: Final = re.compile(
    r"[\[(（【〔]?\s*(?:注?\s*\d{1,2}|[\u2460-\u2473]|[*＊※†‡]+|注)\s*[\])）】〕]?"
)


def print_raised(text: str, before: str, *, lowered: bool = False) -> str:
    """What raised (or lowered) text prints behind `before`: no digit of the number there, no note's mark."""
    last = before.rstrip()[-1:]
    if (last.isdigit() or last in _SIGNS) and text.strip().isdecimal():
        return text.translate(_LOWERED if lowered else _RAISED)
    return "" if not lowered and _is_note_mark(text, before) else text


def _is_note_mark(raised: str, before: str) -> bool:
    """Whether it is the mark of a note to what stands before it: no exponent, no whole cell."""
    last = before.rstrip()[-1:]
    return (
        bool(last) and not (last.isascii() and last.isalpha()) and bool(_NOTE_MARK.fullmatch(raised.strip()))
    )
