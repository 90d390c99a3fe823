"""Lines of columns without rulings -> tables whose columns count character widths.

Enters: lines outside of ruled tables, in reading order. Leaves: the same lines, in part as aligned tables:
a cell stands where it is printed, an empty cell is no cell at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from extract.document import BBox, Cell, Layout, Table
from extract.page.cell_text import join_line
from extract.page.frame import Box
from extract.page.lines import PageLine
from extract.page.runs import Run

GAP: Final = 0.9
"""Widths of a Chinese character between two columns; less is a word set wide. A fifth parts the prose of
`pdf_word_superscript.pdf`, five times joins the columns of `layout_trap_vertical_only_pdfc.pdf`."""
GAP_OF_NUMBERS: Final = 0.3
"""Sizes of type between two numbers that are columns of their own."""
LONGEST: Final = 60
"""Characters of a cell; the longest label of the official form has 37."""
LONGEST_OF_TWO: Final = 30
"""Characters of a cell where there are but two, and the second ends like a sentence."""
CONTINUES: Final = 40
"""Characters up to which a lone line between two lines of columns is a wrapped cell, as in
`pdf_outside_cropbox.pdf`, which 20 would cut in two."""
FARTHEST: Final = 60
"""Lone lines between two lines of columns: a row whose cells are all empty prints its label alone."""
FEWEST: Final = 3
"""Lines with two numbers that make columns plain: `test_columns_without_rulings` prints three, and two are
prose in `pdf_outside_cropbox.pdf`."""
_NUMBER = re.compile(
    r"[-+−－]?[\d０-９\ufffd][\d０-９\ufffd,，.．]*(?:[万萬]元|元|件|[项項]|[条條])?|[-—–―－/／]+|[无無]"
)
_SENTENCE_END = re.compile(r"[。；！？!?]\s*$")

ToDisplay = Callable[[int, Box], BBox]
"""Page and box as read -> box as displayed."""


def split_aligned(lines: Sequence[PageLine], to_display: ToDisplay) -> list[list[PageLine] | Table]:
    """Stretches of lines that are prose, and tables."""
    cells = [_cells_of(line) for line in lines]
    numbers = [sum(bool(_NUMBER.fullmatch(join_line(c))) for c in row) for row in cells]
    if sum(n >= 2 for n in numbers) < FEWEST:
        return [list(lines)] if lines else []
    columned = [len(row) > 1 and not _is_prose(row) for row in cells]
    out: list[list[PageLine] | Table] = []
    start = 0
    for first, end in _stretches(lines, columned, numbers):
        if first > start:
            out.append(list(lines[start:first]))
        out.append(_table(lines[first:end], cells[first:end], to_display))
        start = end
    if start < len(lines):
        out.append(list(lines[start:]))
    return out


def _cells_of(line: PageLine) -> list[list[Run]]:
    cells: list[list[Run]] = [[line.runs[0]]]
    for before, run in pairwise(line.runs):
        gap = run.x0 - before.x1
        wide = gap > GAP * line.size
        apart = (
            gap > GAP_OF_NUMBERS * line.size
            and _NUMBER.fullmatch(run.text)
            and _NUMBER.fullmatch(before.text)
        )
        if wide or apart:
            cells.append([run])
        else:
            cells[-1].append(run)
    return cells


def _is_prose(row: Sequence[Sequence[Run]]) -> bool:
    texts = [join_line(cell) for cell in row]
    longest = max(map(len, texts))
    return longest > LONGEST or (
        len(texts) == 2 and longest > LONGEST_OF_TWO and bool(_SENTENCE_END.search(texts[-1]))
    )


def _stretches(
    lines: Sequence[PageLine], columned: Sequence[bool], numbers: Sequence[int]
) -> list[tuple[int, int]]:
    """Lines of columns with what may stand between two of them; a stretch without numbers is no table."""
    out: list[tuple[int, int]] = []
    at = [i for i, is_row in enumerate(columned) if is_row]
    first = 0
    for k in range(1, len(at) + 1):
        if k < len(at) and _is_one(lines[at[k - 1] + 1 : at[k]]):
            continue
        start, end = at[first], at[k - 1] + 1
        if sum(n >= 1 for n in numbers[start:end]) >= 2:
            out.append((start, end))
        first = k
    return out


def _is_one(between: Sequence[PageLine]) -> bool:
    return len(between) <= FARTHEST and all(
        len(line.text) <= CONTINUES and not _SENTENCE_END.search(line.text) for line in between
    )


def _table(
    lines: Sequence[PageLine], cells: Sequence[Sequence[Sequence[Run]]], to_display: ToDisplay
) -> Table:
    unit = sorted(line.size for line in lines)[len(lines) // 2] / 2
    out: list[Cell] = []
    for row, (line, members) in enumerate(zip(lines, cells, strict=True)):
        for runs in members:
            x0, x1 = runs[0].x0, max(r.x1 for r in runs)
            box = (x0, min(r.top for r in runs), x1, max(r.bottom for r in runs))
            column = max(round(x0 / unit), 0)
            span = max(round(x1 / unit) - column, 1)
            out.append(
                Cell(
                    join_line(runs),
                    row,
                    column,
                    column_span=span,
                    page=line.page,
                    bbox=to_display(line.page, box),
                )
            )
    width = max(c.column + c.column_span for c in out)
    return Table(tuple(out), len(lines), width, Layout.ALIGNED)
