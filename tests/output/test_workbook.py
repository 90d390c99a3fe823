"""The workbook, read back."""

import gc
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.report import Identity, Issue
from output.workbook import sheet_writer
from output.workbook.form_sheets import show
from output.workbook.sheet import Shown, Tone
from output.workbook.sheet_writer import number_format
from output.workbook.writer import BookWriter

SHEETS = ["总览", "申请办理情况", "主动公开", "复议诉讼", "勾稽问题", "未处理文件", "字段说明"]
RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def write_book(outcomes, path):
    with BookWriter(path) as book:
        book.add(outcomes)


@pytest.fixture(scope="module")
def book(written):
    return openpyxl.load_workbook(written / "workbook.xlsx")


def headed(page):
    """Rows as heading -> cell."""
    heads = [cell.value for cell in page[1]]
    return [dict(zip(heads, row, strict=True)) for row in page.iter_rows(min_row=2)]


def test_sheets_are_named_frozen_and_filtered(book):
    assert book.sheetnames == SHEETS
    for page in book:
        assert page.freeze_panes.endswith("2"), page.title
        assert page.auto_filter.ref.startswith("A1:"), page.title
        assert page["A1"].font.bold
        assert page.column_dimensions["A"].width > 10


def test_no_cell_is_a_formula_or_a_link(book):
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_requests_cells_are_numbers_with_colours_and_notes(book):
    rows = headed(book["申请办理情况"])
    assert [row["事项"].value for row in rows] == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
    ]
    new, carried = rows
    assert (new["自然人"].value, new["自然人"].data_type) == (5, "n")
    assert new["总计"].value == 1234
    assert new["总计"].fill.fgColor.rgb == YELLOW
    assert "列对应存疑" in new["总计"].comment.text
    assert carried["总计"].fill.fgColor.rgb == RED
    assert "勾稽不符" in carried["总计"].comment.text
    assert carried["自然人"].value is None


def test_zero_blank_dash_and_missing_stay_distinct(book):
    (row,) = headed(book["复议诉讼"])
    kinds = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    cells = [row[f"行政复议 / {kind}（件）"] for kind in kinds]
    assert [cell.value for cell in cells] == [None, "—", "见附件", "未列", 0]
    assert cells[2].fill.fgColor.rgb == YELLOW


def test_money_is_shown_as_printed_with_its_unit_and_in_one_unit(book):
    (row,) = headed(book["主动公开"])
    fee, bought = "行政事业性收费 / 本年收费金额", "政府集中采购 / 采购总金额"
    printed = [row[f"{name}（照印，带单位）"] for name in (fee, bought)]
    assert [(cell.value, cell.number_format) for cell in printed] == [
        (18.085682, '#,##0.000000"万元"'),
        (251000, '#,##0"元"'),
    ]
    assert [row[f"{name}（折合万元）"].value for name in (fee, bought)] == [18.085682, 25.1]


def test_money_without_a_number_has_no_unit_and_money_in_doubt_stays_so(build, tmp_path):
    seen = (
        build.wordless("disclosure", "charges.amount", "dash", "/"),
        build.number("disclosure", "procurement.amount", "4208", unit="元", flags=("doubt.unit",)),
    )
    write_book([build.outcome(build.report(observations=seen), "flagged")], tmp_path / "w.xlsx")
    (row,) = headed(openpyxl.load_workbook(tmp_path / "w.xlsx")["主动公开"])
    dash = row["行政事业性收费 / 本年收费金额（照印，带单位）"]
    assert (dash.value, row["行政事业性收费 / 本年收费金额（折合万元）"].value) == ("/", None)
    amount = row["政府集中采购 / 采购总金额（折合万元）"]
    assert (amount.value, amount.fill.fgColor.rgb) == (0.4208, YELLOW)
    assert not any("（单位：" in str(heading) for heading in row)


def test_a_number_printed_with_more_is_noted(book, build):
    (row,) = headed(book["主动公开"])
    assert build.odd.split("\n", maxsplit=1)[0] in row["规章 / 本年制发件数（件）"].comment.text


