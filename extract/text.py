"""Decoded text -> paragraphs (one a line) and tables (tabs, pipes, commas, columns made with spaces).

Enters: the text of a file. Leaves: a `Document`. Blank lines stay as empty paragraphs: in a table
flattened to one cell per line they may be empty cells, which only the form can tell.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby, pairwise

from extract.document import Block, Cell, Document, Layout, Paragraph, Source, Table
from extract.pasted import unfold

_PIPE = re.compile(r"[|｜│┃║￨¦]")
_RULE = re.compile(r"^[\s|｜│┃║+\-=:─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋*_.]+$")
_DRAWN = re.compile(r"[-=─━═_*.]{3}|[┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋+]")
"""What makes a line a ruling: a single dash in a cell is a value."""
_DRAWN_ALONE = re.compile(r"[-=─━═_*.]{5}|[┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋+]")
"""Without pipes: three of a kind on a line of their own may stand for a value (`***`, `---`)."""
_GAP = re.compile(r"(?: {2,}|[ ]*\u3000[ \u3000]*)")
_WORD = r"(?:[-+−]?[\d０-９][\d０-９,，.．]*(?: ?(?:[万萬]元|元|件|[项項]|[条條]))?|[-—–―/／]+|[无無])"
_RUN = re.compile(rf"{_WORD}(?: {_WORD})+")
_RUN_WORD = re.compile(_WORD)
_LABEL_AND_NUMBER = re.compile(rf"(?P<label>.*[^\d\s.,、．].*?) (?P<number>{_WORD})")
BESIDE_NUMBERS = 2
"""Numbers in the rest of a line from which a number one space behind a label is a column of its own."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SENTENCE_END = re.compile(r"[。；！？!?]\s*$")
_NUMERIC = re.compile(r"[-+−]?[\d０-９][\d０-９,，.．]*(?:[万萬]元|元|件|[项項]|[条條])?|[-—–/／]|[无無]")
_DIGITS = re.compile(r"\s*\d{1,4}\s*")
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*[页頁])?(?:\s*[/／共]\s*\d{1,4}\s*[页頁]?)?[-—–－·\s]*"
)
_PAGE_LINE = re.compile(
    r"[-—–－·]+\s*\d{1,4}\s*[-—–－·]+|第\s*\d{1,4}\s*[页頁](?:\s*[,，]?\s*共\s*\d{1,4}\s*[页頁])?"
)
CONTINUES = 80
"""Display columns up to which a lone line between two lines of columns is a wrapped cell, not prose."""
FARTHEST = 60
"""Lone lines between two lines of columns: rows whose cells are all empty print their label alone."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and the cells it splits into: (start, width, text), by characters or by order."""

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


def _split_ordinal(parts: list[str]) -> tuple[tuple[int, int, str], ...]:
    return tuple((i, 1, part.strip(" \u3000\r")) for i, part in enumerate(parts))


def _split_pipes(text: str) -> tuple[tuple[int, int, str], ...]:
    stripped = text.strip()
    parts = _PIPE.split(stripped)
    if parts and not parts[0].strip() and _PIPE.match(stripped):
        parts = parts[1:]
    if parts and not parts[-1].strip() and _PIPE.match(stripped[-1]):
        parts = parts[:-1]
    return _split_ordinal(parts)


def _split_spaces(text: str) -> tuple[tuple[int, int, str], ...]:
    cells: list[tuple[int, int, str]] = []
    position = 0
    for piece in _GAP.split(text):
        found = text.index(piece, position) if piece else position
        if piece.strip():
            cells += _split_numbers(piece.rstrip(), display_width(text[:found]))
        position = found + len(piece)
    if sum(bool(_NUMERIC.fullmatch(t)) for _, _, t in cells) >= BESIDE_NUMBERS:
        cells = [part for cell in cells for part in _split_label(*cell)]
    return tuple(cells)


def _split_label(start: int, width: int, text: str) -> list[tuple[int, int, str]]:
    """A label and the first number of its row, one space apart, as two cells."""
    match = _LABEL_AND_NUMBER.fullmatch(text)
    if match is None:
        return [(start, width, text)]
    number = start + display_width(text[: match.start("number")])
    return [
        (start, display_width(match["label"]), match["label"]),
        (number, display_width(match["number"]), match["number"]),
    ]


