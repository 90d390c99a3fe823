"""Labels wrapped over several lines -> whole labels, each with its line of values.

Enters: lines of a table whose columns are made with spaces. Leaves: segments of lines, one row of the
form each: the lines are cut where the joined labels read best, as an aligner would cut them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.document import Cell
from normalize.words.numerals import COUNTING

LONGEST, LONGEST_NARROW = 6, 13
"""Lines that one label may take: the longest of the form has 36 characters; a narrow column holds three."""
MOST_PIECES = 100
"""Pieces beyond which lines are no label, in whatever column some of them stand."""
NARROW = 5
"""Characters of the widest piece in a narrow column."""
WIDE = 0x2000
"""Characters from here on are set in a full square beside Chinese."""
PLAIN = 0.6
"""Similarity from which the innermost pieces are the label, whatever stands further out."""
WHOLE = 0.85
"""Similarity from which lines without values are a row of their own (its cells all blank).

The case layout_trap_vertical_only and generated reports in aligned text change at 0.6 and at 0.94.
"""


@dataclass(frozen=True, slots=True)
class LabelPiece:
    """A piece of a label and the character it begins at."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class WrappedLine:
    """One line: the pieces of its label and its cells among the columns of values.

    Attributes:
        anchor: it prints a value, so it is the line of a row (and only of one).
    """

    pieces: tuple[LabelPiece, ...]
    values: tuple[Cell, ...]
    anchor: bool


@dataclass(frozen=True, slots=True)
class RowSegment:
    """Lines that make one row: `lines[start:end]`, its labels outermost first, () for junk."""

    start: int
    end: int
    labels: tuple[str, ...]
    fit: float


_NUMERAL = re.compile(
    rf"[(（【]?\s*(?:\d{{1,2}}|[{COUNTING}]{{1,2}}|[\u2460-\u2473])\s*[)）】]?\s*[.、．,，]?"
)
"""The numeral of a label: it belongs to the word after it."""
Fit = Callable[[str], float]


def leaf_column(lines: Sequence[WrappedLine]) -> int:
    """Where the innermost labels begin: the start most common among the lines of values."""
    starts = [p.start for line in lines if line.anchor for p in line.pieces]
    counted = Counter(starts or [p.start for line in lines for p in line.pieces])
    return max(counted, key=lambda s: (counted[s], s), default=0)


def join_labels(lines: Sequence[WrappedLine], leaf: int, fit: Fit) -> tuple[tuple[str, ...], float]:
    """The labels of lines taken as one row, and how well the innermost reads."""
    pieces = [p for line in lines for p in line.pieces]
    if not pieces:
        return (), 0.0
    inner = "".join(p.text for p in pieces if p.start >= leaf - 2)
    outer = "".join(p.text for p in pieces if p.start < leaf - 2)
    if inner and (not outer or fit(inner) >= PLAIN):
        return ((outer, inner) if outer else (inner,)), fit(inner)
    own = next((line.pieces for line in lines if line.anchor), ())
    starts = {p.start for p in pieces} if len(pieces) <= MOST_PIECES else ()
    columns = ["".join(p.text for p in pieces if abs(p.start - s) <= 2) for s in starts]
    candidates = dict.fromkeys(
        t
        for t in (outer, "".join(p.text for p in pieces), "".join(p.text for p in own), *sorted(columns))
        if t
    )
    best = max(candidates, key=fit)
    return (best,), fit(best)


