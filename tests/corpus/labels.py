"""Labels as people type them: other numbering, other quotes, gaps, slips of the hand.

Enters: an official label. Leaves: a label that a person still reads without doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from corpus.official import ITEM_ONE, OTHER_ITEMS, REQUEST_ROWS

QUOTES = ("“”", '""', "「」", "『』", "‘’", "＂＂", "''", "《》", "")
CIRCLED = "①②③④⑤⑥⑦⑧⑨"
REAL_SLIPS = {
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "行政规范性文件": "规范性文件",
    "本年新公开数量": "本年公开数量",
    "三、本年度办理结果": "三三、本年度办理结果",
}
HOMOPHONES = dict(
    zip("密制治确掌维纠案版查执转续废规处范", "蜜治制却撑为究按板察直专序费归出犯", strict=True)
)
_LONG = re.compile(r"（(?:区分处理|本列数据|单位)[^）]*）")
_ALL = tuple(
    {r.label for rows in REQUEST_ROWS.values() for r in rows}
    | {
        x
        for e in ("2021", "2019")
        for i in (ITEM_ONE[e], *OTHER_ITEMS[e])
        for x in (*i.heads, *(n for n, _ in i.rows))
    }
)


@dataclass(frozen=True, slots=True)
class Lettering:
    """One document's way with labels.

    Attributes:
        leaf: numbering of the third level, `{}` is the digit.
        middle: brackets of the second level, left|right.
        quotes: a pair of quotes, or "" for none.
        shorten: long parentheses are left out.
        gaps: share of labels with blanks between their characters.
        breaks: share of labels with a line break inside (formats that can).
        slips: share of labels with one wrong, missing or doubled character.
    """

    leaf: str = "{}."
    middle: str = "（|）"
    quotes: str = "“”"
    shorten: bool = False
    gaps: float = 0
    breaks: float = 0
    slips: float = 0

    @property
    def name(self) -> str:
        """A word for the variant."""
        if self.slips:
            return "slips"
        if self.gaps or self.breaks:
            return "gaps"
        return "" if self == Lettering() else "lettering"


def draw_lettering(rng: Random, breaks: bool = False) -> Lettering:
    """A way of lettering; a third are official."""
    if rng.random() < 0.33:
        return Lettering()
    return Lettering(
        leaf=rng.choice(
            ("{}.", "{}.", "{}、", "{}．", "({})", "（{}）", "{}. ", "{} . ", "circled", "wide", "")
        ),
        middle=rng.choice(("（|）", "（|）", "(|)", "( | )", "【|】", "（|） ")),
        quotes=rng.choice(QUOTES),
        shorten=rng.random() < 0.25,
        gaps=rng.choice((0, 0, 0.1, 0.5)),
        breaks=rng.choice((0, 0.1, 0.5)) if breaks else 0,
        slips=rng.choice((0, 0, 0, 0.06, 0.15)),
    )


def letter(rng: Random, how: Lettering, label: str) -> str:
    """One label in this lettering."""
    if rng.random() < how.slips:
        label = _slip(rng, label)
    if how.shorten:
        label = _LONG.sub("", label) or label
    if how.quotes != "“”":
        left, right = (how.quotes[0], how.quotes[1]) if how.quotes else ("", "")
        label = label.replace("“", left).replace("”", right)
    label = _renumber(rng, how, label)
    if rng.random() < how.gaps:
        label = _space_out(rng, label, " " if rng.random() < 0.8 else "　")
    if rng.random() < how.breaks and len(label) > 3:
        cut = rng.randrange(2, len(label) - 1)
        label = f"{label[:cut]}\n{label[cut:]}"
    return label


def _renumber(rng: Random, how: Lettering, label: str) -> str:
    leaf = re.match(r"([1-9])\.", label)
    if leaf:
        digit, rest = leaf[1], label[2:]
        if how.leaf == "circled":
            return CIRCLED[int(digit) - 1] + rest
        if how.leaf == "wide":
            return chr(ord(digit) - 0x30 + 0xFF10) + rng.choice("．.、") + rest
        return how.leaf.format(digit) + rest
    middle = re.match(r"（([一二三四五六七])）", label)
    if middle:
        left, _, right = how.middle.partition("|")
        return left + middle[1] + right + label[3:]
    return label


def _space_out(rng: Random, label: str, gap: str) -> str:
    if len(label) <= 5 and rng.random() < 0.5:
        return gap.join(label)
    cut = rng.randrange(1, len(label)) if len(label) > 1 else 0
    return label[:cut] + gap + label[cut:] if cut else label


def _slip(rng: Random, label: str) -> str:
    if label in REAL_SLIPS and rng.random() < 0.5:
        return REAL_SLIPS[label]
    body = [i for i, c in enumerate(label) if "一" <= c <= "鿿" and i > 2]
    if len(body) < 5:
        return label
    at = rng.choice(body)
    kind = rng.randrange(3)
    if kind == 0:
        slipped = label[:at] + label[at + 1 :]
    elif kind == 1:
        slipped = label[:at] + label[at] * 2 + label[at + 1 :]
    else:
        slipped = label[:at] + HOMOPHONES.get(label[at], "的") + label[at + 1 :]
    near = sorted(_distance(slipped, other) for other in _ALL)
    return slipped if near[0] <= 1 and near[1] >= near[0] + 2 else label


def _distance(a: str, b: str) -> int:
    """Edits between two labels."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
