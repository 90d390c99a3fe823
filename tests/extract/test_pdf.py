from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from pdf_drawing import Sheet, write_pdf

from extract.document import BBox, Document, Layout, Paragraph, Source, Table
from extract.pdf import read_pdf
from extract.pdf.pdfium import BATCH

XS = (50.0, 150.0, 250.0, 350.0)
YS = (100.0, 120.0, 140.0)
ROWS = (("甲乙", "12", "本年"), ("丙", "3", "总计"))
FLAT = [text for row in ROWS for text in row]


def read(*sheets: Sheet, title: str = "", password: str | None = None) -> Document:
    data = write_pdf(*sheets, title=title, password=password)
    return read_pdf(data, Source("a.pdf", "0" * 64, len(data)))


def tables(document: Document) -> list[Table]:
    return [b for b in document.blocks if isinstance(b, Table)]


def texts(table: Table) -> list[str]:
    return [c.text for c in table.cells]


def prose(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def sheet_with_table(xs: Sequence[float] = XS, ys: Sequence[float] = YS, rotate: int = 0) -> Sheet:
    sheet = Sheet(rotate=rotate)
    sheet.table(xs, ys, ROWS)
    return sheet


def test_a_ruled_table() -> None:
    document = read(sheet_with_table(), title="某年报")
    (table,) = tables(document)
    assert texts(table) == FLAT
    assert (table.n_rows, table.n_columns, table.layout) == (2, 3, Layout.GRID)
    assert (document.format, document.reader, document.pages, document.properties_title) == (
        "pdf",
        "pdf",
        1,
        "某年报",
    )


def test_every_cell_says_where_it_is() -> None:
    (table,) = tables(read(Sheet(), sheet_with_table()))
    assert {c.page for c in table.cells} == {2}
    assert table.cells[4].bbox == BBox(150, 120, 250, 140)


@pytest.mark.parametrize(
    ("rotate", "box"),
    [
        (0, BBox(50, 100, 150, 120)),
        (90, BBox(722, 50, 742, 150)),
        (180, BBox(445, 722, 545, 742)),
        (270, BBox(100, 445, 120, 545)),
    ],
)
def test_a_turned_page_reads_the_same_and_boxes_are_as_displayed(rotate: int, box: BBox) -> None:
    sheet = Sheet(rotate=rotate, origin=(20, 30))
    sheet.table(XS, YS, ROWS)
    (table,) = tables(read(sheet))
    assert texts(table) == FLAT
    assert table.cells[0].bbox == box


@pytest.mark.parametrize(("cos", "sin"), [(0, 1), (0, -1), (-1, 0)])
def test_a_table_drawn_sideways(cos: int, sin: int) -> None:
    sheet = Sheet(width=800, height=800)

    def place(x: float, y: float) -> tuple[float, float]:
        dx, dy = x - 400, y - 400
        return 400 + cos * dx + sin * dy, 400 - sin * dx + cos * dy

    for y in YS:
        sheet.line(*place(XS[0], y), *place(XS[-1], y))
    for x in XS:
        sheet.line(*place(x, YS[0]), *place(x, YS[-1]))
    for row, y in zip(ROWS, YS[1:], strict=True):
        for text, x in zip(row, XS, strict=False):
            sheet.turned(*place(x + 3, y - 4), text, cos, sin)
    (table,) = tables(read(sheet))
    assert texts(table) == FLAT
    (x0, y0), (x1, y1) = place(50, 100), place(150, 120)
    assert table.cells[0].bbox == pytest.approx(BBox(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))) or (
        table.cells[0].bbox == BBox(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    )


@pytest.mark.parametrize(
    ("matrix", "drawn"),
    [
        ("1 0 0 1 0 0", "1 0 0 1 0 -100"),
        ("0.5 0 0 0.5 10 20", "2 0 0 2 0 -100"),
        ("8 0 0 8 0 0", "0.125 0 0 0.125 0 -100"),
    ],
)
def test_forms_are_entered(matrix: str, drawn: str) -> None:
    sheet = Sheet()
    sheet.forms.append((matrix, "\n".join(sheet_with_table().parts)))
    sheet.raw(f"q {drawn} cm /X0 Do Q")
    assert texts(tables(read(sheet))[0]) == FLAT


@pytest.mark.parametrize("offset", [0, 0.4])
def test_text_printed_twice_for_bold_is_read_once(offset: float) -> None:
    sheet = sheet_with_table()
    sheet.cells([x + offset for x in XS], YS, ROWS)
    assert texts(tables(read(sheet))[0]) == FLAT


def test_equal_neighbours_are_not_one_text() -> None:
    sheet = Sheet()
    sheet.table((50, 60, 70), YS, (("1", "1"), ("1", "1")))
    assert texts(tables(read(sheet))[0]) == ["1"] * 4


def test_what_is_not_seen_is_not_read() -> None:
    sheet = sheet_with_table()
    sheet.text(200, 116, "99", mode=3)
    sheet.text(300, 136, "88", colour="1 g")
    assert texts(tables(read(sheet))[0]) == FLAT


def test_white_text_on_a_dark_cell_is_read() -> None:
    sheet = Sheet()
    sheet.box(250, 120, 350, 140, "f", "0.2 g")
    sheet.table(XS, YS, (("甲", "1", "2"), ("乙", "3", "")))
    sheet.text(300, 136, "88", colour="1 g")
    assert texts(tables(read(sheet))[0])[-1] == "88"


def test_more_of_everything_than_the_engine_is_asked_for_at_once() -> None:
    xs, ys = [20.0 + 40 * i for i in range(15)], [20.0 + 16 * i for i in range(46)]
    rows = [[str(100 * r + c) for c in range(14)] for r in range(45)]
    rows[44][13] = ""
    sheet = Sheet()
    for y0, y1 in pairwise(ys):
        for x0, x1 in pairwise(xs):
            sheet.box(x0, y0, x1, y1)
    sheet.cells(xs, ys, rows)
    sheet.text(550, 736, "9", colour="1 g")
    (table,) = tables(read(sheet))
    assert BATCH < 45 * 14
    assert texts(table) == [text for row in rows for text in row]


def test_white_boxes_are_no_rulings() -> None:
    sheet = Sheet()
    for y in (300, 320, 340):
        sheet.box(50, y, 400, y + 2, "f", "1 g")
        sheet.box(50, y, 52, y + 20, "f", "1 g")
    sheet.text(60, 315, "只是一行正文。")
    assert prose(read(sheet)) == ["只是一行正文。"]


def test_thin_filled_boxes_are_rulings() -> None:
    sheet = Sheet()
    for y in YS:
        sheet.box(50, y, 350, y + 0.7, "f")
    for x in XS:
        sheet.box(x, 100, x + 0.7, 140, "f")
    sheet.cells(XS, YS, ROWS)
    assert texts(tables(read(sheet))[0]) == FLAT


def test_stroked_boxes_and_frames_are_rulings() -> None:
    for paint in ("S", "f*"):
        sheet = Sheet()
        for y0, y1 in ((100, 120), (120, 140)):
            for x0, x1 in ((50, 150), (150, 250), (250, 350)):
                if paint == "S":
                    sheet.box(x0, y0, x1, y1)
                else:
                    sheet.raw(
                        f"{x0} {842 - y1} {x1 - x0} {y1 - y0} re {x0 + 1} {843 - y1} {x1 - x0 - 2} {y1 - y0 - 2} re f*"
                    )
        sheet.cells(XS, YS, ROWS)
        assert texts(tables(read(sheet))[0]) == FLAT


def test_a_whole_grid_in_one_path() -> None:
    sheet = Sheet()
    moves = [f"50 {842 - y} m 350 {842 - y} l" for y in YS] + [f"{x} 742 m {x} 702 l" for x in XS]
    sheet.raw(" ".join(moves) + " S")
    sheet.cells(XS, YS, ROWS)
    assert texts(tables(read(sheet))[0]) == FLAT


def test_vertical_labels_and_wrapped_labels() -> None:
    sheet = Sheet()
    sheet.grid((50, 80, 200), (100, 200, 220))
    sheet.text(65, 110, "竖排文字", font="F2")
    sheet.text(90, 130, "先写这一行")
    sheet.text(90, 145, "再写这行")
    sheet.text(55, 216, "1")
    assert texts(tables(read(sheet))[0]) == ["竖排文字", "先写这一行\n再写这行", "1", ""]


def test_reading_order_does_not_rest_on_drawing_order() -> None:
    sheet = Sheet()
    sheet.grid((50, 200, 300), (100, 160, 180))
    sheet.text(60, 145, "第二行")
    sheet.text(90, 125, "一行")
    sheet.text(60, 125, "这是第")
    sheet.text(210, 125, "1")
    assert texts(tables(read(sheet))[0])[0] == "这是第一行\n第二行"


def test_struck_text_is_not_printed() -> None:
    sheet = sheet_with_table()
    sheet.text(270, 116, "99")
    sheet.line(268, 112.5, 284, 112.5)
    sheet.text(160, 136, "77", size=9)
    sheet.line(152, 132.5, 172, 132.5)
    cells = tables(read(sheet))[0].cells
    assert cells[2].text == "本年"
    assert (cells[4].text, cells[4].struck) == ("", True)


def test_lines_under_and_through_words_cut_no_narrow_cell() -> None:
    xs, ys = (50, 150, 170, 190), (100, 140, 160)
    sheet = Sheet()
    sheet.table(xs, ys, (("甲乙", "", "12"), ("丙", "4", "5")))
    sheet.text(151.5, 114, "106", size=9)
    sheet.line(151.5, 110.5, 168, 110.5)
    sheet.text(151.5, 128, "3", size=9)
    sheet.line(151.5, 129.5, 157, 129.5)
    (table,) = tables(read(sheet))
    assert (table.n_rows, texts(table)) == (2, ["甲乙", "3", "12", "丙", "4", "5"])


def test_a_border_right_below_words_that_fill_their_cell_is_a_border() -> None:
    xs, ys = (50, 150, 171, 194), (100, 112, 124)
    sheet = Sheet()
    for x in xs:
        sheet.line(x, ys[0], x, ys[-1])
    for y in ys:
        for left, right in pairwise(xs):
            sheet.line(left, y, right, y)
    sheet.cells(xs, ys, (("甲乙", "", "12"), ("丙", "", "5")))
    sheet.text(151, 111.5, "106", size=9)
    sheet.text(151, 123.5, "207", size=9)
    assert texts(tables(read(sheet))[0]) == ["甲乙", "106", "12", "丙", "207", "5"]


def test_text_that_overflows_its_row_is_not_struck_out_by_the_border() -> None:
    sheet = Sheet()
    sheet.table(XS, YS, (("甲乙", "12", "本年"), ("", "3", "总计")))
    sheet.text(60, 125, "高于一行")
    assert texts(tables(read(sheet))[0])[3] == "高于一行"


def test_a_line_through_a_tall_cell_strikes_it_out_at_its_neighbours_border() -> None:
    sheet = Sheet()
    sheet.line(150, 120, 350, 120)
    sheet.grid(XS, (100, 140))
    sheet.text(60, 123, "99", size=9)
    sheet.line(58, 120, 72, 120)
    cell = tables(read(sheet))[0].cells[0]
    assert (cell.text, cell.struck) == ("", True)


def test_lines_become_paragraphs() -> None:
    sheet = Sheet()
    sheet.text(70, 100, "这一段很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长")
    sheet.text(50, 116, "所以要写到第二行上去才能写完。")
    sheet.text(70, 132, "另起一段。")
    for y in (148, 164):
        sheet.text(70, y, "又是很长的一段很长的一段很长的一段很长的一段很长的一段很长的一段。")
    assert len(prose(read(sheet))) == 4
    assert prose(read(sheet))[0].endswith("很长所以要写到第二行上去才能写完。")


def test_prose_above_and_below_a_table_keeps_its_place() -> None:
    sheet = sheet_with_table()
    sheet.text(50, 80, "表前的话。")
    sheet.text(50, 170, "表后的话。")
    assert [b.text if isinstance(b, Paragraph) else "-" for b in read(sheet).blocks] == [
        "表前的话。",
        "-",
        "表后的话。",
    ]


def test_headers_and_page_numbers_stand_apart() -> None:
    sheets = []
    for number in range(1, 5):
        sheet = Sheet()
        sheet.text(250, 40, "某某县人民政府")
        sheet.text(280, 820, f"- {number} -")
        sheet.text(50, 300, f"正文第{'一二三四'[number - 1]}页的话。")
        sheets.append(sheet)
    document = read(*sheets)
    assert len(prose(document)) == 4
    assert [m.text for m in document.margins] == ["某某县人民政府", "- 1 -", "- 2 -", "- 3 -", "- 4 -"]


def test_a_slanting_watermark_is_left_out() -> None:
    sheet = sheet_with_table()
    sheet.turned(60, 300, "内部资料", 0.7071, 0.7071, 60)
    sheet.turned(120, 140, "样张", 0.7071, 0.7071, 60)
    assert texts(tables(read(sheet))[0]) == FLAT


def test_columns_without_rulings() -> None:
    sheet = Sheet()
    for i, row in enumerate(
        (
            ("项目", "自然人", "企业", "总计"),
            ("新收", "1", "2", "3"),
            ("结转", "4", "5", "9"),
            ("办结", "0", "0", "0"),
        )
    ):
        for x, text in zip((50, 200, 300, 400), row, strict=True):
            sheet.text(x, 100 + 16 * i, text)
    (table,) = tables(read(sheet))
    assert (table.layout, table.n_rows) == (Layout.ALIGNED, 4)
    assert [c.text for c in table.cells if c.row == 2] == ["结转", "4", "5", "9"]
    columns = {c.column for c in table.cells if c.text in {"1", "4", "0"}}
    assert min(columns) == min(c.column for c in table.cells if c.text == "自然人")
    assert all(c.bbox for c in table.cells)


def test_a_line_inside_a_shrunk_form_is_as_thin_as_it_shows() -> None:
    sheet = Sheet()
    lines = [f"200 {4 * (842 - y)} 1200 3 re f" for y in YS] + [f"{4 * x} 2808 3 160 re f" for x in XS]
    sheet.forms.append(("1 0 0 1 0 0", "\n".join(lines)))
    sheet.raw("q 0.25 0 0 0.25 0 0 cm /X0 Do Q")
    sheet.cells(XS, YS, ROWS)
    assert texts(tables(read(sheet))[0]) == FLAT