def cut_rows(lines: Sequence[WrappedLine], fit: Fit, below: float = 0) -> list[RowSegment]:
    """The cut of the lines into rows whose labels read best in sum.

    Args:
        lines: of one table, or one item of it.
        fit: how well a label reads.
        below: what a label counts for less that stands whole below its values.
    """
    leaf = leaf_column(lines)
    widest = max((len(p.text) for line in lines for p in line.pieces), default=0)
    longest = LONGEST_NARROW if widest <= NARROW else LONGEST
    whole = [_reads_whole(line, fit) for line in lines]
    best: list[tuple[float, int, RowSegment | None]] = [(0.0, 0, None)]
    for end in range(1, len(lines) + 1):
        options = []
        for start in range(max(0, end - longest), end):
            part = lines[start:end]
            if sum(line.anchor for line in part) > 1 or sum(whole[start:end]) > 1:
                continue
            worth, segment = _worth(part, start, end, leaf, fit, below)
            options.append((best[start][0] + worth, start, segment))
        best.append(max(options, key=lambda o: (o[0], o[1])))
    segments: list[RowSegment] = []
    end = len(lines)
    while end > 0:
        _, start, segment = best[end]
        if segment is not None:
            segments.append(segment)
        end = start
    return segments[::-1]


def _reads_whole(line: WrappedLine, fit: Fit) -> bool:
    """The line prints the whole label of a row: another such line is another row."""
    texts = {line.pieces[-1].text, "".join(p.text for p in line.pieces)} if line.pieces else set()
    return any(fit(text) > WHOLE for text in texts)


def _worth(
    part: Sequence[WrappedLine], start: int, end: int, leaf: int, fit: Fit, below: float
) -> tuple[float, RowSegment | None]:
    labels, likeness = join_labels(part, leaf, fit)
    cost = 0.01 * (end - start - 1)
    if part[0].anchor and not part[0].pieces and end - start > 1:
        cost += below
    if any(line.anchor for line in part):
        return 0.5 + likeness - cost, RowSegment(start, end, labels, likeness)
    if likeness >= WHOLE:
        return likeness - 0.8 - cost, RowSegment(start, end, labels, likeness)
    if end - start > 1:
        return float("-inf"), None
    return -0.05, None


def find_torn(segments: Sequence[RowSegment], lines: Sequence[WrappedLine], fit: Fit) -> frozenset[int]:
    """Segments whose digits may be torn: some stand beside no label, or beside a piece of one."""
    values = [[c for line in lines[s.start : s.end] for c in line.values] for s in segments]
    bare = [i for i, s in enumerate(segments) if not s.labels and values[i]]
    torn = {k for i in bare for k in (i - 1, i, i + 1)}
    for i, (above, below) in enumerate(pairwise(segments)):
        few, many = sorted((values[i], values[i + 1]), key=len)
        both = fit("".join((*above.labels[-1:], *below.labels[-1:])))
        misread = min(above.fit, below.fit) < PLAIN or both > max(above.fit, below.fit)
        if misread and 0 < len(few) < len(many) and _meet(few, many):
            torn |= {i, i + 1}
    return frozenset(torn)


def list_doubts(*, torn: bool, placed: bool) -> tuple[str, ...]:
    """The doubts of a row whose digits may be torn, or whose empty cells have no sure place."""
    return (*(("doubt.joined",) if torn else ()), *(() if placed else ("doubt.column",)))


def _meet(few: Sequence[Cell], many: Sequence[Cell]) -> bool:
    """Each of a few cells stands above or below one of the others."""
    covered = {place for cell in many for place in range(cell.column, _end(cell))}
    return not any(covered.isdisjoint(range(cell.column, _end(cell))) for cell in few)


def split_words(cell: Cell) -> list[Cell]:
    """The words of a cell as cells of their own: columns only one space apart read as one cell."""
    words: list[Cell] = []
    column = cell.column
    for word in cell.text.split(" "):
        width = sum(2 if ord(c) > WIDE else 1 for c in word)
        if word:
            words.append(replace(cell, text=word, column=column, column_span=width))
        column += width + 1
    if len(words) > 1 and _NUMERAL.fullmatch(words[0].text):
        joined = replace(words[0], text=words[0].text + words[1].text)
        words = [replace(joined, column_span=_end(words[1]) - joined.column), *words[2:]]
    return words or [cell]


def _end(cell: Cell) -> int:
    return cell.column + cell.column_span
