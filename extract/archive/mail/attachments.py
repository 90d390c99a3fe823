"""e-mail: what a mail carries, and what it says itself.

Enters: bytes of a mail, or of a folder of mails (mbox). Leaves: entries for the files attached and the mails
forwarded, and the mail's own text. Nothing that looks like a mail is refused: any bytes are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from extract.archive.limits import MAX_MEMBERS, check_size
from extract.archive.mail.body import find_body, is_body
from extract.archive.mail.header_words import decode_words, find_parameters
from extract.archive.mail.mime import MailPart, decode_transfer, find_uuencoded, parse_mail
from extract.archive.member import ArchiveEntry, Contents
from extract.errors import Damaged, ReadError

_ENVELOPE: Final = re.compile(rb"From [^\r\n]*\d{4}[^\r\n]*\r?\n[A-Za-z][A-Za-z0-9-]*:")


def open_mail(data: bytes) -> Contents:
    """Lists what a mail carries; a folder of several mails carries them."""
    starts = _find_mails(data) if data.startswith(b"From ") else []
    if len(starts) > 1:
        return Contents(tuple(_split_folder(data, starts)))
    mail = parse_mail(data)
    return Contents(tuple(_find_entries(mail, data)), body=find_body(mail, data))


def _find_mails(data: bytes) -> list[int]:
    """Where the mails of a folder begin: at the line that the post office put before each."""
    places = (found.start() for found in _ENVELOPE.finditer(data))
    return [place for place in places if not place or data[place - 3 : place].endswith((b"\n\n", b"\n\r\n"))]


def _split_folder(data: bytes, starts: list[int]) -> Iterator[ArchiveEntry]:
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        if number > MAX_MEMBERS + 1:
            return
        yield ArchiveEntry(f"{number}.eml", stop - start, partial(_slice, data, start, stop))


def _slice(data: bytes, start: int, stop: int) -> bytes:
    return data[start:stop].rstrip(b"\r\n") + b"\r\n"


def _find_entries(mail: MailPart, data: bytes) -> Iterator[ArchiveEntry]:
    for number, (part, cut) in enumerate(_walk(mail, cut=False), 1):
        remarks = ("mail.unclosed",) if cut else ()
        if not is_body(part):
            load = partial(_load, part, data)
            yield ArchiveEntry(_name(part, number, data), -1, load, _find_fault(part), remarks)
        elif part.media_type == "text/plain":
            for name, content in find_uuencoded(decode_transfer(part, data))[0]:
                whole = content or b""
                yield ArchiveEntry(name, len(whole), partial(bytes, whole), _judge(content), remarks)


def _walk(part: MailPart, *, cut: bool) -> Iterator[tuple[MailPart, bool]]:
    """Parts without parts, in order, and whether each stands at a torn end."""
    if not part.parts:
        yield part, cut
        return
    for place, one in enumerate(part.parts, 1):
        yield from _walk(one, cut=place == len(part.parts) and (cut or not part.closed))


def _load(part: MailPart, data: bytes) -> bytes:
    return decode_transfer(part, data)


def _name(part: MailPart, number: int, data: bytes) -> str:
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        if name := find_parameters(part.header(header)).get(parameter, "").strip():
            return name
    if part.media_type == "message/rfc822":
        subject = decode_words(parse_mail(_load(part, data)).header("subject"))
        return f"{subject.replace('/', '_').replace(chr(92), '_') or f'mail-{number}'}.eml"
    place = decode_words(part.header("content-location")).rpartition("/")[2]
    return place or f"part-{number}"


def _judge(content: bytes | None) -> ReadError | None:
    return Damaged("uuencode") if content is None else None


def _find_fault(part: MailPart) -> ReadError | None:
    try:
        check_size(part.stop - part.start, part.stop - part.start)
    except ReadError as error:
        return error
    return None
