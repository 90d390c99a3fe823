"""Rows and their order."""

from decimal import Decimal

import pytest

from normalize.report import Identity, hold_exactly
from output.frames import build_tables
from output.schema import TABLES
from output.values import OUT_OF_RANGE, escape_unwritable


def rows(frame, *names):
    part = frame[list(names)].astype(object)
    return [tuple(row) for row in part.where(part.notna() & part.ne(""), None).itertuples(index=False)]


def test_rows_stand_by_source_then_form(run):
    frames = build_tables(reversed(run))
    sources = [one for (one,) in rows(frames["reports"], "source")]
    assert sources == ["丁/副本.docx", "丙/通知.html", "乙/2022.pdf", "戊/坏.pdf", "甲/2022.docx"]
    assert rows(frames["observations"], "source", "field", "applicant")[:6] == [
        ("乙/2022.pdf", "rules.issued", None),
        ("甲/2022.docx", "rules.issued", None),
        ("甲/2022.docx", "charges.amount", None),
        ("甲/2022.docx", "procurement.amount", None),
        ("甲/2022.docx", "new", "natural_person"),
        ("甲/2022.docx", "new", "total"),
    ]
    assert [section for (section,) in rows(frames["narrative"], "section")] == [1, 5]


def test_a_2019_report_stands_in_the_order_of_2019(build):
    names = ("licensing.decisions", "licensing.items_change", "rules.created")
    seen = tuple(build.number("disclosure", name, "1") for name in names)
    frame = build_tables([build.outcome(build.report(edition="2019", observations=seen))])["observations"]
    assert [one for (one,) in rows(frame, "field")] == list(reversed(names))


def test_reports_golden(run):
    frame = build_tables(run)["reports"]
    names = ("status", "form", "values", "absent", "checks_failed", "issues", "duplicate_of", "error")
    assert dict(zip(frame["source"], rows(frame, *names), strict=True)) == {
        "丁/副本.docx": ("duplicate", None, None, None, None, None, "甲/2022.docx", None),
        "丙/通知.html": ("not_a_report", None, 0, 0, 0, 0, None, "文中没有年度报告的表格。"),
        "乙/2022.pdf": ("ok", "2021", 1, 0, 0, 0, "甲/2022.docx", None),
        "戊/坏.pdf": ("failed", None, None, None, None, None, None, "文件不完整。"),
        "甲/2022.docx": ("flagged", "2021", 7, 1, 1, 1, None, None),
    }


def test_duplicates_have_no_observations_and_wide_takes_one_of_two(run):
    frames = build_tables(run)
    assert set(frames["observations"]["source"]) == {"甲/2022.docx", "乙/2022.pdf"}
    names = ("source", "agency", "year", "charges.amount", "new.total", "reconsideration.total")
    assert rows(frames["wide"], *names, "reconsideration.upheld") == [
        ("甲/2022.docx", "某县某局", 2022, 18.085682, 1234, 0, None)
    ]


def test_two_numbers_for_one_field_leave_wide_empty(build):
    seen = [build.number("disclosure", "rules.issued", value) for value in ("1", "2")]
    seen += [build.number("disclosure", "rules.in_force", value) for value in ("4", "4.0")]
    wide = build_tables([build.outcome(build.report(observations=tuple(seen)))])["wide"]
    assert rows(wide, "rules.issued", "rules.in_force") == [(None, 4)]


@pytest.mark.parametrize("value", ["1" * 29, "1E+30", "0.12345678901", "NaN", "Infinity"])
def test_a_number_no_table_can_hold_is_flagged_not_lost(build, value):
    one = build.number("disclosure", "rules.issued", value, raw="原文", flags=("requests.balance",))
    frame = build_tables([build.outcome(build.report(observations=(one,)))])["observations"]
    expected = (None, "unreadable", "原文", f"{OUT_OF_RANGE};requests.balance")
    assert rows(frame, "value", "status", "raw", "flags") == [expected]


@pytest.mark.parametrize("value", ["0", "-3", "1E+3", "18.085682", "9" * 28, "0.0123456789"])
def test_any_number_of_a_report_is_held(value):
    assert hold_exactly(Decimal(value)) == Decimal(value)


def test_what_utf8_cannot_hold_becomes_visible():
    assert escape_unwritable("a\x00b\udcff中😀\n") == "a\\x00b\\udcff中😀\n"


def test_no_outcome_gives_empty_typed_tables():
    frames = build_tables([])
    assert all(frame.empty for frame in frames.values())
    assert set(frames) == {schema.name for schema in TABLES}
    assert str(frames["reports"]["bytes"].dtype) == "Int64"


def test_a_report_without_year_or_form(build):
    frames = build_tables([build.outcome(build.report(identity=Identity(), edition=""))])
    assert rows(frames["wide"], "agency", "year") == [(None, None)]
