"""Runs outside of tables -> lines -> paragraphs.

Enters: runs of one page. Leaves: `PageLine`s from the top down, and paragraphs joined from lines that were
wrapped, over page breaks too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from extract.document import Paragraph
from extract.page.cell_text import join_line, lines_of
from extract.page.runs import Run

WRAPPED: Final = 2.2
"""Widths of a character by which a full line may end before the margin (a sign may not open a line). Half
parts paragraphs, twice joins what stands apart, both in `hongze_2023_word.pdf` and in prints of browsers."""
INDENT: Final = 1.2
"""Widths of a character by which a line that goes on may begin behind the margin: half parts a paragraph of
`pdf_userunit_negative_box.pdf`, twice joins two in files of OFD of the corpus."""
SET_RIGHT: Final = 3.2
"""Widths of a character behind the margin, from which a line is full only because it is set to the right;
half is an indent (`layout_div_grid_pdfc.pdf`)."""
LEADING: Final = 3.2
"""Sizes of type between the tops of two lines of one paragraph: half parts those of an export of WPS of
2023."""
SAME_SIZE: Final = 0.25
"""Share of its size by which the type of one paragraph may differ: half is too little for
`pdf_userunit_negative_box.pdf`, twice too much for `ofd_raised.ofd`."""
LONG_LINE: Final = 0.3
"""Share of the page's width, from which a line shows where the margins are."""
_OPENS = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*、|[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]|\d{1,2}\s*[、.．]\D|[①-⑳㈠-㈩])"
)
_LATIN = re.compile(r"[A-Za-z0-9,;:.]$")
_LATIN_START = re.compile(r"^[A-Za-z]")


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of text outside of tables.

    Attributes:
        text: as printed.
        page: 1-based.
        x0, top, x1, bottom: its box as read.
        size: about the size of its type in points.
        runs: what it is made of, from left to right.
    """

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    runs: tuple[Run, ...]


def read_lines(runs: Sequence[Run], page: int) -> list[PageLine]:
    """The lines of some runs, from the top down."""
    return [_line(members, page) for members in lines_of(runs)] if runs else []


def _line(members: Sequence[Run], page: int) -> PageLine:
    top, bottom = min(r.top for r in members), max(r.bottom for r in members)
    return PageLine(
        join_line(members),
        page,
        members[0].x0,
        top,
        max(r.x1 for r in members),
        bottom,
        max(r.bottom - r.top for r in members) / 0.9,
        tuple(members),
    )


@dataclass(frozen=True, slots=True)
class Measure:
    """The type area of a document.

    Attributes:
        left, right: margins of the lines.
        size: the usual size of type.
        width: of the page.
    """

    left: float
    right: float
    size: float
    width: float


def measure(lines: Sequence[PageLine], width: float) -> Measure:
    """Margins and type of the prose; some lines reach further than the margin, so not the very last."""
    sizes = [line.size for line in lines if len(line.text) > 8] or [line.size for line in lines] or [12.0]
    size = median(sizes)
    lefts = sorted(line.x0 for line in lines if line.x1 - line.x0 > LONG_LINE * width) or [0.0]
    rights = sorted(line.x1 for line in lines if line.x1 - line.x0 > LONG_LINE * width) or [width]
    return Measure(lefts[len(lefts) // 20], rights[-1 - len(rights) // 20], size, width)


def to_paragraphs(lines: Iterable[PageLine], area: Measure) -> list[Paragraph]:
    """Paragraphs of lines that follow each other without a table between."""
    groups: list[list[PageLine]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, area):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, area) for group in groups]


def _goes_on(before: PageLine, line: PageLine, area: Measure) -> bool:
    """The line before was full, and this one starts at the margin in the same type right below."""
    size = before.size
    if before.x1 < area.right - WRAPPED * size or line.x0 > area.left + INDENT * size:
        return False
    if before.x0 > area.left + SET_RIGHT * size:
        return False
    if abs(line.size - size) > SAME_SIZE * size or _OPENS.match(line.text):
        return False
    if line.page == before.page:
        return 0 < line.top - before.top < LEADING * size
    return line.page == before.page + 1


def _paragraph(group: Sequence[PageLine], area: Measure) -> Paragraph:
    text = group[0].text
    for line in group[1:]:
        space = _LATIN.search(text) and _LATIN_START.match(line.text)
        text += f" {line.text}" if space else line.text
    first = group[0]
    off = abs((first.x0 + first.x1) / 2 - (area.left + area.right) / 2)
    centred = len(group) == 1 and off < first.size / 2 and first.x0 > area.left + first.size and len(text) > 1
    return Paragraph(text, page=first.page, centred=centred, size=round(first.size, 1))
