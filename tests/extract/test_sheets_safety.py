"""Broken, hostile and oversized workbooks: only the project's own errors come out, within limits."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from old_workbooks import biff, compound, formula, number, record, wide
from word_package import grid_of, source_of, tables, texts, zipped
from workbooks import Drafting, write_workbook

from corpus.variants import compose, draw_hand, draw_lettering, draw_plan, draw_truth
from extract.document import Document
from extract.errors import Damaged, Encrypted, ReadError, TooLarge
from extract.read import read_document
from extract.sheets import sheet as sheet_module
from extract.sheets.biff import read_rk
from extract.sheets.reader import read_spreadsheet
from extract.sniff import sniff
from normalize.read import read_report

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def read(data: bytes) -> Document:
    return read_document(data, source_of(data))


def read_or_refuse(data: bytes) -> Document | ReadError:
    try:
        return read(data)
    except ReadError as error:
        return error


def workbook(sheet: str, *, before: str = "", **parts: str | bytes) -> bytes:
    """An .xlsx of one sheet with this XML inside."""
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" '
            f'Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets><sheet name="a" r:id="s"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="s" '
            f'Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
            **parts,
        }
    )


def test_the_workbook_of_these_tests_is_read() -> None:
    document = read(
        workbook('<sheetData><row><c><v>1</v></c><c t="inlineStr"><is><t>b</t></is></c></row></sheetData>')
    )
    assert grid_of(tables(document)[0]) == [("1", 0, 0, 1, 1), ("b", 0, 1, 1, 1)]


def test_halves_of_characters_are_joined_or_replaced() -> None:
    cells = "".join(f'<c t="inlineStr"><is><t>{t}</t></is></c>' for t in ("_xD83D__xDE00_", "a_xD800_b"))
    (table,) = tables(read(workbook(f"<sheetData><row>{cells}</row></sheetData>")))
    assert [cell.text for cell in table.cells] == ["\U0001f600", "a\ufffdb"]


@pytest.mark.parametrize(
    "sheet",
    [
        "<sheetData>",
        "<sheetData><row><c r='A0'><v>1</v></c></row></sheetData>",
        "<sheetData><row><c r='AAAA1'><v>1</v></c></row></sheetData>",
        "<sheetData><row><c r='!'><v>1</v></c></row></sheetData>",
        "<sheetData><row r='1048577'><c><v>1</v></c></row></sheetData>",
        "<sheetData><row r='two'><c><v>1</v></c></row></sheetData>",
        "<sheetData><row><c t='s'><v>7</v></c></row></sheetData>",
        "<sheetData>" + "<row>" * 300 + "</row>" * 300 + "</sheetData>",
    ],
)
def test_a_sheet_that_cannot_be_is_damaged(sheet: str) -> None:
    with pytest.raises(Damaged):
        read(workbook(sheet))


@pytest.mark.parametrize(
    "declaration", ['<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">', '<!ENTITY b SYSTEM "file:///etc/hostname">']
)
def test_entities_are_refused(declaration: str) -> None:
    sheet = '<sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
    with pytest.raises(Damaged):
        read(workbook(sheet, before=f"<!DOCTYPE d [{declaration}]>"))
    with pytest.raises(Damaged):
        read(
            f'<!DOCTYPE d [{declaration}]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&b;</Workbook>'.encode()
        )


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TooLarge):
        read(workbook("<sheetData>" + " " * 60_000_000 + "</sheetData>"))


def test_formatted_empty_rows_by_the_thousand_are_no_rows() -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><borders><border/><border><left style="thin"/></border></borders>'
        '<cellXfs><xf borderId="0"/><xf borderId="1"/></cellXfs></styleSheet>'
    )
    rels = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="s" Type="{RELATION}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="{RELATION}/styles" Target="styles.xml"/></Relationships>'
    )
    first = '<row><c s="1"><v>1</v></c><c s="1"><v>2</v></c></row>'
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(2, 30_000))
    document = read(
        workbook(
            f"<sheetData>{first}{empty}</sheetData>",
            **{"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": rels},
        )
    )
    (table,) = tables(document)
    assert [c.text for c in table.cells] == ["1", "2", "", ""]


def test_columns_ruled_in_advance_are_no_columns() -> None:
    def draw(book: Any) -> None:
        sheet = book.add_worksheet()
        look = book.add_format({"border": 1})
        sheet.write_row(0, 0, ["a", "b"], look)
        sheet.write_row(1, 0, [1, 2], look)
        for column in range(2, 200):
            sheet.write_blank(0, column, None, look)

    (table,) = tables(read(write(draw)))
    assert (table.n_rows, table.n_columns) == (2, 2)


def test_more_cells_than_any_report_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "MAX_CELLS", 10)
    cells = "<row>" + "<c><v>1</v></c>" * 11 + "</row>"
    with pytest.raises(TooLarge):
        read(workbook(f"<sheetData>{cells}</sheetData>"))


def test_far_apart_cells_do_not_fill_what_is_between() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert texts(read(workbook(f"<sheetData>{cells}</sheetData>"))) == ["1", "2"]


def test_a_merge_of_the_whole_sheet_is_one_cell() -> None:
    sheet = (
        '<sheetData><row><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData><mergeCells>'
        '<mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:B1"/><mergeCell ref="x"/><mergeCell ref="B2:A1"/></mergeCells>'
    )
    document = read(workbook(sheet))
    assert texts(document) == ["1"]
    assert document.remarks == ("covered_text",)


def write(draw: Callable[[Any], None]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        draw(book)
    return stream.getvalue()


def test_the_records_of_an_old_workbook() -> None:
    table = (
        struct.pack("<II", 2, 2) + wide("规章") + struct.pack("<HBH", 3, 0x09, 1) + "制".encode("utf-16-le")
    )
    strings = record(0x00FC, table) + record(
        0x003C, b"\x00ab" + bytes(4)
    )  # cut inside a string, narrow from there on
    cells = (
        record(0x00FD, struct.pack("<3HI", 0, 0, 1, 0))
        + record(0x00FD, struct.pack("<3HI", 0, 1, 1, 1))
        + number(1, 0, 0.18085682)
        + record(
            0x00BD,
            struct.pack("<HH", 1, 1)
            + struct.pack("<HI", 1, (1234 << 2) | 3)
            + struct.pack("<HI", 1, (7 << 2) | 2)
            + struct.pack("<H", 2),
        )
        + record(0x0205, struct.pack("<3HBB", 2, 0, 1, 0x2A, 1))
        + formula(2, 1, struct.pack("<d", 0.0), 2)
        + formula(2, 2, struct.pack("<BBBBBBH", 0, 0, 0, 0, 0, 0, 0xFFFF))
        + record(0x0207, wide("结果"))
    )
    document = read(compound(biff(cells, strings=strings)))
    assert texts(document) == []
    (table_found,) = tables(document)
    assert [c.text for c in table_found.cells] == [
        "规章",
        "制ab",
        "",
        "0.18",
        "12.34",
        "7.00",
        "#N/A",
        "=",
        "结果",
    ]
    assert "formulas.uncalculated" in document.remarks


def test_numbers_in_thirty_bits() -> None:
    assert [str(read_rk(n)) for n in ((12 << 2) | 2, (1234 << 2) | 3, 0x3FF00000)] == ["12", "12.34", "1.0"]
    assert read_rk((0xFFFFFFFF << 2 & 0xFFFFFFFC) | 2) == -1


def test_an_old_workbook_with_a_password_says_so() -> None:
    with pytest.raises(Encrypted):
        read(compound(biff(b"", whole=record(0x002F, bytes(6)))))


def test_a_hidden_sheet_of_an_old_workbook_is_not_printed() -> None:
    document = read(compound(biff(number(0, 0, 1), hidden=1)))
    assert (document.blocks, document.remarks) == ((), ("hidden.sheets",))


def test_a_chart_in_a_sheet_ends_nothing() -> None:
    begin, end = record(0x0809, bytes(16)), record(0x000A, b"")
    document = read(compound(biff(number(0, 0, 1) + begin + number(0, 5, 9) + end + number(0, 1, 2))))
    assert [c.text for c in tables(document)[0].cells] == ["1.00", "2.00"]


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9])
def test_a_cut_workbook_is_damaged(share: float) -> None:
    cells = b"".join(number(r, c, r) for r in range(60) for c in range(8))
    for data in (compound(biff(cells)), report_workbook()):
        with pytest.raises(ReadError):
            read(data[: int(len(data) * share)])
        cut = data[: int(len(data) * share)]
        with pytest.raises(Damaged):
            read_spreadsheet(cut, source_of(data), sniff(cut))


def report_workbook() -> bytes:
    rng = Random("safety")
    truth = draw_truth(rng, draw_hand(rng))
    return write_workbook(
        rng, compose(rng, truth, draw_lettering(rng, breaks=True), draw_plan(rng), 0), Drafting()
    )


SMALL = {
    "xls": compound(
        biff(number(0, 0, 1) + number(0, 1, 2) + record(0x00E5, struct.pack("<5H", 1, 0, 3, 0, 3)))
    ),
    "xlsx": workbook(
        '<sheetData><row><c r="A1" t="str"><f>B1</f><v>a</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    ),
}


@pytest.mark.parametrize("kind", list(SMALL))
@settings(max_examples=200)
@given(changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_changed_bytes_raise_nothing_else(kind: str, changes: list[tuple[int, int]]) -> None:
    data = bytearray(SMALL[kind])
    for at, value in changes:
        data[at % len(data)] = value
    assert isinstance(read_or_refuse(bytes(data)), Document | ReadError)


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    0x203,
                    0x27E,
                    0xBD,
                    0x201,
                    0xBE,
                    0xFD,
                    0x204,
                    0x205,
                    6,
                    0x207,
                    0x208,
                    0x7D,
                    0xE5,
                    0xEC,
                    0x5D,
                    0x1B6,
                    0x3C,
                    0x809,
                    0xA,
                    0x23E,
                ]
            ),
            st.binary(max_size=30),
        ),
        max_size=12,
    )
)
def test_any_records_are_read_or_refused(records: list[tuple[int, bytes]]) -> None:
    data = compound(biff(b"".join(record(kind, body) for kind, body in records)))
    assert isinstance(read_or_refuse(data), Document | ReadError)


@st.composite
def grids(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """A grid of up to 6 x 6 and rectangles in it that do not overlap, in reading order."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    taken: set[tuple[int, int]] = set()
    cells = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            down, across = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            down, across = min(down, rows - r), min(across, columns - c)
            while any((r + i, c + j) in taken for i in range(down) for j in range(across)):
                across = 1 if across > 1 else across
                down = max(1, down - 1)
                if (down, across) == (1, 1):
                    break
            taken |= {(r + i, c + j) for i in range(down) for j in range(across)}
            cells.append((r, c, down, across))
    return rows, columns, cells


