"""A saved page (.mht, .mhtml) -> `Document`.

Enters: the bytes of a multipart message. Leaves: the `Document` of the part that holds the report; where
frames of the page hold tables of numbers, these follow in the order of the parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from extract.archive.mail.header_words import find_parameters
from extract.archive.mail.mime import MailPart, decode_transfer, parse_mail
from extract.document import Block, Document, Source, Table
from extract.errors import Damaged, EmptyFile, TooLarge, both, in_megabytes
from extract.html.reader import WebPage, as_document, read_page
from extract.html.source.encoding import decode_page

MAX_BYTES: Final = 100 * 1000 * 1000
"""Of the whole file, pictures included."""
_MOST_PAGES: Final = 30
"""Pages and frames of one saved page."""
_PAGE_TYPES: Final = frozenset(("text/html", "application/xhtml+xml"))


def read_mhtml(data: bytes, source: Source) -> Document:
    """Reads a saved page.

    Raises:
        ReadError: a subclass that names the fault; no other exception, whatever the bytes.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(in_megabytes(len(data)))
    pages, remarks = _pages(data)
    if not pages:
        detail = both("没有网页部分", "no page in it")
        raise Damaged(detail)
    main = max(range(len(pages)), key=lambda i: (pages[i].numbers, _length(pages[i]), -i))
    blocks: list[Block] = []
    for i, page in enumerate(pages):
        blocks += (
            page.blocks if i == main else [b for b in page.blocks if isinstance(b, Table) and page.numbers]
        )
    kept = pages[main].remarks if main else pages[main].remarks - {"page.frames"}
    page = replace(pages[main], blocks=tuple(blocks), remarks=kept)
    return as_document(page, source, "mhtml", remarks)


def _parts(part: MailPart) -> Iterator[MailPart]:
    """The parts that are pages, in their order."""
    if part.media_type in _PAGE_TYPES:
        yield part
    for inner in part.parts:
        yield from _parts(inner)


def _pages(data: bytes) -> tuple[list[WebPage], tuple[str, ...]]:
    pages: list[WebPage] = []
    remarks: dict[str, None] = {}
    for part in islice(_parts(parse_mail(data)), _MOST_PAGES):
        body = decode_transfer(part, data)
        if not body.strip():
            continue
        charset = find_parameters(part.header("content-type")).get("charset", "")
        text, noticed = decode_page(body, charset.lower())
        try:
            pages.append(read_page(text))
        except EmptyFile:
            continue
        remarks |= dict.fromkeys(noticed)
    return pages, tuple(remarks)


def _length(page: WebPage) -> int:
    return sum(len(getattr(block, "text", "")) for block in page.blocks)
