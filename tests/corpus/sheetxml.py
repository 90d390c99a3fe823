"""A report as an XML spreadsheet of 2003, which systems export under the suffix .xls.

Enters: a page. Leaves: the bytes of one XML file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random
from xml.sax.saxutils import escape

from corpus.grid import Grid, Placed
from corpus.page import Page
from corpus.sheets import Sheeting, is_kept

_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?\Z", re.ASCII)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1"/></Styles>'
    '<Worksheet ss:Name="年报"><Table>'
)


def write_sheet_xml(rng: Random, page: Page, how: Sheeting) -> bytes:
    """The file; lines reach over the widest table."""
    width = max([grid.n_columns for grid in page.tables], default=8)
    rows: list[str] = []
    for block in page.blocks:
        if isinstance(block, Grid):
            rows += _rows(rng, block, how)
        elif is_kept(block, how):
            rows.append(
                f'<Row><Cell ss:MergeAcross="{width - 1}">{_value(block.text, number=False)}</Cell></Row>'
            )
    return f"{_HEAD}{''.join(rows)}</Table></Worksheet></Workbook>\n".encode()


def _rows(rng: Random, grid: Grid, how: Sheeting) -> Iterable[str]:
    rows: list[list[Placed]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.placed():
        rows[cell.row].append(cell)
    for cells in rows:
        yield f"<Row>{''.join(_cell(rng, c, how) for c in cells)}</Row>"


def _cell(rng: Random, cell: Placed, how: Sheeting) -> str:
    """The index says where a cell stands, as those to its left may belong to rows above."""
    spans = "".join(
        f' ss:{name}="{n - 1}"'
        for name, n in (("MergeAcross", cell.columns), ("MergeDown", cell.rows))
        if n > 1
    )
    number = bool(cell.content.key and _PLAIN.match(cell.content.text) and rng.random() < how.numbers)
    text = _value(cell.content.text, number=number) if cell.content.text else ""
    return f'<Cell ss:StyleID="s1" ss:Index="{cell.column + 1}"{spans}>{text}</Cell>'


def _value(text: str, *, number: bool) -> str:
    kind = "Number" if number else "String"
    return f'<Data ss:Type="{kind}">{escape(text).replace(chr(10), "&#10;")}</Data>'
