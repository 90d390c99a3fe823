"""Lines that end where a terminal does.

Enters: a paragraph. Leaves: its lines. Chinese signs take two places of a terminal, stand without blanks
between them, and a line begins with no stop; click and rich know the first of these at most.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

PIECE: Final = re.compile(r"\s+|\[[^\[\]]*\]|[（“《]*(?:[!-~]+|\S)[，。、：；）”》？！…]*")
"""What stays on one line: a remark in brackets, a word in Latin letters, a Chinese sign with its stops."""
NOT_FILLED: Final = "\b\n"
"""Begins a paragraph that keeps its lines."""


def wrap(paragraph: str, width: int) -> list[str]:
    """The lines of a paragraph, none wider than `width` places where it can be parted."""
    if paragraph.startswith(NOT_FILLED):
        return paragraph.removeprefix(NOT_FILLED).splitlines()
    lines = [""]
    for piece in PIECE.findall(" ".join(paragraph.split("\n"))):
        if lines[-1] and places(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def places(text: str) -> int:
    """How many places of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text.rstrip())
