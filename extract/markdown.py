"""Markdown -> the text that it prints.

Enters: the lines of a text file. Leaves: the same lines, in a file that is plainly Markdown without the marks
of headings and emphasis, without escapes, and with breaks inside cells as blanks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PLAINLY = 2
"""Lines with marks from which a file is Markdown; the line below the head of a table is enough by itself."""
_MARKED = re.compile(r"#{1,6} +\S.*|(\*\*|__)[^\s*_].*\1")
_BELOW_HEAD = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")
_HEADING = re.compile(r"^(\s*)#{1,6}\s+")
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![*_])")
_ESCAPED = re.compile(r"\\([.\-#*_()\[\]+!>])")
_BREAK = re.compile(r"(?<!\d)\s*<br ?/?>\s*|\s*<br ?/?>\s*(?!\d)", re.IGNORECASE)
"""Between digits it may part two numbers, and stays."""


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
    return _BREAK.sub(" ", _ESCAPED.sub(r"\1", bare))
