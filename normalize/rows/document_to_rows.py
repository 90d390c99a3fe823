"""Document -> one stream of rows and breaks.

Enters: a `Document`. Leaves: rows (of tables, and of lines that are a table with one cell a line) with the
breaks between them, so that tables can be stitched by meaning, and the paragraphs of no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.document import Block, Cell, Document, Layout, Paragraph, Table
from normalize.form.labels import LIKELY, find_hits, is_label, strip_groups
from normalize.rows.cut_by_page import join_cut_rows
from normalize.rows.glued_values import is_glued, split_glued
from normalize.rows.line_tokens import Token, kind_of
from normalize.rows.one_blank_apart import part_cells
from normalize.rows.one_cell_a_line import find_runs, read_lines
from normalize.rows.row import LOOSE, Break, Row, cut_wide
from normalize.words.headings import section_of_heading
from normalize.words.quantity import is_blank, is_quantity

SET_WIDE = 100
"""Characters one a cell in a row beyond which they are no words of a head set wide (`结  果  维  持`).

Without an end the text `set_wide` of test_growth takes minutes.
"""
LONGEST_WORD = 40
"""Characters of the longest label set so."""
LONGEST_LINE = 6
"""Pieces that a line of text (a title) is set in at most, with gaps between them."""
NARROW = 3
"""Columns of the narrowest table in which a cell over all of them is a line of the page."""


def _table_rows(table: Table, block: int) -> Iterator[Row]:
    own: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    covering: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        own[cell.row].append(cell)
        for below in range(cell.row + 1, min(cell.row + cell.row_span, table.n_rows)):
            covering[below].append(cell)
    for cells, above in zip(own, covering, strict=True):
        if not _is_left_over(cells, above):
            yield from cut_wide(Row(tuple(cells), tuple(above), block, table.layout))


def _is_left_over(own: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Most of it belongs to the row above, the rest prints nothing: a ruling cuts a cell beside the rows.

    Browsers draw one where a cell over many rows goes on after a page break.
    """
    widths = [sum(cell.column_span for cell in cells) for cells in (own, above)]
    return 0 < widths[0] < widths[1] and all(is_blank(cell.text) for cell in own)


def _lone(table: Table) -> bool:
    """Only an order or spaces make this a table, and no row prints two cells: lines, one cell each."""
    rows = [0] * table.n_rows
    for cell in table.cells:
        rows[cell.row] += bool(cell.text)
    return table.layout is not Layout.GRID and max(rows, default=0) <= 1


def _is_line(table: Table) -> bool:
    """Gaps in a single line, which prints no word of the form and hardly a number, part no cells."""
    if table.layout not in LOOSE or table.n_rows > 1 or len(table.cells) > LONGEST_LINE:
        return False
    numbers = sum(is_quantity(c.text) for c in table.cells)
    return numbers < len(table.cells) / 2 and not any(
        h.similarity >= LIKELY for c in table.cells for h in find_hits(c.text)
    )


def _closed_up(table: Table) -> Table:
    """A table without rulings: words set wide (`结  果`) as one cell each, cells one blank apart parted."""
    if table.layout not in LOOSE:
        return table
    rows: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    mend = part_cells if table.layout is Layout.SPACED else _close_up
    return replace(table, cells=tuple(c for cells in rows for c in mend(cells)))


def _close_up(cells: list[Cell]) -> list[Cell]:
    out: list[Cell] = []
    i = 0
    while i < len(cells):
        j = i + 1
        while (
            j < len(cells) and len(cells[j].text) == 1 == len(cells[i].text) and _near(cells[j - 1], cells[j])
        ):
            j += 1
        if j - i > SET_WIDE:
            out += cells[i:j]
            i = j
            continue
        for end in range(min(j, i + LONGEST_WORD), i + 1, -1):
            if _is_word("".join(c.text for c in cells[i:end])):
                out.append(_join(cells[i:end]))
                i = end
                break
        else:
            out.append(cells[i])
            i += 1
    whole = "".join(c.text for c in out)
    if len(out) > 1 and not is_quantity(out[-1].text) and _is_word(whole):
        return [_join(out)]
    return out


def _near(left: Cell, right: Cell) -> bool:
    return right.column - left.column - left.column_span <= 4 and not is_quantity(right.text)


