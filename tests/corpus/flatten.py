"""Tables as plain text: tabs, one cell a line, pipes, markdown, commas, or nothing in between.

Enters: a grid. Leaves: lines, as exports and copies from the screen produce them.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from random import Random
from typing import Literal

from corpus.aligned import render_aligned
from corpus.boxes import render_box
from corpus.exports import STYLES as EXPORTS
from corpus.exports import render_export
from corpus.grid import Grid

Span = Literal["empty", "collapse", "repeat"]
STYLES = ("tabs", "lines", "web", "pipes", "markdown", "boxes", "aligned", "comma", "joined")


@dataclass(frozen=True, slots=True)
class Flattening:
    """One document's way of flattening.

    Attributes:
        style: one of `STYLES`, or of `EXPORTS`, which are not drawn by chance.
        across, down: what a merged cell leaves in the slots to its right and below.
        head_across: the same for head rows (exports keep the grid of the head).
        option: a detail of the style.
        noise: odd things of tabbed text: `lead_lost`, `blank_line`, `repeated`, `shifted`, `stripped`.
    """

    style: str
    across: Span = "empty"
    down: Span = "empty"
    head_across: Span = "empty"
    option: str = ""
    noise: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """A word for the variant."""
        spans = (
            f"_{self.across}" if self.style in ("tabs", "pipes", "comma") and self.across != "empty" else ""
        )
        return "_".join([self.style + spans, *([self.option] if self.option else []), *self.noise])


PASTED = {"paragraphs": "\n\n\xa0\n\n", "paragraphs_empty": "\n\n\n\n\n", "paragraphs_none": ""}
"""What an empty cell leaves: a paragraph with a blank, one with nothing, or no paragraph."""
OPTIONS: dict[str, tuple[str, ...]] = {
    "lines": ("", "", "spaced", "blank_lost"),
    "web": ("", *PASTED),
    "pipes": ("", "edges", "tight"),
    "boxes": ("", "ascii", "ascii", "edges_only"),
    "aligned": ("", "", "gap_lines", "vertical", "jitter", "first_line", "wide", "narrow"),
    "joined": ("numbers", "all"),
    "comma": ("",),
}


def draw_flattening(rng: Random, style: str) -> Flattening:
    """A way of flattening in the given style."""
    across: Span = rng.choices(("empty", "collapse", "repeat"), (4, 4, 1))[0]
    down: Span = rng.choices(("empty", "collapse", "repeat"), (5, 2, 2))[0]
    if style == "markdown":
        across, down = rng.choice(("empty", "repeat")), rng.choice(("empty", "repeat"))
    if style in ("lines", "web", "joined"):
        across = down = "collapse"
    head: Span = across if rng.random() < 0.7 else "empty"
    noise: tuple[str, ...] = ()
    if style == "tabs" and rng.random() < 0.5:
        kinds = ("lead_lost", "blank_line", "repeated", "shifted", "stripped", "page")
        noise = tuple(sorted(rng.sample(kinds, rng.randint(1, 2))))
    option = rng.choice(OPTIONS.get(style, ("",)))
    return Flattening(
        style, across, down, "collapse" if style in ("lines", "web", "joined") else head, option, noise
    )


def slots(grid: Grid, how: Flattening) -> list[list[str]]:
    """The texts of every row, merged cells spread or not."""
    out = []
    for r in range(grid.n_rows):
        across = how.head_across if r < grid.head_rows else how.across
        row = []
        for c in range(grid.n_columns):
            text = grid.at(r, c).text.replace("\n", "")
            below, beside = not grid.starts_row(r, c), not grid.starts_column(r, c)
            if (below and how.down == "collapse") or (beside and across == "collapse"):
                continue
            if (below and how.down == "empty") or (beside and across == "empty"):
                text = ""
            row.append(text)
        out.append(row)
    return out


def flatten(rng: Random, grid: Grid, how: Flattening) -> list[str]:
    """The table as lines."""
    if how.style == "aligned":
        return render_aligned(rng, grid, how.option)
    if how.style == "boxes":
        return render_box(grid, how.option)
    rows = slots(grid, how)
    if how.style in EXPORTS:
        return render_export(grid, rows, how.style, how.option)
    if how.style == "tabs":
        return _tabbed(rng, grid, rows, how)
    return _delimited(rng, grid, rows, how)


def _delimited(rng: Random, grid: Grid, rows: list[list[str]], how: Flattening) -> list[str]:
    if how.style == "lines":
        return _one_a_line(rows, how.option)
    if how.style == "web" and how.option:
        return _pasted(rows, PASTED[how.option])
    if how.style == "web":
        return [line for row in rows for line in "\n\n\t".join(row).split("\n")]
    if how.style == "markdown":
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return [lines[0], "|" + rng.choice((" --- |", "---|", ":---:|")) * grid.n_columns, *lines[1:]]
    if how.style == "pipes":
        gap = "|" if how.option == "tight" else " | "
        edge = ("| ", " |") if how.option == "edges" else ("", "")
        return [edge[0] + gap.join(row) + edge[1] for row in rows]
    if how.style == "comma":
        return [_comma(row) for row in rows]
    return _joined(grid, rows, how.option)


def _comma(row: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row)
    return out.getvalue()


def _pasted(rows: list[list[str]], blank: str) -> list[str]:
    """As Chromium copies cells that hold paragraphs: blank lines around each, and a tab between two cells."""
    lines = "\n".join("\t".join(f"\n\n{cell}\n\n" if cell else blank for cell in row) for row in rows)
    return ["", *lines.strip("\n").split("\n"), ""]


def _one_a_line(rows: list[list[str]], option: str) -> list[str]:
    cells = [cell for row in rows for cell in row]
    if option == "spaced":
        return [line for cell in cells for line in (cell, "")]
    if option == "blank_lost":
        return [cell for cell in cells if cell]
    return cells


def _joined(grid: Grid, rows: list[list[str]], option: str) -> list[str]:
    if option == "all":
        return ["".join(row) for row in rows]
    lines = []
    for r, row in enumerate(rows):
        count = len(grid.row_keys(r))
        lines += row[: len(row) - count] if count else ["".join(row)]
        lines += ["".join(row[len(row) - count :])] if count else []
    return lines


def _tabbed(rng: Random, grid: Grid, rows: list[list[str]], how: Flattening) -> list[str]:
    lines = ["\t".join(row) for row in rows]
    if "stripped" in how.noise:
        lines = [line.rstrip("\t") if i >= grid.head_rows else line for i, line in enumerate(lines)]
    if grid.name == "requests" and grid.n_rows > grid.head_rows + 4:
        at = rng.randrange(grid.head_rows + 2, grid.n_rows - 1)
        if "lead_lost" in how.noise:
            lines[at] = lines[at].lstrip("\t")
        if "shifted" in how.noise:
            full = [r for r in range(grid.head_rows, grid.n_rows) if rows[r][-7:].count("") == 0]
            at = rng.choice(full) if full else at
            lines[at] = "\t" + lines[at] if full else lines[at]
        if "repeated" in how.noise:
            lines.insert(at, lines[at])
        if "page" in how.noise:
            lines[at:at] = rng.choice(
                (["", f"- {rng.randint(2, 9)} -", ""], [f"— {rng.randint(2, 9)} —"], ["\f"])
            )
        if "blank_line" in how.noise:
            lines.insert(rng.randrange(1, len(lines)), "")
    return lines
