"""A grid as WordprocessingML, with the oddities that Word, WPS and people leave in tables.

Enters: a grid and a `Wording`. Leaves: XML of one table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape

from corpus.grid import Content, Grid

MERGES = ("spans", "unmerged", "continue_text", "odd_grid", "hmerge", "tall_first")
CONTROLS = ("", "cell", "content", "row", "table")
NESTS = ("", "each", "all")
REVISED = 'w:id="7" w:author="校核" w:date="2024-01-05T09:00:00Z"'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in _SIDES)
_BORDERS = f"<w:tblBorders>{_LINES}</w:tblBorders>"
_INSETS = '<w:tblCellMar><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/></w:tblCellMar>'
_NUMBERED = re.compile(r"^\s*(?:[1-8]\s*[.、．]\s*|（[一二三四五六七]）)")


@dataclass(frozen=True, slots=True)
class Wording:
    """One Word file's habits.

    Attributes:
        merges: how merged cells are kept (see `MERGES`).
        control: what content controls are wrapped around.
        nest: tables stand in a layout table, each or all together.
        revisions: share of number cells with tracked changes.
        numbering: labels and headings are numbered by Word.
        box: the title stands in a text box.
        margins: header with the body's name, footer with page numbers.
        split_runs: share of cells whose text is broken into runs.
        wide_blanks: blank cells hold a full-width space.
        breaks: how a line break in a label is made, `br` or `p`.
        roomy: label columns are wider than number columns.
        centred: heads and numbers are centred, all cells in their middle.
        broken_numbers: share of long numbers that a narrow column broke by hand.
    """

    merges: str = "spans"
    control: str = ""
    nest: str = ""
    revisions: float = 0
    numbering: bool = False
    box: bool = False
    margins: bool = False
    split_runs: float = 0
    wide_blanks: bool = False
    breaks: str = "br"
    broken_numbers: float = 0
    roomy: bool = True
    centred: bool = True

    @property
    def name(self) -> str:
        """A word for the variant."""
        odd = [
            self.merges,
            self.control and f"sdt_{self.control}",
            self.nest and f"nest_{self.nest}",
            self.revisions and "revised",
            self.broken_numbers and "broken",
            self.numbering and "autonum",
            self.box and "box",
        ]
        return "_".join(str(o) for o in odd if o)


def draw_wording(rng: Random) -> Wording:
    """A file; a third are plain."""
    if rng.random() < 0.3:
        return Wording(margins=rng.random() < 0.5, wide_blanks=rng.random() < 0.5)
    return Wording(
        merges=rng.choices(MERGES, (6, 2, 1, 1, 1, 1))[0],
        control=rng.choices(CONTROLS, (8, 1, 1, 1, 1))[0],
        nest=rng.choices(NESTS, (8, 1, 1))[0],
        revisions=rng.choice((0, 0, 0, 0.04, 0.2)),
        numbering=rng.random() < 0.2,
        box=rng.random() < 0.15,
        margins=rng.random() < 0.5,
        split_runs=rng.choice((0, 0, 0.2)),
        wide_blanks=rng.random() < 0.3,
        breaks=rng.choice(("br", "p")),
        broken_numbers=0.3 if rng.random() < 0.1 else 0,
        roomy=rng.random() < 0.7,
        centred=rng.random() < 0.7,
    )


def run(text: str, tag: str = "t", properties: str = "") -> str:
    """One run."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


