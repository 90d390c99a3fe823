"""All pages of a document -> its blocks in reading order, and its margins.

Enters: pages. Leaves: tables and paragraphs; those that go on over the page are stitched together here.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import BBox, Block, Paragraph, Table
from extract.page.frame import Box
from extract.page.lines import PageLine, measure, to_paragraphs
from extract.page.made_with_spaces import split_aligned
from extract.page.margins import split_margins
from extract.page.one_page import FoundPage
from extract.page.page_breaks import join
from extract.page.table_piece import TablePiece, are_one


def put_together(pages: Sequence[FoundPage]) -> tuple[tuple[Block, ...], tuple[Paragraph, ...]]:
    """(blocks of the body, margins)."""
    bodies, margins = split_margins([p.lines for p in pages], [p.frame.size[1] for p in pages])
    return (
        tuple(_blocks(pages, bodies)),
        tuple(Paragraph(text, page=page) for text, page in _once(margins)),
    )


def remarks_on(pages: Sequence[FoundPage]) -> tuple[str, ...]:
    """What a person should know of them."""
    return ("pages.without_text",) if any(p.images and not p.characters for p in pages) else ()


def _once(margins: Sequence[PageLine]) -> list[tuple[str, int]]:
    seen: dict[str, int] = {}
    for line in margins:
        seen.setdefault(line.text, line.page)
    return list(seen.items())


def _blocks(pages: Sequence[FoundPage], bodies: Sequence[Sequence[PageLine]]) -> list[Block]:
    """Tables and paragraphs in reading order; both may go on over the page."""
    items: list[PageLine | TablePiece] = []
    for page, body in zip(pages, bodies, strict=True):
        on_page: list[PageLine | TablePiece] = [*body, *page.pieces]
        for item in sorted(on_page, key=_top):
            before = items[-1] if items else None
            if (
                isinstance(item, TablePiece)
                and isinstance(before, TablePiece)
                and before.last_page == page.number - 1
                and are_one(before, item)
            ):
                join(before, item)
            else:
                items.append(item)
    area = measure([line for body in bodies for line in body], max(page.frame.size[0] for page in pages))
    blocks: list[Block] = []
    waiting: list[PageLine] = []

    def to_display(page: int, box: Box) -> BBox:
        return pages[page - 1].frame.displayed(box)

    def flush() -> None:
        for part in split_aligned(waiting, to_display):
            blocks.extend([part] if isinstance(part, Table) else to_paragraphs(part, area))
        waiting.clear()

    for item in items:
        if isinstance(item, PageLine):
            waiting.append(item)
        else:
            flush()
            blocks.append(item.to_table())
    flush()
    return blocks


def _top(item: PageLine | TablePiece) -> float:
    return item.top
