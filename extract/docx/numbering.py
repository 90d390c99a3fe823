"""Lists: the label that Word generates before a paragraph, counted in document order.

Enters: the roots of numbering.xml and the style sheet, then one paragraph after another.
Leaves: the label (`一、`, `（二）`, `3.`) as text. Labels are not in the document's text, yet the
form's headings often consist of nothing else before their words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from extract.docx.numerals import format_number
from extract.docx.styles import ParagraphFormat, StyleSheet, TextLook
from extract.xml.elements import switched_on, value_of, whole_number
from extract.xml.word_names import ILVL, R_PR, VAL, w

_PLACE: Final = re.compile(r"%([1-9])")
_ABSTRACT_ID: Final = w("abstractNumId")
_OPEN_END: Final = "、，。．：）】〉》」』"
_PRIVATE_USE: Final = re.compile("[\ue000-\uf8ff]")
_P_STYLE: Final = w("pStyle")
_MAX_LINKS: Final = 4
"""Lists that borrow from others; any bound ends a circle."""
_LAST_LEVEL, _LARGEST_START = 8, 32_767  # of Word's lists, counted from 0


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        start: the first count.
        number_format, text: `w:numFmt`, and `w:lvlText` with its `%n` places.
        gap: stands between label and words (`w:suff`), "" or a space.
        restart: 1-based level after which it starts again, 0 never, None after any higher level.
        legal: all counts in decimal digits (`w:isLgl`).
        hidden: the label is not printed.
        style: the paragraph style tied to this level.
    """

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    gap: str = " "
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class NumberList:
    """One `w:num`: whose counts it shares, its levels, and the starts that it sets anew."""

    counts_of: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class Numbering:
    """Counts paragraphs and writes their labels."""

    def __init__(self, root: _Element | None, styles: StyleSheet) -> None:
        self._styles = styles
        self._lists = {} if root is None else _read_lists(root, styles)
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()

    def restarted(self) -> Numbering:
        """The same lists with nothing counted (headers and notes count for themselves)."""
        fresh = Numbering(None, self._styles)
        fresh._lists = self._lists
        return fresh

    def label(self, paragraph: ParagraphFormat, look: TextLook) -> str:
        """The label of the next paragraph, "" where it has none; advances the count.

        Args:
            paragraph: what it states itself.
            look: what its style states.
        """
        if not self._lists or (paragraph.num_id is None and look.num_id is None):
            return ""
        num_id, index = self._membership(paragraph, look)
        chosen = self._lists.get(num_id)
        if chosen is None or index not in chosen.levels:
            return ""
        counts = self._advance(num_id, chosen, index)
        level = chosen.levels[index]
        return "" if level.hidden else _printed(level, chosen.levels, counts)

    def _membership(self, paragraph: ParagraphFormat, look: TextLook) -> tuple[str, int]:
        if paragraph.num_id is not None:
            return paragraph.num_id, paragraph.level or 0
        if look.num_id is None:
            return "0", 0
        level = paragraph.level
        if level is None:
            level = self._level_of_style(look.num_id, paragraph.style)
        return look.num_id, (look.level or 0) if level is None else level

    def _level_of_style(self, num_id: str, style_id: str) -> int | None:
        chosen = self._lists.get(num_id)
        owner = self._styles.owner_of_numbering(style_id)
        tied = [] if chosen is None else [at for at, level in chosen.levels.items() if level.style == owner]
        return tied[0] if tied else None

    def _advance(self, num_id: str, chosen: NumberList, index: int) -> dict[int, int]:
        counts = self._counts.setdefault(chosen.counts_of, {})
        if num_id not in self._started:
            self._started.add(num_id)
            for at in chosen.starts:
                counts.pop(at, None)
        first = chosen.starts.get(index, chosen.levels[index].start)
        counts[index] = counts[index] + 1 if index in counts else first
        for deeper in [at for at in counts if at > index]:
            restart = chosen.levels[deeper].restart if deeper in chosen.levels else None
            if restart is None or index < restart:
                del counts[deeper]
        return counts


def _printed(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    if level.number_format == "bullet":
        text = _PRIVATE_USE.sub("•", level.text)  # Wingdings code points mean nothing outside Word
    else:
        text = _PLACE.sub(lambda place: _numeral(int(place[1]) - 1, level, levels, counts), level.text)
    return text if not text or text[-1] in _OPEN_END else text + level.gap


def _numeral(index: int, shown: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    level = levels.get(index, Level())
    number = counts.get(index, level.start)
    plain = shown.legal and level.number_format != "decimalZero"
    return str(number) if plain else format_number(number, level.number_format)


def _read_lists(root: _Element, styles: StyleSheet) -> dict[str, NumberList]:
    abstract = {item.get(_ABSTRACT_ID, ""): item for item in root.iterfind(w("abstractNum"))}
    numbers = {item.get(w("numId"), ""): item for item in root.iterfind(w("num"))}
    levels = {key: _read_levels(item) for key, item in abstract.items()}
    lists: dict[str, NumberList] = {}
    for num_id, item in numbers.items():
        key = _linked(value_of(item, _ABSTRACT_ID), abstract, numbers, styles)
        if num_id != "0" and key in levels:
            lists[num_id] = _read_list(item, key, levels[key])
    return lists


def _linked(
    key: str, abstract: Mapping[str, _Element], numbers: Mapping[str, _Element], styles: StyleSheet
) -> str:
    """Follows `w:numStyleLink`: a list that borrows its levels from a numbering style."""
    for _ in range(_MAX_LINKS):
        style = value_of(abstract.get(key), w("numStyleLink"))
        number = numbers.get(styles.look(style).num_id or "") if style else None
        if number is None:
            break
        key = value_of(number, _ABSTRACT_ID)
    return key


def _read_list(item: _Element, key: str, levels: Mapping[int, Level]) -> NumberList:
    own = dict(levels)
    starts: dict[int, int] = {}
    for override in item.iterfind(w("lvlOverride")):
        index = whole_number(override.get(ILVL), 0, _LAST_LEVEL) or 0
        replaced = override.find(w("lvl"))
        if replaced is not None:
            own[index] = _read_level(replaced)
        start = whole_number(value_of(override, w("startOverride")), 0, _LARGEST_START)
        if start is not None:
            starts[index] = start
    return NumberList(key, own, starts)


def _read_levels(item: _Element) -> dict[int, Level]:
    return {
        whole_number(lvl.get(ILVL), 0, _LAST_LEVEL) or 0: _read_level(lvl) for lvl in item.iterfind(w("lvl"))
    }


def _read_level(lvl: _Element) -> Level:
    run = lvl.find(R_PR)
    start = whole_number(value_of(lvl, w("start")), 0, _LARGEST_START)
    text = lvl.find(w("lvlText"))
    return Level(
        start=1 if start is None else start,
        number_format=value_of(lvl, w("numFmt")) or "decimal",
        text="" if text is None else text.get(VAL, ""),
        gap="" if value_of(lvl, w("suff")) == "nothing" else " ",
        restart=whole_number(value_of(lvl, w("lvlRestart")), 0, _LAST_LEVEL + 1),
        legal=bool(switched_on(lvl, w("isLgl"))),
        hidden=run is not None and bool(switched_on(run, w("vanish"))),
        style=value_of(lvl, _P_STYLE),
    )
