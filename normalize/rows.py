"""Document -> one stream of rows and breaks, wherever the document drew its tables.

Enters: a `Document`. Leaves: `Row`s (from tables, and from runs of paragraphs that are a table with one
cell a line) with the `Break`s between them (a heading, prose), so that tables can be stitched by meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.document import Block, Cell, Document, Layout, Paragraph, Table
from normalize.fold import fold
from normalize.labels import find_hits
from normalize.prose import section_of_heading
from normalize.quantity import read_quantity
from normalize.report import Status

LONGEST_TOKEN = 45
"""Folded characters of the longest line that may be one cell of a table."""
PAGE_NUMBER = re.compile(r"^(?:[-—–·_]+\d{1,4}[-—–·_]+|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}页?)$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        cells: its own cells in order, empty ones included.
        covering: cells of rows above that reach down into it (grids only).
        block: which table of the document, from 0.
        layout: how far the columns of its cells may be trusted.
        stream: made of paragraphs, one cell each.
        part: counts up where prose or a heading stands between two rows of a table.
    """

    cells: tuple[Cell, ...]
    covering: tuple[Cell, ...]
    block: int
    layout: Layout
    stream: bool = False
    part: int = 0

    @property
    def text(self) -> str:
        """All that it prints."""
        return " ".join(c.text for c in self.cells if c.text)


@dataclass(frozen=True, slots=True)
class Break:
    """What stands between two tables: a heading of a section (1-6) or prose (0)."""

    section: int
    text: str


def is_quantity(text: str) -> bool:
    """The cell prints a number or a dash."""
    return read_quantity(text).status in (Status.PRINTED, Status.DASH)


def is_blank(text: str) -> bool:
    """The cell prints nothing."""
    return read_quantity(text).status is Status.BLANK


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    kind: str
    paragraph: Paragraph


def _kind(text: str) -> str:
    folded = fold(text)
    if not folded:
        return "blank"
    if PAGE_NUMBER.match(folded):
        return "page"
    if is_quantity(text):
        return "number"
    hits = find_hits(text) if len(folded) <= LONGEST_TOKEN else ()
    if hits and hits[0].similarity == 1:
        return "label"
    if section_of_heading(text):
        return "heading"
    if hits and hits[0].similarity >= 0.72:
        return "label"
    if len(folded) <= 30 and not folded.endswith(("。", ".", ";", ":")):
        return "short"
    return "prose"


def _tokens(paragraphs: Sequence[Paragraph]) -> list[_Token]:
    return [_Token(p.text, _kind(p.text), p) for p in paragraphs]


def _trim(tokens: list[_Token]) -> tuple[int, int]:
    """First and last token of the table in a run: from the first label to the last number and its blanks."""
    first = next((i for i, t in enumerate(tokens) if t.kind == "label"), len(tokens))
    last = max((i for i, t in enumerate(tokens) if t.kind in {"number", "label"}), default=-1)
    while last + 1 < len(tokens) and tokens[last + 1].kind == "blank":
        last += 1
    return first, last + 1


def _is_table(tokens: list[_Token]) -> bool:
    numbers = sum(t.kind == "number" for t in tokens)
    labels = sum(t.kind == "label" for t in tokens)
    return labels >= 2 and (numbers >= 1 or labels >= 8)


def _without_serials(tokens: list[_Token]) -> list[_Token]:
    """The run without a column that numbers its rows: each label then follows the next whole number."""
    printed = [i for i, t in enumerate(tokens) if t.kind != "blank"]
    ahead = [
        i
        for i, after in zip(printed, printed[1:], strict=False)
        if tokens[i].kind == "number" and tokens[after].kind != "number"
    ]
    values = [read_quantity(tokens[i].text).value for i in ahead]
    steps = sum(a is not None and b is not None and b - a == 1 for a, b in zip(values, values[1:], strict=False))
    if len(ahead) < 5 or steps < 0.8 * (len(ahead) - 1):
        return tokens
    return [t for i, t in enumerate(tokens) if i not in set(ahead)]