@pytest.mark.parametrize(
    ("raw", "value", "unit", "noted"),
    [
        *(("０", "0", "件", False), (" 1 2 ", "12", "件", False), ("１，２３４", "1234", "件", False)),
        *(("0件", "0", "件", False), ("4208 元", "4208", "元", False), ("4208元", "4208", "万元", True)),
        *(("22（其中修订16件）", "22", "件", True), ("12²", "12", "件", True), ("0\n0", "0", "件", True)),
    ],
)
def test_what_is_printed_is_noted_where_it_is_more_than_the_number(raw, value, unit, noted):
    shown = show(Decimal(value), "printed", raw, "", unit)
    assert (shown if noted else None) == (Shown(Decimal(value), note=f"原文：{raw}") if noted else None)
    assert isinstance(shown, Shown) is noted


def test_problems_list_failures_doubts_and_where_to_look(book):
    failed, agency, issue, *cells = headed(book["勾稽问题"])
    assert (failed["类别"].value, failed["类别"].fill.fgColor.rgb) == ("勾稽不符", RED)
    assert [failed[name].value for name in ("左边", "右边", "左减右")] == [1241, 1240, 1]
    assert failed["判断"].value == "原件即如此"
    assert (agency["类别"].value, agency["类别"].fill.fgColor.rgb) == ("需核对", YELLOW)
    assert agency["说明"].value == "读作：某县某局，2022 年度，2023-01-09 成文。请对照原件。"
    names = ("涉及", "说明", "原文", "位置")
    assert [issue[name].value for name in names] == [
        *("三、收到和处理政府信息公开申请情况", "第 3 行无法对应。", "其 它", "第 4 行"),
    ]
    assert [[cell[name].value for name in ("项目", *names)] for cell in cells] == [
        [
            "列对应存疑",
            "表三：一、本年新收政府信息公开申请数量 / 总计",
            "读作 1234 件，请对照原件。",
            "1234",
            None,
        ]
    ]


def test_a_doubtful_cell_says_where_it_stands(build, tmp_path):
    seen = build.number(
        *("requests", "new", "5", "natural_person"),
        page=3,
        row=6,
        column=1,
        flags=("doubt.column", "requests.balance"),
        raw="5 件",
    )
    lost = build.number("disclosure", "rules.issued", "1" * 40)
    report = build.report(observations=(seen, lost))
    write_book([build.outcome(report, "flagged")], tmp_path / "w.xlsx")
    long, cell = headed(openpyxl.load_workbook(tmp_path / "w.xlsx")["勾稽问题"])
    assert [cell[name].value for name in ("项目", "原文", "位置")] == [
        "列对应存疑",
        "5 件",
        "第 3 页\n第 7 行第 2 列",
    ]
    assert (long["项目"].value, long["说明"].value) == (
        "数字过长，无法存放，见原文",
        "没有读出数字，请对照原件。",
    )


def test_a_cell_that_another_file_of_the_report_prints_otherwise_has_its_row(build, tmp_path):
    seen = build.number("disclosure", "rules.issued", "3", flags=("versions.differ",))
    other = build.outcome(
        build.report(observations=(seen,)),
        "flagged",
        duplicate_of="a.pdf",
        version_reason="与“a.pdf”是同一报告。",
    )
    write_book([other], tmp_path / "w.xlsx")
    (row,) = headed(openpyxl.load_workbook(tmp_path / "w.xlsx")["勾稽问题"])
    assert [row[name].value for name in ("类别", "说明")] == [
        "版本不一致",
        "读作 3 件；与“a.pdf”是同一报告。",
    ]


def test_a_report_flagged_for_no_named_reason_is_listed(build, tmp_path):
    write_book(
        [build.outcome(build.report(), "flagged"), build.outcome(build.report("b"))], tmp_path / "w.xlsx"
    )
    (row,) = headed(openpyxl.load_workbook(tmp_path / "w.xlsx")["勾稽问题"])
    assert [row[name].value for name in ("类别", "项目", "文件")] == [
        "需核对",
        "读取结果需要核对",
        "甲/2022.docx",
    ]


def test_unread_files_are_all_listed(book):
    rows = headed(book["未处理文件"])
    assert [(row["未采用的文件"].value, row["状态"].value) for row in rows] == [
        ("丁/副本.docx", "重复文件"),
        ("丙/通知.html", "不是年度报告"),
        ("乙/2022.pdf", "同一报告"),
        ("戊/坏.pdf", "读取失败"),
    ]


