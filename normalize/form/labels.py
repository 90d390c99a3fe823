"""What a label may stand for: the text of a cell against every spelling in the dictionary.

Enters: text as printed. Leaves: `Hit`s, best first; nothing is decided here, context decides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalize.form.loader import FORM, Label
from normalize.words.fold import fold, level_of, split_enumerator, without_note

LONGEST = 70
"""Folded characters beyond which a text is prose, not a label: twice the longest of the form.

With half of it the case layout_long_seq_prefix loses numbers.
"""
FAINT = 0.45
"""Below this two labels have less than half of their characters in common: no evidence at all.

Measured: at 0.32 rows of the case layout_div_flex change, at 0.78 numbers of layout_t2_synonyms and
layout_short_lastyear.
"""
LIKELY = 0.72
"""Similarity from which a label speaks for what it names.

其他法律行政止公开 (hzq2023, three characters lost) has 0.75 with the row as the form prints it. At 0.5 the
case text_bare_label and the real report of suixi change, at 0.89 that of yanan loses numbers.
"""
NEAR = 0.9
"""Similarity from which a label is that spelling: no two names of one axis come so near each other.

The nearest, 本年新收政府信息公开申请数量 and 上年结转政府信息公开申请数量, have 0.79; at 0.63 the case
layout_prev_year_interleaved changes.
"""
SAME = 0.95
"""Similarity from which nothing is taken off the confidence: one character in twenty may differ.

At 0.67 162 numbers of six documents change (the case layout_long_total_first).
"""
LONGEST_HEAD = 26
"""Folded characters of 行政诉讼 - 未经复议直接起诉 - 结果维持 with whatever joins them."""
BEGINNING, INSIDE, PER_SHARE = 0.55, 0.5, 0.4
"""Likeness of a piece of a label: so much, and so much more for the share of the label that it is.

Measured: with a tenth less for beginnings numbers of the case layout_div_flex change, with a twentieth more
those of text_bare_label; inside, at 0.3 layout_long_seq_prefix, at 0.58 layout_div_flex.
"""
CUT = 0.4
"""Share of a label that still counts as the label cut short; less is only a word in common.

Measured on cases: at 0.28 layout_div_flex and layout_long_seq_prefix change, at 0.76 six lose 69 numbers.
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One reading of a label.

    Attributes:
        axis, name: what it stands for.
        similarity: 0 to 1, 1 for a spelling of the dictionary.
        numeral: the numerals agree (True), differ (False), or one has none (None).
    """

    axis: str
    name: str
    similarity: float
    numeral: bool | None


_EXACT: dict[str, list[Label]] = defaultdict(list)
for _label in FORM.labels:
    _EXACT[_label.core].append(_label)


_CORES = [label.core for label in FORM.labels]
_ALL_CORES = "\0".join(_CORES)
_PIECE = 4
"""Characters that the shorter of two labels has at least where it counts that it stands in the other.

