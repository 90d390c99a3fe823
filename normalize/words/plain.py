"""Text with white space gone and signs in one width, one character for one character.

Enters: text as printed. Leaves: text of the same letters in which patterns can be written once. Unlike a
full compatibility folding the length never changes, so that a match can be cut from the printed text.
"""

from __future__ import annotations

import re
import unicodedata

from extract.characters.invisible import INVISIBLE
from normalize.words.script import CHARACTERS, unify_words

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_WIDE = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_SIGNS = str.maketrans(
    "\u3014\u3015\u3010\u3011\ufe5d\ufe5e\u2014\u2013\u2012\u2500\u301c\u3007\u25cb\u25ef",
    "[][][]----~\u96f6\u96f6\u96f6",
)
# Chrome and some fonts write 工 as the radical U+2F2F
_RADICALS = {code: ord(unicodedata.normalize("NFKC", chr(code))) for code in range(0x2F00, 0x2FD6)}
_RADICAL = re.compile("[" + "".join(map(chr, _RADICALS)) + "]")
_SHAPES = {chr(a): chr(b) for a, b in {**_WIDE, **_SIGNS, **_RADICALS}.items()}
_ONE = {**CHARACTERS, **{a: CHARACTERS.get(b, b) for a, b in _SHAPES.items()}}
# four times as fast as str.translate on Chinese text
_OTHER = re.compile("[" + "".join(map(re.escape, _ONE)) + "]")
_OTHER_SHAPE = re.compile("[" + "".join(map(re.escape, _SHAPES)) + "]")


def _one(match: re.Match[str]) -> str:
    return _ONE[match[0]]


def _shape(match: re.Match[str]) -> str:
    return _SHAPES[match[0]]


def squeeze(text: str) -> str:
    """The text as printed without white space and invisible characters."""
    words = text.split()
    if not words:
        return ""
    tight = words[0] if len(words) == 1 else "".join(words)
    return tight if tight.isascii() else _INVISIBLE.sub("", tight)


def unify(text: str) -> str:
    """Full-width signs, brackets, dashes and Traditional letters made one, letter for letter."""
    return _OTHER.sub(_one, unify_words(text))


def unify_shapes(text: str) -> str:
    """Full-width signs, brackets and dashes made one, letter for letter; Traditional letters as printed."""
    return _OTHER_SHAPE.sub(_shape, text)


def plain(text: str) -> str:
    """`squeeze(text)` made one: what patterns are written for."""
    return unify(squeeze(text))


def mend(text: str) -> str:
    """Radicals that stand for characters turned into these; the rest as printed."""
    return text.translate(_RADICALS) if _RADICAL.search(text) else text
