"""Decoded text -> paragraphs (one a line) and tables (tabs, pipes, commas, columns made with spaces).

Enters: the text of a file. Leaves: a `Document`. Blank lines stay as empty paragraphs: in a table
flattened to one cell per line they may be empty cells, which only the form can tell.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from itertools import groupby

from extract.document import Block, Cell, Document, Layout, Paragraph, Source, Table
from extract.text.markdown import without_marks
from extract.text.pasted import Numbered, unfold
from extract.text.spaces import (
    NUMERIC,
    PAGE_LINE,
    SENTENCE_END,
    SplitLine,
    absorb,
    display_width,
    split_spaces,
)

_PIPE = re.compile(r"[|｜│┃║￨¦]")
_RULE = re.compile(r"^[\s|｜│┃║+\-=:─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋*_.]+$")
_DRAWN = re.compile(r"[-=─━═_*.]{3}|[┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋+]")
"""What makes a line a ruling: a single dash in a cell is a value."""
_DRAWN_ALONE = re.compile(r"[-=─━═_*.]{5}|[┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋+]")
"""Without pipes: three of a kind on a line of their own may stand for a value (`***`, `---`)."""
PLAINLY = 3
"""Lines with a delimiter between their cells from which the file uses it: `text_blank_cells_pipe_lines.txt`
has fewer than six, and one such line must not do (the text of shuyang_county_2025)."""
MANY_CELLS = 10
"""Lines with nothing but a pipe at their end from which it closes the one cell of each
(`test_a_pipe_that_only_closes_each_cell_is_taken_away` has fewer than 20)."""
LONGEST = 60
"""Characters of a cell; what is longer is prose that only looks split. The longest label of the official form
has 37."""
LONGEST_OF_TWO = 30
"""Characters of a cell where there are but two, and the second ends like a sentence."""
LONGEST_OF_ONE_COMMA = 60
"""Characters of a line that one comma parts, in a file that plainly uses commas."""
LONGEST_INDENTED = 200
"""Characters of a line that begins with a tab and is a row, not an indented paragraph."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


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


def _is_csv(text: str, few: int = 2) -> bool:
    commas = text.count(",")
    if " " in text:
        commas -= len(_THOUSANDS.findall(text))
    return commas >= few and "。" not in text and text.count("，") < commas


def _find_dialects(lines: list[str]) -> frozenset[str]:
    """The delimiters that the file plainly uses; then one of them in a line is enough."""
    pipes = sum(len(_PIPE.findall(t)) >= 2 for t in lines if t)
    commas = sum(_is_csv(t) for t in lines if t)
    return frozenset(name for name, count in (("pipes", pipes), ("commas", commas)) if count >= PLAINLY)


def _without_closing_pipes(lines: Sequence[Numbered]) -> Sequence[Numbered]:
    """The lines; a pipe that only closes each cell, one cell a line, is taken away.

    Such a pipe stands behind its cell (`规章 |`), or on a line of its own, where the next one right below it
    closes an empty cell.
    """
    piped = [(n, text) for n, text in lines if _PIPE.search(text)]
    behind = {n: cell for n, text in piped if (cell := _closed_cell(text))}
    alone = {n for n, text in piped if _PIPE.fullmatch(text.strip())}
    rows = sum(len(_PIPE.findall(text)) > 1 for _, text in piped)
    if rows >= PLAINLY or len(behind) + len(alone) < MANY_CELLS:
        return lines
    if len(behind) >= PLAINLY:
        return [(n, "" if n in alone else behind.get(n, text)) for n, text in lines]
    return [(n, "" if n in alone else text) for n, text in lines if n not in alone or n - 1 in alone]


def _closed_cell(text: str) -> str:
    """What stands before the pipe at the end of a line, "" if there is no such pipe or nothing before it."""
    bare = text.rstrip(" \t\r")
    cell = bare[:-1].rstrip(" \t")
    return cell if _PIPE.fullmatch(bare[-1:]) and _PIPE.sub("", cell).strip() else ""


def _split_commas(text: str) -> tuple[tuple[int, int, str], ...]:
    try:
        parts = next(csv.reader([text]))
    except csv.Error:
        parts = text.split(",")
    return _split_ordinal(parts)


def _split_tabs(text: str) -> tuple[tuple[int, int, str], ...]:
    return _split_ordinal(text.split("\t"))


_LAYOUTS = {"spaces": Layout.ALIGNED, "blanks": Layout.SPACED}
_SPLITTERS: dict[str, Callable[[str], tuple[tuple[int, int, str], ...]]] = {
    "tabs": _split_tabs,
    "pipes": _split_pipes,
    "commas": _split_commas,
}


