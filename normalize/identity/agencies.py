"""What may be the name of a public body.

Enters: text that is thought to be a name. Leaves: the name cleaned, or "" where it cannot be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.words.csv_lines import Line
from normalize.words.numerals import COUNTING
from normalize.words.page_words import WORDS, words_of
from normalize.words.script import simplify
from normalize.words.search import Pattern
from normalize.words.word_list import find_unlisted, read_rows


def _find_strength_faults(lines: Sequence[Line]) -> Iterator[str]:
    yield from find_unlisted(lines, "strong", "012")


_COLUMNS = ("ending", "strong", "note")
_ENDINGS = read_rows("agency_endings.csv", _COLUMNS, find_faults=_find_strength_faults, same=simplify)
_STRONG = tuple(row["ending"] for row in _ENDINGS if row["strong"] == "1")
_WEAK = tuple(row["ending"] for row in _ENDINGS if row["strong"] == "2")
_REGION = tuple(row["ending"] for row in _ENDINGS if row["strong"] == "0")
_NAVIGATION = frozenset(words_of("navigation"))
_SELF = frozenset(words_of("self"))
_PROSE = Pattern(r"\L<prose>", WORDS)
_DISCLOSED = Pattern(r"\L<disclosed>", WORDS)
_OWN = words_of("own")
_NO_BODY = words_of("no_body")
_BARE = frozenset(_STRONG)
_PLACE = Pattern(rf"\L<place_level>|第[{COUNTING}\d]{{1,3}}师", WORDS)
_NAME = Pattern(r"[\p{Han}A-Za-z0-9·•()\-\"“”]{2,48}")
_WORD = Pattern(r"\p{Han}{2}")
_QUALIFIER = Pattern(r"\([^()]*\)$")
_IN_BRACKETS = Pattern(r"[(\[]([^()\[\]]+(?:\([^()]+\))?)[)\]]")
_LEAD = Pattern(r"^(?:\d+[.、)]|[.、)\]\-·•\"”]|\L<about>)+", WORDS)
_TAIL = Pattern(r"(?:\L<name_tail>|[\-·•\"“(《])+$", WORDS)
_SEALED = Pattern(r"\((?:\L<seal>|\L<seal_of_name>)\)$", WORDS)
_PAPER = Pattern(r"\L<paper>$", WORDS)


def is_navigation(words: str) -> bool:
    """Whether plain text is a word of a page's menus."""
    return words.strip("|>·[]【】:") in _NAVIGATION


def clean_name(text: str) -> str:
    """The name in plain text, trimmed; "" where it is no name (我局, 政府, a sentence)."""
    name = _TAIL.sub("", _LEAD.sub("", _SEALED.sub("", text) if text.endswith(")") else text))
    if name.count("(") != name.count(")"):
        name = name.split(")")[-1] if name.count(")") > name.count("(") else name.split("(")[0]
    if (
        name in _SELF
        or (name.startswith(_OWN) and len(name) <= 6)
        or not _NAME.fullmatch(name)
        or is_navigation(name)
        or _DISCLOSED.search(name)
    ):
        return ""
    return name if _WORD.search(name) and not is_prose(name) else ""


def is_body(name: str) -> bool:
    """Whether a name ends as a public body does (局, 人民政府, 医院, ...).

    One character that other words end in too (办, 所, ...) needs a place before it: 网上可办 is none.
    """
    name = simplify(name)
    name = _QUALIFIER.sub("", name) if name.endswith(")") else name
    if len(name) < 3 or name in _BARE or name.endswith(_NO_BODY):
        return False
    return name.endswith(_STRONG) or (name.endswith(_WEAK) and _PLACE.search(name) is not None)


def is_region(name: str) -> bool:
    """Whether a name ends as a place does (县, 市, 镇, ...)."""
    return simplify(name).endswith(_REGION)


def body_of_line(words: str) -> str:
    """The body named by a whole line (`刚察县人民政府办公室`, `...文件`), "" where it is something else."""
    bracketed = _IN_BRACKETS.fullmatch(words)
    name = clean_name(_PAPER.sub("", bracketed[1] if bracketed else words))
    return name if is_body(name) and len(name) <= 36 else ""


def is_prose(words: str) -> bool:
    """Whether words of a sentence or a notice stand in it (根据, 做好, 通知, ...), as in no name."""
    return _PROSE.search(words) is not None
