"""What a mail itself says, apart from what it carries.

Enters: a part and the bytes. Leaves: its text, as HTML where it has that and it says as much, in UTF-8 with a
byte-order mark, which outweighs what the HTML declares.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from typing import Final

from extract.archive.mail.header_words import decode_bytes, find_parameters
from extract.archive.mail.mime import MailPart, decode_transfer, find_uuencoded
from extract.characters.decode import MAX_TEXT_BYTES, find_encoding

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)

MailText = tuple[str, str]
"""`html` or `text`, and the words."""


def is_body(part: MailPart) -> bool:
    """Whether a part without parts of its own is read as the mail's text, not as a file that it carries."""
    if part.kind not in {"text/plain", "text/html"}:
        return False
    disposition = part.header("content-disposition").lower()
    named = find_parameters(disposition).get("filename") or find_parameters(part.header("content-type")).get(
        "name"
    )
    return not named and not disposition.startswith(b"attachment")


def find_body(mail: MailPart, data: bytes) -> tuple[str, bytes] | None:
    """The text of the mail, None where it says nothing."""
    texts = [text for text in _find_texts(mail, data) if text[1].strip()]
    if not texts:
        return None
    if all(kind == "text" for kind, _ in texts):
        return "text", _encode("\n".join(words for _, words in texts))
    return "html", _encode("\n".join(words if kind == "html" else _as_html(words) for kind, words in texts))


def _find_texts(part: MailPart, data: bytes) -> Iterator[MailText]:
    if part.kind == "multipart/alternative" and part.parts:
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
    marked = [way for way in full if any(kind == "html" for kind, _ in way)]
    return (marked or full or [[]])[-1]


def _length(texts: list[MailText]) -> int:
    return sum(_visible(words) if kind == "html" else len("".join(words.split())) for kind, words in texts)


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
    kind = "html" if part.kind == "text/html" else "text"
    if kind == "text":
        content = find_uuencoded(content)[1]
    return kind, _decode(content, find_parameters(part.header("content-type")).get("charset", "").lower())


def _decode(content: bytes, charset: str) -> str:
    """By what the bytes are, then by what is declared of them."""
    declared = _CHARSET.search(content[:4096])
    if content.isascii() and not charset.startswith(("utf-16", "utf-7", "hz", "iso-2022")):
        return content.decode("ascii")
    found = find_encoding(content)
    if found in {"utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5"}:
        return content.decode("cp950" if found == "big5" else found, "replace")
    return decode_bytes(content, charset or (declared[1].decode("ascii").lower() if declared else ""))


def _as_html(words: str) -> str:
    return f"<pre>{html.escape(words, quote=False)}</pre>"


def _encode(words: str) -> bytes:
    return codecs.BOM_UTF8 + words.lstrip("\ufeff").encode("utf-8", "replace")
