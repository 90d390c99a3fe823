"""A PDF's bytes -> `Document`: ruled tables with their cells, prose as paragraphs, margins apart.

Enters: bytes and where they came from. Leaves: a `Document`, or one of the errors of `extract.errors` and
`extract.pdf.errors`. A table that goes on over the page is one table.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import BBox, Block, Document, Paragraph, Source, Table
from extract.errors import Damaged, ReadError
from extract.grid import Grid, find_grids
from extract.pdf import engine
from extract.pdf.aligned import split_aligned
from extract.pdf.cells import fill, text_of
from extract.pdf.chars import PageText, Run, open_text
from extract.pdf.errors import NoText, UnreadableText
from extract.pdf.frame import Box, Frame, frame_of
from extract.pdf.lines import Line, measure, read_lines, to_paragraphs
from extract.pdf.margins import split_margins
from extract.pdf.mend import join
from extract.pdf.piece import Piece, PlacedCell, are_one
from extract.pdf.quality import is_plausible
from extract.pdf.rulings import read_drawn
from extract.pdf.seen import split_struck, visible_runs


@dataclass(frozen=True, slots=True)
class Page:
    """One page as found.

    Attributes:
        number: 1-based.
        frame: how it lies.
        pieces: its tables.
        lines: what stands outside of them.
        images: how many pictures it shows.
        characters: how many characters it has.
    """

    number: int
    frame: Frame
    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]
    images: int
    characters: int


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
        with engine.open_document(data) as document:
            pages = [_read_page(document, i) for i in range(engine.count_pages(document))]
            title = engine.meta_title(document)
    except ReadError:
        raise
    except (OSError, ValueError, OverflowError, MemoryError, ArithmeticError) as error:
        raise Damaged("PDF") from error
    if not any(page.characters for page in pages):
        raise NoText
    remarks = ("pages.without_text",) if any(p.images and not p.characters for p in pages) else ()
    bodies, margins = split_margins([p.lines for p in pages], [p.frame.size[1] for p in pages])
    return Document(
        source,
        "pdf",
        "pdf",
        tuple(_blocks(pages, bodies)),
        margins=tuple(Paragraph(text, page=page) for text, page in _once(margins)),
        pages=len(pages),
        properties_title=title,
        remarks=remarks,
    )


def _read_page(document: int, index: int) -> Page:
    with engine.open_page(document, index) as page:
        drawn = read_drawn(page)
        frame = frame_of(page)
        with open_text(page, drawn) as text:
            if not is_plausible(text.text):
                raise UnreadableText(f"第 {index + 1} 页 / page {index + 1}")
            frame, runs = visible_runs(text, frame, drawn)
            width, height = frame.size
            boxes = [frame.box(*segment) for segment in drawn.rulings]
            on_page = [b for b in boxes if b[2] >= 0 and b[0] <= width and b[3] >= 0 and b[1] <= height]
            runs, struck = split_struck(text, frame, runs, [b for b in on_page if b[3] - b[1] < 2])
            pieces = []
            for grid in find_grids(on_page):
                piece, runs = _piece(grid, runs, struck, text, frame, index + 1)
                pieces.append(piece)
            lines = tuple(read_lines(runs, index + 1))
            return Page(index + 1, frame, tuple(pieces), lines, drawn.images, len(text.text.split()))


def _piece(
    grid: Grid, runs: list[Run], struck: list[Run], text: PageText, frame: Frame, page: int
) -> tuple[Piece, list[Run]]:
    boxes, inside, outside = fill(grid, runs, text, frame)
    gone = {grid.index_at((r.x0 + r.x1) / 2, (r.top + r.bottom) / 2) for r in struck}
    cells = []
    for k, (at, box, members) in enumerate(zip(grid.cells, boxes, inside, strict=True)):
        cell = PlacedCell(*at, text_of(members), page, frame.displayed(box))
        if members:
            x0, x1 = min(r.x0 for r in members), max(r.x1 for r in members)
            last = members[-1]
            cell.room, cell.inset = box[2] - box[0] - (x1 - x0), x0 - box[0]
            cell.pitch = (last.x1 - last.x0) / (len(last.text) - 0.3)
        elif gone:
            cell.struck = k in gone
        cells.append(cell)
    piece = Piece(grid.ys[0], grid.ys[-1], list(grid.xs), grid.n_rows, cells, page)
    piece.drop_open_ends()
    return piece, outside


def _once(margins: list[Line]) -> list[tuple[str, int]]:
    seen: dict[str, int] = {}
    for line in margins:
        seen.setdefault(line.text, line.page)
    return list(seen.items())


def _blocks(pages: list[Page], bodies: list[list[Line]]) -> list[Block]:
    """Tables and paragraphs in reading order; both may go on over the page."""
    items: list[Line | Piece] = []
    for page, body in zip(pages, bodies, strict=True):
        on_page: list[Line | Piece] = [*body, *page.pieces]
        for item in sorted(on_page, key=_top):
            before = items[-1] if items else None
            if (
                isinstance(item, Piece)
                and isinstance(before, Piece)
                and before.last_page == page.number - 1
                and are_one(before, item)
            ):
                join(before, item)
            else:
                items.append(item)
    area = measure([line for body in bodies for line in body], max(page.frame.size[0] for page in pages))
    blocks: list[Block] = []
    waiting: list[Line] = []

    def place(page: int, box: Box) -> BBox:
        return pages[page - 1].frame.displayed(box)

    def flush() -> None:
        for part in split_aligned(waiting, place):
            blocks.extend([part] if isinstance(part, Table) else to_paragraphs(part, area))
        waiting.clear()

    for item in items:
        if isinstance(item, Line):
            waiting.append(item)
        else:
            flush()
            blocks.append(item.to_table())
    flush()
    return blocks


def _top(item: Line | Piece) -> float:
    return item.top
