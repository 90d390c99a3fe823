"""A page as HTML for a browser to print.

Enters: a page. Leaves: one file without anything outside of it.
"""

from __future__ import annotations

from html import escape

from corpus.grid import Grid, Placed
from corpus.page import Page

STYLE = """
@page { size: A4; margin: 20mm 15mm }
body { font: 11pt "DejaVu Sans", "Droid Sans Fallback"; line-height: 1.6 }
h1 { font-size: 18pt; text-align: center; font-weight: normal; margin: 6pt 0 }
p { margin: 3pt 0; text-indent: 2em }
p.sign { text-align: right } p.number { text-align: center }
table { border-collapse: collapse; width: 100%; font-size: 8pt; line-height: 1.3 }
td { border: 1px solid #333; padding: 2pt; text-align: center; vertical-align: middle }
td.stub { text-align: left } tr { break-inside: avoid } div.page { break-before: page }
td.head { background: #e8eef6 }
"""


def write_web(page: Page) -> bytes:
    """The file; where the page is cut, the browser has to begin a new one."""
    blocks = []
    for block in page.blocks:
        if isinstance(block, Grid):
            blocks.append(_table(block))
        elif block.kind in ("page", "between"):
            blocks.append('<div class="page"></div>')
        elif block.kind == "title":
            blocks.append(f"<h1>{escape(block.text)}</h1>")
        else:
            blocks.append(f'<p class="{block.kind}">{escape(block.text)}</p>')
    title = escape(page.truth.identity.title)
    head = (
        f'<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    )
    return f"{head}<body>{''.join(blocks)}</body></html>".encode()


def _table(grid: Grid) -> str:
    rows: list[list[str]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.placed():
        rows[cell.row].append(_cell(cell))
    lines = (f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"<table>{''.join(lines)}</table>"


def _cell(cell: Placed) -> str:
    spans = "".join(
        f' {name}="{n}"' for name, n in (("rowspan", cell.rows), ("colspan", cell.columns)) if n > 1
    )
    text = escape(cell.content.text).replace("\n", "<br>")
    return f'<td class="{cell.content.role}"{spans}>{text}</td>'
