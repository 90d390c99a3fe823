"""When a file is read a second time, and what comes of it."""

import csv
import json
from pathlib import Path

import pytest
from pdf_drawing import Sheet, write_pdf
from pdf_mapping import remap

from extract import read as read_module
from extract.document import Source
from extract.errors import Damaged, Encrypted, TooLarge, UnreadableText
from nianbao.choices import Choices, Reread
from nianbao.journal.packed import unpack
from nianbao.journal.rules import make_rules
from nianbao.limits import LIMITS
from nianbao.progress.stage_times import Stages
from nianbao.reading import second_reading
from nianbao.reading.items import identify
from nianbao.reading.job import Job
from nianbao.reading.worker_tasks import read_item
from output.outcome import Outcome

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "reports").glob("*.pdf"))
XS = [70, 130, 190, 250, 310, 370]
HEAD = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def page(*values: str) -> bytes:
    """A report with the block 行政复议 and nothing else of the form."""
    sheet = Sheet()
    sheet.text(90, 60, "某市某局2023年政府信息公开工作年度报告", 14)
    sheet.text(70, 110, "四、政府信息公开行政复议、行政诉讼情况", 12)
    sheet.table(XS, [140, 160, 180], [HEAD, list(values)])
    sheet.text(150, 135, "行政复议", 10)
    return write_pdf(sheet)


def read(data: bytes, wish: Reread, name: str = "a.pdf"):
    choices = Choices(wish)
    job = Job(choices, make_rules(choices, LIMITS), Path("spool"))
    item = identify(Source(name, "0" * 64, len(data)), data)
    return unpack(read_item(item, job, Stages()).outcome, Outcome)


@pytest.fixture
def seconds(monkeypatch):
    """Counts second readings."""
    calls = []
    real = read_module.SECOND_READERS["pdf"]

    def counted(data, source):
        calls.append(source.path)
        return real(data, source)

    monkeypatch.setitem(read_module.SECOND_READERS, "pdf", counted)
    return calls


def fail_first(monkeypatch, error):
    def refuse(data, source):
        raise error

    monkeypatch.setitem(read_module._READERS, "pdf", refuse)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_both_readings_agree_on_every_fixture(path, seconds):
    outcome = read(path.read_bytes(), Reread.ALWAYS)
    assert seconds == ["a.pdf"]
    assert not [o for o in outcome.report.observations if "doubt.readings_differ" in o.flags]
    assert {c.origin for c in outcome.report.checks if c.verdict == "fail"} <= {"as_printed"}


@pytest.mark.parametrize(("wish", "times"), [(Reread.ALWAYS, 1), (Reread.DOUBTFUL, 1), (Reread.NEVER, 0)])
def test_missing_tables_are_doubtful(seconds, wish, times):
    read(page("1", "0", "0", "0", "1"), wish)
    assert len(seconds) == times


def test_a_report_in_order_is_read_once_unless_wished(seconds, monkeypatch):
    monkeypatch.setattr(second_reading, "is_doubtful", lambda report: False)
    read(page("1", "0", "0", "0", "1"), Reread.DOUBTFUL)
    assert seconds == []
    read(page("1", "0", "0", "0", "1"), Reread.ALWAYS)
    assert seconds == ["a.pdf"]


@pytest.mark.parametrize(
    ("wish", "origin"),
    [(Reread.ALWAYS, "as_printed"), (Reread.DOUBTFUL, "as_printed"), (Reread.NEVER, "uncertain")],
)
def test_a_wrong_total_needs_two_readings_to_be_the_documents_own(wish, origin):
    report = read(page("1", "0", "0", "0", "7"), wish).report
    (failed,) = [check for check in report.checks if check.verdict == "fail"]
    assert (failed.left, failed.right, failed.origin) == (1, 7, origin)


def test_two_readings_that_differ(monkeypatch):
    from extract.pdf_reference.reader import read_pdf_reference

    monkeypatch.setitem(
        read_module.SECOND_READERS,
        "pdf",
        lambda _, source: read_pdf_reference(page("1", "0", "0", "0", "1"), source),
    )
    outcome = read(page("1", "0", "0", "0", "7"), Reread.DOUBTFUL)
    (total,) = [o for o in outcome.report.observations if "doubt.readings_differ" in o.flags]
    assert (total.field, total.value, total.confidence) == ("reconsideration.total", 7, 0.5)
    assert [c.origin for c in outcome.report.checks if c.verdict == "fail"] == ["uncertain"]
    assert outcome.status == "flagged"


def test_where_the_first_reader_gives_up_the_second_stands_alone(monkeypatch):
    fail_first(monkeypatch, Damaged("x"))
    outcome = read(page("1", "0", "0", "0", "7"), Reread.DOUBTFUL)
    assert outcome.report.reader == "pdfplumber"
    assert [c.origin for c in outcome.report.checks if c.verdict == "fail"] == ["uncertain"]
    assert read(page("1", "0", "0", "0", "7"), Reread.NEVER).error_code == "damaged"