def _is_word(text: str) -> bool:
    return is_label(strip_groups(text) or text)


def _join(cells: Sequence[Cell]) -> Cell:
    width = cells[-1].column + cells[-1].column_span - cells[0].column
    return replace(cells[0], text="".join(c.text for c in cells), column_span=width)


def _as_paragraphs(table: Table) -> list[Paragraph]:
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        if text := cell.text.rstrip():
            rows[cell.row].append(text)
    return [Paragraph("  ".join(r).strip(), line=(table.line or 0) + i) for i, r in enumerate(rows)]


def _outside(row: Row) -> Break | None:
    """A heading of a section or prose that stands within the lines of a table."""
    printed = [c.text for c in row.cells if not is_blank(c.text)]
    if len(printed) != 1 or row.covering or is_quantity(printed[0]):
        return None
    kind = kind_of(printed[0])
    if kind == "heading":
        return Break(section_of_heading(printed[0]), printed[0])
    if kind == "prose" and row.layout is not Layout.GRID:
        return Break(0, printed[0])
    return None


def _lines_across(row: Row, table: Table) -> list[Token]:
    """The lines of a cell over all columns: a page that is one table puts its prose into such cells."""
    if row.layout is not Layout.GRID or row.covering or len(row.cells) != 1:
        return []
    (cell,) = row.cells
    if is_blank(cell.text) or cell.column_span < table.n_columns or table.n_columns < NARROW:
        return []
    whole = kind_of(cell.text)
    lines = cell.text.split("\n")
    if whole == "label" or (whole == "heading" and "prose" not in map(kind_of, lines[1:])):
        lines = [cell.text]  # wrapped
    tokens = [Token(text, kind_of(text), Paragraph(text, page=cell.page)) for text in lines]
    words = all(token.kind in {"heading", "prose", "short", "blank"} for token in tokens)
    return tokens if words else []


def _is_lone_label(token: Token) -> bool:
    """A label of the form outside any table, perhaps with its number: a table may go on below it."""
    return token.kind == "label" and (_is_word(token.text) or is_glued(token.text))


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows and breaks in reading order, and the paragraphs that are no table."""

    events: tuple[Row | Break, ...]
    paragraphs: tuple[Paragraph, ...]


def _gather(blocks: Sequence[Block]) -> Iterator[list[Paragraph] | Table]:
    run: list[Paragraph] = []
    for printed in blocks:
        block = _closed_up(printed) if isinstance(printed, Table) else printed
        if isinstance(block, Table) and not _lone(block) and not _is_line(block):
            if run:
                yield run
            yield block
            run = []
        else:
            run += _as_paragraphs(block) if isinstance(block, Table) else [block]
    if run:
        yield run


def _paragraph_break(token: Token) -> Iterator[Break]:
    if token.kind == "heading":
        yield Break(section_of_heading(token.text), token.text)
    elif token.kind in {"prose", "short"}:
        yield Break(0, token.text)


def read_rows(document: Document) -> Stream:
    """The stream of a document; every paragraph is either in a row or in `paragraphs`."""
    events: list[Row | Break] = []
    paragraphs: list[Paragraph] = []
    block = 0
    for part in _gather(document.blocks):
        if isinstance(part, Table):
            for row in map(split_glued, join_cut_rows(_table_rows(part, block))):
                outside = _outside(row)
                if across := _lines_across(row, part):
                    for token in across:
                        events += _paragraph_break(token)
                        paragraphs.append(token.paragraph)
                elif outside is None:
                    events.append(row)
                else:
                    events.append(outside)
                    paragraphs.append(Paragraph(outside.text, line=(part.line or 0) + row.cells[0].row))
            block += 1
            continue
        for tokens, table in find_runs(part):
            if table:
                events += map(split_glued, read_lines(tokens, block))
                block += 1
                continue
            for labels, group in groupby(tokens, key=_is_lone_label):
                if labels:
                    events += map(split_glued, read_lines(list(group), block))
                    block += 1
                    continue
                for token in group:
                    events += _paragraph_break(token)
                    paragraphs.append(token.paragraph)
    return Stream(tuple(events), tuple(paragraphs))