def _split_numbers(piece: str, start: int) -> list[tuple[int, int, str]]:
    """Numbers one space apart are columns of their own: a label has no run of bare numbers."""
    lead = len(piece) - len(piece.lstrip())
    piece, start = piece.strip(), start + lead
    if not _RUN.fullmatch(piece):
        return [(start, display_width(piece), piece)]
    return [
        (start + display_width(piece[: m.start()]), display_width(m[0]), m[0])
        for m in _RUN_WORD.finditer(piece)
    ]


def _is_csv(text: str, few: int = 2) -> bool:
    commas = text.count(",")
    if "  " in text:
        commas -= len(_THOUSANDS.findall(text))
    return commas >= few and "。" not in text and text.count("，") < commas


def _find_dialects(lines: list[str]) -> frozenset[str]:
    """The delimiters that the file plainly uses; then one of them in a line is enough."""
    pipes = sum(len(_PIPE.findall(t)) >= 2 for t in lines)
    commas = sum(_is_csv(t) for t in lines)
    return frozenset(name for name, count in (("pipes", pipes), ("commas", commas)) if count >= 3)


def _split_commas(text: str) -> tuple[tuple[int, int, str], ...]:
    try:
        parts = next(csv.reader([text]))
    except csv.Error:
        parts = text.split(",")
    return _split_ordinal(parts)


def _split_tabs(text: str) -> tuple[tuple[int, int, str], ...]:
    return _split_ordinal(text.split("\t"))


_SPLITTERS: dict[str, Callable[[str], tuple[tuple[int, int, str], ...]]] = {
    "tabs": _split_tabs,
    "pipes": _split_pipes,
    "commas": _split_commas,
}


def _read_line(number: int, text: str, dialects: frozenset[str]) -> _Line:
    body = text.rstrip("\r\n")
    kind = _delimiter(body, dialects)
    if kind in _SPLITTERS:
        return _Line(number, body, kind, _SPLITTERS[kind](body))
    if kind:
        return _Line(number, body, kind, ())
    if _PAGE_LINE.fullmatch(body.strip()):
        return _Line(number, body, "plain", ((0, display_width(body), body.strip()),))
    cells = _split_spaces(body.rstrip("\t "))
    return _Line(number, body, "spaces" if len(cells) >= 2 else "plain", cells)


def _delimiter(body: str, dialects: frozenset[str]) -> str:
    """`tabs`, `pipes`, `commas`; `rule` or `blank` for a line without cells; "" where spaces may part it."""
    if not body.strip():
        return "tabs" if body.count("\t") >= 2 else "blank"
    if _RULE.match(body) and (_DRAWN if _PIPE.search(body) else _DRAWN_ALONE).search(body):
        return "rule"
    if len(_PIPE.findall(body)) >= (1 if "pipes" in dialects else 2):
        return "pipes"
    if "\t" in body.rstrip("\t ") or body.endswith("\t\t") or (body.startswith("\t") and len(body) < 200):
        return "tabs"
    if _is_csv(body, 1 if "commas" in dialects and len(body) < 60 else 2):
        return "commas"
    return ""


def _is_prose(line: _Line) -> bool:
    """A line that only looks split: one cell of text, or sentences with odd gaps."""
    texts = [t for _, _, t in line.cells if t]
    if line.kind in {"tabs", "commas"} and len(texts) == 1 and len(texts[0]) > 60:
        return True
    if line.kind in {"spaces", "commas"}:
        long = max((len(t) for t in texts), default=0)
        return long > 60 or (len(texts) == 2 and long > 30 and bool(_SENTENCE_END.search(texts[-1])))
    return False


def _demote(line: _Line) -> _Line:
    if line.kind == "spaces" or _is_prose(line):
        texts = [t for _, _, t in line.cells if t]
        if _is_prose(line) or len(texts) < 2:
            return _Line(line.number, line.text, "plain", line.cells[:1])
    return line


def _continues(line: _Line) -> bool:
    """A plain line inside a run of table lines: a wrapped or lone cell rather than prose."""
    text = line.text.strip()
    return (
        bool(text)
        and display_width(text) <= CONTINUES
        and not _SENTENCE_END.search(text)
        and not _PAGE_NUMBER.fullmatch(text)
    )


_AIR = _Line(0, "", "air", ())


def _is_torn(before: _Line, line: _Line) -> bool:
    """Digits alone, right below a number of a line of columns: they are its end, no page number."""
    if line.kind != "plain" or before.kind != "spaces" or not _DIGITS.fullmatch(line.text):
        return False
    start, width, _ = line.cells[0]
    return any(
        _NUMERIC.fullmatch(text) and left < start + width and start < left + span
        for left, span, text in before.cells
    )


