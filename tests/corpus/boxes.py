"""Tables drawn with characters: lines, corners, wrapped cells.

Enters: a grid. Leaves: lines of equal display width.
"""

from __future__ import annotations

import unicodedata

from corpus.grid import Grid

#          up 1, down 2, left 4, right 8
CORNERS = dict(zip(range(16), " ╵╷│╴┘┐┤╶└┌├─┴┬┼", strict=True))


def width(text: str) -> int:
    """Display width, East-Asian wide characters count two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" and ord(c) > 0x2000 else 1 for c in text)


def wrap(text: str, room: int) -> list[str]:
    """Lines no wider than `room`."""
    lines = []
    for part in text.split("\n"):
        line = ""
        for c in part:
            if line and width(line + c) > room:
                lines.append(line)
                line = ""
            line += c
        lines.append(line)
    return lines


def pad(text: str, room: int, how: str = "left") -> str:
    """The text filled up to `room`."""
    spare = max(0, room - width(text))
    if how == "right":
        return " " * spare + text
    if how == "centre":
        return " " * (spare // 2) + text + " " * (spare - spare // 2)
    return text + " " * spare


def column_widths(grid: Grid, limit: int) -> list[int]:
    """Room for each column: its single cells, at most `limit` for labels, all of every number."""
    widths = [4] * grid.n_columns
    for p in grid.placed():
        if p.columns == 1:
            need = (
                width(p.content.text)
                if p.content.role in ("number", "filler")
                else min(limit, width(p.content.text))
            )
            widths[p.column] = max(widths[p.column], need)
    return widths


def render_box(grid: Grid, option: str) -> list[str]:
    """The table with its lines; `edges_only` has no lines between the rows of the body."""
    widths = column_widths(grid, 90 if option == "edges_only" else 24)
    lines = [_rule(grid, 0, widths, option)]
    for r in range(grid.n_rows):
        lines += _row(grid, r, widths, "|" if option == "ascii" else "│")
        if option != "edges_only" or r + 1 in (grid.head_rows, grid.n_rows):
            lines.append(_rule(grid, r + 1, widths, option))
    return lines


def _row(grid: Grid, r: int, widths: list[int], bar: str) -> list[str]:
    cells: list[tuple[list[str], int]] = []
    c = 0
    while c < grid.n_columns:
        span = grid.span(r, c)[1]
        room = sum(widths[c : c + span]) + 3 * (span - 1)
        text = grid.at(r, c).text if grid.starts_row(r, c) else ""
        cells.append((wrap(text, room), room))
        c += span
    height = max(len(lines) for lines, _ in cells)
    out = []
    for i in range(height):
        parts = [pad(lines[i] if i < len(lines) else "", room) for lines, room in cells]
        out.append(f"{bar} " + f" {bar} ".join(parts) + f" {bar}")
    return out


def _rule(grid: Grid, at: int, widths: list[int], option: str) -> str:
    """The line above row `at`."""
    n, rows = grid.n_columns, grid.n_rows

    def level(c: int) -> bool:
        return 0 <= c < n and (at in (0, rows) or grid.starts_row(at, c))

    def upright(r: int, c: int) -> bool:
        return 0 <= r < rows and (c in (0, n) or grid.starts_column(r, c))

    line = ""
    for c in range(n + 1):
        bits = upright(at - 1, c) + 2 * upright(at, c) + 4 * level(c - 1) + 8 * level(c)
        corner = CORNERS[bits]
        if option == "ascii":
            corner = {0: " ", 3: "|", 12: "-"}.get(bits, "+")
        line += corner
        if c < n:
            line += (("-" if option == "ascii" else "─") if level(c) else " ") * (widths[c] + 2)
    return line
