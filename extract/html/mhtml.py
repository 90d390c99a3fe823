"""A saved page (.mht, .mhtml) -> `Document`.

Enters: the bytes of a multipart message. Leaves: the `Document` of the part that holds the report; where
frames of the page hold tables of numbers, these follow in the order of the parts.
"""

from __future__ import annotations

import email
from dataclasses import replace
from email.message import Message
from typing import Final

from extract.document import Block, Document, Source, Table
from extract.errors import Damaged, EmptyFile, TooLarge, in_megabytes
from extract.html.encoding import decode_page
from extract.html.reader import Page, as_document, read_page

MAX_BYTES: Final = 100 * 1000 * 1000
_MOST_PARTS: Final = 2000
_MOST_PAGES: Final = 30
_TYPES: Final = frozenset(("text/html", "application/xhtml+xml"))


def read_mhtml(data: bytes, source: Source) -> Document:
    """Reads a saved page.

    Raises:
        ReadError: a subclass that names the fault; no other exception, whatever the bytes.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(in_megabytes(len(data)))
    pages, remarks = _pages(_parts(data))
    if not pages:
        detail = "没有网页部分 no page in it"
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


def _parts(data: bytes) -> list[Message]:
    """The parts that are pages, in their order."""
    try:
        message = email.message_from_bytes(data.lstrip())
        parts = [part for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False)]
    except RecursionError as fault:
        detail = "嵌套过深 nested too deeply"
        raise Damaged(detail) from fault
    return [part for part in parts if part.get_content_type() in _TYPES][:_MOST_PAGES]


def _pages(parts: list[Message]) -> tuple[list[Page], tuple[str, ...]]:
    pages: list[Page] = []
    remarks: dict[str, None] = {}
    for part in parts:
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes) or not body.strip():
            continue
        text, noticed = decode_page(body, part.get_content_charset(""))
        try:
            pages.append(read_page(text))
        except EmptyFile:
            continue
        remarks |= dict.fromkeys(noticed)
    return pages, tuple(remarks)


def _length(page: Page) -> int:
    return sum(len(getattr(block, "text", "")) for block in page.blocks)