def _absorb(lines: list[_Line]) -> list[_Line]:
    """Plain lines between two lines of columns join them, as rows of one cell.

    Where the file plainly prints columns of numbers, blank lines between its rows are only air.
    """
    columns = sum(_numbers_in(line) > 2 or _numbers_in(line) == 2 < len(line.cells) for line in lines) >= 3
    out = [line if columns else _as_number(line) for line in lines]
    out = [_as_cell(line) if _is_torn(before, line) else line for before, line in pairwise([_AIR, *out])]
    tables = [i for i, line in enumerate(out) if line.kind == "spaces"]
    for before, after in pairwise(tables):
        between = out[before + 1 : after]
        plain = [line for line in between if line.kind == "plain"]
        if len(plain) > FARTHEST or not all(_continues(line) for line in plain):
            continue
        if {line.kind for line in between} - {"plain", "blank"}:
            continue
        for k in range(before + 1, after):
            if out[k].kind == "plain":
                out[k] = _as_cell(out[k])
            elif columns:
                out[k] = _Line(out[k].number, out[k].text, "air", ())
    return [line for line in out if line.kind != "air"]


def _numbers_in(line: _Line) -> int:
    return sum(bool(_NUMERIC.fullmatch(t)) for _, _, t in line.cells) if line.kind == "spaces" else 0


def _as_number(line: _Line) -> _Line:
    """Digits set wide on a line of their own, in a file without columns, are one number."""
    if 0 < _numbers_in(line) == len(line.cells):
        return _Line(line.number, line.text, "plain", line.cells[:1])
    return line


def _as_cell(line: _Line) -> _Line:
    start = display_width(line.text[: len(line.text) - len(line.text.lstrip())])
    text = line.text.strip()
    return _Line(line.number, line.text, "spaces", ((start, display_width(text), text),))


def _join_ruled(lines: list[_Line]) -> list[_Line]:
    """Lines between two drawn rulings as one row, where rulings part every row (cells wrap inside a box)."""
    out: list[_Line] = []
    for drawn, group in groupby(lines, key=lambda line: line.kind in {"pipes", "rule"}):
        members = list(group)
        rules = sum(line.kind == "rule" for line in members)
        parts = [list(part) for _, part in groupby(members, key=lambda line: line.kind)]
        if not drawn or rules < 3 or not all(_is_one_row(part) for part in parts):
            out += members
            continue
        for part in parts:
            out += [_stack(part)] if part[0].kind == "pipes" and len(part) > 1 else part
    return out


def _is_one_row(rows: list[_Line]) -> bool:
    """Lines that wrap into each other: no column prints two numbers."""
    if rows[0].kind == "rule":
        return True
    numbers = [i for row in rows for i, (_, _, text) in enumerate(row.cells) if _NUMERIC.fullmatch(text)]
    return len({len(row.cells) for row in rows}) == 1 and len(numbers) == len(set(numbers))


def _stack(rows: list[_Line]) -> _Line:
    cells = tuple(
        (start, width, "\n".join(row.cells[i][2] for row in rows if row.cells[i][2]))
        for i, (start, width, _) in enumerate(rows[0].cells)
    )
    return _Line(rows[0].number, rows[0].text, "pipes", cells)


def _table(lines: list[_Line]) -> Table:
    layout = Layout.ALIGNED if lines[0].kind == "spaces" else Layout.DELIMITED
    cells = tuple(
        Cell(text, row, start, column_span=max(width, 1))
        for row, line in enumerate(lines)
        for start, width, text in line.cells
    )
    n_columns = max((c.column + c.column_span for c in cells), default=0)
    return Table(cells, len(lines), n_columns, layout, line=lines[0].number)


def _blocks(lines: list[_Line]) -> list[Block]:
    blocks: list[Block] = []
    for kind, group in groupby(lines, key=lambda line: line.kind):
        members = list(group)
        if kind in {"plain", "blank"}:
            blocks += [Paragraph(line.text.strip("\r\n\t \u3000"), line=line.number) for line in members]
        else:
            blocks.append(_table(members))
    return blocks


def read_text(text: str, source: Source) -> Document:
    """The document of a text file: a paragraph for each line outside tables, tables by their delimiter."""
    texts = unfold(text.split("\n"))
    dialects = _find_dialects([text for _, text in texts])
    lines = [_demote(_read_line(n, t, dialects)) for n, t in texts]
    lines = _absorb([line for line in _join_ruled(lines) if line.kind != "rule"])
    return Document(source, "text", "text", tuple(_blocks(lines)))
