"""Tables that go on over the page, cut between rows and through them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pdf_drawing import Sheet, write_pdf

from extract.document import Document, Source, Table
from extract.pdf import read_pdf

XS = (50.0, 200.0, 260.0, 320.0)
ROWS = (
    ("项目", "上年", "本年"),
    ("1.甲类事项", "1", "2"),
    ("2.乙类事项", "3", "4"),
    ("3.丙类事项", "", "5"),
    ("4.丁类事项", "6", "7"),
    ("5.戊类事项", "8", "9"),
    ("6.己类事项", "10", "11"),
)


def read(*sheets: Sheet) -> Document:
    data = write_pdf(*sheets)
    return read_pdf(data, Source("a.pdf", "0" * 64, len(data)))


def rows_of(table: Table) -> list[tuple[str, ...]]:
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return [tuple(row) for row in rows]


def draw(
    rows: list[tuple[str, ...]], top: float, *, first: bool = True, last: bool = True, shift: float = 0
) -> Sheet:
    sheet = Sheet()
    xs = [x + shift for x in XS]
    ys = [top + 20 * i for i in range(len(rows) + 1)]
    for y in ys[0 if first else 1 : None if last else -1]:
        sheet.line(xs[0], y, xs[-1], y)
    for x in xs:
        sheet.line(x, ys[0], x, ys[-1])
    sheet.cells(xs, ys, rows)
    return sheet


def only(document: Document) -> Table:
    (table,) = [b for b in document.blocks if isinstance(b, Table)]
    return table


@pytest.mark.parametrize("cut", range(1, len(ROWS)))
@pytest.mark.parametrize("closed", [True, False])
def test_cut_between_any_two_rows(cut: int, closed: bool) -> None:
    before = draw(list(ROWS[:cut]), 800 - 20 * cut, last=closed)
    after = draw(list(ROWS[cut:]), 70, first=closed, shift=1.4)
    for sheet, number in ((before, 1), (after, 2)):
        sheet.text(290, 830, f"- {number} -")
    table = only(read(before, after))
    assert rows_of(table) == list(ROWS)
    assert {c.page for c in table.cells if c.row < cut} == {1}
    assert {c.page for c in table.cells if c.row >= cut} == {2}


def test_the_rest_of_a_label_is_put_back() -> None:
    before = draw([*ROWS[:4], ("4.丁类", "6", "7")], 700)
    after = draw([("事项", "", ""), *ROWS[5:]], 70)
    rows = rows_of(only(read(before, after)))
    assert rows[4] == ("4.丁类\n事项", "6", "7")
    assert [r[0] for r in rows[5:]] == ["5.戊类事项", "6.己类事项"]


def test_the_rest_of_a_number_is_put_back() -> None:
    before = draw([*ROWS[:4], ("4.丁类事项", "12345678901", "7")], 700)
    after = draw([("", "23", ""), *ROWS[5:]], 70)
    assert rows_of(only(read(before, after)))[4] == ("4.丁类事项", "12345678901\n23", "7")


def test_a_number_under_a_short_one_is_another_row() -> None:
    before = draw([*ROWS[:4], ("4.丁类事项", "6", "7")], 700)
    after = draw([("", "23", ""), *ROWS[5:]], 70)
    assert rows_of(only(read(before, after)))[5] == ("", "23", "")


def test_an_empty_row_with_a_numeral_is_a_row() -> None:
    before = draw(list(ROWS[:5]), 700)
    after = draw([("5.戊类事项", "", ""), ROWS[6]], 70)
    assert [r[0] for r in rows_of(only(read(before, after)))] == [r[0] for r in ROWS]


def test_prose_between_keeps_tables_apart() -> None:
    before, after = draw(list(ROWS[:4]), 600), draw(list(ROWS[4:]), 170)
    after.text(50, 100, "这里另有一段话，说明下一张表的来历。")
    assert len([b for b in read(before, after).blocks if isinstance(b, Table)]) == 2


def test_other_columns_are_another_table() -> None:
    before, after = draw(list(ROWS[:4]), 700), Sheet()
    xs = (50.0, 90.0, 130.0, 170.0, 320.0)
    after.table(xs, (70, 90, 110), (("一", "二", "三", "四"), ("1", "2", "3", "4")))
    assert [t.n_columns for t in read(before, after).blocks if isinstance(t, Table)] == [3, 4]


def test_rows_and_columns_stay_whole_over_many_pages() -> None:
    sheets = [
        draw([(f"{10 * page + i}.某类事项", str(page), str(i)) for i in range(8)], 70) for page in range(1, 6)
    ]
    table = only(read(*sheets))
    assert table.n_rows == 40
    assert all(b.row - a.row in {0, 1} for a, b in pairwise(table.cells))
