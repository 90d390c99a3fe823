"""Paragraphs -> the six sections of the prose, found by what a heading means.

Enters: paragraphs outside every table. Leaves: `Section`s in reading order. The numeral printed before a
heading only says that it is one; which one it is, its words say, for numbering slips are common.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from extract.document import Paragraph
from normalize.report import Section
from normalize.words.plain import plain, squeeze
from normalize.words.script import simplify
from normalize.words.word_list import WordListError, read_rows

_LONGEST = 42
# 行政法复议, one letter too many, still scores 97; the title
# 政府信息公开情况统计表 comes to 76, the nearest row label of table 三 to 67
_CUTOFF = 84.0
_CUTOFF_BARE = 92.0
_ENUMERATOR = re.compile(
    r"(?:第?[一二三四五六七八九十-]{1,3}(?:部分)?[、.,:;]+|第[一二三四五六]部分|(?P<digit>\d{1,2})[、.,]+)"
)
_NUMERAL = re.compile(r"\s*[第\d一二三四五六七八九十\u2000-\u2fff\ufeff－-]")
_BARE_NUMERAL = re.compile(r"[一二三四五六]")  # 一 总体情况: only before a spelling on the list
_BRACKETED = re.compile(r"\([一二三四五六七八九十\d]{1,3}\)[、.]*")
_LEADER = re.compile(r"(?:\.{2,}|…+|·{3,}|_{3,})\d*$|[:：]$")
_CONTENTS = re.compile(r"(?:\.{3,}|…+|·{3,}|_{3,})\s*\d{1,3}\s*$")
_CAPTION = re.compile(
    r"[(\[]?(?:附|续|附件)?[表图][一二三四五六七八九十\d(]|[(\[]?附表"
    r"|(?![一二三四五六七八九十\d(\[第]).*(?:情况|统计|汇总)表$"
)
_CAPTIONED = re.compile(r"(?:^|[\s。；;（(附续])[表图]\s*$")
_MARK = re.compile(r"[复诉况题述事概足难息]")
_PUNCTUATION = str.maketrans("", "", "、,.;:\"'“”‘’")


def _key(text: str) -> str:
    return plain(text).translate(_PUNCTUATION).replace("其它", "其他")


def _load() -> tuple[dict[str, int], dict[str, int]]:
    """Section by spelling, and those official spellings that never name a part of another section."""
    rows = read_rows("headings.csv", ("heading", "section", "edition", "note"))
    headings: dict[str, int] = {}
    faults = []
    for row in rows:
        key, section = _key(row["heading"]), row["section"]
        if section not in "0123456" or not section:
            faults.append(f"{row['heading']}: section {section}")
        elif headings.setdefault(key, int(section)) != int(section):
            faults.append(f"{row['heading']}: two sections")
    if faults:
        raise WordListError("headings.csv", tuple(faults))
    official = (_key(row["heading"]) for row in rows if row["note"] == "official" and row["section"] in "346")
    return headings, {key: headings[key] for key in official}


def _load_words() -> list[tuple[tuple[str, ...], int]]:
    """Words that together tell a section where no spelling on the list comes near, in order of trust."""
    rows = read_rows("heading_words.csv", ("words", "section", "note"))
    faults = tuple(
        f"{row['words']}: section {row['section']}" for row in rows if row["section"] not in set("123456")
    )
    if faults:
        raise WordListError("heading_words.csv", faults)
    return [(tuple(row["words"].split()), int(row["section"])) for row in rows]


_HEADINGS, _UNMISTAKABLE = _load()
_WORDS = _load_words()
_KEYS = list(_HEADINGS)
_ENDINGS = [(key, section) for key, section in _HEADINGS.items() if len(key) >= 8]
# the numeral first: the search then skips what is none
_GLUED = re.compile(r"[一二三四五六七八九](?:(?<=\A.)|(?<=[。；;!?:：)）\s].))(?:\s*[、.．,，]\s*|\s+)(?=\S)")
_NEXT = re.compile(r"\s*[一二三四五六七八九]\s*[、.．]\s*(?=\S)")
_AFTER = re.compile(
    r"[一二三四五六]\s*[、.．]|[\s:：。(（\d—-]|无|本|我|按|根据|为|全|今|没有|暂|第|二[〇○零]|一是|现"
)


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
    if bracket:
        # （一）主动公开政府信息情况 is a part of section 一, （三）收到和处理... can only be a slip
        return _UNMISTAKABLE.get(_key(words[bracket.end() :]), 0)
    numeral = _ENUMERATOR.match(words)
    if numeral is None:
        bare = _HEADINGS.get(_key(words[1:]), 0) if _BARE_NUMERAL.match(words) else 0
        return bare or (0 if words.endswith(("。", ";")) else _meaning(_key(words), numbered=False))
    key = _key(words[numeral.end() :])
    section = _meaning(key, numbered=True)
    if numeral["digit"] and numeral["digit"] != str(section):
        return _UNMISTAKABLE.get(key, 0)  # 1.主动公开情况 is a part of section 一
    return section


def _meaning(key: str, *, numbered: bool) -> int:
    key = key.rstrip("。")
    exact = _HEADINGS.get(key)
    if exact is not None:
        return exact if numbered or len(key) > 3 else 0
    if not 5 <= len(key) <= _LONGEST:
        return 0
    if numbered:
        longer = max((e for e in _ENDINGS if key.endswith(e[0])), key=lambda e: len(e[0]), default=None)
        if longer and len(key) - len(longer[0]) <= 12:
            return longer[1]
    best = process.extractOne(
        key, _KEYS, scorer=fuzz.ratio, score_cutoff=_CUTOFF if numbered else _CUTOFF_BARE
    )
    if best:
        return _HEADINGS[best[0]]
    return _by_words(key) if numbered and len(key) <= 30 else 0


def _by_words(key: str) -> int:
    if "。" in key or "表" in key[-2:]:
        return 0
    return next((section for words, section in _WORDS if all(word in key for word in words)), 0)


def is_caption(line: str) -> bool:
    """Whether a line names a table (表三：…, 附表, …情况表) and opens no section, whatever its words mean."""
    return _CAPTION.match(plain(line)) is not None


def is_contents(line: str) -> bool:
    """Whether a line belongs to a table of contents: dots and a page number at its end."""
    return line.rstrip()[-1:].isdecimal() and _CONTENTS.search(line) is not None


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
        if number == 1 and any(section.number == 1 and not section.lines for section in opened):
            opened = [_Open(0, "", [text for section in opened for text in section.lines])]
        if number and _may_open(opened, number, heading):
            # One of the same number before it is empty, and stands in a table of contents.
            opened = [*(section for section in opened if section.number != number), _Open(number, heading)]
            continue
        skip = False
        opened[-1].lines.append(line.strip())
    return _sections(opened)


def _heading_at(line: str, following: str) -> tuple[int, str, bool]:
    """Section, heading as printed, and whether the heading runs on over the next line."""
    if len(line) > 2 * _LONGEST or is_contents(line) or is_caption(line):
        return 0, "", False
    number = section_of_heading(line)
    tail = squeeze(following) if len(following) <= 2 * _LONGEST and _NUMERAL.match(line) else ""
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


def _sections(opened: list[_Open]) -> tuple[Section, ...]:
    """The sections as read, without an empty one before the first heading."""
    return tuple(Section(s.number, s.heading, "\n".join(s.lines)) for s in opened if s.lines or s.number)


def split_glued(text: str) -> list[str]:
    """Cuts headings from the text printed on their line (`一、总体情况 2021年...`), where that is safe."""
    if len(text) < 12 or is_contents(text):
        return [text]
    cuts: list[int] = []
    match = _GLUED.search(text)
    while match:
        captioned = _CAPTIONED.search(text[max(0, match.start() - 4) : match.start()])
        end = None if captioned else _heading_end(text, match.end())
        if end is not None:
            cuts += [match.start(), end]
        match = (_NEXT.match(text, end) if end else None) or _GLUED.search(text, end or match.end())
    if not cuts:
        return [text]
    pieces = [text[a:b].strip(" \t\u3000") for a, b in pairwise([0, *cuts, len(text)])]
    return [piece.lstrip("：:。") if i % 2 == 0 and i else piece for i, piece in enumerate(pieces) if piece]


def _heading_end(text: str, start: int) -> int | None:
    """Where a heading that begins at `start` ends and other text goes on, None if nowhere safe."""
    window = text[start : start + 2 * _LONGEST]
    letters = [(i, c) for i, c in enumerate(window) if not c.isspace()]
    words = plain(window)
    for length in range(min(_LONGEST, len(words) - 1), 3, -1):
        section = _HEADINGS.get(words[:length].translate(_PUNCTUATION))
        if section and ord(words[length - 1]) not in _PUNCTUATION:
            end = start + letters[length - 1][0] + 1
            behind = simplify(text[end : end + _LONGEST])
            return end if not behind or _AFTER.match(behind) else None
    return None
