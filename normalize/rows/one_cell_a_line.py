"""A table flattened to one cell a line -> rows.

Enters: paragraphs. Leaves: runs of lines that are a table, grouped into rows by what the lines say: a
label after values opens a row, words of a head keep together, blank lines are empty cells where the
other lines leave room for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.document import Cell, Layout, Paragraph
from normalize.form.labels import LIKELY, SAME, find_composite, find_hits, is_label, strip_groups
from normalize.form.loader import FORM
from normalize.form.table_words import TABLE_WORDS
from normalize.rows.glued_values import is_glued
from normalize.rows.line_tokens import Token, join_pieces, kind_of, tokens_of, whole_lines
from normalize.rows.one_blank_apart import ODD_WORD
from normalize.rows.row import Row, cut_wide
from normalize.rows.serial_numbers import find_serials
from normalize.words.fold import fold


def _trim(tokens: list[Token]) -> tuple[int, int]:
    """First and last token of the table in a run: from the first label to the last number and its blanks."""
    first = next((i for i, t in enumerate(tokens) if t.kind == "label"), len(tokens))
    last = max((i for i, t in enumerate(tokens) if t.kind in {"number", "label"}), default=-1)
    while last + 1 < len(tokens) and tokens[last + 1].kind == "blank":
        last += 1
    return first, last + 1


def _is_table(tokens: list[Token]) -> bool:
    numbers = sum(t.kind == "number" for t in tokens)
    labels = sum(t.kind == "label" for t in tokens)
    return labels >= 2 and (numbers >= 1 or labels >= 8)


def _without_serials(tokens: list[Token]) -> list[Token]:
    """The run without a column that numbers its rows: most numbers before a label count up by one.

    A number right behind the label of a row is its value, however it counts on from the one above.
    """
    printed = [i for i, t in enumerate(tokens) if t.kind != "blank"]
    ahead = [
        i for i, after in pairwise(printed) if tokens[i].kind == "number" and tokens[after].kind != "number"
    ]
    serials = find_serials([tokens[i].text for i in ahead])
    left_out = {ahead[k] for k in serials}
    if len(serials) < 0.7 * len(ahead) or any(i and _is_row_label(tokens[i - 1]) for i in left_out):
        return tokens
    return [t for i, t in enumerate(tokens) if i not in left_out]


def _is_row_label(token: Token) -> bool:
    return token.kind == "label" and _family(token.text) in {"row", "stub"}


def _without_air(tokens: list[Token]) -> list[Token]:
    """Without blank lines behind a line that prints several cells: its empty cells leave no trace."""
    printed = Counter(id(t.paragraph) for t in tokens)
    out: list[Token] = []
    for token in tokens:
        if token.kind != "blank" or not out or printed[id(out[-1].paragraph)] == 1:
            out.append(token)
    return out


def _blank_cells(tokens: list[Token]) -> list[Token]:
    """Blank lines that are cells: where every cell is followed by one, only those beyond it."""
    printed = sum(t.kind != "blank" for t in tokens)
    runs = [0]
    for token in tokens:
        if token.kind == "blank":
            runs[-1] += 1
        else:
            runs.append(0)
    spaced = sum(r > 0 for r in runs[1:]) >= 0.7 * printed or _labels_spaced(tokens)
    out: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        if token.kind == "blank":
            run.append(token)
            continue
        out += _cells_of(run, spaced=spaced)
        run = []
        if token.kind != "page":
            out.append(token)
    return out + _cells_of(run, spaced=spaced)


def _cells_of(run: list[Token], *, spaced: bool) -> list[Token]:
    """The empty cells among blank lines: all of them, or every other where each cell has one behind it."""
    return run[: max(len(run) - 1, 0) // 2] if spaced else run


def _labels_spaced(tokens: list[Token]) -> bool:
    """Nearly every label is followed by a blank line, also where its value is printed."""
    labels = [i for i, t in enumerate(tokens[:-1]) if t.kind == "label"]
    return sum(tokens[i + 1].kind == "blank" for i in labels) >= 0.75 * len(labels) > 6


def _family(text: str) -> str:
    """What a lone cell opens: `article`, `column`, `stub`, `head`, `row`, `ignored` or ""."""
    if find_composite(text):
        return "head"
    texts = (text, strip_groups(text))  # a short label may drown in the name of its group
    hits = [h for t in texts for h in find_hits(t) if h.similarity >= LIKELY]
    if not hits:
        return "row" if is_glued(text) else ""
    hit = hits[0]
    template, role = FORM.place_of(hit.axis)
    if template is None:
        return hit.axis
    if template.rows_are == "blocks":
        named = {"row": "stub", "heading": "article" if hit.name == "article" else "column"}
        return named.get(role, "column")
    return "head" if role in {"column", "heading", "block"} and not hit.numeral else "row"


_ALSO_ROWS = frozenset((*TABLE_WORDS["rest"], *TABLE_WORDS["total"]))
"""Words of heads that, below rows of table 三, are its rows 3.其他 and （七）总计 without their numerals."""
_HEADS = ("article", "column", "head")


@dataclass(slots=True)
class _Open:
    """The row being gathered; what is asked of it is counted as it grows.

    Attributes:
        family: what its labels are.
        columns: how many columns the last head of table 二 has.
        values: cells so far that follow the last label.
        heads: labels so far that name a column of table 二.
        printed: tokens up to the last that is no blank.
        last: what that one prints.
        has_number: one of them is a number.
    """

    tokens: list[Token] = field(default_factory=list)
    family: str = ""
    columns: int = 1
    values: int = 0
    heads: int = 0
    printed: int = 0
    last: str = ""
    has_number: bool = False

    @property
    def width(self) -> int:
        """Value cells that a row of this kind has."""
        return {"row": len(FORM.applicants), "stub": self.columns}.get(self.family, 15)

    def add(self, token: Token) -> None:
        """One more cell."""
        self.tokens.append(token)
        self.values = 0 if token.kind in {"label", "short"} else self.values + 1
        self.has_number = self.has_number or token.kind == "number"
        if token.kind != "blank":
            self.printed, self.last = len(self.tokens), token.text


def _group(tokens: list[Token]) -> Iterator[list[Token]]:
    """Cells one a line -> rows: a label after a number opens one, heads keep together."""
    row = _Open()
    for token in tokens:
        if token.kind in {"number", "blank"}:
            if token.kind == "number" and row.family in _HEADS and row.tokens:
                yield row.tokens[: row.printed]
                blanks = row.tokens[row.printed :]
                row = _Open(blanks, "values", row.columns, values=len(blanks))
            row.add(token)
            continue
        now = named = _family(token.text)
        if now == "ignored" and row.family in _HEADS:
            now = row.family
        if now == "head" and row.family == "row" and fold(token.text) in _ALSO_ROWS:
            now = "row"
        if not now and len(fold(token.text)) <= ODD_WORD and _is_unreadable_value(row):
            row.add(Token(token.text, "number", token.paragraph))
            continue
        if row.tokens and _opens(row, now, token.text):
            yield row.tokens
            row = _Open([], "", row.columns)
        if now == "column":
            row.columns = row.heads
        row.add(token)
        row.heads += named == "column"
        row.family = now or row.family
    if row.tokens:
        yield row.tokens


def _opens(row: _Open, now: str, text: str) -> bool:
    if row.has_number or (row.family == now == "stub" and _is_leaf(row, text)):
        return True
    if now != row.family and (now in {*_HEADS, "stub"} or row.family in _HEADS):
        return True
    if row.family == "row" and now in {"row", ""} and row.values >= row.width:
        return True  # all its cells are empty, and no cell is left for a word
    return row.family == "row" == now and _is_leaf(row, text)


def _is_unreadable_value(row: _Open) -> bool:
    """A word that is no label stands where the row still lacks a value: it is one that cannot be read."""
    if not row.tokens or row.family not in {"row", "stub", "values"}:
        return False
    if row.has_number:
        return row.values < row.width
    return row.values < row.width and is_label(row.last)


def _is_leaf(row: _Open, text: str) -> bool:
    """The last label is a whole row of the form and `text` another whole label: it opens the next row."""
    last, now = find_hits(row.last), find_hits(text)
    if not last or not now or now[0].similarity < SAME:
        return False
    leaf = last[0].axis.endswith(".row") and not FORM.is_group(last[0].axis, last[0].name)
    return last[0].similarity == 1 and leaf


def read_lines(tokens: list[Token], block: int) -> Iterator[Row]:
    """The rows of a run that is a table, as the `block`-th table of the document."""
    return _rows(_without_serials(_blank_cells(_without_air(tokens))), block)


def regroup(rows: Sequence[Row]) -> list[Row]:
    """Rows whose cells stand one blank apart, as if each stood on a line of its own."""
    cells = [c for row in rows for c in row.cells]
    tokens = [Token(c.text, kind_of(c.text), Paragraph(c.text, page=c.page)) for c in cells]
    read = _rows(join_pieces([t for t in tokens if t.kind != "page"]), rows[0].block)
    return [replace(row, part=rows[0].part) for row in read]


def _rows(tokens: list[Token], block: int) -> Iterator[Row]:
    for number, row in enumerate(_group(tokens)):
        cells = tuple(
            Cell("" if t.kind == "blank" else t.text, number, i, page=t.paragraph.page)
            for i, t in enumerate(row)
        )
        yield from cut_wide(Row(cells, (), block, Layout.DELIMITED, stream=True))


def find_runs(paragraphs: list[Paragraph]) -> Iterator[tuple[list[Token], bool]]:
    """Runs of paragraphs: (tokens, is a table)."""
    tokens = join_pieces(tokens_of(paragraphs))
    start = 0
    for end in range(len(tokens) + 1):
        if end == len(tokens) or tokens[end].kind in {"prose", "heading"}:
            run = tokens[start:end]
            first, last = _trim(run)
            if _is_table(run):
                yield whole_lines(run[:first]), False
                yield run[first:last], True
                yield whole_lines(run[last:]), False
            else:
                yield whole_lines(run), False
            if end < len(tokens):
                yield [tokens[end]], False
            start = end + 1
