"""The words of mail headers: subjects and file names, however they were written.

Enters: header values as bytes. Leaves: text. RFC 2047 words, RFC 2231 parameters, both mixed, percent signs
and bytes of an unstated encoding are all in use, and a character may be torn between two encoded words.
"""

from __future__ import annotations

import binascii
import codecs
import re
import string
from typing import Final
from urllib.parse import unquote_to_bytes

from extract.archive.member_names import decode_names

_WORD: Final = re.compile(rb"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)\?=")
_PARAMETER: Final = re.compile(rb';\s*([^\s=;]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_ESCAPED: Final = re.compile(rb'\\(["\\])')
_SECTION: Final = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")
_PERCENT: Final = re.compile(rb"%[89A-Fa-f][0-9A-Fa-f]")
_PADDING: Final = re.compile(rb"=+")
_FOREIGN: Final = re.compile(rb"[^A-Za-z0-9+/\r\n]")
_NOT_BASE64: Final = bytes(set(range(256)) - set(string.ascii_letters.encode() + b"0123456789+/"))
# Declared for all that its writers can write, which is more than the name says.
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
                 "gb2312-80": "gb18030", "cp936": "gb18030", "hz": "hz", "big5": "cp950"}  # fmt: skip


def decode_words(raw: bytes) -> str:
    """A header's value as text."""
    pieces: list[str] = []
    run: list[tuple[bytes, bytes]] = []
    charset, place = "", 0
    for word in _WORD.finditer(raw):
        between = raw[place : word.start()]
        stated = word[1].partition(b"*")[0].decode("latin-1").lower()
        if between.strip() or stated != charset:
            pieces.append(decode_bytes(_decode_run(run), charset))
            run = []
        if between.strip() or not place:  # white space between two words is none
            pieces.append(_decode_plain(between))
        run.append((word[2].lower(), word[3]))
        charset, place = stated, word.end()
    pieces += (decode_bytes(_decode_run(run), charset), _decode_plain(raw[place:]))
    return "".join(pieces).strip()


def find_parameters(raw: bytes) -> dict[str, str]:
    """The parameters of a value (`; name=value`), by lower-case name; the first of a name counts."""
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[bool, bytes]]] = {}
    for found in _PARAMETER.finditer(raw):
        name = _SECTION.fullmatch(found[1].decode("latin-1").lower())
        value = _unquote(found[2])
        if name is None:
            continue
        if name[2] is None and name[3] is None:
            plain.setdefault(name[1], _decode_value(value))
        else:
            sections.setdefault(name[1], {}).setdefault(int(name[2] or 0), (name[3] is not None, value))
    return plain | {name: _join(pieces) for name, pieces in sections.items()}


def decode_bytes(data: bytes, charset: str) -> str:
    """Bytes as text: UTF-8 where they are well-formed, else as declared, else by what reads as Chinese."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    charset = _WIDER.get(charset, charset)
    try:
        if charset and not codecs.lookup(charset).name.startswith(("iso8859", "ascii", "cp125")):
            return data.decode(charset)
    except (LookupError, ValueError, TypeError):
        pass
    return decode_names([data])[0]


def _decode_run(words: list[tuple[bytes, bytes]]) -> bytes:
    """The bytes of words that follow each other; base64 may be cut between them anywhere."""
    whole, torn = b"", b""
    for kind, text in words:
        if kind == b"q":
            whole, torn = whole + decode_base64(torn) + binascii.a2b_qp(text, header=True), b""
            continue
        torn += text.strip()
        if text.endswith(b"=") or len(torn) % 4 == 0:
            whole, torn = whole + decode_base64(torn), b""
    return whole + decode_base64(torn)


def decode_base64(text: bytes) -> bytes:
    """Base64 without regard to what is none; a torn last group is dropped.

    A filled-up group ends it, unless more of it follows: lists of subscribers add a line of theirs.
    """
    first, *more = _PADDING.split(text)
    whole = _decode_groups(first)
    for piece in more:
        if _FOREIGN.search(piece.strip()):
            break
        whole += _decode_groups(piece)
    return whole


def _decode_groups(text: bytes) -> bytes:
    text = text.translate(None, _NOT_BASE64)
    text = text[:-1] if len(text) % 4 == 1 else text
    return binascii.a2b_base64(text + b"=" * (-len(text) % 4))


def _decode_plain(raw: bytes) -> str:
    return raw.decode("ascii") if raw.isascii() else decode_names([raw])[0]


def _decode_value(value: bytes) -> str:
    if _WORD.search(value):
        return decode_words(value)
    if value.isascii() and _PERCENT.search(value):
        value = unquote_to_bytes(value)
    return _decode_plain(value)


def _unquote(value: bytes) -> bytes:
    value = value.strip()
    if value[:1] != b'"':
        return value
    return _ESCAPED.sub(rb"\1", value[1:].removesuffix(b'"'))


def _join(pieces: dict[int, tuple[bool, bytes]]) -> str:
    """Sections in order; the first says the charset, as `charset'language'`."""
    charset, whole = "", b""
    for number, (encoded, value) in sorted(pieces.items()):
        if encoded and number == 0 and value.count(b"'") >= 2:
            stated, _, value = value.split(b"'", 2)  # noqa: PLW2901
            charset = stated.decode("latin-1").lower()
        whole += unquote_to_bytes(value) if encoded else value
    return decode_words(whole) if not charset and _WORD.search(whole) else decode_bytes(whole, charset)
