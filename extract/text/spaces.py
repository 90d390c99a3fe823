"""Lines whose columns are made with spaces -> their cells; which lines between them are wrapped cells.

Enters: lines of text. Leaves: `SplitLine`s of kind `spaces` (columns set out with gaps, which show their
places) or `blanks` (cells one blank apart, which show an order only), with lone lines between them as cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_GAP = re.compile(r"(?: {2,}|[ ]*\u3000[ \u3000]*)")
_WORD = r"(?:[-+−]?[\d０-９][\d０-９,，.．]*(?: ?(?:[万萬]元|元|件|[项項]|[条條]))?|[-—–―/／]+|[无無])"
_RUN = re.compile(rf"{_WORD}(?: {_WORD})+")
_RUN_WORD = re.compile(_WORD)
_ROW = re.compile(rf"(?P<label>\S.*?) (?P<numbers>{_WORD}(?: {_WORD}){{2,}})")
"""A label and three numbers or more, all one blank apart."""
PLAINLY = 5
"""Such lines from which a file prints its tables so, unless it sets more of them out with gaps: between
`test_few_such_lines_are_no_table` and `test_rows_with_cells_one_blank_apart_show_an_order_only`."""
_NUMBER_BEHIND = re.compile(rf" (?P<number>{_WORD})\Z")
_LETTER = re.compile(r"[^\d\s.,、．]")
BESIDE_NUMBERS = 2
"""Numbers in the rest of a line from which a number one space behind a label is a column of its own."""
NUMERIC = re.compile(r"[-+−]?[\d０-９][\d０-９,，.．]*(?:[万萬]元|元|件|[项項]|[条條])?|[-—–/／]|[无無]")
SENTENCE_END = re.compile(r"[。；！？!?]\s*$")
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*[页頁])?(?:\s*[/／共]\s*\d{1,4}\s*[页頁]?)?[-—–－·\s]*"
)
_DIGITS = re.compile(r"\s*\d{1,4}\s*")
PAGE_LINE = re.compile(
    r"[-—–－·]+\s*\d{1,4}\s*[-—–－·]+|第\s*\d{1,4}\s*[页頁](?:\s*[,，]?\s*共\s*\d{1,4}\s*[页頁])?"
)
CONTINUES = 80
"""Display columns up to which a lone line between two lines of columns is a wrapped cell, not prose; the
longest label of the official form takes 72."""
FARTHEST = 60
"""Lone lines between two lines of columns: rows whose cells are all empty print their label alone."""


@dataclass(frozen=True, slots=True)
class SplitLine:
    """A line and the cells it splits into: (start, width, text), by characters or by order.

    Attributes:
        kind: `spaces` or `blanks` (see above), `tabs`, `pipes`, `commas`, `rule`, `blank`, `plain`.
    """

    number: int
    text: str
    kind: str
    cells: tuple[tuple[int, int, str], ...]


def display_width(text: str) -> int:
    """Columns that a terminal or `pdftotext -layout` gives the text: wide characters count two.

    So do those of ambiguous width (—, “, ①): beside Chinese they are set in a full square. GBK gives just
    these two bytes, and one to the rest.
    """
    return len(text.encode("gbk", "replace"))


def split_spaces(text: str) -> tuple[tuple[int, int, str], ...]:
    """The cells of a line whose columns are set out with gaps: (start, width, text), by characters."""
    cells: list[tuple[int, int, str]] = []
    position = column = 0
    for gap in (*_GAP.finditer(text), None):
        piece = text[position : gap.start() if gap else len(text)]
        if piece.strip():
            cells += _split_numbers(piece.rstrip(), column)
        if gap:
            column += display_width(text[position : gap.end()])
            position = gap.end()
    if sum(bool(NUMERIC.fullmatch(t)) for _, _, t in cells) >= BESIDE_NUMBERS:
        cells = [part for cell in cells for part in _split_label(*cell)]
    return tuple(cells)


def _split_label(start: int, width: int, text: str) -> list[tuple[int, int, str]]:
    """A label and the first number of its row, one space apart, as two cells."""
    match = _NUMBER_BEHIND.search(text)
    if match is None or not _LETTER.search(label := text[: match.start()]):
        return [(start, width, text)]
    left, number = display_width(label), match["number"]
    return [(start, left, label), (start + left + 1, display_width(number), number)]


def _split_numbers(piece: str, start: int) -> list[tuple[int, int, str]]:
    """Numbers one space apart are columns of their own: a label has no run of bare numbers."""
    lead = len(piece) - len(piece.lstrip())
    piece, start = piece.strip(), start + lead
    if not _RUN.fullmatch(piece):
        return [(start, display_width(piece), piece)]
    cells = []
    for word in _RUN_WORD.findall(piece):  # one blank stands between two of them
        width = display_width(word)
        cells.append((start, width, word))
        start += width + 1
    return cells


def _continues(line: SplitLine) -> bool:
    """A plain line inside a run of table lines: a wrapped or lone cell rather than prose."""
    text = line.text.strip()
    return (
        bool(text)
        and display_width(text) <= CONTINUES
        and not SENTENCE_END.search(text)
        and not _PAGE_NUMBER.fullmatch(text)
    )


def _is_torn(before: SplitLine, line: SplitLine) -> bool:
    """Digits alone, right below a number of a line of columns: they are its end, no page number."""
    if line.kind != "plain" or before.kind != "spaces" or not _DIGITS.fullmatch(line.text):
        return False
    start, width, _ = line.cells[0]
    return any(
        NUMERIC.fullmatch(text) and left < start + width and start < left + span
        for left, span, text in before.cells
    )


_AIR = SplitLine(0, "", "air", ())


def absorb(lines: Sequence[SplitLine]) -> list[SplitLine]:
    """Plain lines between two lines of columns join them, as rows of one cell.

    Where the file plainly prints columns of numbers, blank lines between its rows are only air.
    """
    kind = "blanks" if _are_blanks_apart(lines) else "spaces"
    if kind == "blanks":
        lines = _head_lines([_as_row(line) for line in lines])
    columns = sum(_numbers_in(line) > 2 or _numbers_in(line) == 2 < len(line.cells) for line in lines) >= 3
    out = [line if columns else _as_number(line) for line in lines]
    pairs = pairwise([_AIR, *out])
    out = [_as_cell(line, "spaces") if _is_torn(before, line) else line for before, line in pairs]
    tables = [i for i, line in enumerate(out) if line.kind == kind]
    for before, after in pairwise(tables):
        between = [i for i in range(before + 1, after) if kind == "spaces" or not _is_page_line(out[i])]
        plain = [out[i] for i in between if out[i].kind == "plain"]
        if len(plain) > FARTHEST or not all(_continues(line) for line in plain):
            continue
        if {out[i].kind for i in between} - {"plain", "blank"}:
            continue
        for k in range(before + 1, after):
            if out[k].kind == "plain" and k in between:
                out[k] = _as_cell(out[k], kind)
            elif columns:
                out[k] = replace(out[k], kind="air", cells=())
    return [line for line in out if line.kind != "air"]


def _are_blanks_apart(lines: Sequence[SplitLine]) -> bool:
    """The file prints rows of tables with single blanks between their cells, as PDF readers give them."""
    rows = sum(line.kind == "plain" and _as_row(line).kind == "blanks" for line in lines)
    set_out = sum(_numbers_in(line) > 2 and _GAP.search(line.text.strip()) is not None for line in lines)
    return rows >= PLAINLY and rows > set_out


def _as_row(line: SplitLine) -> SplitLine:
    """A line whose numbers stand one blank apart, and one of columns, as a row whose cells show an order."""
    if line.kind == "spaces":
        return replace(line, kind="blanks")
    text = line.text.strip()
    if line.kind != "plain" or display_width(text) > CONTINUES:
        return line
    match = _ROW.fullmatch(text)
    if match is None or SENTENCE_END.search(match["label"]):
        return line
    cells = _split_numbers(match["numbers"], display_width(text[: match.start("numbers")]))
    return replace(line, kind="blanks", cells=((0, display_width(match["label"]), match["label"]), *cells))


def _head_lines(lines: list[SplitLine]) -> list[SplitLine]:
    """Words right above a row, as many as it has cells, are its head: rows below it take them along."""
    out = list(lines)
    for i in range(1, len(out)):
        words = out[i - 1].text.split()
        if out[i - 1].kind == "plain" and out[i].kind == "blanks" and 2 < len(words) == len(out[i].cells):
            out[i - 1] = _as_cell(out[i - 1], "blanks")
    return out


def _is_page_line(line: SplitLine) -> bool:
    return PAGE_LINE.fullmatch(line.text.strip()) is not None


def _numbers_in(line: SplitLine) -> int:
    return (
        sum(bool(NUMERIC.fullmatch(t)) for _, _, t in line.cells) if line.kind in {"spaces", "blanks"} else 0
    )


def _as_number(line: SplitLine) -> SplitLine:
    """Digits set wide on a line of their own, in a file without columns, are one number."""
    if 0 < _numbers_in(line) == len(line.cells):
        return replace(line, kind="plain", cells=line.cells[:1])
    return line


def _as_cell(line: SplitLine, kind: str) -> SplitLine:
    start = display_width(line.text[: len(line.text) - len(line.text.lstrip())])
    text = line.text.strip()
    return replace(line, kind=kind, cells=((start, display_width(text), text),))
