"""What happens to a table between the form and the page: columns added, rows lost, pages in the way.

Enters: a grid. Leaves: grids, each with the names of its quirks.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from corpus.grid import Content, Grid
from corpus.official import ORGANISATIONS
from corpus.truth import ReportTruth

Quirk = Callable[[Random, Grid, ReportTruth], list[Grid]]


def _body_rows(grid: Grid) -> list[int]:
    return [r for r in range(grid.head_rows, grid.n_rows) if grid.row_keys(r)]


def _column_of(grid: Grid, applicant: str) -> int:
    return next(
        c
        for c in range(grid.n_columns)
        if any((k := grid.at(r, c).key) and k[2] == applicant for r in range(grid.n_rows))
    )


def empty_column(rng: Random, grid: Grid, _: ReportTruth) -> list[Grid]:
    """A column with nothing in it."""
    at = rng.randrange(1, grid.n_columns + 1)
    blank = [Content("", "filler") for _ in range(grid.n_rows)]
    return [grid.with_column(at, blank).with_quirk("empty_column")]


def serial_column(rng: Random, grid: Grid, _: ReportTruth) -> list[Grid]:
    """序号 in front."""
    texts = ["序号", *[""] * (grid.head_rows - 1), *(str(i) for i in range(1, grid.n_rows))]
    column = [Content(t, "filler") for t in texts[: grid.n_rows]]
    return [grid.with_column(0, column).with_quirk("serial_column")]


def remark_column(rng: Random, grid: Grid, _: ReportTruth) -> list[Grid]:
    """备注 behind."""
    texts = ["备注", *[""] * (grid.head_rows - 1)]
    texts += [rng.choice(("", "", "", "无", "含去年", "2件转办")) for _ in range(grid.n_rows)]
    column = [Content(t, "filler") for t in texts[: grid.n_rows]]
    return [grid.with_column(grid.n_columns, column).with_quirk("remark_column")]


def subtotal_column(rng: Random, grid: Grid, truth: ReportTruth) -> list[Grid]:
    """小计 of the organisations, a number that the form does not have."""
    texts = [""] * grid.n_rows
    texts[grid.head_rows - 1] = "小计"
    for r in _body_rows(grid):
        field = grid.row_keys(r)[0][1]
        values = (truth.facts["requests", field, a].value for a in ORGANISATIONS)
        texts[r] = f"{sum((v for v in values if v is not None), Decimal(0)):f}"
    column = [Content(t, "filler") for t in texts]
    return [grid.with_column(_column_of(grid, "other_org") + 1, column).with_quirk("subtotal_column")]


def lost_rows(rng: Random, grid: Grid, _: ReportTruth) -> list[Grid]:
    """One to three rows are not there."""
    rows = _body_rows(grid)
    gone = set(rng.sample(rows, min(rng.randint(1, 3), len(rows) - 1)))
    return [grid.with_rows([r for r in range(grid.n_rows) if r not in gone]).with_quirk("lost_rows")]


def moved_rows(rng: Random, grid: Grid, _: ReportTruth) -> list[Grid]:
    """Two neighbours of one group have changed places, numbering and all."""
    pairs = [r for r in _body_rows(grid)[:-1] if _same_group(grid, r, r + 1)]
    if not pairs:
        return [grid]
    at = rng.choice(pairs)
    order = list(range(grid.n_rows))
    order[at], order[at + 1] = order[at + 1], order[at]
    return [grid.with_rows(order).with_quirk("moved_rows")]


def _same_group(grid: Grid, a: int, b: int) -> bool:
    """Both rows end in a third-level label beside one and the same group cell."""
    if grid.n_columns != 10:
        return False
    apart = all(grid.slots[r][1] != grid.slots[r][2] for r in (a, b))
    return apart and grid.slots[a][1] == grid.slots[b][1]


def swapped_columns(rng: Random, grid: Grid, _: ReportTruth) -> list[Grid]:
    """Two kinds of organisation stand in the other order, heads and numbers alike."""
    a, b = rng.sample(ORGANISATIONS[:4], 2)
    x, y = _column_of(grid, a), _column_of(grid, b)
    order = list(range(grid.n_columns))
    order[x], order[y] = order[y], order[x]
    return [grid.with_columns(order).with_quirk("swapped_columns")]


def split_group(rng: Random, grid: Grid, _: ReportTruth) -> list[Grid]:
    """A group label is printed twice, or its second half has none."""
    tall = [p for p in grid.placed() if p.content.role == "stub" and p.rows > 2]
    if not tall:
        return [grid]
    cell = rng.choice(tall)
    start = cell.row + rng.randrange(1, cell.rows)
    if cell.column == 0:  # a cut inside （三）… would leave its own label hanging: cut between the entries
        start = next(r for r in range(start, cell.row + cell.rows) if grid.starts_row(r, 1))
    return [split_at(grid, start, cell.column, rng.random() < 0.6)]


def split_at(grid: Grid, row: int, column: int, again: bool) -> Grid:
    """The group cell of a column ends before `row`; what follows repeats its label or has none."""
    text = grid.at(row, column).text if again else ""
    rows = range(row, row + grid.span(row, column)[0])
    part = grid.with_slots(rows, column, Content(text, "stub"))
    return part.with_quirk("group_repeated" if again else "group_lost")


def cut(rng: Random, grid: Grid, _: ReportTruth) -> list[Grid]:
    """Two tables instead of one; the head stands on the second or not, group labels too."""
    low = grid.head_rows + 1
    if grid.n_rows <= low:
        return [grid]
    at = rng.randrange(low, grid.n_rows)
    return cut_at(grid, at, rng.random() < 0.35, rng.random() < 0.3)


def cut_at(grid: Grid, at: int, again: bool, repeated: bool) -> list[Grid]:
    """Cut before row `at`; `again`: the head is repeated, `repeated`: the group labels are."""
    rows = range(at, grid.n_rows)
    lower = grid
    for c in range(grid.n_columns):
        cell = grid.at(at, c)
        if not grid.starts_row(at, c) and cell.role == "stub":
            span = range(at, at + grid.span(at, c)[0])
            lower = lower.with_slots(span, c, Content(cell.text if repeated else "", "stub"))
    again = again and grid.name == "requests"  # table 二 has a head in each of its blocks
    lower = lower.with_rows([*range(grid.head_rows), *rows] if again else list(rows))
    if not again:
        lower = Grid(lower.slots, lower.contents, 0, lower.name, lower.quirks)
    mark = "cut_head" if again else "cut"
    return [grid.with_rows(list(range(at))).with_quirk(mark), lower.with_quirk(mark)]


def title_row(rng: Random, grid: Grid, truth: ReportTruth) -> list[Grid]:
    """A row over the whole width with a caption, as some bodies draw it."""
    new = len(grid.contents)
    caption = {
        "disclosure": "主动公开政府信息情况表",
        "requests": "收到和处理政府信息公开申请情况（单位：件）",
        "remedies": "行政复议、行政诉讼情况统计",
    }[grid.name]
    slots = ((new,) * grid.n_columns, *grid.slots)
    contents = (*grid.contents, Content(caption, "head"))
    return [Grid(slots, contents, grid.head_rows + 1, grid.name, grid.quirks).with_quirk("title_row")]


QUIRKS: dict[str, tuple[tuple[Quirk, ...], tuple[int, ...]]] = {
    "disclosure": ((empty_column, cut, title_row, serial_column, lost_rows), (2, 4, 1, 1, 1)),
    "requests": (
        (
            empty_column,
            cut,
            title_row,
            serial_column,
            remark_column,
            subtotal_column,
            lost_rows,
            moved_rows,
            swapped_columns,
            split_group,
        ),
        (2, 7, 1, 1, 1, 1, 1, 2, 1, 3),
    ),
    "remedies": ((empty_column, title_row), (1, 1)),
}


def play(rng: Random, grid: Grid, truth: ReportTruth, share: float) -> list[Grid]:
    """With probability `share` something happens to the table."""
    if rng.random() >= share:
        return [grid]
    quirks, weights = QUIRKS[grid.name]
    return rng.choices(quirks, weights)[0](rng, grid, truth)
