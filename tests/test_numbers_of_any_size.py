"""Numbers that nobody prints: in every format a value exactly as printed or none, a flag, and never a bug."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import docx
import pytest
from hostile_files import SHEET, open_document, xlsx, zipped
from old_workbooks import biff, compound, number, record, wide
from word_package import source_of

from extract.errors import Damaged
from extract.read import read_document
from nianbao.reading.outcomes import judge_report
from normalize.read import read_report
from normalize.report import Observation, Status
from output.outcome import Outcome
from output.tables.render import render

TITLE = "某局2022年政府信息公开工作年度报告"
HEAD = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
EXCEL = "urn:schemas-microsoft-com:office:spreadsheet"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
LONG = "7" * 399
HELD = ("5", "0.5", "1e2", "1e20")
"""What the tables can hold."""
STORED = (
    "1e999999999", "-1e999999999", "1E-999999999", "1e309", "-1.8e308", "1e+21", "5e-324", "1e-400", LONG, "0.1234567890123",
    "inf", "nan", "9" * 5000, "1e99999999999999999999999", "1_000",
)  # fmt: skip
CODES = (
    "General",
    "0",
    "0." + "0" * 100_000,
    "0." + "0" * 400,
    "0%",
    "#,##0,,",
    "yyyy-mm-dd",
    "[h]:mm:ss.000",
    "# ?/?",
    "0.00E+00",
)
PRINTED = (
    LONG, "-" + LONG, "9" * 5000, "9" * 1_000_001, "1," * 2000 + "1", "1e999999999", "1E+22", "0." + "3" * 500, f"{LONG}万元",
    f"{LONG}%", "9" * 29, "-" + "9" * 39, "0.12345678901", "９" * 400, "∞", "NaN",
)  # fmt: skip


def text_file(value: str) -> bytes:
    return (
        f"{TITLE}\n\t".encode()
        + "\t".join(HEAD).encode()
        + f"\n\t规章\t{value}\t0\t1\n\t规范性文件\t0\t0\t2\n".encode()
    )


def web_page(value: str) -> bytes:
    head = "".join(f"<td>{h}</td>" for h in HEAD)
    rows = f"<tr>{head}</tr><tr><td>规章</td><td>{value}</td><td>0</td><td>1</td></tr>"
    return f"<html><meta charset=utf-8><body><h1>{TITLE}</h1><table>{rows}</table></body></html>".encode()


def word_file(value: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(2, 4)
    for row, texts in enumerate((HEAD, ("规章", value, "0", "1"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def new_workbook(value: str, code: str = "General") -> bytes:
    def row(at: int, *cells: str) -> str:
        return f'<row r="{at}">' + "".join(cells) + "</row>"

    def text(place: str, words: str) -> str:
        return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'

    rows = row(1, text("A1", TITLE)) + row(2, *(text(f"{c}2", h) for c, h in zip("ABCD", HEAD, strict=True)))
    rows += row(
        3,
        text("A3", "规章"),
        f'<c r="B3" s="1"><v>{value}</v></c><c r="C3"><v>0</v></c><c r="D3"><v>1</v></c>',
    )
    look = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs>'
    links = "".join(
        f'<Relationship Id="{name}" Type="{RELATION}/{kind}" Target="{part}"/>'
        for name, kind, part in (("a", "worksheet", "worksheets/sheet1.xml"), ("b", "styles", "styles.xml"))
    )
    parts = {
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{look}</styleSheet>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
    }
    return xlsx(f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>', **parts)


def open_sheet(value: str) -> bytes:
    def text(words: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'

    def counted(stated: str) -> str:
        return f'<table:table-cell office:value-type="float" office:value="{stated}"/>'

    rows = "".join(
        f"<table:table-row>{cells}</table:table-row>"
        for cells in (
            text(TITLE),
            "".join(map(text, HEAD)),
            text("规章") + counted(value) + counted("0") + counted("1"),
        )
    )
    spaces = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    return open_document(
        "spreadsheet",
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
    )


def excel_xml(value: str) -> bytes:
    def cell(kind: str, stated: str) -> str:
        return f'<Cell><Data ss:Type="{kind}">{stated}</Data></Cell>'

    rows = (
        cell("String", TITLE),
        "".join(cell("String", h) for h in HEAD),
        cell("String", "规章") + cell("Number", value) + cell("Number", "0") + cell("Number", "1"),
    )
    body = "".join(f"<Row>{row}</Row>" for row in rows)
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{EXCEL}" xmlns:ss="{EXCEL}">'
        f'<Worksheet ss:Name="a"><Table>{body}</Table></Worksheet></Workbook>'
    ).encode()


def old_workbook(value: float) -> bytes:
    def text(row: int, column: int, words: str) -> bytes:
        return record(0x0204, struct.pack("<3H", row, column, 1) + wide(words))

    cells = text(0, 0, TITLE) + b"".join(text(1, i, h) for i, h in enumerate(HEAD)) + text(2, 0, "规章")
    return compound(biff(cells + number(2, 1, value, 0) + number(2, 2, 0, 0) + number(2, 3, 1, 0)))


def read(data: bytes, file_format: str) -> tuple[Outcome, Observation]:
    """The outcome, rendered as well, and what stands for the number."""
    source = source_of(data)
    outcome = judge_report(read_report(read_document(data, source, file_format)))
    assert outcome.report is not None
    assert render([outcome]).csv["observations"]
    (seen,) = (o for o in outcome.report.observations if o.field == "rules.issued")
    return outcome, seen


def assert_in_doubt(outcome: Outcome, seen: Observation) -> None:
    """No value, or one that is said to be doubtful here or where the tables cannot hold it."""
    table = render([outcome]).csv["observations"].decode()
    assert outcome.status == "flagged"
    assert seen.status is Status.UNREADABLE or "doubt.quantity" in seen.flags or "doubt.value_range" in table


@pytest.mark.parametrize("value", PRINTED, ids=lambda v: v[:12])
@pytest.mark.parametrize("write", [text_file, web_page, word_file])
def test_printed_numbers_are_kept_or_refused(write: Callable[[str], bytes], value: str) -> None:
    outcome, seen = read(write(value), "")
    assert_in_doubt(outcome, seen)
    assert seen.raw == value


@pytest.mark.parametrize("value", STORED, ids=lambda v: v[:12])
@pytest.mark.parametrize("write", [new_workbook, open_sheet, excel_xml])
def test_stored_numbers_that_no_cell_can_hold(write: Callable[[str], bytes], value: str) -> None:
    outcome, seen = read(write(value), "")
    assert_in_doubt(outcome, seen)
    assert seen.raw


@pytest.mark.parametrize("value", HELD, ids=lambda v: v[:12])
@pytest.mark.parametrize("write", [new_workbook, open_sheet, excel_xml])
def test_stored_numbers_that_are_none_of_these(write: Callable[[str], bytes], value: str) -> None:
    assert read(write(value), "")[1].value is not None


@pytest.mark.parametrize("code", CODES, ids=lambda c: c[:12])
@pytest.mark.parametrize("value", ["1e999999999", "1e308", "5e-324", "2958466", "-1", "0.5"])
def test_no_format_ends_in_a_bug(value: str, code: str) -> None:
    read(new_workbook(value, code), "xlsx")


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 1.7e308, 5e-324])
def test_what_a_double_holds_beyond_numbers_is_no_zero(value: float) -> None:
    outcome, seen = read(old_workbook(value), "xls")
    assert (outcome.status, seen.value, seen.status) == ("flagged", None, Status.UNREADABLE)


@pytest.mark.parametrize("write", [new_workbook, excel_xml])
def test_a_sheet_of_such_numbers_alone_is_damaged(write: Callable[[str], bytes]) -> None:
    data = write("1e999999999")
    for word in (TITLE, *HEAD, "规章"):
        data = replaced(data, word, "")
    with pytest.raises(Damaged):
        read_document(data, source_of(data))


def replaced(data: bytes, old: str, new: str) -> bytes:
    """The same file with other words in it."""
    if not data.startswith(b"PK"):
        return data.replace(old.encode(), new.encode())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return zipped(
            {name: package.read(name).replace(old.encode(), new.encode()) for name in package.namelist()}
        )


def test_blanks_without_end() -> None:
    endless = replaced(open_sheet("3"), "规章", f'规<text:s text:c="{"9" * 5000}"/>章')
    assert read(endless, "ods")[1].value == 3
