"""Cells that a page break cut in two, put together again.

Enters: two pieces of one table, on two pages. Leaves: one piece. A row is cut where what stands above the
next page's first row can only be the rest of it; where that is open the rows stay apart. Nothing here
knows the form: a number, a numeral that opens a label and the room left in a cell is all that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extract.page.table_piece import PieceCell, TablePiece, put_under

_NUMBER = re.compile(
    r"[-+−－–—―]?[\d０-９\ue000-\uf8ff\ufffd\s,，.．]*(?:[万萬]元|元|件|[项項]|[条條])?|[-—–―－−/／\s]+|[无無]"
)
_OPENS = re.compile(
    r"\s*[（(【\[]?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）】\]、.．]|第.{1,4}[条條]|[①-⑳㈠-㈩]"
)
_ENOUGH: Final = 4
"""Rows with numbers, or labels, from which they say what is usual
(`test_the_rest_of_a_label_is_put_back`)."""

_NUMBERED: Final = 0.6
"""Share of the labels of a column that open with a numeral, where all of them should
(`test_the_rest_of_a_label_is_put_back` prints one that does not)."""
_DENSE: Final = 0.9
"""Share of the rows with numbers that print one wherever they could."""
_ROOM: Final = 1.1
"""Widths of a character that a full line leaves free (`test_the_rest_of_a_number_is_put_back`)."""
_MORE_ROOM: Final = 0.3
"""Widths more where words wrap: they may not be parted anywhere."""

_Pair = tuple[PieceCell, PieceCell]


@dataclass(frozen=True, slots=True)
class _Seam:
    """Where two pieces meet.

    Attributes:
        pairs: cells above and below with the same columns.
        loose: cells below without one above.
        cells: all cells of both pages.
        boundary: the first row below.
    """

    pairs: list[_Pair]
    loose: list[PieceCell]
    cells: list[PieceCell]
    boundary: int


def join(before: TablePiece, after: TablePiece) -> None:
    """Appends `after` to `before`, mending the cells between."""
    boundary, start = before.n_rows, before.tail
    put_under(before, after)
    seam = _seam(before.cells[start:], boundary)
    if not seam.pairs:
        return
    if not any(b.text for b in seam.loose) and _is_cut_row(seam):
        for a, b in seam.pairs:
            _merge(a, b)
            a.row_span = max(a.row_span + b.row_span - 1, 1)
        gone = {id(b) for _, b in seam.pairs} | {id(b) for b in seam.loose if b.row_span == 1}
        _drop(before, gone)
        _close_row(before, boundary)
    elif seam.loose:
        _mend_cells(before, seam)


def _drop(piece: TablePiece, gone: set[int]) -> None:
    piece.cells[piece.tail :] = [c for c in piece.cells[piece.tail :] if id(c) not in gone]


def _seam(cells: list[PieceCell], boundary: int) -> _Seam:
    above = {(c.column, c.column_span): c for c in cells if c.row < boundary <= c.row + c.row_span}
    pairs: list[_Pair] = []
    loose: list[PieceCell] = []
    for cell in cells:
        if cell.row == boundary:
            match = above.get((cell.column, cell.column_span))
            if match is None:
                loose.append(cell)
            else:
                pairs.append((match, cell))
    return _Seam(pairs, loose, cells, boundary)


def _is_dense(cells: Sequence[PieceCell], boundary: int) -> bool:
    """Rows print a number wherever they could: blank cells are then no row of their own."""
    rows: dict[int, list[PieceCell]] = {}
    for cell in cells:
        if cell.row not in {boundary - 1, boundary}:
            rows.setdefault(cell.row, []).append(cell)
    numbered = [r for r in rows.values() if any(c.text and _is_number(c.text) for c in r)]
    if len(numbered) < _ENOUGH + 2:
        return False
    full = sum(all(c.text for c in row if c.column >= _first_number(row)) for row in numbered)
    return full >= _DENSE * len(numbered)


def _first_number(row: Sequence[PieceCell]) -> int:
    return min(c.column for c in row if c.text and _is_number(c.text))


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _is_cut_row(seam: _Seam) -> bool:
    below = [(a, b) for a, b in seam.pairs if b.text]
    if not below or any(_OPENS.match(b.text) for _, b in below):
        return False
    numbers = [(a, b) for a, b in below if _is_number(b.text)]
    words = [(a, b) for a, b in below if not _is_number(b.text)]
    if any(not a.text or _is_number(a.text) for a, _ in words):
        return False
    of_label = bool(words) and _is_rest_of_label(seam, [b for _, b in words])
    inset = max(min((c.inset for c in seam.cells), default=0.0), 0.0)
    if any(not a.text for a, _ in numbers):
        # Numbers set in the middle of a tall row stand on the second page, all of them.
        return of_label and not any(_is_number(a.text) for a, _ in seam.pairs if a.text)
    if numbers:
        # Digits that go on: the line above them must have been full, and no new label stand beside them.
        full = all(_is_number(a.text) and _is_full(a, inset) for a, _ in numbers)
        return full and (of_label or not words or _is_partial(seam))
    if of_label:
        return True
    if any(a.text and _is_number(a.text) for a, _ in seam.pairs):
        wrapped = any(_is_full(a, inset + _MORE_ROOM * a.pitch) for a, _ in words)
        return wrapped and _is_dense(seam.cells, seam.boundary)
    # Words under words. One alone may be the label of an empty row below a head.
    first = min(seam.pairs, key=lambda pair: pair[0].column)[1]
    return len(words) > 1 or (not first.text and first.row_span == 1)


def _is_partial(seam: _Seam) -> bool:
    """Some numbers above have nothing below: no row of its own beside a group's label that goes on."""
    return any(a.text and _is_number(a.text) and not b.text for a, b in seam.pairs)


def _is_rest_of_label(seam: _Seam, below: Sequence[PieceCell]) -> bool:
    """Words without a numeral in a column where the other labels have one."""
    columns = {b.column + b.column_span for b in below}
    labels = [
        c.text
        for c in seam.cells
        if c.text and c.column + c.column_span in columns and c.row not in {seam.boundary - 1, seam.boundary}
    ]
    return len(labels) >= _ENOUGH and sum(bool(_OPENS.match(t)) for t in labels) >= _NUMBERED * len(labels)


def _is_full(cell: PieceCell, inset: float) -> bool:
    return cell.room < 2 * inset + _ROOM * cell.pitch


def _merge(a: PieceCell, b: PieceCell) -> None:
    a.text = f"{a.text}\n{b.text}" if a.text and b.text else a.text or b.text


def _mend_cells(piece: TablePiece, seam: _Seam) -> None:
    """A cell over several rows is cut between them: the rows stay, its two halves become one."""
    gone = set()
    for a, b in seam.pairs:
        words = a.text and b.text and not _is_number(a.text) and not _is_number(b.text)
        if words and not _OPENS.match(b.text):
            _merge(a, b)
            a.row_span += b.row_span
            gone.add(id(b))
    _drop(piece, gone)


def _close_row(piece: TablePiece, boundary: int) -> None:
    piece.n_rows -= 1
    for cell in piece.cells[piece.tail :]:
        if cell.row > boundary:
            cell.row -= 1
        elif cell.row == boundary:
            cell.row_span -= 1
