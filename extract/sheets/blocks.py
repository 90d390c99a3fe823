"""A sheet -> paragraphs and tables in the order of its rows.

Enters: a `SheetContents`. Leaves: blocks. A sheet knows no paragraphs: a row is one where a single text
stands in it, and a row of a table where cells stand side by side. Rulings decide where there are any, since a
row of a table may print its label alone and a heading may stand in a cell across the width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.document import Block, Cell, Paragraph, Table
from extract.sheets.grid import GridRow, VisibleCell, lay_out
from extract.sheets.sheet import SheetContents

_LONGEST_LABEL: Final = 60
"""Characters; a longer text alone in its row is prose, though empty cells beside it be ruled. The longest
label of the official form has 37."""
_LONGEST_SUBHEAD: Final = 10
"""Characters of a text across the width of a ruled table that heads its next rows; titles are longer
(`test_prose_and_headings_on_the_sheet_are_paragraphs` needs more than 3 and less than 30)."""
_LONGEST_WORD: Final = 8
"""Characters of a word that stands for a number (`待补充`); a date below a table is longer."""
_LONGEST_WRAPPED: Final = 30
"""Characters up to which the lines of a cell are one label or title, wrapped; longer ones are paragraphs
(`test_prose_and_headings_on_the_sheet_are_paragraphs`)."""
_MOST_BLANK_ROWS: Final = 5
"""Ruled rows without a text at the end of a table that are part of it; more were ruled in advance. One is too
few for an .xls of the corpus."""
_NUMBER: Final = re.compile(r"[\s\d０-９,.，．%％-]+")


def sheet_blocks(sheet: SheetContents) -> list[Block]:
    """The blocks of a sheet, text boxes at the rows that they are anchored to."""
    rows = _without_blank_end(lay_out(sheet))
    kinds = _kinds(rows)
    boxes = sorted(sheet.boxes)
    blocks: list[Block] = []
    for table, run in _runs(rows, kinds):
        while boxes and boxes[0][0] <= run[0].number:
            blocks += _boxed(boxes.pop(0)[1])
        if table:
            blocks.append(_table(run))
        else:
            blocks += [line for row in run for line in _lines(row)]
    return blocks + [line for _, text in boxes for line in _boxed(text)]


def _without_blank_end(rows: Sequence[GridRow]) -> Sequence[GridRow]:
    """Ruled rows without a text at the end: a few are part of the table, many were ruled in advance."""
    last = max((i for i, row in enumerate(rows) if row.texts), default=-1)
    if last < 0:
        return ()
    end = last + 1
    while end < len(rows) and not rows[end].after_gap:
        end += 1
    below = end - last - 1
    return rows[: last + 1 + (below if below <= _MOST_BLANK_ROWS else 1)]


def _kinds(rows: Sequence[GridRow]) -> list[bool]:
    """For each row whether it is one of a table."""
    ruled = sum(row.ruled > 1 for row in rows) > 1
    sure = [_is_sure(row, ruled=ruled) for row in rows]
    kinds = list(sure)
    for i, row in enumerate(rows):
        above = i > 0 and kinds[i - 1] and not row.after_gap
        below = _table_follows(rows, sure, i)
        if sure[i]:
            kinds[i] = not _is_heading(row, above=above, below=below)
        elif row.covered:
            kinds[i] = i > 0 and kinds[i - 1]
        else:
            kinds[i] = _is_part(row, above=above, below=below, ruled=ruled)
    return kinds


def _is_sure(row: GridRow, *, ruled: bool) -> bool:
    """Cells stand side by side in it."""
    if ruled and not row.ruled:
        return len(row.texts) > 1 and any(_is_number(placed) for placed in row.texts)
    if ruled:
        return len(row.cells) > 1 or (row.covered and row.ruled > 0)
    return len(row.texts) > 1


def _is_heading(row: GridRow, *, above: bool, below: bool) -> bool:
    """A text alone among ruled cells that is no label: the first line of all, or too long for one."""
    if row.covered or len(row.texts) != 1 or row.texts[0].row_span > 1:
        return False
    text = row.texts[0].text
    if len(text) > _LONGEST_LABEL and not _is_number(row.texts[0]):
        return True
    return not above and not (below and _is_short(text))


def _is_part(row: GridRow, *, above: bool, below: bool, ruled: bool) -> bool:
    """Whether a row with a single text, or with nothing, belongs to the table around it."""
    if not row.texts:
        return above
    text = row.texts[0].text
    if above and len(row.texts) == 1 and _is_lone_value(row.texts[0]):
        return True
    if len(row.texts) > 1:  # unruled texts beside or beyond ruled ones
        return len(row.texts) > 2 and (above or below)
    if ruled:
        return row.ruled > 0 and below and _is_short(text)
    return above and below and len(text) <= _LONGEST_LABEL and row.texts[0].column_span == 1


def _is_lone_value(placed: VisibleCell) -> bool:
    """A number, or a word for one, in a row of a table that prints nothing else."""
    return _is_number(placed) or (placed.column > 0 and len(placed.text) <= _LONGEST_WORD)


def _is_short(text: str) -> bool:
    return len("".join(text.split())) <= _LONGEST_SUBHEAD


def _table_follows(rows: Sequence[GridRow], sure: Sequence[bool], at: int) -> bool:
    """Whether the next row that is not like this one is a row of a table, without a gap before it."""
    for i in range(at + 1, min(at + 4, len(rows))):
        if rows[i].after_gap:
            return False
        if sure[i]:
            return True
        if rows[i].ruled != rows[at].ruled or len(rows[i].texts) != 1:
            return False
    return False


def _is_number(placed: VisibleCell) -> bool:
    return placed.cell.number or bool(_NUMBER.fullmatch(placed.text))


def _runs(rows: Sequence[GridRow], kinds: Sequence[bool]) -> Iterator[tuple[bool, list[GridRow]]]:
    """Rows of one kind together; a gap ends a table, but for cells that reach across it."""
    run: list[GridRow] = []
    kind = False
    for row, table in zip(rows, kinds, strict=True):
        if run and (table != kind or (table and row.after_gap and not row.covered)):
            yield kind, run
            run = []
        kind = table
        run.append(row)
    if run:
        yield kind, run


def _lines(row: GridRow) -> Iterator[Paragraph]:
    for placed in row.texts:
        cell = placed.cell
        wrapped = len(cell.text) <= _LONGEST_WRAPPED
        for line in [cell.text.strip("\n")] if wrapped else cell.text.split("\n"):
            if line.strip():
                yield Paragraph(line, bold=cell.bold, centred=cell.centred, size=cell.size)


def _boxed(text: str) -> list[Paragraph]:
    return [Paragraph(line, boxed=True) for line in text.split("\n") if line.strip()]


def _table(rows: Sequence[GridRow]) -> Table:
    """The table of a run of rows; every place that no cell covers is an empty cell."""
    top = rows[0].index
    placed = [item for row in rows for item in row.cells]
    left = min(item.column for item in placed)
    width = max(item.column + item.column_span for item in placed) - left
    taken = [[False] * width for _ in rows]
    cells: list[Cell] = []
    for item in placed:
        row, column = item.row - top, item.column - left
        height = min(item.row_span, len(rows) - row)
        cells.append(Cell(item.text.strip("\n"), row, column, height, item.column_span))
        for covered in taken[row : row + height]:
            covered[column : column + item.column_span] = [True] * item.column_span
    cells += [
        Cell("", r, c)
        for r, row_taken in enumerate(taken)
        for c, is_taken in enumerate(row_taken)
        if not is_taken
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(tuple(cells), n_rows=len(rows), n_columns=width)
