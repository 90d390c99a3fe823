r"""Text of a page's source -> the lines that a browser prints.

Enters: pieces of text as in the source, `BREAK` for a forced line break. Leaves: lines. A line break of the
source is white space, and nothing between two characters of Chinese (Word breaks its lines anywhere).
"""

from __future__ import annotations

import html
import re
from typing import Final

from extract.characters.invisible import INVISIBLE

BREAK: Final = "\x0b"
"""Stands for `<br>`; no such character comes out of the parser."""
_WIDE: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u2014\u2018-\u201d\u2026"
_SOURCE_BREAK: Final = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]")
_DOUBLED: Final = re.compile(r"&(?:amp;)*(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_VOWELS: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_PRONOUNCED: Final = re.compile(
    rf"(?<=[\u4e00-\u9fff])[(（][a-z\u00fc]{{0,4}}[{_VOWELS}][a-z\u00fc{_VOWELS}]{{0,4}}[)）]"
)
"""How a character is read aloud, in brackets behind it: machines that make Traditional copies print it."""


def is_empty(text: str) -> bool:
    """Nothing but white space that prints no line."""
    return not text or (text.isspace() and not ("\xa0" in text or "\u3000" in text or BREAK in text))


def to_lines(text: str) -> list[str]:
    """The printed lines of a paragraph, without breaks at its beginning and end."""
    if "\n" in text or "\r" in text:
        text = _SOURCE_BREAK.sub("", text)
    text = _SPACE.sub(" ", text)
    if not text.isascii():
        text = _PRONOUNCED.sub("", _INVISIBLE.sub("", text))
    if BREAK not in text:
        return [text.strip()]
    return [line.strip() for line in text.strip(f"{BREAK} ").split(BREAK)]


def undouble(text: str) -> str:
    """Character references escaped twice, which would be printed as such (`&nbsp;`), made characters."""
    if "&" not in text:
        return text
    return _DOUBLED.sub(lambda match: html.unescape(html.unescape(match[0])), text).strip()
