"""The second reading of a PDF, on pages drawn line by line."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from pdf_drawing import Sheet, write_pdf

from extract.document import Document, Paragraph, Source, Table
from extract.errors import Damaged, Encrypted, NoText, ReadError, TooLarge
from extract.pdf_reference import reader
from extract.pdf_reference.reader import read_pdf_reference

XS = [70, 170, 270, 370]
YS = [100, 120, 140, 160]
ROWS = [["信息内容", "件数", "总数"], ["规章", "1", "20"], ["规范性文件", "", "/"]]


def read(*sheets: Sheet) -> Document:
    data = write_pdf(*sheets)
    return read_pdf_reference(data, Source("a.pdf", "0" * 64, len(data)))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.n_rows)]


def test_cells_with_page_and_box():
    sheet = Sheet()
    sheet.table(XS, YS, ROWS)
    document = read(Sheet(parts=["% empty"]), sheet)
    (table,) = tables(document)
    assert rows(table) == ROWS
    assert (document.format, document.reader, document.pages) == ("pdf", "pdfplumber", 2)
    cell = next(c for c in table.cells if c.text == "20")
    assert cell.page == 2
    assert cell.bbox is not None
    assert [round(x) for x in (cell.bbox.x0, cell.bbox.top, cell.bbox.x1, cell.bbox.bottom)] == [
        270,
        120,
        370,
        140,
    ]


def test_spans():
    sheet = Sheet()
    for y in YS:
        sheet.line(170 if y == 140 else 70, y, 370, y)
    for x in XS:
        sheet.line(x, 120 if x == 270 else 100, x, 160)
    sheet.cells(XS, YS, [["甲", "乙", ""], ["", "1", "2"], ["", "3", "4"]])
    (table,) = tables(read(sheet))
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells] == [
        (0, 0, 1, 1, "甲"), (0, 1, 1, 2, "乙"), (1, 0, 2, 1, ""), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2"),
        (2, 1, 1, 1, "3"), (2, 2, 1, 1, "4"),
    ]  # fmt: skip


@pytest.mark.parametrize("missing", [0, 3])
def test_a_row_without_its_outer_border_is_kept(missing):
    sheet = Sheet()
    for y in (y for i, y in enumerate(YS) if i != missing):
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS:
        sheet.line(x, YS[0], x, YS[-1])
    sheet.cells(XS, YS, ROWS)
    (table,) = tables(read(sheet))
    assert rows(table) == ROWS


def test_a_table_without_sides():
    sheet = Sheet()
    for y in YS:
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        sheet.line(x, YS[0], x, YS[-1])
    sheet.cells(XS, YS, ROWS)
    assert rows(tables(read(sheet))[0]) == ROWS


def test_white_boxes_and_shades_are_no_rulings():
    sheet = Sheet()
    for y in range(95, 300, 13):
        sheet.box(75, y, 350, y + 12, paint="f", colour="1 g")
    sheet.box(70, 100, 370, 120, paint="f", colour="0.8 0.9 1 rg")
    sheet.table(XS, YS, ROWS)
    (table,) = tables(read(sheet))
    assert rows(table) == ROWS


@pytest.mark.parametrize("gap", [0, 1.5, 2.5])
def test_borders_as_thin_boxes_and_in_pairs(gap):
    sheet = Sheet()
    for shift in {0, gap}:
        for y in YS:
            sheet.box(XS[0], y + shift, XS[-1], y + shift + 0.7, paint="f", colour="0 g")
        for x in XS:
            sheet.box(x + shift, YS[0], x + shift + 0.7, YS[-1], paint="f", colour="0 g")
    sheet.cells(XS, YS, ROWS)
    assert rows(tables(read(sheet))[0]) == ROWS


def test_dashed_borders():
    sheet = Sheet()
    sheet.raw("[2 2] 0 d")
    for y in YS:
        for x in range(XS[0], XS[-1], 5):
            sheet.line(x, y, x + 3, y)
    for x in XS:
        sheet.line(x, YS[0], x, YS[-1])
    sheet.cells(XS, YS, ROWS)
    assert rows(tables(read(sheet))[0]) == ROWS


def test_tables_that_are_a_little_off_each_other_stay_two():
    sheet = Sheet()
    sheet.table(XS, YS, ROWS)
    sheet.table([72, 173, 272, 372], [y + 80 for y in YS], ROWS)
    assert [rows(table) for table in tables(read(sheet))] == [ROWS, ROWS]


def test_a_line_through_a_number_strikes_it_and_one_under_it_does_not():
    sheet = Sheet()
    sheet.table(XS, YS, [["规章", "1", "20"], ["规范性文件", "3", "4"], ["", "", ""]])
    sheet.line(273, 113, 284, 113)
    sheet.line(171, 137.5, 180, 137.5)
    (table,) = tables(read(sheet))
    assert rows(table)[:2] == [["规章", "1", ""], ["规范性文件", "3", "4"]]


def test_a_row_cut_by_the_page_is_one_row():
    first, second = Sheet(), Sheet()
    first.table(XS, YS, [["1.国家秘密", "1", "1"], ["2.禁止公开", "2", "2"], ["3.没有现成信息", "3", "4"]])
    second.table(XS, [60, 75, 95], [["需要另行制作", "", ""], ["4.补正", "5", "6"]])
    (table,) = tables(read(first, second))
    assert rows(table)[2:] == [["3.没有现成信息\n需要另行制作", "3", "4"], ["4.补正", "5", "6"]]
    assert {cell.page for cell in table.cells if cell.row == 3} == {2}


def test_rows_on_two_pages_stay_two_rows():
    first, second = Sheet(), Sheet()
    first.table(XS, YS, [["1.国家秘密", "1", "1"], ["2.禁止公开", "2", "2"], ["3.现成", "", ""]])
    second.table(XS, [60, 75, 95], [["4.补正", "", ""], ["5.其他", "5", "6"]])
    assert len(rows(tables(read(first, second))[0])) == 5


def test_other_columns_are_another_table():
    first, second = Sheet(), Sheet()
    first.table(XS, YS, ROWS)
    second.table([70, 120, 200, 250, 370], [60, 75, 95], [["1"] * 4, ["2"] * 4])
    assert len(tables(read(first, second))) == 2


def test_prose_is_joined_and_page_numbers_are_kept_apart():
    sheet = Sheet()
    sheet.text(90, 100, "一" * 43, 10)
    sheet.text(70, 118, "二" * 45, 10)
    sheet.text(70, 136, "三。", 10)
    sheet.text(290, 810, "- 3 -", 10)
    document = read(sheet)
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == ["一" * 43 + "二" * 45 + "三。"]
    assert [margin.text for margin in document.margins] == ["- 3 -"]


@pytest.mark.parametrize(("cos", "sin"), [(0, 1), (0, -1)])
def test_a_page_drawn_sideways(cos, sin):
    sheet = Sheet()

    def place(x, y):  # a point of the page as read, on the page as displayed
        return (y, sheet.height - x) if sin > 0 else (sheet.width - y, x)

    for y in YS:
        sheet.line(*place(XS[0], y), *place(XS[-1], y))
    for x in XS:
        sheet.line(*place(x, YS[0]), *place(x, YS[-1]))
    for row, y in zip(ROWS, YS[1:], strict=True):
        for text, x in zip(row, XS, strict=False):
            if text:
                sheet.turned(*place(x + 3, y - 4), text, cos, sin, 9)
    (table,) = tables(read(sheet))
    assert rows(table) == ROWS
    cell = next(c for c in table.cells if c.text == "20")
    assert cell.bbox is not None
    corners = (*place(270, 120), *place(370, 140))
    expected = sorted(corners[::2]) + sorted(corners[1::2])
    assert [cell.bbox.x0, cell.bbox.x1, cell.bbox.top, cell.bbox.bottom] == pytest.approx(expected, abs=0.5)


def test_watermarks_hidden_text_and_double_prints_are_left_out():
    sheet = Sheet()
    sheet.table(XS, YS, ROWS)
    sheet.turned(150, 150, "内部资料", 0.7, 0.7, 30)
    sheet.text(173, 156, "99", 9, colour="1 g")
    sheet.text(173.2, 136, "1", 9)
    assert rows(tables(read(sheet))[0]) == ROWS


def locked() -> bytes:
    sheet = Sheet()
    sheet.table(XS, YS, ROWS)
    return write_pdf(sheet, password="secret")  # noqa: S106


def picture() -> bytes:
    return write_pdf(Sheet(image=True))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (locked(), Encrypted),
        (picture(), NoText),
        (b"%PDF-1.4\n" + bytes(range(256)), Damaged),
        (b"%PDF-1.4\ntrailer<</Root 1 0 R>>", Damaged),
    ],
)
def test_refusals(data, error):
    with pytest.raises(error):
        read_pdf_reference(data, Source("a.pdf", "0" * 64, len(data)))


def test_more_pages_than_a_second_reading_is_worth(monkeypatch):
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    with pytest.raises(TooLarge):
        read(Sheet(), Sheet(), Sheet())


def test_a_drawing_of_thousands_of_lines():
    sheet = Sheet()
    for i in range(2100):
        sheet.line(10 + 5 * (i % 100), 10 + 16 * (i // 100), 10 + 5 * (i % 100), 20 + 16 * (i // 100))
    with pytest.raises(TooLarge):
        read(sheet)


def test_text_underlined_close_to_its_border():
    sheet = Sheet()
    sheet.table(XS, YS, ROWS)
    sheet.line(172, 130, 180, 130)  # a new line of the cell begins below it
    sheet.text(173, 129, "3", 9)
    assert rows(tables(read(sheet))[0])[1] == ["规章", "3\n1", "20"]


def test_damage_raises_nothing_but_read_errors():
    sheet = Sheet()
    sheet.table(XS, YS, ROWS)
    whole = write_pdf(sheet, sheet)
    rng = random.Random(5)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 20)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        cut = bytes(data[: rng.randint(20, len(data))] if rng.random() < 0.3 else data)
        with suppress(ReadError):
            read_pdf_reference(cut, Source("a.pdf", "0" * 64, len(cut)))