def test_years_have_no_thousands_separator(book):
    row = next(row for row in headed(book["总览"]) if row["文件"].value == "甲/2022.docx")
    assert (row["年度"].value, row["年度"].number_format) == (2022, "0")
    assert row["成文日期"].value.isoformat().startswith("2023-01-09")


@pytest.mark.parametrize(
    ("value", "suffix", "expected"),
    [
        *((Decimal(3), "", "#,##0"), (Decimal("1.50"), "", "#,##0.00"), (2021, "", "0")),
        (Decimal(3), '万"元', '#,##0"万元"'),
    ],
)
def test_number_formats(value, suffix, expected):
    assert number_format(value, suffix) == expected


def test_what_excel_cannot_hold_is_said(build, monkeypatch, tmp_path):
    monkeypatch.setattr(sheet_writer, "MAX_ROWS", 13)
    monkeypatch.setattr(sheet_writer, "MAX_NOTES", 2)
    raw = "😀" * 20_000
    seen = [
        build.number("requests", field, "1", "total", raw="1（补）")
        for field in ("new", "carried_in", "carried_out")
    ]
    seen += [build.number("disclosure", "rules.issued", "1234567890123456789")]
    seen += [build.wordless("remedies", "reconsideration.total", "unreadable", raw)]
    reports = [build.report(f"{n}.docx", str(n), observations=tuple(seen)) for n in range(3)]
    write_book([build.outcome(one) for one in reports], tmp_path / "w.xlsx")
    pages = openpyxl.load_workbook(tmp_path / "w.xlsx")
    requests = [row[0].value for row in pages["申请办理情况"].iter_rows()]
    assert requests[6:] == [
        None,
        "Excel 每张工作表最多 13 行，另有 4 行未列出，全部数据见 observations.csv。",
        "批注只写到前 2 个，另有 3 个未写，底色不受影响，内容见 observations.csv 的 flags 和 raw 列。",
    ]
    assert headed(pages["主动公开"])[0]["规章 / 本年制发件数（件）"].value == "1234567890123456789"
    cut = headed(pages["复议诉讼"])[0]["行政复议 / 总计（件）"].value
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut.endswith("全文见 observations.csv）")


def test_two_different_numbers_in_one_place_are_shown_as_a_doubt(build, tmp_path):
    seen = (
        build.wordless("disclosure", "rules.issued", "blank"),
        build.number("disclosure", "rules.issued", "2"),
    )
    write_book([build.outcome(build.report(observations=seen))], tmp_path / "w.xlsx")
    cell = headed(openpyxl.load_workbook(tmp_path / "w.xlsx")["主动公开"])[0]["规章 / 本年制发件数（件）"]
    assert (cell.value, cell.fill.fgColor.rgb) == (2, YELLOW)


@pytest.mark.parametrize(
    "text", ["\x01\x0b\x1f", "\ufffe\uffff", "_x0041_", "=1+1", "http://example.org", "1e5", "\x00\ud800"]
)
def test_any_text_is_text(build, tmp_path, text):
    seen = (build.wordless("disclosure", "rules.issued", "unreadable", f"a{text}", flags=(f"b{text}",)),)
    report = build.report(f"{text}.docx", observations=seen, is_report=True)
    write_book([build.outcome(report)], tmp_path / "w.xlsx")
    row = headed(openpyxl.load_workbook(tmp_path / "w.xlsx")["主动公开"])[0]
    assert row["规章 / 本年制发件数（件）"].data_type == "s"
    assert row["文件"].data_type == "s"


def test_a_plain_number_needs_no_wrapping():
    assert show(Decimal(3), "printed", "3", "") == Decimal(3)
    assert show(None, "dash", "/", "") == Shown("/", Tone.MUTED)


def test_a_status_and_a_code_without_words_are_shown_themselves(build, tmp_path):
    read = build.outcome(build.report("a.docx", "1", issues=(Issue("row.new", "新的疑点"),)))
    odd = replace(read, status="postponed", report=None, source=replace(read.source, path="b.docx"))
    write_book([read, odd], tmp_path / "w.xlsx")
    pages = openpyxl.load_workbook(tmp_path / "w.xlsx")
    assert [row["状态"].value for row in headed(pages["未处理文件"])] == ["postponed"]
    assert [row["项目"].value for row in headed(pages["勾稽问题"])] == ["row.new"]


