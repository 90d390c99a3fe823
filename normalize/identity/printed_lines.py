"""Lines as the titles, numbers and dates of a report are read from.

Enters: paragraphs. Leaves: `PrintedLine`s without the blank ones, cut into the head and the foot of the
document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.document import Paragraph
from extract.text.spaces import PAGE_LINE
from normalize.words.headings import is_contents, section_of_heading
from normalize.words.numerals import COUNTING
from normalize.words.plain import squeeze, unify
from normalize.words.search import Pattern

_HEAD, _FOOT = 160, 40
"""Lines of the head and paragraphs of the foot in which title, number, signature and date are sought.

With a foot of 3 made reports of test_identity are read otherwise.
"""
_CONTENTS = 3
"""Headings without text between them from which they are a table of contents.

At 1 a hundred made reports of test_identity are read otherwise.
"""
_SIGNATURE = 140
"""Characters of the longest line of a signature, white space included.

Text files push it to the right; at 20 made reports of test_identity are read otherwise.
"""
# a clock time would run into the day before it
_CLOCK = Pattern(r"(?<=\d)\s+\d{1,2}\s*[:：]\s*\d\d(?:\s*[:：]\s*\d\d)?")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line that is not blank.

    Attributes:
        index: which paragraph it is.
        raw: as read.
        printed: without white space.
        plain: `printed` with signs made one; the same length.
        strong: set bold, centred or large.
    """

    index: int
    raw: str
    printed: str
    plain: str
    strong: bool

    def gaps(self) -> frozenset[int]:
        """Positions in `plain` before which white space is printed."""
        found, at = set(), 0
        for token in self.raw.split():
            at += len(squeeze(token))
            found.add(at)
        return frozenset(found)


def to_lines(paragraphs: Iterable[Paragraph]) -> Iterator[PrintedLine]:
    """Lines of the paragraphs that are not blank; a paragraph may hold several."""
    for index, paragraph in enumerate(paragraphs):
        for raw in paragraph.text.split("\n") if paragraph.text else ():
            text = _CLOCK.sub("", raw) if ":" in raw or "：" in raw else raw
            printed = squeeze(text)
            if printed:
                strong = paragraph.bold or paragraph.centred or (paragraph.size or 0) >= 16
                yield PrintedLine(index, text, printed, unify(printed), strong)


def cut_head(paragraphs: Sequence[Paragraph]) -> list[PrintedLine]:
    """Lines before the first heading of a section; a table of contents is no such heading."""
    head: list[PrintedLine] = []
    run = 0
    for line in to_lines(paragraphs[: 4 * _HEAD]):
        if len(head) >= _HEAD:
            break
        if PAGE_LINE.fullmatch(line.printed):
            continue
        if not run and is_contents(line.plain):
            head.append(line)
            continue
        heading = len(line.plain) <= 50 and section_of_heading(line.raw) and not _lists_sections(line)
        if not heading and 0 < run < _CONTENTS:
            break
        run = run + 1 if heading else 0
        head.append(line)
    return head[: len(head) - run] if 0 < run < _CONTENTS else head


def _lists_sections(line: PrintedLine) -> bool:
    """A link of the page's menu such as 主动公开情况, which no numeral makes a heading."""
    return line.plain[0] not in f"{COUNTING}第123456("


def cut_foot(paragraphs: Sequence[Paragraph], text_from: int) -> list[PrintedLine]:
    """The last short lines from a paragraph on, in order; a signature never stands in a long one."""
    start, seen = len(paragraphs), 0
    while start > text_from and seen < _FOOT:
        start -= 1
        seen += bool(paragraphs[start].text.strip())
    return list(to_lines(p for p in paragraphs[start:] if len(p.text) <= _SIGNATURE or "\n" in p.text))
