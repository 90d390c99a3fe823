"""What a mail itself says, apart from what it carries.

Enters: a part and the bytes. Leaves: its text, as HTML where it has that and it says as much, in UTF-8 with a
byte-order mark, which outweighs what the HTML declares.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from extract.archive.mail.header_words import decode_bytes, find_parameters
from extract.archive.mail.mime import MailPart, decode_transfer, find_uuencoded
from extract.characters.decode import MAX_TEXT_BYTES, find_encoding

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MailText:
    """A part of what a mail says: its words, and their format, `html` or `text`."""

    format: str
    words: str


def is_body(part: MailPart) -> bool:
    """Whether a part without parts of its own is read as the mail's text, not as a file that it carries."""
    if part.media_type not in {"text/plain", "text/html"}:
        return False
    disposition = part.header("content-disposition").lower()
    named = find_parameters(disposition).get("filename") or find_parameters(part.header("content-type")).get(
        "name"
    )
    return not named and not disposition.startswith(b"attachment")


def find_body(mail: MailPart, data: bytes) -> tuple[str, bytes] | None:
    """The text of the mail, None where it says nothing."""
    texts = [text for text in _find_texts(mail, data) if text.words.strip()]
    if not texts:
        return None
    if all(text.format == "text" for text in texts):
        return "text", _encode("\n".join(text.words for text in texts))
    return "html", _encode("\n".join(map(_as_html, texts)))


def _find_texts(part: MailPart, data: bytes) -> Iterator[MailText]:
    if part.media_type == "multipart/alternative" and part.parts:
        yield from _choose([list(_find_texts(one, data)) for one in part.parts])
    elif part.parts:
        for one in part.parts:
            yield from _find_texts(one, data)
    elif is_body(part):
        yield _read_text(part, data)


def _choose(ways: list[list[MailText]]) -> list[MailText]:
    """The last way that says at least half of what the longest says, HTML before text."""
    longest = max((_length(way) for way in ways), default=0)
    full = [way for way in ways if way and _length(way) * 2 >= longest]
    marked = [way for way in full if any(text.format == "html" for text in way)]
    return (marked or full or [[]])[-1]


def _length(texts: list[MailText]) -> int:
    return sum(
        _visible(text.words) if text.format == "html" else len("".join(text.words.split())) for text in texts
    )


def _visible(markup: str) -> int:
    """Characters outside tags, near enough: what stands in styles and scripts is not seen."""
    count, hidden = 0, False
    for piece in markup.split("<"):
        tag, _, text = piece.partition(">")
        name = tag[:7].lower()
        opens, closes = name.startswith(("style", "script")), name.startswith(("/style", "/script"))
        hidden = opens or (hidden and not closes)
        count += 0 if hidden else len("".join(text.split()))
    return count


def _read_text(part: MailPart, data: bytes) -> MailText:
    content = decode_transfer(part, data)[:MAX_TEXT_BYTES]
    charset = find_parameters(part.header("content-type")).get("charset", "").lower()
    if part.media_type == "text/html":
        return MailText("html", _decode(content, charset))
    return MailText("text", _decode(find_uuencoded(content)[1], charset))


def _decode(content: bytes, charset: str) -> str:
    """By what the bytes are, then by what is declared of them."""
    declared = _CHARSET.search(content[:4096])
    if content.isascii() and not charset.startswith(("utf-16", "utf-7", "hz", "iso-2022")):
        return content.decode("ascii")
    found = find_encoding(content)
    if found in {"utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5"}:
        return content.decode("cp950" if found == "big5" else found, "replace")
    return decode_bytes(content, charset or (declared[1].decode("ascii").lower() if declared else ""))


def _as_html(text: MailText) -> str:
    return text.words if text.format == "html" else f"<pre>{html.escape(text.words, quote=False)}</pre>"


def _encode(words: str) -> bytes:
    return codecs.BOM_UTF8 + words.lstrip("\ufeff").encode("utf-8", "replace")
