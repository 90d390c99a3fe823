"""How a page is encoded and what it says about that, which are two things.

Enters: the text of a page with a mark where its declaration goes. Leaves: bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final, Literal

DECLARATION: Final = "\ue000"
"""Stands in the head of a page until its encoding is drawn."""

Place = Literal["equiv", "html5", "xml", "late"]


@dataclass(frozen=True, slots=True)
class Charset:
    """An encoding.

    Attributes:
        codec: how the bytes are made; a character that it lacks becomes a reference.
        declared: what the page claims, "" for nothing.
        place: where it claims it; `late` is behind eight kilobytes of scripts.
        mark: the bytes begin with a byte-order mark.
    """

    codec: str = "utf-8"
    declared: str = "utf-8"
    place: Place = "equiv"
    mark: bool = False

    @property
    def name(self) -> str:
        """A word for the variant, "" where the claim is right."""
        if self.codec.startswith("utf-16"):
            return "utf16"
        if self.codec == "ascii":
            return "references"
        if self.mark and self.declared:
            return "marked"
        same = {"gb2312": "gbk", "gb18030": "gbk", "x-gbk": "gbk", "gb_2312-80": "gbk"}
        spoken, meant = self.declared.lower(), same.get(self.codec, self.codec)
        if same.get(spoken, spoken) == meant:
            return "" if self.codec == "utf-8" else meant
        said = f"says_{spoken.replace('-', '')}" if spoken else "undeclared"
        return f"{meant.replace('-', '')}_{said}"


_SIMPLIFIED: Final = (
    (Charset(), 24),
    (Charset("utf-8", "utf-8", mark=True), 3),
    (Charset("gbk", "gb2312"), 9),
    (Charset("gb18030", "GBK"), 3),
    (Charset("gb2312", "GB2312"), 2),
    (Charset("gbk", "gb18030"), 2),
    (Charset("gbk", "x-gbk"), 1),
    (Charset("gbk", "utf-8"), 5),
    (Charset("utf-8", "gb2312"), 5),
    (Charset("utf-8", "GBK", mark=True), 1),
    (Charset("utf-8", "iso-8859-1"), 1),
    (Charset("utf-8", ""), 3),
    (Charset("gbk", ""), 3),
    (Charset("ascii", "us-ascii"), 1),
    (Charset("ascii", "gb2312"), 1),
    (Charset("utf-16-le", "unicode", mark=True), 2),
    (Charset("utf-16-be", "", mark=True), 1),
)
_TRADITIONAL: Final = (
    (Charset(), 6),
    (Charset("big5", "big5"), 4),
    (Charset("cp950", "Big5"), 1),
    (Charset("utf-8", "big5"), 1),
    (Charset("gbk", "gb2312"), 2),
)


def draw_charset(rng: Random, traditional: bool) -> Charset:
    """An encoding; two in three say what they are."""
    sets, weights = zip(*(_TRADITIONAL if traditional else _SIMPLIFIED), strict=True)
    found = rng.choices(sets, weights)[0]
    place: Place = rng.choices(("equiv", "html5", "xml", "late"), (6, 4, 1, 2))[0]
    return Charset(found.codec, found.declared, place, found.mark)


def declare(how: Charset) -> str:
    """The declaration as it stands in the head, "" for none."""
    if not how.declared or how.place == "xml":
        return ""
    if how.place == "html5":
        return f'<meta charset="{how.declared}">'
    junk = (
        "/* " + "var track = function(a, b) { return a < b; }; " * 190 + "*/" if how.place == "late" else ""
    )
    script = f"<script type='text/javascript'>{junk}</script>" if junk else ""
    return f'{script}<meta http-equiv="Content-Type" content="text/html; charset={how.declared}" />'


def encode_page(text: str, how: Charset) -> bytes:
    """The bytes of a page."""
    text = text.replace(DECLARATION, declare(how), 1).replace(DECLARATION, "")
    if how.place == "xml" and how.declared:
        text = f'<?xml version="1.0" encoding="{how.declared}"?>\n{text}'
    mark = "\ufeff".encode(how.codec) if how.mark else b""
    return mark + text.encode(how.codec, "xmlcharrefreplace")