def _read_line(number: int, text: str, dialects: frozenset[str]) -> SplitLine:
    if not text:
        return SplitLine(number, "", "blank", ())
    body = text.rstrip("\r\n")
    kind = _delimiter(body, dialects)
    if kind in _SPLITTERS:
        return SplitLine(number, body, kind, _SPLITTERS[kind](body))
    if kind:
        return SplitLine(number, body, kind, ())
    if PAGE_LINE.fullmatch(body.strip()):
        return SplitLine(number, body, "plain", ((0, display_width(body), body.strip()),))
    cells = split_spaces(body.rstrip("\t "))
    return SplitLine(number, body, "spaces" if len(cells) >= 2 else "plain", cells)


def _delimiter(body: str, dialects: frozenset[str]) -> str:
    """`tabs`, `pipes`, `commas`; `rule` or `blank` for a line without cells; "" where spaces may part it."""
    if not body.strip():
        return "tabs" if body.count("\t") >= 2 else "blank"
    if _RULE.match(body) and (_DRAWN if _PIPE.search(body) else _DRAWN_ALONE).search(body):
        return "rule"
    if len(_PIPE.findall(body)) >= (1 if "pipes" in dialects else 2):
        return "pipes"
    if (
        "\t" in body.rstrip("\t ")
        or body.endswith("\t\t")
        or (body.startswith("\t") and len(body) < LONGEST_INDENTED)
    ):
        return "tabs"
    if _is_csv(body, 1 if "commas" in dialects and len(body) < LONGEST_OF_ONE_COMMA else 2):
        return "commas"
    return ""


def _is_prose(line: SplitLine) -> bool:
    """A line that only looks split: one cell of text, or sentences with odd gaps."""
    texts = [t for _, _, t in line.cells if t]
    if line.kind in {"tabs", "commas"} and len(texts) == 1 and len(texts[0]) > LONGEST:
        return True
    if line.kind in {"spaces", "commas"}:
        long = max((len(t) for t in texts), default=0)
        return long > LONGEST or (
            len(texts) == 2 and long > LONGEST_OF_TWO and bool(SENTENCE_END.search(texts[-1]))
        )
    return False


def _demote(line: SplitLine) -> SplitLine:
    if line.kind == "spaces" or _is_prose(line):
        texts = [t for _, _, t in line.cells if t]
        if _is_prose(line) or len(texts) < 2:
            return SplitLine(line.number, line.text, "plain", line.cells[:1])
    return line


def _join_ruled(lines: list[SplitLine]) -> list[SplitLine]:
    """Lines between two drawn rulings as one row, where rulings part every row (cells wrap inside a box)."""
    out: list[SplitLine] = []
    for drawn, group in groupby(lines, key=lambda line: line.kind in {"pipes", "rule"}):
        members = list(group)
        parts = [list(part) for _, part in groupby(members, key=lambda line: line.kind)]
        rules = sum(part[0].kind == "rule" for part in parts)
        if not drawn or rules < 3 or not all(_is_one_row(part) for part in parts):
            out += members
            continue
        for part in parts:
            out += [_stack(part)] if part[0].kind == "pipes" and len(part) > 1 else part
    return out


def _is_one_row(rows: list[SplitLine]) -> bool:
    """Lines that wrap into each other: no column prints two numbers, none is a head's above its row."""
    if rows[0].kind == "rule":
        return True
    texts = [(i, text) for row in rows for i, (_, _, text) in enumerate(row.cells) if text]
    numbers = [i for i, text in texts if NUMERIC.fullmatch(text)]
    worded = {i for i, text in texts if not NUMERIC.fullmatch(text)}
    return (
        len({len(row.cells) for row in rows}) == 1
        and len(numbers) == len(set(numbers))
        and len(worded.intersection(numbers)) <= 1  # 18.08 over 万元
    )


def _stack(rows: list[SplitLine]) -> SplitLine:
    cells = tuple(
        (start, width, "\n".join(row.cells[i][2] for row in rows if row.cells[i][2]))
        for i, (start, width, _) in enumerate(rows[0].cells)
    )
    return SplitLine(rows[0].number, rows[0].text, "pipes", cells)


def _table(lines: list[SplitLine]) -> Table:
    layout = _LAYOUTS.get(lines[0].kind, Layout.DELIMITED)
    cells = tuple(
        Cell(text, row, start, column_span=max(width, 1))
        for row, line in enumerate(lines)
        for start, width, text in line.cells
    )
    n_columns = max((c.column + c.column_span for c in cells), default=0)
    return Table(cells, len(lines), n_columns, layout, line=lines[0].number)


def _blocks(lines: list[SplitLine]) -> list[Block]:
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
    numbered = _without_closing_pipes(unfold(without_marks(text.split("\n"))))
    dialects = _find_dialects([t for _, t in numbered])
    lines = [_demote(_read_line(n, t, dialects)) for n, t in numbered]
    lines = absorb([line for line in _join_ruled(lines) if line.kind != "rule"])
    return Document(source, "text", "text", tuple(_blocks(lines)))
