"""Paragraphs -> the six sections of the prose.

Enters: paragraphs outside every table. Leaves: `Section`s in reading order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.document import Paragraph
from normalize.report import Section
from normalize.words.headings import heading_at, is_numbered, split_glued


@dataclass(slots=True)
class _Open:
    """A section being read."""

    number: int
    heading: str
    lines: list[str] = field(default_factory=list)


def read_sections(paragraphs: Sequence[Paragraph]) -> tuple[Section, ...]:
    """The prose by section; text before the first heading has number 0."""
    lines = [piece for p in paragraphs if p.text and not p.text.isspace() for piece in split_glued(p.text)]
    opened = [_Open(0, "")]
    skip = False
    for index, line in enumerate(lines):
        if skip:
            skip = False
            continue
        following = lines[index + 1] if index + 1 < len(lines) else ""
        number, heading, skip = heading_at(line, following)
        if number == 1 and any(section.number == 1 and not section.lines for section in opened):
            opened = [_Open(0, "", [text for section in opened for text in section.lines])]
        if number and _may_open(opened, number, heading):
            # One of the same number before it is empty, and stands in a table of contents.
            opened = [*(section for section in opened if section.number != number), _Open(number, heading)]
            continue
        skip = False
        opened[-1].lines.append(line.strip())
    return _sections(opened)


def _may_open(opened: list[_Open], number: int, heading: str) -> bool:
    """Whether a heading opens its section here: a second time only after a table of contents."""
    before = [section for section in opened if section.number == number]
    if any(section.lines for section in before):
        return False
    return is_numbered(heading) or number >= max(section.number for section in opened)


def _sections(opened: list[_Open]) -> tuple[Section, ...]:
    """The sections as read, without an empty one before the first heading."""
    return tuple(Section(s.number, s.heading, "\n".join(s.lines)) for s in opened if s.lines or s.number)
