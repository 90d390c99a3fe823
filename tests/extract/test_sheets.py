"""Spreadsheets print what their formats say: the same workbook as .xlsx, .xls and .ods."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from libreoffice import convert
from word_package import grid_of, source_of, tables, texts

from extract.document import Document
from extract.read import read_document
from extract.sniff import sniff

OLD = {"xls": "MS Excel 97", "ods": "calc8"}
SUFFIXES = ["xlsx", *OLD]


def write(draw: Callable[[Any], None]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        draw(book)
    return stream.getvalue()


def read(data: bytes) -> Document:
    return read_document(data, source_of(data))


def draw_formats(book: Any) -> None:
    ruled = {"border": 1}
    sheet = book.add_worksheet("三、收到和处理")
    book.add_worksheet("藏").hide()
    sheet.merge_range(
        "A1:D1", "某局2023年政府信息公开工作年度报告", book.add_format({"bold": True, "font_size": 18})
    )
    plain = book.add_format(ruled)
    rows: list[list[tuple[Any, str]]] = [
        [("项目", "General"), ("数", "General"), ("比例", "General"), ("日期", "General")],
        [("规章", "General"), (12, "General"), (0.125, "0.0%"), (44927, 'yyyy"年"m"月"d"日"')],
        [("文件", "General"), (0.18085682, "0.00"), (1234, "#,##0"), (44927, "yyyy-mm-dd")],
        [("零", "General"), (0, "0;-0;;@"), (0, "General"), (7, '0"件"')],
        [("空", "General"), (None, "General"), ("12", "@"), ("/", "General")],
    ]
    for r, row in enumerate(rows, 2):
        for c, (value, code) in enumerate(row):
            sheet.write(r, c, value, book.add_format({"num_format": code, **ruled}))
    sheet.merge_range("A8:A9", "并", plain)
    sheet.merge_range("B8:D8", "横", plain)
    for c in (1, 2, 3):
        sheet.write(8, c, c, plain)
    sheet.write_row("A10", ["藏行", 99, 99, 99], plain)
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.write_row("A11", ["末", "两\n行", True, -5], plain)
    sheet.write_column("F3", ["藏列"] * 3)
    sheet.set_column("F:F", None, None, {"hidden": True})
    sheet.write("A13", "承办单位：某局")
    sheet.write_comment("A13", "批注")


EXPECTED = [
    ("项目", 0, 0, 1, 1), ("数", 0, 1, 1, 1), ("比例", 0, 2, 1, 1), ("日期", 0, 3, 1, 1),
    ("规章", 1, 0, 1, 1), ("12", 1, 1, 1, 1), ("12.5%", 1, 2, 1, 1), ("2023年1月1日", 1, 3, 1, 1),
    ("文件", 2, 0, 1, 1), ("0.18", 2, 1, 1, 1), ("1,234", 2, 2, 1, 1), ("2023-01-01", 2, 3, 1, 1),
    ("零", 3, 0, 1, 1), ("", 3, 1, 1, 1), ("0", 3, 2, 1, 1), ("7件", 3, 3, 1, 1),
    ("空", 4, 0, 1, 1), ("", 4, 1, 1, 1), ("12", 4, 2, 1, 1), ("/", 4, 3, 1, 1),
    ("并", 5, 0, 2, 1), ("横", 5, 1, 1, 3),
    ("1", 6, 1, 1, 1), ("2", 6, 2, 1, 1), ("3", 6, 3, 1, 1),
    ("末", 7, 0, 1, 1), ("两\n行", 7, 1, 1, 1), ("TRUE", 7, 2, 1, 1), ("-5", 7, 3, 1, 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def formats(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    data = write(draw_formats)
    return {"xlsx": data} | convert(tmp_path_factory.mktemp("formats"), {"a.xlsx": data}, OLD)["a"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_prints_the_same(formats: dict[str, bytes], suffix: str) -> None:
    data = formats[suffix]
    document = read(data)
    assert sniff(data) == suffix
    assert (document.format, document.reader) == (suffix, "spreadsheet")
    assert texts(document) == ["某局2023年政府信息公开工作年度报告", "承办单位：某局"]
    assert [name.text for name in document.margins] == ["三、收到和处理"]
    (table,) = tables(document)
    assert grid_of(table) == EXPECTED
    assert (table.n_rows, table.n_columns) == (8, 4)
    assert {"hidden.rows", "hidden.columns", "hidden.sheets", "zeros.hidden"} <= set(document.remarks)


def test_how_a_title_is_set_is_known(formats: dict[str, bytes]) -> None:
    for suffix in SUFFIXES:
        title = read(formats[suffix]).blocks[0]
        assert (title.bold, title.size) == (True, 18.0)  # type: ignore[union-attr]


def one_cell(write_cell: Callable[[Any, Any], None], **options: Any) -> tuple[list[str], tuple[str, ...]]:
    """The texts of a row with `标签` and one more cell, and the remarks."""

    def draw(book: Any) -> None:
        sheet = book.add_worksheet()
        if options.get("zeros") is False:
            sheet.hide_zero()
        sheet.write_row(0, 0, ["项目", "数"], book.add_format({"border": 1}))
        sheet.write(1, 0, "标签", book.add_format({"border": 1}))
        write_cell(book, sheet)

    document = read(write(draw))
    (table,) = tables(document)
    return [c.text for c in table.cells[2:]], document.remarks


def test_a_formula_without_a_result_is_neither_blank_nor_a_number() -> None:
    cells, remarks = one_cell(lambda book, sheet: sheet.write_formula(1, 1, "=SUM(B1:B1)"))
    assert cells == ["标签", "=SUM(B1:B1)"]
    assert "formulas.uncalculated" in remarks


def test_a_formula_of_a_library_without_a_calculator() -> None:
    book = openpyxl.Workbook()
    book.active.append(["标签", "=1+1"])
    stream = io.BytesIO()
    book.save(stream)
    (table,) = tables(read(stream.getvalue()))
    assert [c.text for c in table.cells] == ["标签", "=1+1"]


@pytest.mark.parametrize("value", [5, "#DIV/0!", "#N/A", "文"])
def test_a_formula_prints_its_result(value: Any) -> None:
    cells, remarks = one_cell(lambda book, sheet: sheet.write_formula(1, 1, "=B9", None, value))
    assert cells == ["标签", str(value)]
    assert remarks == ()


def test_zeros_that_the_sheet_hides_print_nothing() -> None:
    cells, remarks = one_cell(
        lambda book, sheet: sheet.write(1, 1, 0, book.add_format({"border": 1})), zeros=False
    )
    assert cells == ["标签", ""]
    assert remarks == ("zeros.hidden",)


def test_blank_dash_and_zero_stay_three_things() -> None:
    def draw(book: Any) -> None:
        look = book.add_format({"border": 1})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c", "d"], look)
        sheet.write_row(1, 0, ["x", 0, "—"], look)
        sheet.write_blank(1, 3, None, look)

    (table,) = tables(read(write(draw)))
    assert [c.text for c in table.cells[4:]] == ["x", "0", "—", ""]


def test_a_last_row_that_prints_nothing_is_a_row_where_it_is_ruled() -> None:
    def draw(book: Any) -> None:
        look = book.add_format({"border": 1})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["维持", "纠正"], look)
        for column in (0, 1):
            sheet.write_blank(1, column, None, look)

    (table,) = tables(read(write(draw)))
    assert [c.text for c in table.cells] == ["维持", "纠正", "", ""]


def test_a_text_box_stands_at_its_row() -> None:
    def draw(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.insert_textbox(0, 0, "某局年度报告\n第二行")
        sheet.write_row(5, 0, ["a", "b"])

    document = read(write(draw))
    assert texts(document) == ["某局年度报告", "第二行"]
    assert [getattr(block, "boxed", None) for block in document.blocks] == [True, True, None]


def test_runs_of_a_cell_are_one_text() -> None:
    def draw(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_rich_string(0, 0, "规", book.add_format({"bold": True}), "章", "制定")
        sheet.write(0, 1, "a_x000D_b")

    (table,) = tables(read(write(draw)))
    assert [c.text for c in table.cells] == ["规章制定", "a_x000D_b"]


def test_prose_and_headings_on_the_sheet_are_paragraphs() -> None:
    def draw(book: Any) -> None:
        look = book.add_format({"border": 1})
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range("B3:E3", "一、总体情况", look)
        sheet.merge_range("B4:E6", "第一段。\n第二段，" + "很长" * 40 + "。", look)
        sheet.merge_range("B7:E7", "二、主动公开政府信息情况", look)
        sheet.merge_range("B8:E8", "第（一）项", look)
        sheet.write_row("B9", ["内容", "制发", "废止", "有效"], look)
        sheet.write_row("B10", ["规章", 1, 2, 3], look)

    document = read(write(draw))
    assert [type(b).__name__ for b in document.blocks] == ["Paragraph"] * 4 + ["Table"], texts(document)
    assert texts(document)[0] == "一、总体情况"
    (table,) = tables(document)
    assert grid_of(table)[0] == ("第（一）项", 0, 0, 1, 4)
    assert [c.text for c in table.cells[5:]] == ["规章", "1", "2", "3"]


def strict(data: bytes) -> bytes:
    """The workbook in the namespaces of Strict Open XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            part = part.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            new.writestr(name, part)
    return stream.getvalue()