class TableWriter:
    """Writes the tables of one file; keeps count of the lists that Word numbers."""

    def __init__(self, rng: Random, how: Wording) -> None:
        self.rng, self.how = rng, how
        self.lists: list[str] = []  # number formats, list id = position + 1

    def new_list(self, pattern: str, chinese: bool) -> int:
        """Registers a numbered list and returns its id."""
        kind = "chineseCountingThousand" if chinese else "decimal"
        self.lists.append(
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        )
        return len(self.lists)

    def numbering(self) -> str:
        """The lists used so far, "" if none."""
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{i}">{x}</w:abstractNum>' for i, x in enumerate(self.lists, 1)
        )
        used = "".join(
            f'<w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>'
            for i in range(1, len(self.lists) + 1)
        )
        return abstract + used

    def table(self, grid: Grid) -> str:
        """The table, in its layout table and content control if any."""
        rows = [self._row(grid, r, marks) for r, marks in enumerate(self._list_ids(grid))]
        if self.how.revisions and grid.name == "requests" and self.rng.random() < 0.5:
            at = self.rng.randrange(grid.head_rows, grid.n_rows + 1)
            rows.insert(at, _deleted_row(self.rng, grid.n_columns))
        if self.how.control == "row":
            rows = [
                f"<w:sdt><w:sdtPr/><w:sdtContent>{x}</w:sdtContent></w:sdt>" if self.rng.random() < 0.3 else x
                for x in rows
            ]
        widths = [900] * 3 if self.how.merges == "odd_grid" else self._widths(grid)
        table = (
            f'<w:tbl><w:tblPr>{_BORDERS}<w:tblLayout w:type="fixed"/>{_INSETS}</w:tblPr><w:tblGrid>'
            f"{_columns(widths)}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )
        if self.how.control == "table":
            table = f"<w:sdt><w:sdtPr/><w:sdtContent>{table}</w:sdtContent></w:sdt>"
        return layout_table(table) if self.how.nest == "each" else table

    def _widths(self, grid: Grid) -> list[int]:
        """Column widths in twentieths of a point: labels get more room than numbers."""
        if not self.how.roomy:
            return [900] * grid.n_columns
        stubs = sorted({p.column for p in grid.placed() if p.content.role == "stub" and p.columns == 1})
        rooms = {3: (700, 1500, 2500), 1: (4400,)}.get(len(stubs), (1200,) * len(stubs))
        narrow = {"requests": 560, "remedies": 580}.get(grid.name, 1600)
        labels = dict(zip(stubs, rooms if grid.name == "requests" else (2600,) * len(stubs), strict=True))
        return [labels.get(c, narrow) for c in range(grid.n_columns)]

    def _list_ids(self, grid: Grid) -> list[dict[int, int]]:
        """For each row: column -> list id, where Word does the numbering."""
        marks: list[dict[int, int]] = [{} for _ in range(grid.n_rows)]
        if not self.how.numbering or grid.name != "requests":
            return marks
        open_lists: dict[tuple[int, int], int] = {}
        for p in grid.placed():
            if p.content.role != "stub" or not _NUMBERED.match(p.content.text):
                continue
            middle = p.content.text.lstrip().startswith("（")
            owner = (p.column if middle else grid.slots[p.row][max(0, p.column - 1)], int(middle))
            if owner not in open_lists:
                open_lists[owner] = self.new_list("（%1）" if middle else "%1.", middle)
            marks[p.row][p.column] = open_lists[owner]
        return marks

    def _row(self, grid: Grid, r: int, marks: dict[int, int]) -> str:
        cells, c = [], 0
        while c < grid.n_columns:
            span = grid.span(r, c)[1]
            content, first = grid.at(r, c), grid.starts_row(r, c)
            tall = grid.span(r, c)[0] > 1 or not first
            cells += self._cells(content, first, tall, span, marks.get(c, 0) if first else 0)
            c += span
        return f"<w:tr>{''.join(cells)}</w:tr>"

    def _cells(self, content: Content, first: bool, tall: bool, span: int, mark: int) -> list[str]:
        merges = self.how.merges
        text = content.text if first or merges == "continue_text" else ""
        inner = self._paragraphs(content, text, mark)
        if merges == "unmerged":
            return [self._cell("", inner), *[self._cell("", "<w:p/>")] * (span - 1)]
        down = ""
        if tall:
            down = (
                '<w:vMerge w:val="restart"/>'
                if first
                else "<w:vMerge/>"
                if self.rng.random() < 0.7
                else '<w:vMerge w:val="continue"/>'
            )
        if merges == "hmerge" and span > 1:
            start = self._cell(f'<w:hMerge w:val="restart"/>{down}', inner)
            return [start, *[self._cell(f"<w:hMerge/>{down}", "<w:p/>")] * (span - 1)]
        across = (
            f'<w:gridSpan w:val="{span}"/>'
            if span > 1 or (merges == "tall_first" and self.rng.random() < 0.2)
            else ""
        )
        return [self._cell(across + down, inner)]

    def _cell(self, properties: str, inner: str) -> str:
        if self.how.control == "content" and self.rng.random() < 0.3:
            inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        middle = '<w:vAlign w:val="center"/>' if self.how.centred else ""
        cell = f"<w:tc><w:tcPr>{properties}{middle}</w:tcPr>{inner}</w:tc>"
        if self.how.control == "cell" and self.rng.random() < 0.3:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{cell}</w:sdtContent></w:sdt>"
        return cell

    def _paragraphs(self, content: Content, text: str, mark: int) -> str:
        if mark:
            text = _NUMBERED.sub("", text)
        pr = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{mark}"/></w:numPr>' if mark else ""
        if self.how.centred and content.role != "stub":
            pr += '<w:jc w:val="center"/>'
        if content.key and not text:
            return f"<w:p>{self._blank()}</w:p>"
        if content.key and text.isdigit() and self.rng.random() < self.how.revisions:
            return f"<w:p>{_revised(self.rng, text)}</w:p>"
        if content.key and len(text) > 3 and text.isdigit() and self.rng.random() < self.how.broken_numbers:
            text = f"{text[:2]}\n{text[2:]}"
        lines = text.split("\n")
        if self.how.breaks == "br":
            body = "<w:r><w:br/></w:r>".join(self._runs(x) for x in lines)
            return f"<w:p><w:pPr>{pr}</w:pPr>{body}</w:p>"
        return "".join(
            f"<w:p><w:pPr>{pr if i == 0 else ''}</w:pPr>{self._runs(x)}</w:p>" for i, x in enumerate(lines)
        )

    def _blank(self) -> str:
        if self.rng.random() < self.how.revisions:
            return f"<w:del {REVISED}>{run(str(self.rng.randint(0, 40)), 'delText')}</w:del>"
        return run(self.rng.choice(("　", "　　", " ", "\u00a0"))) if self.how.wide_blanks else ""

    def _runs(self, text: str) -> str:
        if len(text) > 1 and self.rng.random() < self.how.split_runs:
            cut = self.rng.randrange(1, len(text))
            middle = self.rng.choice(
                ("", '<w:proofErr w:type="spellStart"/>', '<w:bookmarkStart w:id="3" w:name="_x"/>')
            )
            return run(text[:cut], properties="<w:b/>") + middle + run(text[cut:])
        return run(text) if text else ""


def _columns(widths: Sequence[int]) -> str:
    return "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)


def _revised(rng: Random, text: str) -> str:
    """The number after somebody changed it with tracking on."""
    old = str(rng.randint(0, 999))
    kind = rng.randrange(3)
    if kind == 0:
        return f"<w:del {REVISED}>{run(old, 'delText')}</w:del><w:ins {REVISED}>{run(text)}</w:ins>"
    if kind == 1:
        return f"{run(text[:1])}<w:del {REVISED}>{run(old, 'delText')}</w:del>" + (
            run(text[1:]) if text[1:] else ""
        )
    return f"<w:moveFrom {REVISED}>{run(old)}</w:moveFrom><w:moveTo {REVISED}>{run(text)}</w:moveTo>"


def _deleted_row(rng: Random, columns: int) -> str:
    texts = ["1.属于国家秘密", *(str(rng.randint(1, 9)) for _ in range(columns - 1))]
    cells = "".join(
        f"<w:tc><w:tcPr/><w:p><w:del {REVISED}>{run(t, 'delText')}</w:del></w:p></w:tc>" for t in texts
    )
    return f"<w:tr><w:trPr><w:del {REVISED}/></w:trPr>{cells}</w:tr>"


def layout_table(inner: str) -> str:
    """A table of one cell around other content; Word wants a paragraph at the end of a cell."""
    return (
        f"<w:tbl><w:tblPr/><w:tblGrid>{_columns([9000])}</w:tblGrid><w:tr><w:tc><w:tcPr/>"
        f"{inner}<w:p/></w:tc></w:tr></w:tbl>"
    )