@settings(max_examples=150)
@given(grids(), st.integers(0, 3), st.booleans())
def test_merged_cells_are_recovered(
    drawn: tuple[int, int, list[tuple[int, int, int, int]]], offset: int, numbers: bool
) -> None:
    """Each ruled cell has a text of its own; a row that one cell fills is a heading or part of a taller one."""
    rows, columns, cells = drawn
    if any(across == columns for *_, across in cells) or any(
        len({c for r, c, h, _ in cells if r <= row < r + h}) < 2 for row in range(rows)
    ):
        return

    def draw(book: Any) -> None:
        look = book.add_format({"border": 1})
        sheet = book.add_worksheet()
        for n, (r, c, down, across) in enumerate(cells):
            value = n if numbers else f"格{n}"
            if down * across > 1:
                sheet.merge_range(
                    r + offset, c + offset, r + offset + down - 1, c + offset + across - 1, value, look
                )
            else:
                sheet.write(r + offset, c + offset, value, look)

    document = read(write(draw))
    found = [cell for table in tables(document) for cell in grid_of(table) if cell[0]]
    own_rows = {r for r, *_ in cells}
    own_columns = {c for _, c, *_ in cells}
    if len(own_rows) == rows and len(own_columns) == columns and len(tables(document)) == 1:
        expected = [((str(n) if numbers else f"格{n}"), *cell) for n, cell in enumerate(cells)]
        if not texts(document):
            assert found == expected
    assert len(found) + len(texts(document)) == len(cells)


@pytest.mark.parametrize("rulings", [True, False])
@pytest.mark.parametrize("sheets", ["one", "each"])
def test_reports_drawn_as_workbooks_say_what_they_print(rulings: bool, sheets: Any) -> None:
    for seed in range(6):
        rng = Random(f"{rulings}{sheets}{seed}")
        truth = draw_truth(rng, draw_hand(rng))
        page = compose(rng, truth, draw_lettering(rng, breaks=True), draw_plan(rng), 0)
        how = Drafting(rulings, bool(seed % 2), sheets, seed % 3, ("number", "text", "mixed")[seed % 3])
        data = write_workbook(rng, page, how)
        report = read_report(read_spreadsheet(data, source_of(data), sniff(data)))
        found = {(o.table, o.field, o.applicant): o for o in report.observations}
        assert report.is_report
        assert report.identity.year == truth.identity.year
        for key in page.keys:
            fact, seen = truth.facts[key], found[key]
            assert (seen.value, seen.status) == (fact.value, fact.status), (how.name, seed, key)
