"""A web page -> `Document`.

Enters: the bytes of a page, of a piece of one, or of a file that holds one in another wrapping. Leaves: a
`Document` of its article; what stands around the article is in `margins`. Nothing that a page refers to is
ever opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from lxml.etree import _Element

from extract.document import Block, Document, Paragraph, Source, Table
from extract.errors import EmptyFile
from extract.html.article import Article, find_article
from extract.html.copies import without_copies
from extract.html.head import read_head
from extract.html.hidden import without_hidden
from extract.html.hints import words_of
from extract.html.items import WebItem, count_numbers
from extract.html.links import file_links, frame_links, quoted_files
from extract.html.source.encoding import decode_page
from extract.html.source.parse import parse_page
from extract.html.source.reveal import show_frames, show_kept_back
from extract.html.source.saved import unwrap
from extract.html.walk.blocks import WebFlow
from extract.html.walk.look import HIDDEN, read_sheet
from extract.text.reader import read_text

_BODY: Final = 100
"""Characters of the shortest text that may be a report; 20 take a page of the corpus without one for it."""
_FRAME: Final = re.compile("[\u250c\u2514\u2554\u255a\u250f\u2517]")
"""Corners of a table drawn with signs, which is one even where nothing is printed in it."""
_SCRIPTS: Final = 200
"""Characters of scripts (a file of them counts as many) from which a page without text is made by them."""
_PICTURE_ICON: Final = re.compile(
    r"(?:icon|logo|btn|button|arrow|blank|spacer|dot)[^/]*$|\.gif$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class WebPage:
    """One page as read.

    Attributes:
        blocks: of the article.
        margins: what stands around it.
        title: what the page calls itself.
        links: files that it links to.
        remarks: what a person should know.
    """

    blocks: tuple[Block, ...]
    margins: tuple[Paragraph, ...]
    title: str
    links: tuple[str, ...]
    remarks: frozenset[str]

    @property
    def numbers(self) -> int:
        """Cells that print a number."""
        return sum(count_numbers(block) for block in self.blocks if isinstance(block, Table))


def read_html(data: bytes, source: Source) -> Document:
    """Reads a page.

    Raises:
        ReadError: a subclass that names the fault; no other exception, whatever the bytes.
    """
    text, remarks = decode_page(data)
    return as_document(read_page(text), source, "html", remarks)


def as_document(page: WebPage, source: Source, file_format: str, remarks: Sequence[str]) -> Document:
    """The document of a page in a file of this format."""
    return Document(
        source,
        file_format,
        "html",
        page.blocks,
        margins=page.margins,
        properties_title=page.title,
        remarks=tuple(dict.fromkeys((*remarks, *sorted(page.remarks)))),
        links=page.links,
    )


def read_page(text: str) -> WebPage:
    """Reads the text of a page.

    Raises:
        EmptyFile: nothing but white space and comments.
        TooLarge: far more than a report can be.
    """
    source = unwrap(text)
    root = parse_page(source)
    if root is None:
        raise EmptyFile
    titles, facts = read_head(root)
    flow, items = _read_flow(root, source)
    article = find_article(items, flow.places, titles)
    kept = [item for item, mine in zip(items, article.kept, strict=True) if mine]
    blocks = tuple(_blocks(kept))
    margins = [
        Paragraph(text)
        for item, mine in zip(items, article.kept, strict=True)
        if not mine
        for text in _texts(item.block)
    ]
    links = _links(flow, article, source, blocks)
    return WebPage(
        blocks,
        (*(dict.fromkeys(margins)), *map(Paragraph, facts)),
        titles[0] if titles else "",
        tuple(links),
        frozenset(flow.remarks | set(_notice(root, flow, article, blocks))),
    )


def _read_flow(root: _Element, source: str) -> tuple[WebFlow, list[WebItem]]:
    """The page as read, and the blocks that count."""
    looks = {f".{name}": HIDDEN for name in words_of("unseen") if name in source}
    for sheet in root.iter("style"):
        looks |= read_sheet(sheet.text or "")
    show_frames(root)
    flow = WebFlow(looks).read(root)
    if not any(map(_has_numbers, flow.items)) and show_kept_back(root):
        shown = WebFlow(looks).read(root)
        if any(map(_has_numbers, shown.items)):
            flow = shown
            flow.remarks.add("hidden_text")
    items, hidden = without_hidden(flow.items)
    if hidden:
        flow.remarks.add("hidden_text")
    return flow, without_copies(items)


def _has_numbers(item: WebItem) -> bool:
    return isinstance(item.block, Table) and count_numbers(item.block) > 0


def _blocks(items: Sequence[WebItem]) -> Iterator[Block]:
    """Blocks of the article; lines drawn with spaces and signs are read as a text file is."""
    tables = any(isinstance(item.block, Table) for item in items)
    for drawn, run in groupby(items, key=lambda item: item.drawn):
        blocks = [item.block for item in run]
        if drawn or not tables:
            yield from _drawn(blocks)
        else:
            yield from blocks


def _drawn(blocks: Sequence[Block]) -> Sequence[Block]:
    lines = [block.text.replace("\xa0", " ") for block in blocks if isinstance(block, Paragraph)]
    read = read_text("\n".join(lines), Source("", "", 0)).blocks
    numbers = sum(count_numbers(block) for block in read if isinstance(block, Table))
    return read if numbers or any(_FRAME.search(line) for line in lines) else blocks


def _texts(block: Block) -> list[str]:
    texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
    return [text for text in texts if text]


def _links(flow: WebFlow, article: Article, source: str, blocks: Sequence[Block]) -> list[str]:
    """Files linked within the article, else anywhere; what scripts name only where there is no text."""
    shown = [("", address, where) for address, where in flow.frames]
    every = [*shown, *flow.links]
    inside = file_links((words, address) for words, address, where in every if where in article.around)
    found = inside or file_links((words, address) for words, address, _ in every)
    if not found and _length(blocks) < _BODY:
        found = quoted_files(source) or frame_links(address for address, _ in flow.frames)
    return found


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(text) for block in blocks for text in _texts(block))


def _notice(root: _Element, flow: WebFlow, article: Article, blocks: Sequence[Block]) -> Iterator[str]:
    """What kind of page it is where it is no article, and whether pictures stand in the article."""
    pictures = [
        src for src, where in flow.pictures if where in article.around and not _PICTURE_ICON.search(src)
    ]
    if pictures:
        yield "pictures.unread"
    if any(isinstance(block, Table) for block in blocks):
        return
    if next(root.iter("frameset"), None) is not None:
        yield "page.frames"
    elif article.is_list:
        yield "page.list"
    elif article.prose < _BODY:
        scripts = sum(len(s.text or "") + _SCRIPTS * (s.get("src") is not None) for s in root.iter("script"))
        yield "page.script" if scripts >= _SCRIPTS and not flow.items else "page.empty"