def test_codes_are_shown_in_words(book, build, tmp_path):
    assert headed(book["勾稽问题"])[2]["项目"].value == "有的行不在规定的表样中"
    report = build.report(
        "a.docx", "1", identity=Identity(agency="某局", doubts=("year.conflict", "issued_on.before_year"))
    )
    write_book([build.outcome(report)], tmp_path / "w.xlsx")
    row = headed(openpyxl.load_workbook(tmp_path / "w.xlsx")["总览"])[0]
    assert row["说明"].value == "年度前后不一致；成文日期早于报告年度"
    assert row["说明"].fill.fgColor.rgb == YELLOW


@settings(max_examples=10, deadline=None)
@given(st.sets(st.integers(1, 4)))
def test_bytes_do_not_depend_on_how_outcomes_are_cut(run, written, tmp_path_factory, cuts):
    path = tmp_path_factory.mktemp("cut") / "w.xlsx"
    outcomes = sorted(run, key=lambda outcome: outcome.source.path)
    edges = [0, *sorted(cuts), len(outcomes)]
    with BookWriter(path) as book:
        for start, end in pairwise(edges):
            book.add(outcomes[start:end])
    same = path.read_bytes() == (written / "workbook.xlsx").read_bytes()
    assert same  # without the bytes, which pytest would show


def test_problems_stand_report_by_report(build, tmp_path):
    failed = build.run()[0].report
    reports = [replace(failed, source=replace(failed.source, path=path)) for path in ("a", "b")]
    write_book([build.outcome(report) for report in reports], tmp_path / "w.xlsx")
    rows = headed(openpyxl.load_workbook(tmp_path / "w.xlsx")["勾稽问题"])
    kinds = ["勾稽不符", "需核对", "需核对", "需核对"]
    assert [(row["文件"].value, row["类别"].value) for row in rows] == [
        (path, kind) for path in ("a", "b") for kind in kinds
    ]


@pytest.mark.parametrize("raw", ["<r><t>1</t></r>", "<r>\x01</r>"])
def test_text_that_looks_like_the_markup_of_excel_is_text(build, tmp_path, raw):
    seen = (build.wordless("disclosure", "rules.issued", "unreadable", raw),)
    write_book([build.outcome(build.report(observations=seen))], tmp_path / "w.xlsx")
    row = headed(openpyxl.load_workbook(tmp_path / "w.xlsx")["主动公开"])[0]
    assert row["规章 / 本年制发件数（件）"].value.strip() == raw.replace("\x01", "\ufffd")


def test_a_unit_that_no_file_can_hold_is_made_visible(build, tmp_path):
    seen = (build.number("disclosure", "rules.issued", "3", unit="\x01\ud800件"),)
    write_book([build.outcome(build.report(observations=seen))], tmp_path / "w.xlsx")
    row = headed(openpyxl.load_workbook(tmp_path / "w.xlsx")["主动公开"])[0]
    cell = row["规章 / 本年制发件数（件）"]
    assert (cell.value, cell.number_format) == (3, '#,##0"\ufffdud800件"')


def test_temporary_files_are_beside_the_workbook_and_gone_after_an_error(run, tmp_path):
    scratch = tmp_path / ".w.xlsx-rows"

    def write_and_fail():
        with BookWriter(tmp_path / "w.xlsx") as book:
            book.add(run)
            assert len(list(scratch.iterdir())) == len(SHEETS)
            raise KeyError("first")

    with pytest.raises(KeyError, match="first"):
        write_and_fail()
    assert [path.name for path in tmp_path.iterdir()] == ["w.xlsx"]


def test_what_a_killed_process_left_is_cleared_by_the_next(run, tmp_path):
    (tmp_path / ".w.xlsx-rows").mkdir()
    (tmp_path / ".w.xlsx-rows" / "tmp123").write_text("<row>", encoding="utf-8")
    (tmp_path / "w.xlsx").write_bytes(b"half")
    write_book(run, tmp_path / "w.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["w.xlsx"]
    assert openpyxl.load_workbook(tmp_path / "w.xlsx").sheetnames == SHEETS


def test_a_full_disk_is_an_error_of_the_system(run, tmp_path):
    (tmp_path / "w.xlsx").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        write_book(run, tmp_path / "w.xlsx")
    gc.collect()  # what is left of it says no more
    assert [path.name for path in tmp_path.iterdir()] == ["w.xlsx"]
