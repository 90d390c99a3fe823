"""The workbook on paper and on the screen: what fits, what is repeated, what the colours mean."""

import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pdfplumber
import pytest

from normalize.report import Identity, Issue
from output.outcome import Outcome
from output.workbook import sizes
from output.workbook.all_sheets import LEGEND, build_sheets
from output.workbook.sheet import Tone
from output.workbook.writer import BookWriter

SMALLEST = 7
A4 = (842, 595)
WIDE = ("1234567", "123456789012345", "0.1234567890", "-98765432.10")


@pytest.fixture(scope="module")
def outcomes(build):
    """Sixty reports with long names, long numbers and doubts, and files that are none."""
    found = []
    for n in range(60):
        agency = "某某经济技术开发区管理委员会办公室" if n % 3 else f"某县第{n}局"
        number = WIDE[n % len(WIDE)] if n > 55 else str(n * 37)
        seen = (
            build.number("requests", "new", str(n), "natural_person", raw="７"),
            build.number("requests", "new", str(n * 1000), "total", flags=("doubt.column",), page=n, row=1),
            build.number("disclosure", "charges.amount", number, unit="元" if n % 2 else "万元"),
            build.number("disclosure", "rules.issued", str(n)),
            build.wordless("remedies", "reconsideration.total", "unreadable", "见附件一（略）"),
        )
        report = build.report(
            f"报送材料/定稿/{n:02}-{agency}政府信息公开工作年度报告（最终版）.docx",
            *(f"{n:x}",),
            identity=Identity(f"{agency}年度报告", agency, "title", 2000 + n % 25, "title"),
            observations=seen,
            issues=(Issue("table.absent", "没有找到“二、主动公开”统计表，请核对原件。", "", "disclosure"),)
            * (n % 2),
        )
        found.append(build.outcome(report, "flagged"))
    source = found[0].source
    broken = [replace(source, path=f"坏/2021年某区第{n}财政局年报.pdf") for n in range(5)]
    return [*found, *(Outcome(one, "failed", "pdf", error="文件打不开，请重新下载。") for one in broken)]


@pytest.fixture(scope="module")
def path(outcomes, tmp_path_factory):
    path = tmp_path_factory.mktemp("paper") / "workbook.xlsx"
    with BookWriter(path) as book:
        book.add(sorted(outcomes, key=lambda one: one.source.path))
    return path


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def test_every_sheet_is_set_up_for_paper(book):
    for page in book:
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape"), page.title
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0
        assert page.print_title_rows == "$1:$1"
        assert page.print_title_cols.startswith("$A:$")
        assert page.print_area
        assert page.oddFooter.center.text == "第 &[Page] 页 共 &N 页" or "&P" in page.oddFooter.center.text
        assert "&F" in page.oddFooter.left.text
        assert page.oddHeader.left.text == "政府信息公开工作年度报告数据"
    assert "未采用的文件" in book["未处理文件"].oddHeader.center.text


def test_all_but_the_widest_sheet_take_one_page_across():
    across = {
        sheet.name: sizes.pages_across(sheet, [column.width for column in sheet.columns])
        for sheet in build_sheets()
    }
    assert across == {name: 3 if name == "主动公开" else 1 for name in across}


def test_the_overview_of_ten_thousand_reports_takes_one_page_across():
    sheet = build_sheets()[0]
    sums = {"数值个数": 1_500_000, "缺项": 200_000, "勾稽不符": 20_000, "需核对": 20_000}
    widths = [
        max(column.width, sizes.number_width(Decimal(sums.get(column.heading, 0)), " "))
        for column in sheet.columns
    ]
    assert sizes.pages_across(sheet, widths) == 1


def test_more_columns_than_a_page_holds_go_on_beside_it():
    (sheet,) = (sheet for sheet in build_sheets() if sheet.name == "复议诉讼")
    widths = [column.width for column in sheet.columns]
    assert sizes.pages_across(sheet, widths) == 1
    assert sizes.pages_across(sheet, [*widths[:2], *(2 * width for width in widths[2:])]) == 2
    assert sizes.pages_across(sheet, [*widths[:-2], 500, 14]) == 2


@pytest.mark.parametrize("value", [*WIDE, "0", "-1", "0.5", "12345678", "1E+5"])
@pytest.mark.parametrize("suffix", ["", "万元"])
def test_columns_are_as_wide_as_their_numbers(value, suffix):
    number = Decimal(value)
    shown = f"{number:,f}{suffix}"
    assert sizes.number_width(number, suffix) > sizes.measure(shown)


def test_a_column_grows_with_its_widest_number(book):
    page = book["主动公开"]
    place = next(cell.column_letter for cell in page[1] if "收费金额（照印" in cell.value)
    assert page.column_dimensions[place].width > len("123,456,789,012,345元") + 1


