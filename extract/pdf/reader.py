"""A PDF's bytes -> `Document`: ruled tables with their cells, prose as paragraphs, margins apart.

Enters: bytes and where they came from. Leaves: a `Document`, or one of the errors of `extract.errors`. A
table that goes on over the page is one table.
"""

from __future__ import annotations

from extract.characters.plausible import is_plausible
from extract.document import Document, Source
from extract.errors import Damaged, NoText, ReadError, UnreadableText, both, in_pages
from extract.page.blocks import put_together, remarks_on
from extract.page.one_page import FoundPage, read_page
from extract.page.seen import each_as_seen, turn_to_read
from extract.pdf import pdfium
from extract.pdf.chars import open_text
from extract.pdf.frame import frame_of
from extract.pdf.hidden import without_hidden
from extract.pdf.rulings import read_drawn


def read_pdf(data: bytes, source: Source) -> Document:
    """The document of a PDF.

    Raises:
        Encrypted: it needs a password.
        Damaged: no pages, or pages that cannot be parsed.
        TooLarge: more pages, objects or characters than a report can have.
        NoText: pictures only.
        UnreadableText: the characters are not those on the page.
    """
    try:
        with pdfium.open_document(data) as document:
            pages = [_read_page(document, i) for i in range(pdfium.count_pages(document))]
            title = pdfium.meta_title(document)
    except ReadError:
        raise
    except (OSError, ValueError, OverflowError, MemoryError, ArithmeticError) as error:
        raise Damaged("PDF") from error
    if not any(page.characters for page in pages):
        raise NoText(in_pages(len(pages)))
    blocks, margins = put_together(pages)
    return Document(
        source,
        "pdf",
        "pdf",
        blocks,
        margins=margins,
        pages=len(pages),
        properties_title=title,
        remarks=remarks_on(pages),
    )


def _read_page(document: int, index: int) -> FoundPage:
    with pdfium.open_page(document, index) as page:
        drawn = read_drawn(page)
        with open_text(page, drawn) as text:
            if not is_plausible(text.text):
                raise UnreadableText(both(f"第 {index + 1} 页", f"page {index + 1}"))
            frame, runs = turn_to_read(text, frame_of(page))
            runs = each_as_seen(text, frame, without_hidden(text, frame, drawn, runs))
            rulings = frame.boxes(drawn.rulings)
            return read_page(text, frame, runs, rulings, index + 1, drawn.images)