At 3 the real report of huitong_linye changes, at 5 the cases layout_t3_other_name and layout_t3_transposed.
"""
_BY_BEGINNING: dict[str, list[int]] = defaultdict(list)
for _index, _core in enumerate(_CORES):
    _BY_BEGINNING[_core[:_PIECE]].append(_index)


def _likenesses(core: str) -> list[tuple[int, float]]:
    """Labels alike, in their order, each with its similarity; found in native code, as no text is a label."""
    near = process.extract(
        core, _CORES, scorer=Levenshtein.normalized_similarity, score_cutoff=FAINT, limit=None
    )
    found = {index: similarity for _, similarity, index in near if similarity >= FAINT}  # not a hair below
    for i in _inside_or_around(core):
        if likeness := _likeness_of_piece(core, _CORES[i]):
            found[i] = max(found.get(i, 0.0), likeness)
    return sorted(found.items())


def _inside_or_around(core: str) -> set[int]:
    """Labels that may stand in the text, and those that it stands in."""
    pieces = {core[i : i + _PIECE] for i in range(len(core) - _PIECE + 1)}
    found = {i for piece in pieces & _BY_BEGINNING.keys() for i in _BY_BEGINNING[piece]}
    if pieces and core in _ALL_CORES:
        found |= {i for i, text in enumerate(_CORES) if core in text}
    return found


def _likeness_of_piece(core: str, label: str) -> float:
    """Similarity of a label cut short or with an addition: nearer than edits alone say; 0 for others."""
    short, long = sorted((core, label), key=len)
    share = len(short) / len(long)
    if len(short) < _PIECE or share < CUT or short not in long:
        return 0.0
    return (BEGINNING if long.startswith(short) else INSIDE) + PER_SHARE * share


def _agrees(label: Label, enumerator: str) -> bool | None:
    if not label.enumerator or not enumerator:
        return None
    return level_of(label.enumerator) == level_of(enumerator)


_JOINTS = "-—–:/·>"
"""Signs between the levels of a label that stand in one cell."""
_TITLES = tuple(label for label in FORM.labels if FORM.place_of(label.axis)[1] == "heading")


def _below_title(core: str) -> list[Label]:
    """The columns that a head names together with the title above them (`法人或其他组织（商业企业）`)."""
    for title in _TITLES:
        if core.startswith(title.core) and core != title.core:
            axis = title.axis.replace(".heading", ".column")
            rest = core[len(title.core) :].strip(f"(){_JOINTS}")
            return [label for label in _EXACT.get(rest, ()) if label.axis == axis and label.name != "total"]
    return []


@lru_cache(maxsize=32768)
def find_hits(text: str) -> tuple[Hit, ...]:
    """Everything that `text` may stand for, best first; () for a blank, a number or prose."""
    folded = fold(text)
    enumerator, core = split_enumerator(folded)
    exact = _EXACT.get(core, ()) or _EXACT.get(folded, ())
    explained = [] if exact else _below_title(core) or _EXACT.get(without_note(core), [])
    if not core or (len(core) > LONGEST and not explained):
        return ()
    best: dict[tuple[str, str], Hit] = {}
    if exact and len(core) > 2:
        labels = [(label, 1.0) for label in exact]
    elif explained:
        labels = [(label, SAME) for label in explained]
    else:
        labels = [(FORM.labels[i], similarity) for i, similarity in _likenesses(core)]
    for label, similarity in labels:
        hit = Hit(label.axis, label.name, similarity, _agrees(label, enumerator))
        known = best.get((label.axis, label.name))
        if known is None or (hit.similarity, hit.numeral is True) > (known.similarity, known.numeral is True):
            best[label.axis, label.name] = hit
    return tuple(sorted(best.values(), key=lambda h: (-h.similarity, h.numeral is not True, h.axis, h.name)))


@lru_cache(maxsize=32768)
def is_label(text: str) -> bool:
    """The text is a label as the dictionary spells it: the first of its hits has the similarity 1."""
    folded = fold(text)
    core = split_enumerator(folded)[1]
    return core in _EXACT or (folded in _EXACT and len(core) > 2)


@lru_cache(maxsize=32768)
def best_hit(text: str, axis: str) -> Hit | None:
    """The best reading of `text` on one axis, or None."""
    return next((hit for hit in find_hits(text) if hit.axis == axis), None)


_BLOCKS_AND_COLUMNS = {
    name: tuple(
        tuple(x.core for x in FORM.labels if x.axis == f"{name}.{role}") for role in ("block", "column")
    )
    for name, template in FORM.templates.items()
    if not template.rows_are
}


@lru_cache(maxsize=8192)
def find_composite(text: str) -> str:
    """The template whose head stands in one cell, block and column together (`行政复议-结果维持`), or ""."""
    folded = fold(text)
    if len(folded) > LONGEST_HEAD:
        return ""
    named = (
        name
        for name, parts in _BLOCKS_AND_COLUMNS.items()
        if all(any(core in folded for core in part) for part in parts)
    )
    return next(named, "")


_GROUPS = tuple(label.core for label in FORM.labels if FORM.is_group(label.axis, label.name))


@lru_cache(maxsize=8192)
def strip_groups(text: str) -> str:
    """A row label without the group labels before it in the same cell, folded; "" if there are none."""
    rest = fold(text)
    stripped = ""
    while len(rest) <= 4 * LONGEST:
        core = split_enumerator(rest)[1]
        group = next((g for g in _GROUPS if core.startswith(g) and len(core) > len(g)), "")
        if not group:
            return stripped
        rest = stripped = core[len(group) :].lstrip(_JOINTS)
    return ""
