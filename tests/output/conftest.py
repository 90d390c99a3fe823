"""A small run with one of everything, built from the types."""

import datetime as dt
from decimal import Decimal

import pytest

from extract.document import BBox, Source
from normalize.report import (
    Check,
    Identity,
    Issue,
    Mention,
    Observation,
    Origin,
    Report,
    Section,
    Status,
    Verdict,
)
from output.outcome import Outcome
from output.write import write_all

ODD = '=HYPERLINK("x")\n换行，“引号” "quote", 逗号\r末 😀 @+-'


def make_source(path, digest="a"):
    return Source(path, (digest * 64)[:64], 1234)


def make_report(path="甲/2022.docx", digest="a", **parts):
    source = make_source(path, digest)
    values = {
        "format": "docx",
        "reader": "docx",
        "pages": None,
        "identity": Identity("某县某局2022年政府信息公开工作年度报告", "某县某局", "title", 2022, "title"),
        "edition": "2021",
    }
    return Report(source=source, **{**values, **parts})


def make_outcome(report, status="ok", **parts):
    return Outcome(report.source, status, report.format, report, **parts)


def number(table, field, value, applicant="", **parts):
    value = Decimal(value)
    status = parts.pop("status", Status.PRINTED)
    raw = parts.pop("raw", format(value, "f"))
    return Observation(table, field, applicant, value, parts.pop("unit", "件"), status, raw, **parts)


def wordless(table, field, status, raw="", applicant="", **parts):
    return Observation(table, field, applicant, None, "件", Status(status), raw, **parts)


OBSERVATIONS = (
    wordless("remedies", "reconsideration.upheld", Status.BLANK),
    wordless("remedies", "reconsideration.corrected", Status.DASH, "—"),
    wordless("remedies", "reconsideration.other", Status.UNREADABLE, "见附件"),
    wordless("remedies", "reconsideration.pending", Status.ABSENT),
    number("remedies", "reconsideration.total", "0"),
    number("requests", "carried_in", "7", "total", flags=("requests.balance",), confidence=0.95),
    number("requests", "new", "1234", "total", flags=("doubt.column",), confidence=0.5),
    number("requests", "new", "5", "natural_person", page=3, bbox=BBox(72.005, 100.126, 144, 120.5)),
    number("disclosure", "charges.amount", "18.085682", unit="万元", raw="18.085682 万元"),
    number("disclosure", "procurement.amount", "251000", unit="元", raw="251000元"),
    number("disclosure", "rules.issued", "3", raw=ODD, label="规 章", row=1, column=2),
)


def make_run():
    """Every status of a file, and every status of a cell."""
    first = make_report(
        identity=Identity(
            "某县某局2022年政府信息公开工作年度报告",
            *("某县某局", "title", 2022, "title", "某政发〔2023〕1号", "body", dt.date(2023, 1, 9), "body"),
            *(dt.date(2022, 1, 1), dt.date(2022, 12, 31), "body", ("doubt.agency",)),
        ),
        observations=OBSERVATIONS,
        checks=(
            Check(
                *("requests.balance", "total", Decimal(1241), Decimal(1240), Decimal(1)),
                *(
                    Verdict.FAIL,
                    Origin.AS_PRINTED,
                    "表三总计列：新收与上年结转之和比办理总计与结转之和多 1 件。",
                ),
            ),
            Check(
                "remedies.sum",
                "reconsideration",
                None,
                None,
                None,
                Verdict.NOT_APPLICABLE,
                Origin.UNCERTAIN,
                "",
            ),
        ),
        sections=(Section(5, "五、问题", "问题。\n改进。"), Section(1, "一、总体情况", "正文" * 70_000)),
        mentions=(Mention(1, "微信公众号信息发布", Decimal(138), "条", "发布138条。", approximate=True),),
        issues=(Issue("row.unplaced", "第 3 行无法对应。", "其 它", "requests", 3),),
        remarks=("revisions",),
    )
    copy = make_report("乙/2022.pdf", "b", observations=(number("disclosure", "rules.issued", "3"),))
    notice = make_report("丙/通知.html", "c", is_report=False, reason="文中没有年度报告的表格。", edition="")
    return (
        make_outcome(first, "flagged"),
        make_outcome(copy, "ok", duplicate_of=first.source.path),
        make_outcome(notice, "not_a_report"),
        Outcome(make_source("丁/副本.docx"), "duplicate", "docx", duplicate_of=first.source.path),
        Outcome(make_source("戊/坏.pdf", "d"), "failed", "pdf", error_code="pdf.cut", error="文件不完整。"),
    )


@pytest.fixture(scope="session")
def run():
    return make_run()


@pytest.fixture(scope="session")
def written(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    write_all(run, folder)
    return folder


@pytest.fixture(scope="session")
def build():
    """The builders above, for tests that need a run of their own."""

    class Build:
        report = staticmethod(make_report)
        outcome = staticmethod(make_outcome)
        number = staticmethod(number)
        wordless = staticmethod(wordless)
        run = staticmethod(make_run)
        odd = ODD

    return Build