def test_short_numbers_fit_into_every_column_of_numbers():
    columns = [
        column for sheet in build_sheets()[1:5] for column in sheet.columns if column.heading != "年度"
    ]
    assert min(column.width for column in columns) >= sizes.number_width(Decimal(-9999), "")


def test_a_column_grows_with_its_total(build, tmp_path):
    outcomes = [build.outcome(build.report(f"{n}.docx")) for n in range(3)]
    with BookWriter(tmp_path / "w.xlsx") as book:
        book.add(outcomes)
        book._counts["values"] = 123_456_789
    page = openpyxl.load_workbook(tmp_path / "w.xlsx")["总览"]
    (place,) = [cell.column_letter for cell in page[1] if cell.value == "数值个数"]
    assert page.column_dimensions[place].width > len("123,456,789") + 1


def test_a_run_without_a_file_is_laid_out_too(tmp_path):
    with BookWriter(tmp_path / "w.xlsx"):
        pass
    page = openpyxl.load_workbook(tmp_path / "w.xlsx")["总览"]
    assert page["A4"].value == "报告 0 份（同一报告的几个文件只计一次）：正常 0 份，需核对 0 份。"


def test_rows_are_as_high_as_their_longest_text(book):
    page = book["总览"]
    heights = {row[12].value: page.row_dimensions[row[0].row].height for row in page.iter_rows(min_row=2)}
    (long,) = [height for source, height in heights.items() if source and "01-" in source]
    assert long >= 15 + 13
    assert sizes.count_lines("一\n二\n\n三", 10) == 4
    assert sizes.count_lines("字" * 40, 20) == 5
    assert sizes.row_height(10_000) <= 409


def test_heights_of_rows_are_not_kept(path, outcomes):
    with BookWriter(path.with_name("kept.xlsx")) as book:
        book.add(outcomes)
        kept = [len(page._worksheet.row_info) for page in book._sheets]
    assert max(kept) <= 4, kept


def test_the_legend_tells_of_every_colour_and_of_no_other(book):
    assert {sample.tone for sample, _ in LEGEND} == set(Tone)
    told = {cell.fill.fgColor.rgb for row in book["字段说明"].iter_rows(min_row=2) for cell in row}
    used = {
        cell.fill.fgColor.rgb
        for page in book
        for row in page.iter_rows(min_row=2)
        for cell in row
        if cell.fill
    }
    assert used <= told
    assert "更正" not in "".join(meaning for _, meaning in LEGEND)


def test_one_word_for_one_state(book):
    words = [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value]
    assert not [word for word in words if "疑点" in word]
    assert {row[2].value for row in book["总览"].iter_rows(min_row=2)} == {"需核对", "读取失败", None}


def test_failed_files_say_who_and_when_and_that_it_is_by_their_name(book):
    rows = list(book["未处理文件"].iter_rows(min_row=2))
    assert [(row[2].value, row[3].value) for row in rows] == [(f"某区第{n}财政局", 2021) for n in range(5)]
    assert {cell.font.color.rgb for row in rows for cell in row[2:4]} == {"FF808080"}
    assert all("取自文件名" in row[4].value for row in rows)


@pytest.fixture(scope="module")
def printed(path, tmp_path_factory):
    """The workbook as LibreOffice prints it, page by page."""
    program, folder = shutil.which("soffice"), tmp_path_factory.mktemp("printed")
    assert program, "LibreOffice is required: apt-get install libreoffice-calc"
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    with pdfplumber.open(folder / "workbook.pdf") as document:
        yield document


@pytest.mark.slow
def test_nothing_printed_is_small_or_cut(printed):
    for page in printed.pages:
        assert (round(page.width), round(page.height)) == A4
        assert min(char["size"] for char in page.chars) >= SMALLEST, page.page_number
        assert "###" not in page.extract_text()


@pytest.mark.slow
def test_every_page_has_its_heads_its_number_and_all_pages_have_every_column(printed):
    heads = Counter()
    for page in printed.pages:
        lines = page.extract_text().split("\n")
        assert lines[0].startswith("政府信息公开工作年度报告数据")
        assert f"第 {page.page_number} 页 共 {len(printed.pages)} 页" in lines[-1]
        assert "workbook.xlsx" in lines[-1]
        name = lines[-1].split()[1]
        first = next(sheet for sheet in build_sheets() if sheet.name == name).columns[0].heading
        assert first in "".join(lines[1:8]), (page.page_number, lines[:3])
        heads[name] += 1
    assert heads["主动公开"] == 3 * -(-heads["主动公开"] // 3)
    assert set(heads) == {sheet.name for sheet in build_sheets()}


@pytest.mark.slow
def test_long_numbers_are_printed_in_full(printed):
    text = "".join(page.extract_text() for page in printed.pages)
    assert "1,234,567万元" in text or "1,234,567元" in text
    assert "123,456,789,012,345" in text
