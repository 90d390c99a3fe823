"""A grid as an HTML table, with what tools and people leave in tables.

Enters: a grid and a `Ruling`. Leaves: markup of one table that browsers show as the grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from corpus.grid import Content, Grid, Placed
from corpus.markup import Markup
from corpus.sitecell import CellWriter

SECTIONS: Final = ("none", "tbody", "thead", "many")


@dataclass(frozen=True, slots=True)
class Tabling:
    """One page's tables.

    Attributes:
        heads: heads are `<th>`.
        sections: `none`, one `tbody`, a `thead`, or a `tbody` for every few rows.
        columns: `<col>` or `<colgroup>` before the rows.
        spans: how a span of one is written: left out, `1`, or a value that browsers read as one.
        overrun: cells that end with the table say that they go on.
        short: blank cells of no meaning at the end of a row are left out.
        empty_rows: share of rows with an empty `<tr>` before them.
        hidden_rows: old rows that are not shown.
        hidden_column: a column of old numbers that is not shown.
        excel: attributes of Excel.
        caption: the table has a caption.
    """

    heads: bool = False
    sections: str = "tbody"
    columns: str = ""
    spans: str = ""
    overrun: bool = False
    short: bool = False
    empty_rows: float = 0
    hidden_rows: bool = False
    hidden_column: bool = False
    excel: bool = False
    caption: bool = False

    @property
    def name(self) -> str:
        """A word for the variant."""
        odd = (
            ("hidden", self.hidden_rows or self.hidden_column),
            ("overrun", self.overrun),
            ("short", self.short),
            ("void", self.empty_rows),
        )
        return "_".join(word for word, on in odd if on)


def draw_tabling(rng: Random, modern: bool = False, excel: bool = False) -> Tabling:
    """Tables; a third are plain."""
    if rng.random() < 0.3:
        return Tabling(heads=modern, sections="thead" if modern else "tbody", excel=excel)
    return Tabling(
        heads=rng.random() < (0.8 if modern else 0.1),
        sections=rng.choice(("thead", "many") if modern else ("none", "tbody", "tbody")),
        columns=rng.choice(("", "col", "colgroup") if excel else ("", "", "", "colgroup")),
        spans=rng.choice(("", "", "1", "odd")),
        overrun=rng.random() < 0.2,
        short=rng.random() < 0.3,
        empty_rows=0.05 if rng.random() < 0.15 else 0,
        hidden_rows=rng.random() < 0.12,
        hidden_column=rng.random() < (0.2 if excel else 0.03),
        excel=excel,
        caption=rng.random() < (0.2 if modern else 0.03),
    )


CAPTIONS: Final = {
    "disclosure": "主动公开情况表",
    "requests": "依申请公开情况表",
    "remedies": "复议诉讼情况表",
}


class TableMaker:
    """Writes the tables of one page."""

    def __init__(
        self, rng: Random, markup: Markup, how: Tabling, cells: CellWriter, word: bool = False
    ) -> None:
        self.rng, self.markup, self.how, self.cells, self.word = rng, markup, how, cells, word

    def table(self, grid: Grid) -> str:
        """The whole table."""
        rows = self._rows(grid)
        caption = ""
        if self.how.caption and grid.name in CAPTIONS:
            caption = self.markup.element("caption", CAPTIONS[grid.name])
        inner = caption + self._columns(grid) + self._sections(grid, rows)
        return (
            f"{self.markup.open('table', self._looks())}{inner}</{'TABLE' if self.markup.upper else 'table'}>"
        )

    def _looks(self) -> dict[str, str]:
        rng = self.rng
        if self.how.excel:
            style = "border-collapse:collapse;table-layout:fixed;width:685pt"
            return {"border": "0", "cellpadding": "0", "cellspacing": "0", "width": "913", "style": style}
        if self.word:
            return {
                "class": "MsoNormalTable",
                "border": "1",
                "cellspacing": "0",
                "cellpadding": "0",
                "style": "border-collapse:collapse;mso-border-alt:solid windowtext .5pt;mso-padding-alt:0cm 5.4pt",
            }
        looks = {"border": "1", "cellspacing": "0", "width": rng.choice(("100%", "640", "98%"))}
        kind = rng.choice(("", "", "ke-zeroborder", "table table-bordered"))
        return looks | ({"class": kind} if kind else {})

    def _columns(self, grid: Grid) -> str:
        if not self.how.columns:
            return ""
        cols = [
            self.markup.lone("col", {"width": str(self.rng.randint(40, 90))}) for _ in range(grid.n_columns)
        ]
        if self.how.hidden_column:
            cols.append(self.markup.lone("col", {"width": "0", "style": "display:none;mso-width-alt:0"}))
        inner = "".join(cols)
        return inner if self.how.columns == "col" else f"<colgroup>{inner}</colgroup>"

    def _rows(self, grid: Grid) -> list[str]:
        before = self._plan_empty(grid)
        rows: list[list[Placed]] = [[] for _ in range(grid.n_rows)]
        for cell in grid.placed():
            rows[cell.row].append(cell)
        out = []
        for r, cells in enumerate(rows):
            kept = self._kept(cells)
            drawn = [self._cell(grid, c, before) for c in kept]
            if self.how.excel and len(kept) < len(cells):  # Excel draws the rest of the row as one cell
                rest = sum(c.columns for c in cells[len(kept) :])
                drawn.append(f"<td colspan={rest} style='mso-ignore:colspan'></td>")
            if self.how.hidden_column:
                drawn.append(self._gone(str(self.rng.randint(0, 90))))
            gap = "\n    " if self.how.excel or self.rng.random() < 0.5 else ""
            inner = "".join(gap + cell for cell in drawn)
            out.append(
                "<tr></tr>" * (r in before)
                + self._ghost(grid, r)
                + self.markup.element("tr", inner, self._height())
            )
        return [*out, _widths(grid.n_columns)] if self.how.excel and self.how.columns else out

    def _plan_empty(self, grid: Grid) -> frozenset[int]:
        if self.how.sections == "many":
            return frozenset()
        return frozenset(r for r in range(1, grid.n_rows) if self.rng.random() < self.how.empty_rows)

    def _height(self) -> dict[str, str]:
        if self.how.excel:
            return {"height": "19", "style": "height:14.25pt"}
        return {"style": "height:34.0pt;mso-yfti-irow:3"} if self.word else {}

    def _kept(self, cells: list[Placed]) -> list[Placed]:
        kept = list(cells)
        while self.how.short and len(kept) > 1 and kept[-1].rows == 1:
            content = kept[-1].content
            if content.role != "filler" or content.text:
                break
            kept.pop()
        return kept

    def _cell(self, grid: Grid, cell: Placed, before: frozenset[int]) -> str:
        covered = sum(r in before for r in range(cell.row + 1, cell.row + cell.rows))
        attributes = self._spans(grid, cell, cell.rows + covered)
        if self.how.excel:
            attributes |= self._excel(cell.content)
        elif self.word:
            attributes |= {
                "width": "71",
                "style": "width:53.0pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt",
            }
        elif self.rng.random() < 0.4:
            attributes |= {"style": f"width:{self.rng.randint(30, 90)}px", "nowrap": "nowrap"}
        head = self.how.heads and cell.content.role == "head"
        if head and cell.columns == cell.rows == 1:
            attributes |= {"scope": "col"}
        if self.how.heads and self.how.sections == "many" and cell.content.role == "stub":
            head, attributes = True, attributes | {"scope": "row"}
        return self.markup.element("th" if head else "td", self.cells.fill(cell.content), attributes)

    def _spans(self, grid: Grid, cell: Placed, rows: int) -> dict[str, str]:
        below = cell.row + cell.rows
        # a cell never reaches beyond its section, whatever it says
        last_row = below == grid.n_rows or (
            self.how.sections == "many" and grid.head_rows > 0 and _is_boundary(grid, below)
        )
        last_column = cell.column + cell.columns == grid.n_columns
        columns = cell.columns
        if self.how.overrun and not self.how.hidden_column:
            rows += self.rng.choice((0, 3, 8)) if last_row and rows > 1 else 0
            columns += self.rng.choice((0, 1, 2)) if last_column and columns > 1 else 0
        one = {"": None, "1": "1", "odd": self.rng.choice(("1", "", "0", " 1 ", None))}[self.how.spans]
        spans = {}
        for name, n in (("rowspan", rows), ("colspan", columns)):
            value = str(n) if n > 1 else (one if name == "colspan" or one != "0" else "1")
            if value is not None:
                spans[name] = value
        return spans

    def _excel(self, content: Content) -> dict[str, str]:
        attributes = {"class": f"xl{self.rng.randint(63, 79)}"}
        if content.text.isdigit():
            attributes |= {"align": "right", "x:num": content.text if self.rng.random() < 0.5 else ""}
        elif content.text:
            attributes |= {"x:str": ""} if self.rng.random() < 0.3 else {}
        return attributes

    def _gone(self, text: str) -> str:
        return self.markup.element("td", text, {"style": "display:none"})

    def _ghost(self, grid: Grid, row: int) -> str:
        """A row of last year that is not shown; only where no cell reaches across the place."""
        if (
            not self.how.hidden_rows
            or not _is_boundary(grid, row)
            or row < grid.head_rows
            or self.rng.random() < 0.5
        ):
            return ""
        texts = [
            grid.at(row, c).text if grid.at(row, c).role == "stub" else str(self.rng.randint(0, 99))
            for c in range(grid.n_columns)
        ]
        styles = ("display:none", "display: none;", "DISPLAY:NONE;height:0", "")
        style = self.rng.choice(styles)
        inner = "".join(self.markup.element("td", t) for t in texts)
        return self.markup.element("tr", inner, {"style": style} if style else {"hidden": "hidden"})

    def _sections(self, grid: Grid, rows: list[str]) -> str:
        element, how = self.markup.element, self.how.sections
        if how == "none":
            return "".join(rows)
        if how == "tbody" or not grid.head_rows:
            return element("tbody", "".join(rows))
        head, body = rows[: grid.head_rows], rows[grid.head_rows :]
        if how == "thead" or not body:
            return element("thead", "".join(head)) + (element("tbody", "".join(body)) if body else "")
        return element("thead", "".join(head)) + "".join(
            element("tbody", "".join(x)) for x in self._groups(grid, body)
        )

    def _groups(self, grid: Grid, body: list[str]) -> list[list[str]]:
        """Rows that share a cell stay together."""
        groups: list[list[str]] = []
        for i, row in enumerate(body):
            if not groups or _is_boundary(grid, grid.head_rows + i):
                groups.append([])
            groups[-1].append(row)
        return groups


def _is_boundary(grid: Grid, row: int) -> bool:
    """Whether no cell reaches across the line above this row."""
    return all(grid.starts_row(row, c) for c in range(grid.n_columns))


def _widths(columns: int) -> str:
    """The row that Excel adds for browsers that do not keep its columns; nobody sees it."""
    cells = "".join(f"<td width={72 + i} style='width:54pt'></td>" for i in range(columns))
    return f"<![if supportMisalignedColumns]><tr height=0 style='display:none'>{cells}</tr><![endif]>"
