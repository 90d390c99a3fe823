"""Lines whose cells stand one blank apart (`1.属于国家秘密 2 0 0 0 0 0 2`) -> their cells.

Enters: the text of a line. Leaves: its cells in order, or the line as it is. Programs that take the text out
of a PDF print each row of a table as such a line; so do copies of a page from which all white space but
single blanks was taken. Which blanks part cells and which stand in a word, only the form can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from extract.document import Cell
from extract.text.spaces import display_width
from normalize.form.labels import LIKELY, find_composite, find_hits, is_label
from normalize.form.loader import FORM
from normalize.form.table_words import TABLE_WORDS
from normalize.words.fold import fold
from normalize.words.quantity import is_quantity, read_quantity
from normalize.words.script import simplify
from normalize.words.search import Pattern

ROW = 3
"""Numbers at the end of a line from which it is a row of a table, whatever stands before them."""
LONGEST_LABEL = 45
"""Folded characters before the numbers beyond which the line is prose."""
MANY = 3
"""Labels from which a line with a number among them holds several rows."""
WIDEST = 8
"""Pieces that one label is printed in at most (`社 会 公 益 组 织`, `第二十条 第 （ 一 ） 项`).

Without an end the text `numbers_with_blanks` of test_growth takes minutes.
"""
ODD_WORD = 8
"""Folded characters of the longest word that stands for a number (`待补充`, `详见附表`)."""
_SENTENCE = Pattern(r"[。；！？;!?]")
_UNITS = frozenset(TABLE_WORDS["unit_apart"])


@lru_cache(maxsize=8192)
def cells_of_line(text: str) -> tuple[str, ...]:
    """The cells of a line; one where it is no row, or where the form says nothing about it."""
    words = _words(text)
    if len(words) == 1:
        return (text,)
    parts = _labels(words)
    return parts if _is_row(parts) or _is_head(parts) or _is_several(parts) else (text,)


def _words(text: str) -> list[str]:
    """The words of a line, a number and its unit as one (`18.08 万元`)."""
    words: list[str] = []
    for word in text.split():
        if words and simplify(word) in _UNITS and read_quantity(words[-1]).is_number:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def part_cells(cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells of a line as the form parts them, at the columns where they are printed."""
    line = " ".join(c.text for c in cells)
    parts = cells_of_line(line) if len(line.split()) > 1 else ()
    if len(parts) <= len(cells):
        yield from cells
        return
    position, column = 0, cells[0].column
    for part in parts:
        begin = line.index(part.split(" ", 1)[0], position)
        column += display_width(line[position:begin])
        width = display_width(part)
        yield replace(cells[0], text=part, column=column, column_span=width)
        position, column = begin + len(part), column + width


def _is_row(parts: Sequence[str]) -> bool:
    """A label, or a piece of one, and the values of its row: numbers, perhaps with an odd word among them."""
    first = next((i for i, part in enumerate(parts) if is_quantity(part)), len(parts))
    label, values = parts[:first], parts[first:]
    if len(fold("".join(label))) > LONGEST_LABEL or _SENTENCE.search("".join(label)):
        return False
    if not values:
        return len(parts) > 1 and _is_row_label(parts[-2]) and _is_odd(parts[-1])
    odd = [part for part in values if not is_quantity(part)]
    if odd and not (label and is_label(label[-1]) and all(map(_is_odd, odd))):
        return False
    return len(values) >= ROW or any(h.similarity >= LIKELY for part in label[-1:] for h in find_hits(part))


def _is_head(parts: Sequence[str]) -> bool:
    """Words of heads side by side (`信息内容 本年制发件数`)."""
    return len(parts) > 1 and all(map(_is_named, parts))


def _is_several(parts: Sequence[str]) -> bool:
    """Several rows, or the whole table, on one line."""
    labels, numbers = sum(map(_is_named, parts)), sum(map(is_quantity, parts))
    return labels >= MANY and (numbers >= ROW or 0 < numbers == len(parts) - labels)


_STUBS = frozenset(f"{t.name}.row" for t in FORM.templates.values() if t.rows_are == "blocks")


def _is_named(text: str) -> bool:
    return is_label(text) or (bool(find_composite(text)) and " " not in text)


def _is_row_label(text: str) -> bool:
    return is_label(text) and any(h.axis in _STUBS for h in find_hits(text)[:1])


def _is_odd(text: str) -> bool:
    """A word that may stand where a number is due."""
    return len(fold(text)) <= ODD_WORD and not any(h.similarity >= LIKELY for h in find_hits(text))


def _part_end(words: Sequence[str], start: int) -> int:
    """Where the number or the longest label that begins at a word ends, 0 for neither."""
    if is_quantity(words[start]):
        return start + 1
    ends = range(min(len(words), start + WIDEST), start, -1)
    found = next((end for end in ends if is_label("".join(words[start:end]))), 0)
    return found or (start + 1 if find_composite(words[start]) else 0)


def _labels(words: Sequence[str]) -> tuple[str, ...]:
    """Words put together to labels of the form where they make one, numbers, and what is left."""
    parts: list[str] = []
    rest: list[str] = []
    i = 0
    while i < len(words):
        end = _part_end(words, i)
        if end:
            parts += [" ".join(rest)] if rest else []
            rest = []
            parts.append(" ".join(words[i:end]))
        else:
            rest.append(words[i])
        i = end or i + 1
    return (*parts, " ".join(rest)) if rest else tuple(parts)
