"""Lines that may be cells of a table -> tokens, wrapped labels joined.

Enters: paragraphs. Leaves: `Token`s that say what each cell is by itself; and lines that turn out to be no
table as they were printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from extract.document import Paragraph
from normalize.form.labels import LIKELY, SAME, find_composite, find_hits, is_label
from normalize.rows.glued_values import is_glued
from normalize.rows.one_blank_apart import cells_of_line
from normalize.words.fold import fold
from normalize.words.headings import section_of_heading
from normalize.words.quantity import is_quantity
from normalize.words.search import Pattern

LONGEST_LINE = 45
"""Folded characters of the longest line that may be one cell of a table.

At 22 four reports lose 56 numbers, at 90 those of the case layout_div_flex change.
"""
SHORT = 30
"""Folded characters up to which a line without a full stop may be a cell, half as many before a long note.

Numbers of the case layout_div_flex change at 15 and at 60.
"""
MOST_PIECES = 10
"""Lines that one label is printed on at most: 三、本年度办理结果 in a column of one character."""
LONGEST_LABEL = 60
"""Characters beyond which no more lines are added to a label.

At 30 numbers of the real report of kewei change.
"""
PAGE_NUMBER = Pattern(r"^(?:[-—–·_]+\d{1,4}[-—–·_]+|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}页?)$")


@dataclass(frozen=True, slots=True)
class Token:
    """A line that may be a cell; `kind` is what `kind_of` says of its text."""

    text: str
    kind: str
    paragraph: Paragraph


@lru_cache(maxsize=16384)
def kind_of(text: str) -> str:
    """What a line is: `blank`, `page`, `number`, `label`, `heading`, `short` or `prose`."""
    folded = fold(text)
    if not folded:
        return "blank"
    if PAGE_NUMBER.match(folded):
        return "page"
    if is_quantity(text):
        return "number"
    explained = folded.endswith(")")  # a label may have a long note behind it, and then is one all the same
    hits = find_hits(text) if len(folded) <= LONGEST_LINE or explained else ()
    if hits and (hits[0].similarity == 1 or (explained and hits[0].similarity >= SAME)):
        return "label"
    if section_of_heading(text):
        return "heading"
    if (hits and hits[0].similarity >= LIKELY) or is_glued(text) or find_composite(text):
        return "label"
    short = len(folded) <= SHORT and not folded.endswith(("。", ".", ";", ":"))
    return "short" if short or (explained and len(folded.split("(", 1)[0]) <= SHORT // 2) else "prose"


def tokens_of(paragraphs: Sequence[Paragraph]) -> list[Token]:
    """The lines, those with several cells as a token for each."""
    return [Token(text, kind_of(text), p) for p in paragraphs for text in _cells(p.text)]


def join_pieces(tokens: list[Token]) -> list[Token]:
    """Labels wrapped over several lines, each as one token at its last line.

    The longest run of lines that makes one label of the form; no piece but the first may be a label itself.
    """
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        end = _piece_end(tokens, i)
        if end == i + 1:
            out.append(tokens[i])
        else:
            text = "\n".join(t.text for t in tokens[i:end] if t.kind != "blank")
            out.append(replace(tokens[end - 1], text=text, kind="label"))
        i = end
    return out


def _piece_end(tokens: list[Token], start: int) -> int:
    """Where the label that begins at `start` ends; right behind it where no lines below belong to it."""
    best, text, pieces = start + 1, "", 0
    for i in range(start, len(tokens)):
        token = tokens[i]
        if token.kind == "blank" and pieces > 0:
            continue
        if token.kind in {"blank", "page", "number"} or pieces == MOST_PIECES or len(text) > LONGEST_LABEL:
            break
        if pieces and is_label(token.text):
            break
        text, pieces = text + token.text, pieces + 1
        if pieces > 1 and is_label(text):
            best = i + 1
    return best


def _cells(text: str) -> tuple[str, ...]:
    return (text,) if kind_of(text) in {"blank", "page"} else cells_of_line(text)


def whole_lines(tokens: list[Token]) -> list[Token]:
    """Lines that are no table as they were printed, but for those that print labels alone."""
    out: list[Token] = []
    for _, group in groupby(tokens, key=lambda t: id(t.paragraph)):
        parts = list(group)
        paragraph = parts[0].paragraph
        named = all(t.kind == "label" for t in parts)
        out += parts if named else [Token(paragraph.text, kind_of(paragraph.text), paragraph)]
    return out