@pytest.mark.parametrize("error", [Encrypted(), TooLarge("x")])
def test_some_refusals_are_final(monkeypatch, seconds, error):
    fail_first(monkeypatch, error)
    assert read(page("1", "0", "0", "0", "1"), Reread.ALWAYS).error_code == error.code
    assert seconds == []


def test_a_second_reading_that_is_no_better_leaves_the_first_error(monkeypatch):
    fail_first(monkeypatch, Damaged("x"))
    letter = Sheet()
    letter.text(70, 100, "各位同事：下周三上午九点在三楼会议室开会，请带上笔记本。")
    assert read(write_pdf(letter), Reread.ALWAYS).error_code == "damaged"
    assert read(b"%PDF-1.4\n" + bytes(999), Reread.ALWAYS).error_code == "damaged"


def test_a_second_reader_that_gives_up_leaves_the_first_reading_alone(monkeypatch):
    def refuse(data, source):
        raise Damaged("x")

    monkeypatch.setitem(read_module.SECOND_READERS, "pdf", refuse)
    report = read(page("1", "0", "0", "0", "7"), Reread.ALWAYS).report
    assert report.reader == "pdf"
    assert [c.origin for c in report.checks if c.verdict == "fail"] == ["uncertain"]


def test_other_formats_have_one_reading():
    blank = read("年报".encode(), Reread.ALWAYS, "a.txt").report
    assert read_module.read_second("年报".encode(), blank.source, blank.format) is None
    assert not second_reading.is_wished(blank, Reread.ALWAYS)
    assert second_reading.keep_first(blank, Reread.ALWAYS) is blank


def test_a_report_that_printed_nothing_is_read_again_and_never_in_order(seconds):
    outcome = read(page("", "", "", "", ""), Reread.DOUBTFUL)
    assert seconds == ["a.pdf"]
    assert outcome.status == "flagged"


WEB = next(path for path in FIXTURES if "2020_web" in path.name)


@pytest.mark.parametrize("wish", [Reread.DOUBTFUL, Reread.NEVER])
def test_no_number_of_glyphs_without_a_character_comes_out_blank(wish):
    sound = read(WEB.read_bytes(), wish).report.observations
    outcome = read(remap(WEB.read_bytes(), lambda c: None if c in "0123456789" else c), wish)
    found = {(o.table, o.field, o.applicant): o for o in outcome.report.observations}
    printed = [found[o.table, o.field, o.applicant] for o in sound if o.value is not None]
    assert outcome.status == "flagged"
    assert {o.status for o in printed} == {"unreadable"}
    assert all(o.flags for o in printed)


def test_where_the_characters_are_none_of_the_page_the_second_reading_is_in_doubt(monkeypatch):
    fail_first(monkeypatch, UnreadableText("x"))
    outcome = read(page("1", "0", "0", "0", "1"), Reread.DOUBTFUL)
    assert outcome.status == "flagged"
    values = [o for o in outcome.report.observations if o.value is not None]
    assert {o.flags for o in values} == {("doubt.readings_differ",)}


@pytest.mark.usefixtures("here")
def test_the_command_line_passes_the_wish_on(folder, tmp_path, nianbao, seconds):
    root = folder({"a.pdf": page("1", "0", "0", "0", "7")})
    out = tmp_path / "out"
    nianbao("run", root, "-o", out, "--no-workbook", "--reread", "never")
    assert seconds == []
    assert json.loads((out / "run.json").read_text("utf-8"))["options"]["reread"] == "never"
    nianbao("run", root, "-o", out, "--no-workbook")
    assert seconds == ["a.pdf"]
    with (out / "observations.csv").open(encoding="utf-8-sig", newline="") as stream:
        printed = [row for row in csv.DictReader(stream) if row["status"] == "printed"]
    assert len(printed) == 5
    assert {(row["reader"], row["page"]) for row in printed} == {("pdf", "1")}
    assert all(
        float(row["x0"]) < float(row["x1"]) and float(row["top"]) < float(row["bottom"]) for row in printed
    )
    with (out / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["pages"] for row in csv.DictReader(stream)] == ["1"]
    assert nianbao("show", root / "a.pdf", "--reread", "always").exit_code == 0
    assert len(seconds) == 2
    assert nianbao("run", root, "-o", out, "--reread", "often").exit_code == 2


def test_a_fault_found_on_a_page_by_one_reader_is_not_proved():
    """OFD has one reader, and its cells are found by their rulings."""
    data = (FIXTURES[0].parent / "gangcha_2021.ofd").read_bytes()
    outcome = read(data, Reread.DOUBTFUL, "a.ofd")
    assert {check.origin for check in outcome.report.checks if check.verdict == "fail"} == {"uncertain"}
