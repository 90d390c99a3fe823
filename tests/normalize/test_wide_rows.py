"""Rows with more cells than any of the form are read as several, and none of their numbers vanishes."""

from __future__ import annotations

from word_package import source_of

from extract.document import Cell, Layout
from extract.read import read_document
from normalize.read import read_report
from normalize.rows.row import MOST_CELLS, Row, cut_wide


def wide(count: int) -> Row:
    return Row(tuple(Cell(str(i), 0, i) for i in range(count)), (), 0, Layout.GRID)


def test_a_row_of_the_form_stays_as_it_is() -> None:
    for row in (wide(0), wide(8), wide(MOST_CELLS)):
        assert list(cut_wide(row)) == [row]


def test_a_wider_one_is_cut() -> None:
    row = wide(2 * MOST_CELLS + 3)
    pieces = list(cut_wide(row))
    assert [len(piece.cells) for piece in pieces] == [MOST_CELLS, MOST_CELLS, 3]
    assert tuple(cell for piece in pieces for cell in piece.cells) == row.cells


def test_its_numbers_are_issues() -> None:
    numbers = [str(i) for i in range(1000, 2000)]
    rows = ("信息内容\t本年制发件数\t本年废止件数\t现行有效件数", "\t".join(["规章", *numbers]))
    text = "\n".join(("某局2022年政府信息公开工作年度报告", *rows))
    report = read_report(read_document(text.encode(), source_of(text.encode())))
    told = " ".join([*(issue.raw for issue in report.issues), *(seen.raw for seen in report.observations)])
    assert [number for number in numbers if number not in told] == []
