"""Headings of the six sections, told by what they mean.

Enters: lines as printed. Leaves: which section a line opens; a line cut where a heading and text share it.
The numeral printed before a heading only says that it is one; which one it is, its words say, for numbering
slips are common.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise

from rapidfuzz import fuzz, process

from normalize.words.csv_lines import Line
from normalize.words.numerals import COUNTING, ONES
from normalize.words.page_words import WORDS, words_of
from normalize.words.plain import plain, squeeze
from normalize.words.script import simplify
from normalize.words.search import Pattern
from normalize.words.word_list import find_example_faults, find_unlisted, read_rows, sort_words

_LONGEST = 42
"""Letters of the longest heading without its numeral; the longest on the list has 25.

Without an end the text `headings_in_one_line` of test_growth takes minutes.
"""
_CUTOFF = 84.0
"""Likeness from which a numbered line is a heading on the list.

行政法复议, one letter too many, still scores 97. The title 政府信息公开情况统计表 comes to 76, the nearest
row label of table 三 to 73, two headings of different sections to 80 (政府信息公开总体情况, …申请情况).
"""
_CUTOFF_BARE = 92.0
"""The same for a line without a numeral.

At 78 seven documents get other sections (the case text_table_four_flattened_head, the real report of
suqian), at 97 the tables of a generated web page change.
"""
_PART = r"\L<heading_part>"
_ENUMERATOR = Pattern(
    rf"(?:第?[{COUNTING}-]{{1,3}}{_PART}?[、.,:;]+|第[{ONES[:6]}]{_PART}|(?P<digit>\d{{1,2}})[、.,]+)", WORDS
)
_NUMERAL = Pattern(rf"\s*[第\d{COUNTING}\u2000-\u2fff\ufeff－-]")
_BARE_NUMERAL = Pattern(f"[{ONES[:6]}]")  # 一 总体情况: only before a spelling on the list
_BRACKETED = Pattern(rf"\([{COUNTING}\d]{{1,3}}\)[、.]*")
_LEADER = Pattern(r"(?:\.{2,}|…+|·{3,}|_{3,})\d*$|[:：]$")
_CONTENTS = Pattern(r"(?:\.{3,}|…+|·{3,}|_{3,})\s*\d{1,3}\s*$")
_CAPTION = Pattern(
    rf"[(\[]?(?:\L<before_table>|\L<attachment>)?\L<table>[{COUNTING}\d(]"
    rf"|[(\[]?\L<table_of_annex>|(?![{COUNTING}\d(\[第]).*\L<table_ends>$",
    WORDS,
)
_CAPTIONED = Pattern(r"(?:^|[\s。；;（(]|\L<before_table>)\L<table>\s*$", WORDS)
_MARK = Pattern(r"\L<heading_mark>", WORDS)
_OTHER, _OTHER_SPELT = "".join(words_of("other")[:1]), Pattern(r"\L<other_spelt>", WORDS)
_PUNCTUATION = str.maketrans("", "", "、,.;:\"'“”‘’")


def _key(text: str) -> str:
    return _OTHER_SPELT.sub(_OTHER, plain(text).translate(_PUNCTUATION))


def _load() -> tuple[dict[str, int], dict[str, int]]:
    """Section by spelling, and those official spellings that never name a part of another section."""
    columns = ("heading", "section", "edition", "note")
    rows = read_rows("headings.csv", columns, find_faults=_find_heading_faults, same=_key)
    headings = {_key(row["heading"]): int(row["section"]) for row in rows}
    official = (_key(row["heading"]) for row in rows if row["note"] == "official" and row["section"] in "346")
    return headings, {key: headings[key] for key in official}


def _find_heading_faults(lines: Sequence[Line]) -> Iterator[str]:
    yield from find_unlisted(lines, "section", "0123456")


def _find_section_faults(lines: Sequence[Line]) -> Iterator[str]:
    yield from find_unlisted(lines, "section", "123456")
    yield from find_example_faults(lines, plain, "section")


def _load_words() -> list[tuple[tuple[str, ...], int]]:
    """Words that together tell a section where no spelling on the list comes near, in order of trust."""
    columns = ("words", "section", "example", "note")
    same = partial(sort_words, same=plain)
    rows = read_rows("heading_words.csv", columns, find_faults=_find_section_faults, same=same)
    return [(tuple(row["words"].split()), int(row["section"])) for row in rows]


_HEADINGS, _UNMISTAKABLE = _load()
_WORDS = _load_words()
_KEYS = list(_HEADINGS)
_ENDINGS = [(key, section) for key, section in _HEADINGS.items() if len(key) >= 8]
# the numeral first: the search then skips what is none
_GLUED = Pattern(rf"[{ONES}](?:(?<=\A.)|(?<=[。；;!?:：)）\s].))(?:\s*[、.．,，]\s*|\s+)(?=\S)")
_NEXT = Pattern(rf"\s*[{ONES}]\s*[、.．]\s*(?=\S)")
_AFTER = Pattern(rf"[{ONES[:6]}]\s*[、.．]|[\s:：。(（\d—-]|\L<behind_heading>|{ONES[1]}[〇○零]", WORDS)


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


def is_numbered(heading: str) -> bool:
    """Whether a numeral stands before it."""
    return _ENUMERATOR.match(plain(heading)) is not None


def heading_at(line: str, following: str) -> tuple[int, str, bool]:
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
