"""Folding of labels, used only for comparison: what is printed is never changed.

Enters: text as printed. Leaves: folded text, and the numeral that it opens with.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from extract.characters.invisible import INVISIBLE
from normalize.words.numerals import COUNTING
from normalize.words.script import simplify

_QUOTES = str.maketrans(dict.fromkeys("\"'“”‘’「」『』〝〞＂＇《》〈〉`´", None))
_INVISIBLE = re.compile(rf"[\s{INVISIBLE}\x00-\x1f]+")
_SAME = str.maketrans(
    {"：": ":", "，": ",", "；": ";", "。": ".", "、": ",", "﹒": ".", "·": ".", "‧": ".", "｡": "."}
)

_ENUMERATOR = re.compile(
    rf"^(?:[(\[【〔]\s*(?P<a>[{COUNTING}]{{1,3}}|\d{{1,2}})\s*[)\]】〕]"
    rf"|(?P<b>[{COUNTING}]{{1,3}})\s*[)]"
    rf"|(?P<c>[{COUNTING}]{{1,3}})[,.:\-]"
    r"|(?P<d>\d{1,2})(?:[,:)](?!\d)|\.(?!\d)))[,.]?"
)
_CIRCLED = {chr(0x2460 + i): str(i + 1) for i in range(20)}


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` in NFKC (full width, Kangxi radicals), Simplified, without white space and quotation marks."""
    if not text:
        return ""
    first = text.lstrip()[:1]
    if first in _CIRCLED:
        text = text.lstrip().replace(first, _CIRCLED[first] + ".", 1)
    folded = unicodedata.normalize("NFKC", text)
    bare = _INVISIBLE.sub("", folded).translate(_QUOTES).translate(_SAME).lower()
    return bare if bare.isascii() else simplify(unicodedata.normalize("NFKC", bare))


@lru_cache(maxsize=65536)
def split_enumerator(folded: str) -> tuple[str, str]:
    """The opening numeral of a folded label and the rest: `1.重复申请` gives (`1`, `重复申请`).

    A numeral of the first level is given as `一`, one in brackets as `(一)`, so that the levels differ.
    """
    match = _ENUMERATOR.match(folded)
    if not match or match.end() == len(folded):
        return "", folded
    rest = folded[match.end() :]
    for key in ("a", "b"):
        if match[key]:
            return f"({match[key]})", rest
    return match["c"] or match["d"], rest


def level_of(enumerator: str) -> str:
    """A numeral to compare: 1, (1) and ① are one, 一 and （一） are two levels."""
    bare = enumerator.strip("()")
    return bare if bare.isdigit() else enumerator


def without_note(core: str) -> str:
    """A folded label without the note in brackets behind it (`规章(设区的市应提供)`), "" if it has none."""
    return core.split("(", 1)[0] if core.endswith(")") else ""
