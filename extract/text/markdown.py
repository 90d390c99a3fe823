"""Markdown -> the text that it prints.

Enters: the lines of a text file. Leaves: the same lines, in a file that is plainly Markdown without the marks
of headings and emphasis, without escapes, and with breaks inside cells as blanks, but for those that may part
two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PLAINLY = 2
"""Lines with marks from which a file is Markdown (`test_marks_of_markdown_are_not_printed`); the line below
the head of a table is enough by itself."""
_MARKED = re.compile(r"#{1,6} +\S.*|(\*\*|__)[^\s*_].*\1")
_BELOW_HEAD = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")
_HEADING = re.compile(r"^(\s*)#{1,6}\s+")
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_|])([^|]{1,200}?)(?<=[^\s*_])\1(?![*_])")
"""Within one cell: `**` that stands for a number in two of them is no mark."""
_ESCAPED = re.compile(r"\\([.\-#*_()\[\]+!>])")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_TWO_NUMBERS = re.compile(r"[\d.,，．/／%％+−—–-]{2}")
"""What stands beside a break that may part two numbers, and stays."""


def without_marks(lines: Sequence[str]) -> list[str]:
    """The lines as they are meant to be read; as they are where the file is no Markdown."""
    bare = [line.strip() for line in lines]
    if sum(_MARKED.fullmatch(b) is not None for b in bare) < PLAINLY and not any(
        map(_BELOW_HEAD.fullmatch, bare)
    ):
        return list(lines)
    return [_without(line) for line in lines]


def _without(line: str) -> str:
    bare = _STRONG.sub(r"\2", _HEADING.sub(r"\1", line))
    pieces = _BREAK.split(_ESCAPED.sub(r"\1", bare))
    return pieces[0] if len(pieces) == 1 else _in_one_line([piece for piece in pieces if piece.strip()])


def _in_one_line(pieces: Sequence[str]) -> str:
    parts, end = [""], ""
    for piece in pieces:  # none is blank
        parts += ["<br>" if _TWO_NUMBERS.fullmatch(end + piece.strip()[:1]) else " ", piece]
        end = piece.rstrip()[-1:]
    return "".join(parts[2:])
