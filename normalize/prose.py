"""Paragraphs -> the six sections of the prose, found by what a heading means.

Enters: paragraphs outside every table. Leaves: `Section`s in reading order. The numeral printed before a
heading only says that it is one; which one it is, its words say, for numbering slips are common.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process

from extract.document import Paragraph
from normalize.plain import plain, squeeze
from normalize.report import Section
from normalize.word_list import WordListError, read_rows

_LONGEST = 42
_CUTOFF = 84.0  # 行政法复议, one letter too many in 15, still scores 94; the nearest row label of table 三 79
_ENUMERATOR = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:部分)?[、.,:;]*|\d{1,2}[、.,]+")
_BRACKETED = re.compile(r"\([一二三四五六七八九十\d]{1,3}\)[、.]*")
_LEADER = re.compile(r"(?:\.{2,}|…+|·{3,}|_{3,})\d*$|[:：]$")
_MARK = re.compile(r"[复诉况题述事概]")
_PUNCTUATION = str.maketrans("", "", "、,.;:\"'“”‘’")


def _key(text: str) -> str:
    return plain(text).translate(_PUNCTUATION).replace("其它", "其他")


def _load() -> dict[str, int]:
    rows = read_rows("headings.csv", ("heading", "section", "edition", "note"))
    faults = tuple(f"{row['heading']}: section {row['section']}" for row in rows if row["section"] not in "0123456")
    keys = [_key(row["heading"]) for row in rows]
    clashes = {a: b for a, b in zip(keys, (int(row["section"] or 0) for row in rows), strict=True)}
    faults += tuple(
        f"{row['heading']}: two sections"
        for key, row in zip(keys, rows, strict=True)
        if clashes[key] != int(row["section"] or 0)
    )
    if faults:
        raise WordListError("headings.csv", faults)
    return clashes


_HEADINGS = _load()
_KEYS = list(_HEADINGS)
_LENGTHS = sorted({len(key) for key in _KEYS}, reverse=True)
_OFFICIAL_BRACKETED = {3, 4, 6}
_GLUED = re.compile(r"(?:^|(?<=[。；;!?:：)）\s]))[一二三四五六七八九](?:\s*[、.．,，]\s*|\s+)(?=\S)")
_AFTER = re.compile(r"[\s:：。(（\d—-]|无|本|我|按|根据|为|全|今|没有|暂|第|二[〇○零]|一是|现")


@lru_cache(maxsize=8192)
def section_of_heading(text: str) -> int:
    """Which section a line opens, by meaning; 0 where it is not one of the six headings."""
    if len(text) > 4 * _LONGEST:
        return 0
    words = plain(text)
    if not 2 <= len(words) <= _LONGEST + 8 or not _MARK.search(words):
        return 0
    words = _LEADER.sub("", words)
    bracket = _BRACKETED.match(words)
    numeral = bracket or _ENUMERATOR.match(words)
    section = _meaning(_key(words[numeral.end() :]) if numeral else _key(words), numbered=numeral is not None)
    if words.endswith(("。", ";")) and _key(words.rstrip("。;")) not in _HEADINGS and numeral is None:
        return 0
    if bracket:
        # （一）主动公开政府信息情况 is a part of section 一, （三）收到和处理... can only be a slip
        return section if section in _OFFICIAL_BRACKETED and len(words) >= 12 else 0
    return section


def _meaning(key: str, *, numbered: bool) -> int:
    key = key.rstrip("。")
    exact = _HEADINGS.get(key)
    if exact is not None:
        return exact if numbered or len(key) > 3 else 0
    if len(key) < 5 or len(key) > _LONGEST:
        return 0
    for length in _LENGTHS:
        if length < len(key) and length >= 8 and key[-length:] in _HEADINGS and numbered and len(key) - length <= 12:
            return _HEADINGS[key[-length:]]
    cutoff = _CUTOFF if numbered else 92.0
    best = process.extractOne(key, _KEYS, scorer=fuzz.ratio, score_cutoff=cutoff)
    return _HEADINGS[best[0]] if best else 0


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
        number, heading, skip = _heading_at(line, following)
        if number and _may_open(opened, number, heading):
            opened.append(_Open(number, heading))
            continue
        skip = False
        opened[-1].lines.append(line.strip())
    return _without_contents(opened)


def _heading_at(line: str, following: str) -> tuple[int, str, bool]:
    """Section, heading as printed, and whether the heading runs on over the next line."""
    if len(line) > 2 * _LONGEST:
        return 0, "", False
    number = section_of_heading(line)
    tail = squeeze(following)
    if 0 < len(tail) <= 16 and _ENUMERATOR.match(plain(line)) and not _ENUMERATOR.match(plain(tail)):
        joined = line.strip() + tail
        words = plain(joined)
        numeral = _ENUMERATOR.match(words)
        section = _HEADINGS.get(_key(words[numeral.end() :]), 0) if numeral else 0
        if section and _key(words[numeral.end() :] if numeral else words) != _key(line):
            return section, joined, True
    return number, line.strip(), False


def _may_open(opened: list[_Open], number: int, heading: str) -> bool:
    """Whether a heading opens its section here: a second time only after a table of contents."""
    before = [section for section in opened if section.number == number]
    if any(section.lines for section in before):
        return False
    numbered = _ENUMERATOR.match(plain(heading)) is not None
    return numbered or number >= max(section.number for section in opened)


def _without_contents(opened: list[_Open]) -> tuple[Section, ...]:
    """Leaves out headings of a table of contents: empty, and standing again later."""
    last = {section.number: index for index, section in enumerate(opened)}
    kept = [s for i, s in enumerate(opened) if s.lines or (s.number and last[s.number] == i)]
    return tuple(Section(s.number, s.heading, "\n".join(s.lines)) for s in kept)


def split_glued(text: str) -> list[str]:
    """Cuts headings from the text printed on their line (`一、总体情况 2021年...`), where that is safe."""
    if len(text) < 12:
        return [text]
    cuts: list[int] = []
    for match in _GLUED.finditer(text):
        end = _heading_end(text, match.end())
        if end is not None:
            cuts += [match.start(), end]
    if not cuts:
        return [text]
    edges = [0, *cuts, len(text)]
    pieces = [text[a:b].strip(" \t\u3000") for a, b in zip(edges, edges[1:], strict=False)]
    return [piece.lstrip("：:。") if i % 2 == 0 and i else piece for i, piece in enumerate(pieces) if piece]


def _heading_end(text: str, start: int) -> int | None:
    """Where a heading that begins at `start` ends and other text goes on, None if nowhere safe."""
    window = text[start : start + 2 * _LONGEST]
    letters = [(i, c) for i, c in enumerate(window) if not c.isspace()]
    words = plain(window)
    for length in range(min(_LONGEST, len(words) - 1), 3, -1):
        section = _HEADINGS.get(words[:length].translate(_PUNCTUATION))
        if section:
            end = start + letters[length - 1][0] + 1
            return end if end >= len(text) or _AFTER.match(text, end) else None
    return None
