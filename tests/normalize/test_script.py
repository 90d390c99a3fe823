"""Pages in Traditional script, as mirrors of official sites have them: the same facts, printed as printed."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring import read_bytes

from corpus.__main__ import generate
from corpus.package import zip_bytes
from extract.characters.decode import decode_text
from extract.document import Paragraph, Source
from extract.read import read_document
from normalize.form.loader import FORM
from normalize.report import Report, Status
from normalize.words.fold import fold
from normalize.words.plain import plain, unify
from normalize.words.quantity import read_quantity
from normalize.words.script import CHARACTERS, simplify
from normalize.words.word_list import FOLDER

SEED, COUNT = 1949, 40
KINDS = ("s2t", "s2tw", "s2hk")
"""The general standard, that of Taiwan, that of Hong Kong."""


@cache
def converter(kind: str) -> opencc.OpenCC:
    return opencc.OpenCC(kind)


def convert(text: str, kind: str) -> str:
    return converter(kind).convert(text)


def in_script(content: bytes, kind: str) -> bytes:
    """The file with all its text converted; "" converts nothing."""
    if content[:2] != b"PK":
        return (
            (convert(text, kind) if kind else text).encode() if (text := decode_text(content)[0]) else content
        )
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = {name: convert(part.decode(), kind).encode() if kind else part for name, part in parts.items()}
    return zip_bytes(xml)


@cache
def pages() -> tuple[tuple[str, bytes], ...]:
    return tuple((made.source, made.content) for made in generate(SEED, COUNT))


def pairs(kind: str) -> Iterator[tuple[str, Report, Report]]:
    for source, content in pages():
        plain_one = read_bytes(in_script(content, ""), source)
        yield source, plain_one, read_bytes(in_script(content, kind), convert(source, kind))


def facts(report: Report) -> list[tuple[Any, ...]]:
    return [
        (o.table, o.field, o.applicant, o.value, o.unit, o.status, o.flags, o.row, o.column, o.confidence)
        for o in report.observations
    ]


def checks(report: Report) -> list[tuple[Any, ...]]:
    return [(c.check, c.scope, c.left, c.right, c.verdict, c.origin) for c in report.checks]


@pytest.mark.parametrize("kind", KINDS)
def test_same_numbers_in_both_scripts(kind: str) -> None:
    for source, simplified, traditional in pairs(kind):
        assert facts(traditional) == facts(simplified), source
        assert checks(traditional) == checks(simplified), source
        assert [i.code for i in traditional.issues] == [i.code for i in simplified.issues], source
        assert traditional.is_report == simplified.is_report, source
        assert traditional.edition == simplified.edition, source


@pytest.mark.parametrize("kind", KINDS)
def test_same_body_and_dates_in_both_scripts(kind: str) -> None:
    for source, simplified, traditional in pairs(kind):
        one, other = simplified.identity, traditional.identity
        for name in ("agency", "title", "document_number"):
            assert unify(getattr(other, name)) == unify(getattr(one, name)), (source, name)
            assert getattr(other, f"{name}_source", "") == getattr(one, f"{name}_source", ""), source
        assert (other.year, other.year_source) == (one.year, one.year_source), source
        assert (other.issued_on, other.issued_on_source) == (one.issued_on, one.issued_on_source), source
        assert (other.period_start, other.period_end) == (one.period_start, one.period_end), source
        assert other.doubts == one.doubts, source


@pytest.mark.parametrize("kind", KINDS)
def test_same_prose_in_both_scripts(kind: str) -> None:
    for source, simplified, traditional in pairs(kind):
        for mine, theirs in ((s.sections, t.sections) for s, t in [(simplified, traditional)]):
            assert [s.number for s in theirs] == [s.number for s in mine], source
            assert [simplify(s.heading) for s in theirs] == [simplify(s.heading) for s in mine], source
            assert [simplify(s.text) for s in theirs] == [simplify(s.text) for s in mine], source
        counted = [(m.section, simplify(m.phrase), m.value, m.unit) for m in traditional.mentions]
        assert counted == [(m.section, simplify(m.phrase), m.value, m.unit) for m in simplified.mentions]


def test_what_is_printed_stays_as_printed() -> None:
    printed = {"raw": 0, "label": 0, "agency": 0, "phrase": 0, "heading": 0}
    for source, content in pages():
        data = in_script(content, "s2t")
        letters = letters_of(data)
        simplified, report = (
            read_bytes(in_script(content, ""), source),
            read_bytes(data, convert(source, "s2t")),
        )
        for mine, theirs in zip(simplified.observations, report.observations, strict=True):
            for name in ("label", "raw"):
                one, other = getattr(mine, name), getattr(theirs, name)
                assert simplify(other) == simplify(one), source
                assert set(other) <= letters, source
                printed[name] += one != other
        printed["agency"] += report.identity.agency != simplify(report.identity.agency)
        printed["heading"] += sum(s.heading != simplify(s.heading) for s in report.sections)
        printed["phrase"] += sum(m.phrase != simplify(m.phrase) for m in report.mentions)
    assert all(printed.values()), printed


def letters_of(data: bytes) -> set[str]:
    document = read_document(data, Source("report", "", 0))
    texts = (
        b.text if isinstance(b, Paragraph) else "".join(c.text for c in b.cells) for b in document.blocks
    )
    return set("".join(texts))


def test_a_page_in_big5() -> None:
    read = 0
    for source, content in pages():
        if content[:2] == b"PK":
            continue
        simplified = read_bytes(in_script(content, ""), source)
        try:
            data = in_script(content, "s2t").decode().encode("big5")
        except UnicodeEncodeError:
            continue
        assert facts(read_bytes(data, convert(source, "s2t"))) == facts(simplified), source
        read += 1
    assert read


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("行政許可", "行政许可"),
        ("規範性文件", "规范性文件"),
        ("未經覆議直接起訴", "未经复议直接起诉"),
        ("未經複議直接起訴", "未经复议直接起诉"),
        ("未經復議直接起訴", "未经复议直接起诉"),
        ("四、結轉下年度繼續辦理", "四、结转下年度继续办理"),
        ("本年製發件數", "本年制发件数"),
        ("現行有效件數", "现行有效件数"),
        ("政府資訊公開", "政府信息公开"),
        ("法律服務機搆", "法律服务机构"),
        ("行政強製", "行政强制"),
    ],
)
def test_labels_fold_to_those_of_the_form(printed: str, form: str) -> None:
    assert fold(printed) == fold(form)
    assert plain(printed) == plain(form)


@pytest.mark.parametrize(("text", "unit"), [("18.5萬元", "万元"), ("3項", "项"), ("共計12條", "条")])
def test_units_have_one_name(text: str, unit: str) -> None:
    assert read_quantity(text).unit == unit


def test_no_number_in_either_script() -> None:
    assert read_quantity("無").status is read_quantity("无").status is Status.DASH
    assert read_quantity("沒有").status is Status.DASH


def test_words_of_the_form_are_simplified() -> None:
    for label in FORM.labels:
        assert simplify(label.text) == label.text
    for path in FOLDER.glob("*.csv"):
        if path.name != "script.csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = [
                    {**row, "example": ""} for row in csv.DictReader(file)
                ]  # that is as documents print it
            assert all(simplify(text) == text for row in rows for text in row.values()), path.name


def test_no_character_turns_twice() -> None:
    assert not [c for c in CHARACTERS.values() if simplify(c) != c]


@given(st.text(alphabet="資訊復複覆議訴訟縣區開放政府信息 ０１（）", max_size=30))
def test_the_length_never_changes(text: str) -> None:
    assert len(simplify(text)) == len(text) == len(unify(text))
    assert simplify(simplify(text)) == simplify(text)