def test_strict_workbooks_are_read(formats: dict[str, bytes]) -> None:
    document = read(strict(formats["xlsx"]))
    assert grid_of(tables(document)[0]) == EXPECTED


def test_a_workbook_without_cells_is_an_empty_document() -> None:
    assert read(write(lambda book: book.add_worksheet())).blocks == ()


EXCEL_XML = """<?xml version="1.0" encoding="GB2312"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="Default" ss:Name="Normal"/>
<Style ss:ID="n"><Borders><Border ss:Position="Left" ss:LineStyle="Continuous"/></Borders><NumberFormat ss:Format="0.00"/></Style>
<Style ss:ID="d" ss:Parent="n"><NumberFormat ss:Format="Long Date"/></Style></Styles>
<Worksheet ss:Name="年报"><Table><Column/><Column/><Column ss:Index="4" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">某局年度报告</Data></Cell></Row>
<Row ss:Index="3"><Cell ss:StyleID="n" ss:MergeDown="1"><Data ss:Type="String">项</Data></Cell>
<Cell ss:StyleID="n"><Data ss:Type="Number">0.18085682</Data></Cell>
<Cell ss:StyleID="d"><Data ss:Type="DateTime">2023-01-05T00:00:00.000</Data></Cell>
<Cell ss:StyleID="n"><Data ss:Type="Number">9</Data></Cell></Row>
<Row><Cell ss:Index="2" ss:StyleID="n"/><Cell ss:StyleID="n" ss:Formula="=R[-1]C"/></Row>
<Row ss:Hidden="1"><Cell ss:StyleID="n"><Data ss:Type="Number">1</Data></Cell></Row>
<Row><Cell ss:StyleID="n"><Data ss:Type="Boolean">1</Data></Cell><Cell ss:StyleID="n"><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>"""


def test_excels_own_xml_is_a_spreadsheet() -> None:
    data = EXCEL_XML.encode("gb18030")
    document = read(data)
    assert (sniff(data), document.format, document.reader) == ("xml-excel", "xml-excel", "spreadsheet")
    assert texts(document) == ["某局年度报告"]
    assert [name.text for name in document.margins] == ["年报"]
    (table,) = tables(document)
    assert grid_of(table) == [
        ("项", 0, 0, 2, 1), ("0.18", 0, 1, 1, 1), ("2023年1月5日", 0, 2, 1, 1), ("", 1, 1, 1, 1),
        ("=R[-1]C", 1, 2, 1, 1), ("TRUE", 2, 0, 1, 1), ("#N/A", 2, 1, 1, 1), ("", 2, 2, 1, 1),
    ]  # fmt: skip
    assert {"hidden.rows", "hidden.columns", "hidden.sheets", "formulas.uncalculated"} <= set(
        document.remarks
    )
