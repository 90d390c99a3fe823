"""A table copied from a web page into a text file -> lines with a tab between two cells.

Enters: the lines of a text. Leaves: lines with their numbers. Browsers put a tab between two cells; where the
cells hold paragraphs, as in all that was pasted from a word processor, the tab stands on a line of its own
with blank lines around it, and a row of seven cells takes thirty lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from extract.text.spaces import NUMERIC

FEWEST: Final = 8
"""Tabs on lines of their own between blank lines, and then a word, in a text that was copied so; the tables
of `test_empty_cells_stay` and its neighbours have fewer than 32."""
WITHIN: Final = (1, 4)
"""Blank lines beside the tab of a row: one stands beside a paragraph, an empty paragraph takes three more
(`test_a_row_may_begin_with_empty_cells`)."""
LONGEST: Final = 60
"""Characters of a cell; what is longer is prose. The longest label of the official form has 37."""
_BLANK: Final = " \u3000\r"
"""What may stand beside a word; a space that does not break is the content of an empty cell."""
_HEADING: Final = re.compile(r"[一二三四五六七八九十]{1,2}、")
_VALUE: Final = re.compile(rf"{NUMERIC.pattern}|[-—–/／]+|\xa0+")
"""A cell that prints one goes on with nothing."""

Numbered = tuple[int, str]


def unfold(lines: Sequence[str]) -> list[Numbered]:
    """The lines with their numbers from 1; where tabs stand on lines of their own, one line for each row."""
    if not _is_pasted(lines):
        return list(enumerate(lines, 1))
    writer = _Writer()
    for number, line in enumerate(lines, 1):
        writer.read(number, line)
    writer.end_row()
    return writer.out


def _is_pasted(lines: Sequence[str]) -> bool:
    stripped = [line.strip(_BLANK) for line in lines]
    windows = zip(stripped, stripped[1:], stripped[2:], stripped[3:], strict=False)
    found = sum((a, b, c) == ("", "\t", "") and d != "" and "\t" not in d for a, b, c, d in windows)
    return found >= FEWEST


@dataclass(slots=True)
class _Writer:
    """The row that is being put together.

    Attributes:
        out: finished lines.
        cells: the paragraphs of each cell so far; one cell until there is a tab.
        number: of its first line.
        gap: blank lines since the last word or tab.
        inline: the last cell began beside its tab.
        in_table: this may be a row below another.
    """

    out: list[Numbered] = field(default_factory=list)
    cells: list[list[Numbered]] = field(default_factory=lambda: [[]])
    number: int = 0
    gap: int = 0
    inline: bool = False
    in_table: bool = False

    def read(self, number: int, line: str) -> None:
        """The next line."""
        first, *others = (part.strip(_BLANK) for part in line.split("\t"))
        if not first and not others:
            self.gap += 1
            return
        if self._begins_row(first) if first else self.gap not in WITHIN:
            self.end_row()
        if self.cells == [[]]:
            self.number = number
        if first:
            self.cells[-1].append((number, first))
        for part in others:
            self.cells.append([(number, part)] if part else [])
            self.inline = bool(part)
        self.gap = 0

    def _begins_row(self, text: str) -> bool:
        """Whether a word at the beginning of a line goes not on with the cell before it."""
        if not (cell := self.cells[-1]):
            return self.gap not in WITHIN or bool(_HEADING.match(text))
        last = cell[-1][1]
        if self.gap > 1 or _HEADING.match(text) or len(last) > LONGEST:
            return True
        if _VALUE.fullmatch(last):  # the cell is done, unless it began with an empty paragraph
            return bool(last.strip()) or not _VALUE.fullmatch(text)
        if self.gap == 0:
            return self.inline
        return len(self.cells) == 1 and (not self.in_table or bool(_HEADING.match(last)))

    def end_row(self) -> None:
        """Write what was read; what has no tab is prose, a line for each paragraph."""
        if len(self.cells) > 1:
            texts = ("".join(text for _, text in cell) for cell in self.cells)
            self.out.append((self.number, "\t".join(texts)))
        else:
            self.out += self.cells[0]
        self.in_table = len(self.cells) > 1 and self.gap > 1
        self.cells, self.inline = [[]], False
