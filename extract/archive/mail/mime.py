"""A mail's bytes -> its tree of parts.

Enters: bytes. Leaves: parts that know where they stand in the bytes; nothing is copied, nothing decoded but
the transfer encoding. Own code where the standard library has `email`, because that turns bytes into text
before anybody knows in which encoding, and writes a forwarded mail anew instead of giving its bytes.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from extract.archive.limits import MAX_MEMBERS
from extract.archive.mail.header_words import decode_base64, find_parameters

_MAX_PARTS: Final = 2 * MAX_MEMBERS  # enough to show that there are too many
_MAX_DEPTH: Final = 30  # a tree that goes on for ever ends here: `test_hostile_trees_end`
_MAX_HEADERS: Final = 256 * 1024
"""Bytes in which the headers of a part end."""
_BLANK_LINE: Final = re.compile(rb"\r\n\r\n|\n\n|\n\r\n|\r\r(?!\n)")
_BEFORE_HEADERS: Final = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*(?:>?From [^\r\n]*\r?\n)?")
_LINE_BREAK: Final = re.compile(rb"\r\n|\n|\r")
_HEADER: Final = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
_MARK_END: Final = re.compile(rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)")
# A mark of up to 70 characters (RFC 2046, 5.1.1) that stands before headers: the stated one may be lost.
_GUESSED: Final = re.compile(rb"(?:^|[\r\n])--([^\s][^\r\n]{0,68}[^\s])[ \t]*[\r\n]+Content-", re.IGNORECASE)

_UUENCODED: Final = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]+)\r?\n((?:[!-`][^\r\n]*\r?\n)*)(?:[ `]?\r?\n)?end[ \t]*(?:\r?\n|\Z)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class MailPart:
    """A mail, or one part of it.

    Attributes:
        headers: lower-case names and values without line breaks, in order.
        start, stop: where the body stands in the bytes.
        parts: of a multipart; none otherwise.
        closed: its last part ends with the mark that it should.
    """

    headers: tuple[tuple[str, bytes], ...]
    start: int
    stop: int
    parts: tuple[MailPart, ...] = ()
    closed: bool = True

    def header(self, name: str) -> bytes:
        """The first header of that name, b"" if there is none."""
        return next((value for key, value in self.headers if key == name), b"")

    @property
    def media_type(self) -> str:
        """As stated, lower case, `text/plain` where none is given."""
        stated = self.header("content-type").partition(b";")[0].strip().lower().decode("latin-1")
        return stated if "/" in stated else "text/plain"


def parse_mail(data: bytes) -> MailPart:
    """The tree of a whole mail; any bytes are one."""
    return _parse(data, 0, len(data), 0, [0])


def _parse(data: bytes, start: int, stop: int, depth: int, count: list[int]) -> MailPart:
    count[0] += 1
    headers, body = _split_headers(data, start, stop)
    part = MailPart(headers, body, stop)
    if not part.media_type.startswith("multipart/") or depth >= _MAX_DEPTH:
        return part
    boundary = find_parameters(part.header("content-type")).get("boundary", "").encode("utf-8", "replace")
    spans, closed = _split(data, body, stop, boundary)
    if not spans and (found := _GUESSED.search(data, max(body - 1, 0), min(stop, body + _MAX_HEADERS))):
        spans, closed = _split(data, body, stop, found[1])
    parts = tuple(_parse(data, *span, depth + 1, count) for span in spans if count[0] <= _MAX_PARTS)
    return MailPart(headers, body, stop, parts, closed)


def _split_headers(data: bytes, start: int, stop: int) -> tuple[tuple[tuple[str, bytes], ...], int]:
    if lead := _BEFORE_HEADERS.match(data, start, stop) if start == 0 else None:
        start = lead.end()
    elif data[start : start + 1] in {b"\r", b"\n"}:  # a part without headers
        return (), start + (2 if data[start : start + 2] == b"\r\n" else 1)
    blank = _BLANK_LINE.search(data, start, min(stop, start + _MAX_HEADERS))
    end, body = blank.span() if blank else (min(stop, start + _MAX_HEADERS), stop)
    return tuple(_unfold(data[start:end])), body


def _unfold(block: bytes) -> Iterator[tuple[str, bytes]]:
    lines: list[list[bytes]] = []
    for line in _LINE_BREAK.split(block):
        if line[:1] in {b" ", b"\t"} and lines:
            lines[-1].append(line.strip())
        else:
            lines.append([line])
    for folded in lines:
        if found := _HEADER.match(b" ".join(folded)):
            yield found[1].decode("ascii").lower(), found[2].strip()


def _split(data: bytes, start: int, stop: int, boundary: bytes) -> tuple[list[tuple[int, int]], bool]:
    """Where the parts stand between their marks, and whether the last mark is there."""
    mark = b"--" + boundary
    spans: list[tuple[int, int]] = []
    begin, place = -1, start
    while boundary and len(spans) <= _MAX_PARTS and (place := data.find(mark, place, stop)) >= 0:
        line = _MARK_END.match(data, place + len(mark), stop)
        if line is None or data[place - 1 : place] not in {b"\n", b"\r", b""}:
            place += len(mark)
            continue
        if begin >= 0:
            end = place - (2 if data[place - 2 : place] == b"\r\n" else 1)
            spans.append((begin, max(begin, end)))
        if line[1]:
            return spans, True
        begin = place = line.end()
    if 0 <= begin < stop:
        spans.append((begin, stop))
    return spans, False


def decode_transfer(part: MailPart, data: bytes) -> bytes:
    """The bytes that a part carries, as far as they can be decoded."""
    body = data[part.start : part.stop]
    encoding = part.header("content-transfer-encoding").strip(b" \t\"';").lower()
    if encoding == b"base64":
        return decode_base64(body)
    if encoding == b"quoted-printable":
        return quopri.decodestring(body)
    if encoding in {b"x-uuencode", b"uuencode", b"x-uue", b"uue"}:
        return next((content for _, content in find_uuencoded(body)[0] if content is not None), body)
    return body


def find_uuencoded(text: bytes) -> tuple[list[tuple[bytes, bytes | None]], bytes]:
    """Names and bytes (None if damaged) of the files written into a text, and the text without them."""
    files = [(found[1].strip(), _decode_uu(found[2])) for found in _UUENCODED.finditer(text)]
    return files, _UUENCODED.sub(b"", text) if files else text


def _decode_uu(lines: bytes) -> bytes | None:
    content = bytearray()
    for line in lines.splitlines():
        size = (line[0] - 32) & 63
        # Spaces at the end get lost, and some writers add a checksum.
        fitting = line[: 1 + (size * 4 + 5) // 3].ljust(1 + (size + 2) // 3 * 4)
        for one in (line, fitting):
            with suppress(binascii.Error):
                content += binascii.a2b_uu(one)
                break
        else:
            return None
    return bytes(content)