def _blank_cells(tokens: list[_Token]) -> list[_Token]:
    """Blank lines that are cells: where every cell is followed by one, only those beyond it."""
    printed = sum(t.kind != "blank" for t in tokens)
    runs = [0]
    for token in tokens:
        if token.kind == "blank":
            runs[-1] += 1
        else:
            runs.append(0)
    spaced = sum(r > 0 for r in runs[1:]) >= 0.7 * printed
    out: list[_Token] = []
    run: list[_Token] = []
    for token in [*tokens, None]:
        if token is not None and token.kind == "blank":
            run.append(token)
            continue
        out += run[: max(len(run) - 1, 0) // 2] if spaced else run
        run = []
        if token is not None and token.kind != "page":
            out.append(token)
    return out


def _family(text: str) -> str:
    """Which part of the form a lone cell opens: `article`, `column`, `stub`, `head`, `row` or ""."""
    hits = [h for h in find_hits(text) if h.similarity >= 0.72]
    for hit in hits[:1]:
        if (hit.axis, hit.name) == ("disclosure.heading", "article"):
            return "article"
        if hit.axis in {"disclosure.column", "disclosure.heading"}:
            return "column"
        if hit.axis == "disclosure.row":
            return "stub"
        if hit.axis in {"requests.column", "requests.heading", "remedies.block", "remedies.column"}:
            return "head" if not hit.numeral else "row"
        return "row"
    return ""


def _group(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Cells one a line -> rows: a label after a number opens one, heads keep together."""
    row: list[_Token] = []
    family = ""
    for token in tokens:
        if token.kind in {"number", "blank"}:
            if token.kind == "number" and family in {"column", "head", "article"} and row:
                labels = max(i for i, t in enumerate(row) if t.kind != "blank") + 1
                yield row[:labels]
                row, family = row[labels:], "values"
            row.append(token)
            continue
        now = _family(token.text)
        opens = any(t.kind == "number" for t in row) or (
            now != family and (now in {"article", "stub", "column", "head"} or family in {"article", "column", "head"})
        )
        if family == "row" and now == "row" and _is_leaf(row, token.text):
            opens = True
        if opens and row:
            yield row
            row = []
        row.append(token)
        family = now or (family if not opens else "")
    if row:
        yield row


def _is_leaf(row: list[_Token], text: str) -> bool:
    """The last label is a whole row of the form and `text` another whole label: it opens the next row."""
    printed = [t for t in row if t.kind != "blank"]
    last, now = (find_hits(printed[-1].text) if printed else ()), find_hits(text)
    if not last or not now or now[0].similarity < 0.95:
        return False
    return last[0].similarity == 1 and last[0].axis == "requests.row" and last[0].name != "outcome.other"


def _stream_rows(tokens: list[_Token], block: int) -> Iterator[Row]:
    for number, row in enumerate(_group(_without_serials(_blank_cells(tokens)))):
        cells = tuple(
            Cell("" if t.kind == "blank" else t.text, number, i, page=t.paragraph.page)
            for i, t in enumerate(row)
        )
        yield Row(cells, (), block, Layout.DELIMITED, stream=True)


def _runs(paragraphs: list[Paragraph]) -> Iterator[tuple[list[_Token], bool]]:
    """Runs of paragraphs: (tokens, is a table)."""
    tokens = _tokens(paragraphs)
    start = 0
    for end in range(len(tokens) + 1):
        if end == len(tokens) or tokens[end].kind in {"prose", "heading"}:
            run = tokens[start:end]
            first, last = _trim(run)
            if _is_table(run):
                yield run[:first], False
                yield run[first:last], True
                yield run[last:], False
            else:
                yield run, False
            if end < len(tokens):
                yield [tokens[end]], False
            start = end + 1


def _table_rows(table: Table, block: int) -> Iterator[Row]:
    own: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    covering: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        own[cell.row].append(cell)
        for below in range(cell.row + 1, min(cell.row + cell.row_span, table.n_rows)):
            covering[below].append(cell)
    for cells, above in zip(own, covering, strict=True):
        yield Row(tuple(cells), tuple(above), block, table.layout)


def _lone(table: Table) -> bool:
    """Only an order or spaces make this a table, and no row prints two cells: lines, one cell each."""
    rows = [0] * table.n_rows
    for cell in table.cells:
        rows[cell.row] += bool(cell.text)
    return table.layout is not Layout.GRID and max(rows, default=0) <= 1


def _closed_up(table: Table) -> Table:
    """An aligned table with words set wide (`结  果  维  持`) as one cell each."""
    if table.layout is not Layout.ALIGNED:
        return table
    rows: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    return replace(table, cells=tuple(c for cells in rows for c in _close_up(cells)))


def _close_up(cells: list[Cell]) -> list[Cell]:
    out: list[Cell] = []
    i = 0
    while i < len(cells):
        j = i + 1
        while j < len(cells) and len(cells[j].text) == 1 == len(cells[i].text) and _near(cells[j - 1], cells[j]):
            j += 1
        for end in range(j, i + 1, -1):
            if _is_word("".join(c.text for c in cells[i:end])):
                out.append(_join(cells[i:end]))
                i = end
                break
        else:
            out.append(cells[i])
            i += 1
    whole = "".join(c.text for c in out)
    if len(out) > 1 and not any(is_quantity(c.text) for c in out) and _is_word(whole):
        return [_join(out)]
    return out


def _near(left: Cell, right: Cell) -> bool:
    return right.column - left.column - left.column_span <= 4 and not is_quantity(right.text)


def _is_word(text: str) -> bool:
    hits = find_hits(text)
    return bool(hits) and hits[0].similarity == 1


def _join(cells: Sequence[Cell]) -> Cell:
    width = cells[-1].column + cells[-1].column_span - cells[0].column
    return replace(cells[0], text="".join(c.text for c in cells), column_span=width)


def _as_paragraphs(table: Table) -> list[Paragraph]:
    texts = [""] * table.n_rows
    for cell in table.cells:
        texts[cell.row] = texts[cell.row] or cell.text
    return [Paragraph(t, line=(table.line or 0) + i) for i, t in enumerate(texts)]


def _outside(row: Row) -> Break | None:
    """A heading of a section or prose that stands within the lines of a table."""
    printed = [c.text for c in row.cells if not is_blank(c.text)]
    if len(printed) != 1 or row.covering or is_quantity(printed[0]):
        return None
    kind = _kind(printed[0])
    if kind == "heading":
        return Break(section_of_heading(printed[0]), printed[0])
    if kind == "prose" and row.layout is not Layout.GRID:
        return Break(0, printed[0])
    return None


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows and breaks in reading order, and the paragraphs that are no table."""

    events: tuple[Row | Break, ...]
    paragraphs: tuple[Paragraph, ...]


def _gather(blocks: Sequence[Block]) -> Iterator[list[Paragraph] | Table]:
    run: list[Paragraph] = []
    for block in blocks:
        block = _closed_up(block) if isinstance(block, Table) else block
        if isinstance(block, Table) and not _lone(block):
            if run:
                yield run
            yield block
            run = []
        else:
            run += _as_paragraphs(block) if isinstance(block, Table) else [block]
    if run:
        yield run


def _paragraph_break(token: _Token) -> Iterator[Break]:
    if token.kind == "heading":
        yield Break(section_of_heading(token.text), token.text)
    elif token.kind == "prose" or (token.kind == "short" and len(fold(token.text)) > 15):
        yield Break(0, token.text)


def _outside(row: Row) -> Break | None:
    """A heading of a section or prose that stands within the lines of a table."""
    printed = [c.text for c in row.cells if not is_blank(c.text)]
    if len(printed) != 1 or row.covering or is_quantity(printed[0]):
        return None
    kind = _kind(printed[0])
    if kind == "heading":
        return Break(section_of_heading(printed[0]), printed[0])
    if kind == "prose" and row.layout is not Layout.GRID:
        return Break(0, printed[0])
    return None


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows and breaks in reading order, and the paragraphs that are no table."""

    events: tuple[Row | Break, ...]
    paragraphs: tuple[Paragraph, ...]


def _gather(blocks: Sequence[Block]) -> Iterator[list[Paragraph] | Table]:
    run: list[Paragraph] = []
    for block in blocks:
        block = _closed_up(block) if isinstance(block, Table) else block
        if isinstance(block, Table) and not _lone(block):
            if run:
                yield run
            yield block
            run = []
        else:
            run += _as_paragraphs(block) if isinstance(block, Table) else [block]
    if run:
        yield run


def _paragraph_breaks(tokens: list[_Token]) -> Iterator[Break]:
    for token in tokens:
        if token.kind == "heading":
            yield Break(section_of_heading(token.text), token.text)
        elif token.kind == "prose" or (token.kind == "short" and len(fold(token.text)) > 15):
            yield Break(0, token.text)


def read_rows(document: Document) -> Stream:
    """The stream of a document; every paragraph is either in a row or in `paragraphs`."""
    events: list[Row | Break] = []
    paragraphs: list[Paragraph] = []
    block = 0
    for part in _gather(document.blocks):
        if isinstance(part, Table):
            for row in _table_rows(part, block):
                outside = _outside(row)
                if outside is None:
                    events.append(row)
                else:
                    events.append(outside)
                    paragraphs.append(Paragraph(outside.text, line=(part.line or 0) + row.cells[0].row))
            block += 1
            continue
        for tokens, table in _runs(part):
            if table:
                events += _stream_rows(tokens, block)
                block += 1
                continue
            for token in tokens:
                if token.kind == "label" and _is_word(token.text):
                    events.append(Row((Cell(token.text, 0, 0),), (), block, Layout.DELIMITED, stream=True))
                    block += 1
                else:
                    events += _paragraph_break(token)
                    paragraphs.append(token.paragraph)
    return Stream(tuple(events), tuple(paragraphs))
