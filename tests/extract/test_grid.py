from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.grid import Grid, GridCell, Segment, find_grids

XS = (50.0, 120.0, 190.0, 260.0)
YS = (100.0, 120.0, 140.0, 160.0)


def across(y: float, x0: float = XS[0], x1: float = XS[-1], width: float = 0.5) -> Segment:
    return (x0, y - width / 2, x1, y + width / 2)


def down(x: float, y0: float = YS[0], y1: float = YS[-1], width: float = 0.5) -> Segment:
    return (x - width / 2, y0, x + width / 2, y1)


def full(xs: Iterable[float] = XS, ys: Iterable[float] = YS) -> list[Segment]:
    return [*map(across, ys), *map(down, xs)]


def only(segments: Iterable[Segment]) -> Grid:
    grids = find_grids(segments)
    assert len(grids) == 1
    return grids[0]


def spans(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(c.row, c.column, c.row_span, c.column_span) for c in grid.cells]


def test_a_full_grid() -> None:
    grid = only(full())
    assert (grid.n_rows, grid.n_columns) == (3, 3)
    assert spans(grid) == [(r, c, 1, 1) for r in range(3) for c in range(3)]
    assert grid.box_of(GridCell(1, 2)) == (190, 120, 260, 140)


def test_cells_are_found_by_a_point() -> None:
    grid = only(full())
    assert grid.cells[grid.index_at(130, 150)] == GridCell(2, 1)
    assert grid.index_at(40, 110) == grid.index_at(130, 99) == grid.index_at(261, 110) == -1


def test_what_no_ruling_separates_is_one_cell() -> None:
    lines = [
        *map(across, (100, 160)),
        across(120),
        across(140, 120),
        *map(down, (50, 260)),
        down(120, 120),
        down(190, 120),
    ]
    assert spans(only(lines)) == [
        (0, 0, 1, 3),
        (1, 0, 2, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]


def test_a_row_without_bottom_border_is_a_row() -> None:
    grid = only([*map(across, YS[:3]), *map(down, XS)])
    assert (grid.n_rows, len(grid.cells)) == (3, 9)


def test_a_row_without_top_border_is_a_row() -> None:
    assert only([*map(across, YS[1:]), *map(down, XS)]).n_rows == 3


def test_missing_outer_borders_lose_no_column() -> None:
    grid = only([*map(across, YS), *map(down, XS[1:3])])
    assert (grid.n_columns, len(grid.cells)) == (3, 9)


def test_double_lines_are_one() -> None:
    lines = full() + [across(y + 1.5) for y in YS] + [down(x + 1.5, 100, 161.5) for x in XS]
    assert (only(lines).n_rows, only(lines).n_columns) == (3, 3)


def test_wide_double_lines_make_no_row() -> None:
    lines = full() + [across(y + 3) for y in YS] + [down(x + 3, 100, 163) for x in XS]
    assert (only(lines).n_rows, only(lines).n_columns) == (3, 3)


def test_corners_may_miss_by_half_a_point() -> None:
    lines = [across(y, a + 0.5, b - 0.5) for y in YS for a, b in pairwise(XS)]
    lines += [down(x, a + 0.5, b - 0.5) for x in XS for a, b in pairwise(YS)]
    assert spans(only(lines)) == spans(only(full()))


def test_dashes_and_dots_are_rulings() -> None:
    dashes = [across(y, x, x + 3) for y in YS for x in range(50, 260, 5)]
    dots = [(x - 0.4, y, x + 0.4, y + 0.8) for x in XS for y in (100 + 2 * i for i in range(30))]
    assert spans(only([*dashes, *dots])) == spans(only(full()))


def test_an_underline_separates_nothing() -> None:
    assert spans(only([*full(), across(135, 125, 180)])) == spans(only(full()))


def test_a_line_that_ends_in_a_cell_separates_nothing() -> None:
    grid = only([*full(), down(155, 120, 128)])
    assert len(grid.cells) == 9
    tall = [
        *map(across, (100, 120, 160)),
        across(140, 50, 120),
        *map(down, XS[:2]),
        down(260),
        down(190, 100, 140),
    ]
    grid = only(tall)
    assert GridCell(1, 1, 2, 2) in grid.cells


def test_an_l_is_more_than_one_cell_and_none_is_lost() -> None:
    lines = [*map(across, (100, 140)), *map(down, (50, 190)), across(120, 120, 190), down(120, 100, 120)]
    lines = [s if s != across(100) else across(100, 50, 190) for s in lines]
    grid = only([across(140, 50, 190) if s == across(140) else s for s in lines])
    assert -1 not in grid.owner
    assert sum(c.row_span * c.column_span for c in grid.cells) == grid.n_rows * grid.n_columns


def test_a_frame_around_the_page_is_no_table() -> None:
    assert (
        find_grids([across(10, 10, 500), across(800, 10, 500), down(10, 10, 800), down(500, 10, 800)]) == []
    )


def test_tables_are_apart_and_from_the_top_down() -> None:
    lower = [(x0, top + 200, x1, bottom + 200) for x0, top, x1, bottom in full()]
    assert [grid.ys[0] for grid in find_grids([*lower, *full()])] == [100, 300]


def test_columns_belong_to_one_table_only() -> None:
    shifted = [(x0 + 2, top + 200, x1 + 2, bottom + 200) for x0, top, x1, bottom in full()]
    assert [grid.xs[1] for grid in find_grids([*full(), *shifted])] == [120, 122]


def test_rulings_without_crossing_are_no_table() -> None:
    assert find_grids(map(across, YS)) == []
    assert find_grids([]) == []


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, int, list[GridCell]]:
    """A grid cut into rectangles."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    taken: set[tuple[int, int]] = set()
    cells = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            width = 1
            while c + width < columns and (r, c + width) not in taken and draw(st.booleans()):
                width += 1
            height = draw(st.integers(1, rows - r))
            taken |= {(r + i, c + j) for i in range(height) for j in range(width)}
            cells.append(GridCell(r, c, height, width))
    return rows, columns, cells


@settings(max_examples=200)
@given(tilings())
def test_spans_drawn_are_recovered(tiling: tuple[int, int, list[GridCell]]) -> None:
    _, _, cells = tiling
    lines = []
    for cell in cells:
        x0, x1 = 50 + 40 * cell.column, 50 + 40 * (cell.column + cell.column_span)
        y0, y1 = 100 + 20 * cell.row, 100 + 20 * (cell.row + cell.row_span)
        lines += [across(y0, x0, x1), across(y1, x0, x1), down(x0, y0, y1), down(x1, y0, y1)]
    boxes = {
        (
            50.0 + 40 * c.column,
            100.0 + 20 * c.row,
            50.0 + 40 * (c.column + c.column_span),
            100.0 + 20 * (c.row + c.row_span),
        )
        for c in cells
    }
    grids = find_grids(lines)
    if len(cells) == 1:
        assert grids == []
        return
    assert {grids[0].box_of(c) for c in grids[0].cells} == boxes
