"""What every reader returns: a `Document` of paragraphs and tables in reading order.

Enters: nothing. Leaves: plain frozen types, standard library only, that know no Chinese form.
Rows and columns count from 0, pages and lines from 1, boxes are points from the page's top left.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_FILE_BYTES: Final = 200 * 1024 * 1024
"""More than any report has."""


class Layout(StrEnum):
    """How far the positions of a table's cells may be trusted."""

    GRID = "grid"
    """The format states every cell with its spans (Word, HTML, spreadsheet, ruled PDF)."""
    DELIMITED = "delimited"
    """Cells of one line split at a delimiter: `column` is only their order in that line."""
    ALIGNED = "aligned"
    """Columns made with spaces: `column` and `column_span` count character widths (CJK = 2);
    an empty cell is no cell at all."""
    SPACED = "spaced"
    """Cells one blank apart: an order only; cells may be wrapped over lines, and an empty one is no cell."""


@dataclass(frozen=True, slots=True)
class BBox:
    """A box in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Cell:
    r"""One cell with the grid rectangle it covers.

    Attributes:
        text: the text as printed, lines joined by "\n"; "" for an empty cell.
        row, column: the top left grid position, from 0.
        row_span, column_span: how many grid rows and columns it covers, at least 1.
        page: 1-based page, None where the format has no pages.
        bbox: the box on that page, None where the format has no positions.
        struck: text in it is struck out. Where a web page or a revision says so it is not printed and `text`
            is ""; a line that somebody drew in Word leaves it standing, unless something stands beside it.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    bbox: BBox | None = None
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as found in the file, not yet understood.

    Attributes:
        cells: in reading order (row, then column); a merged cell stands once, at its top left.
        n_rows, n_columns: the size of the grid that the cells cover.
        layout: how far `column` may be trusted.
        depth: 0 for a table of the body, 1 for a table inside a cell of another, and so on.
        line: 1-based line of the first row (text files), else None.
    """

    cells: tuple[Cell, ...]
    n_rows: int
    n_columns: int
    layout: Layout = Layout.GRID
    depth: int = 0
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (Word, HTML) or one line (text files) outside every table.

    Attributes:
        text: as printed, with the numbering that the format generates; never None, may be "".
        page, line: where it stands, 1-based, None where unknown.
        bold, centred, size: how it is set, where the format says so (size in points).
        boxed: it stands in a text box.
    """

    text: str
    page: int | None = None
    line: int | None = None
    bold: bool = False
    centred: bool = False
    size: float | None = None
    boxed: bool = False


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document came from.

    Attributes:
        path: relative to the folder of the run, "/" separators, `outer.zip!/inner` for members.
        sha256: hex digest of the bytes.
        size: number of bytes.
    """

    path: str
    sha256: str
    size: int

    @property
    def report_id(self) -> str:
        """`r` and the first 16 hex digits of the SHA-256 of the file's bytes; "" where these are not known.

        Without the letter, spreadsheets take digits alone, or digits around an `e`, for numbers.
        """
        return f"r{self.sha256[:16]}" if self.sha256 else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its blocks in reading order, and what is kept apart from the body.

    Attributes:
        source: the file.
        format: what the bytes are (`text`, `docx`, ...), never the suffix.
        reader: the reader that produced it (`text`, `docx`, ...).
        blocks: paragraphs and tables of the body in reading order.
        margins: page headers and footers, foot- and endnotes, each text once.
        pages: number of pages, None where the format has none.
        properties_title: the title in the file's properties, "" if none.
        remarks: things the reader noticed that a person should know (`revisions`, `encoding.guessed`).
        links: files that the body links to, as "words (address)", in reading order (web pages).
    """

    source: Source
    format: str
    reader: str
    blocks: tuple[Block, ...]
    margins: tuple[Paragraph, ...] = ()
    pages: int | None = None
    properties_title: str = ""
    remarks: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
