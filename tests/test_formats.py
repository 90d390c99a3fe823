"""One truth in every format: the same cells, the same body and year, whatever file the report was kept in."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest
from scoring import MIXED, NEW, OLD, TABS, WORD, draw, page_of, read_bytes, score_truth, show, tables, write

from corpus.bundle import write_mail, write_tar, write_zip
from corpus.charset import Charset
from corpus.converted import convert
from corpus.markup import Markup
from corpus.ofd import OfdDrawing, write_ofd
from corpus.official import Editions
from corpus.page import Page
from corpus.printing import Hand
from corpus.savedpage import blink_archive, chrome_source, explorer_archive
from corpus.sheets import Sheeting, write_sheet
from corpus.site import SiteStyle, site_text, write_site
from corpus.sitecell import Filling
from corpus.sitetable import Tabling
from corpus.truth import ReportTruth
from corpus.wordxml import flat_package, word_2003
from nianbao.messages import Lang, load_messages
from nianbao.run.run import Options, run
from normalize.report import Report

CASES: dict[str, tuple[Editions, Hand, str]] = {
    "2021": (NEW, Hand(), "medium"),
    "2019 blank": (OLD, Hand(zero="mixed", blank_review=True), "small"),
    "mixed dash": (MIXED, Hand(zero="dash", dash="/", units=0.3), "small"),
}
WRAPPED = Filling("word", ("<p><span>&nbsp;</span></p>", "<o:p>&nbsp;</o:p>"), split=0.5, paragraphs=True)
SITES: dict[str, SiteStyle] = {
    "plain page": SiteStyle("plain", filling=Filling("p", ("&nbsp;",))),
    "Word page": SiteStyle("word", filling=WRAPPED, junk=2),
    "CMS page": SiteStyle(
        "trs", filling=Filling("p", ("", "<br>"), source=1), chrome="full", card=True, others=("counter",)
    ),
    "layout page": SiteStyle(
        "layout", Markup(upper=True, quote="", unclosed=True), Filling("font"), chrome="full"
    ),
    "modern page": SiteStyle(
        "modern", filling=Filling("none", ("&emsp;",)), tabling=Tabling(True, "many"), chrome="full"
    ),
    "Excel page": SiteStyle(
        "sheet", filling=Filling("none", ("",)), tabling=Tabling(excel=True, columns="col"), join="tables"
    ),
}
GBK, LIE = Charset("gbk", "gb2312"), Charset("gbk", "utf-8")
Writer = Callable[[Page], bytes]


def site_writer(style: SiteStyle) -> Writer:
    return lambda page: write_site(Random("site"), page, style)


def text_of_site(page: Page) -> str:
    return site_text(Random("saved"), page, SITES["CMS page"])


WRITERS: dict[str, Writer] = {
    "docx": lambda page: write(page, WORD),
    "Word XML": lambda page: flat_package(write(page, WORD)),
    "XML of Word 2003": lambda page: word_2003(write(page, WORD)),
    "txt": lambda page: write(page, TABS),
    **{name: site_writer(style) for name, style in SITES.items()},
    "GBK page": site_writer(SiteStyle("trs", charset=GBK)),
    "GBK page that says UTF-8": site_writer(SiteStyle("trs", charset=LIE)),
    "UTF-8 page that says GB2312": site_writer(SiteStyle("trs", charset=Charset("utf-8", "gb2312"))),
    "Chrome's mhtml": lambda page: blink_archive(Random(1), text_of_site(page), page.truth.identity.title),
    "Explorer's mht": lambda page: explorer_archive(Random(2), text_of_site(page), page.truth.identity.title),
    "listing of source": lambda page: chrome_source(text_of_site(page)),
    "ofd": lambda page: write_ofd(page, OfdDrawing()),
    "xlsx": lambda page: write_sheet(Random(3), page, Sheeting(prose="all")),
    "xlsx of several sheets": lambda page: write_sheet(
        Random(4), page, Sheeting(split=True, prose="all", numbers=0)
    ),
}
OFFICE = {"doc": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx"}
"""Formats that LibreOffice writes, each with the format it is written from."""

Fact = tuple[str, str, str, str, str, str, str]


@cache
def truth_of(case: str) -> ReportTruth:
    editions, hand, size = CASES[case]
    return draw(editions, hand, size, f"formats {case}")


@cache
def page(case: str) -> Page:
    truth = truth_of(case)
    return page_of(truth, tables(truth))


@cache
def converted(target: str) -> dict[str, bytes]:
    source = OFFICE[target]
    names = {case.replace(" ", "_"): case for case in CASES}
    drafts = {f"{name}.{source}": WRITERS[source](page(case)) for name, case in names.items()}
    return {names[stem]: data for stem, data in convert(drafts, target).items()}


def facts(report: Report) -> list[Fact]:
    """Every observation, apart from where it stands."""
    return [
        (
            o.table,
            o.field,
            o.applicant,
            "" if o.value is None else f"{o.value.normalize():f}",
            o.unit,
            o.status.value,
            "".join(o.raw.split()),
        )
        for o in report.observations
    ]


def who(report: Report) -> tuple[object, ...]:
    identity = report.identity
    return identity.agency, identity.year, "".join(identity.document_number.split()), identity.issued_on


@cache
def reference(case: str) -> Report:
    return read_bytes(write(page(case), WORD), "report.docx")


def differences(found: list[Fact], expected: list[Fact]) -> str:
    mine, theirs = set(found), set(expected)
    return "\n".join(f"{'+' if f in mine else '-'} {f}" for f in sorted(mine ^ theirs)[:12])


def expect_same(report: Report, case: str) -> None:
    found, expected = facts(report), facts(reference(case))
    assert found == expected, differences(found, expected)
    assert who(report) == who(reference(case))
    assert report.edition == reference(case).edition


@pytest.mark.parametrize("case", CASES)
def test_the_reference_is_right_itself(case: str) -> None:
    score = score_truth(reference(case), truth_of(case))
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)
    identity = truth_of(case).identity
    issued = reference(case).identity.issued_on
    assert issued is not None
    assert who(reference(case))[:3] == (identity.agency, identity.year, identity.document_number)
    assert issued.isoformat() == identity.issued_on


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", [n for n in WRITERS if n != "docx"])
def test_same_facts_in_every_format(name: str, case: str) -> None:
    expect_same(read_bytes(WRITERS[name](page(case)), "report"), case)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("target", OFFICE)
def test_same_facts_in_formats_of_other_programs(target: str, case: str) -> None:
    expect_same(read_bytes(converted(target)[case], f"report.{target}"), case)


MEMBERS = {
    "附件1：年报.docx": "docx",
    "年报（网页）.html": "CMS page",
    "统计 表.xlsx": "xlsx",
    "年报文本.txt": "txt",
}
"""Names of members, each with its way of writing."""

ARCHIVES: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "gbk.zip": lambda members: write_zip(members, "gbk"),
    "utf8.zip": write_zip,
    "twice.zip": lambda members: write_zip({"某单位.zip": write_zip(members, "gbk")}, "gbk"),
    "units.tar.gz": write_tar,
    "letter.eml": lambda members: write_mail(Random(5), "报送年报", "请查收。", members, "2047gb"),
}


def printed(row: dict[str, str]) -> tuple[str, ...]:
    """A row of observations.csv without its provenance."""
    names = ("agency", "year", "table", "field", "applicant", "value", "unit", "status")
    return (*(row[name] for name in names), "".join(row["raw"].split()))


@pytest.mark.parametrize("archive", ARCHIVES)
def test_same_rows_from_inside_an_archive(archive: str, tmp_path: Path) -> None:
    case = "2019 blank"
    members = {name: WRITERS[way](page(case)) for name, way in MEMBERS.items()}
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / archive).write_bytes(ARCHIVES[archive](members))
    run(Options((folder,), tmp_path / "out", workbook=False, quiet=True), load_messages(Lang.ZH))
    with (tmp_path / "out/observations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    sources: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        sources.setdefault(row["source"], []).append(printed(row))
    inner = f"{archive}!/某单位.zip" if archive == "twice.zip" else archive
    assert set(sources) == {f"{inner}!/{name}" for name in MEMBERS}
    first = sources[next(iter(sources))]
    assert len(first) > 190
    for source, found in sources.items():
        assert found == first, source
