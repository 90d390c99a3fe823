"""One report in several files: found, compared cell by cell, one of them used, and nothing taken for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring import NEW, TABS, WORD, distinct, read_bytes, write_report

from extract.characters.decode import decode_text
from extract.document import Source
from normalize.form.loader import FORM
from normalize.report import Check, Identity, Observation, Origin, Report, Section, Status, Verdict
from normalize.versions.relate import Version, mark, relate

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures/reports"
CHECK = "versions.differ"
FORMS = {
    "刚察县": ("gangcha_2021.docx", "gangcha_2021.txt", "gangcha_2021_cells.txt", "gangcha_2021_word.pdf"),
    "洪泽区": ("hongze_2023.docx", "hongze_2023_aligned.txt", "hongze_2023_word.pdf"),
    "平潭 2019": ("pingtan_2019_drawn.pdf", "pingtan_2019.md"),
    "平潭 2020": ("pingtan_2020.docx", "pingtan_2020_boxes.txt", "pingtan_2020_web.pdf"),
    "上海": ("shanghai_2019.docx", "shanghai_2019_pipes.txt", "shanghai_2019_web.pdf"),
}
CELLS = [
    (f.table, f.field, a.applicant if f.table == "requests" else "")
    for f in FORM.fields
    if "2021" in f.editions
    for a in (FORM.applicants if f.table == "requests" else FORM.applicants[:1])
]
PROSE = (
    "2022年{0}共举办培训会三次，参加人员覆盖全部科室。{0}网站全年更新栏目十二个。{0}受理窗口全年未中断服务。"
)


def cell(
    key: tuple[str, str, str], value: str | None, status: Status = Status.PRINTED, **more: object
) -> Observation:
    number = None if value is None else Decimal(value)
    values = {"unit": "件", "raw": value or "", **more}
    return Observation(*key, number, status=status, **values)  # type: ignore[arg-type]


def report(
    path: str,
    numbers: Mapping[tuple[str, str, str], str] | None = None,
    agency: str = "农业农村局",
    prose: str = "",
    **more: object,
) -> Report:
    """A report of zeros with these numbers; all else as given."""
    cells = tuple(cell(key, (numbers or {}).get(key, "0")) for key in CELLS)
    identity = Identity(title=f"{agency}2022年政府信息公开工作年度报告", agency=agency, year=2022)
    sections = (Section(1, "一、总体情况", prose),) if prose else ()
    values = {
        "source": Source(path, path, 1),
        "format": "docx",
        "reader": "docx",
        "pages": None,
        "identity": identity,
        "edition": "2021",
        "observations": cells,
        "sections": sections,
    }
    return Report(**{**values, **more})  # type: ignore[arg-type]


def identified(one: Report, **changes: object) -> Report:
    return replace(one, identity=replace(one.identity, **changes))  # type: ignore[arg-type]


def numbers(first: int, count: int = 12) -> dict[tuple[str, str, str], str]:
    return {key: str(first + 7 * i) for i, key in enumerate(CELLS[:count])}


def used(*reports: Report) -> dict[str, str]:
    """For each superseded file the one that is used."""
    return {path: v.used for path, v in relate(reports).items() if v.used}


def checks(*reports: Report) -> list[Check]:
    return [check for version in relate(reports).values() for check in version.checks]


@cache
def fixture(name: str) -> Report:
    return read_bytes((FIXTURES / name).read_bytes(), name)


# one report in several formats


@pytest.mark.parametrize("names", FORMS.values(), ids=FORMS)
def test_fixtures_of_one_report_find_each_other_and_agree(names: tuple[str, ...]) -> None:
    versions = relate(map(fixture, names))
    first, *others = names
    assert {name: v.used for name, v in versions.items()} == {first: "", **dict.fromkeys(others, first)}
    assert not [check.message for v in versions.values() for check in v.checks]
    assert {v.files for v in versions.values()} == {len(names)}
    assert all("所印数字一致" in v.reason for v in versions.values())


def test_all_fixtures_at_once() -> None:
    versions = relate(fixture(name) for names in FORMS.values() for name in names)
    assert sum(bool(v.used) for v in versions.values()) == sum(len(names) - 1 for names in FORMS.values())
    assert not [check for v in versions.values() for check in v.checks]


@pytest.mark.parametrize("moved", ["", "某某市/2022/"])
def test_a_planted_correction_is_found_in_its_cell(moved: str) -> None:
    truth = distinct(NEW)
    key = ("requests", "new", "business")
    printed = truth.facts[key]
    wrong = replace(
        truth,
        facts={**truth.facts, key: replace(printed, value=printed.value + 1, raw=str(printed.value + 1))},
    )
    early = read_bytes(write_report(truth, WORD), "年报.docx")
    late = read_bytes(write_report(wrong, TABS), f"{moved}年报（更正）.txt")
    versions = relate([early, late])
    chosen = versions[late.source.path]
    assert versions[early.source.path].used == late.source.path
    assert "更正" in chosen.reason
    (check,) = chosen.checks
    assert (check.check, check.scope, check.verdict) == (CHECK, "new.business", Verdict.FAIL)
    assert (check.left, check.right, check.difference) == (printed.value + 1, printed.value, 1)
    assert check.origin is Origin.AS_PRINTED
    assert all(words in check.message for words in ("年报.docx", "更正", "商业企业", "一、本年新收"))
    for one in (early, late):
        flagged = {
            (o.table, o.field, o.applicant)
            for o in mark(one, versions[one.source.path]).observations
            if CHECK in o.flags
        }
        assert flagged == {key}


def test_a_mirror_in_traditional_script_is_the_same_report() -> None:
    text = decode_text((FIXTURES / "gangcha_2021.txt").read_bytes())[0]
    mirror = read_bytes(opencc.OpenCC("s2hk").convert(text).encode(), "繁體/gangcha_2021.txt")
    versions = relate([fixture("gangcha_2021.docx"), mirror])
    assert versions[mirror.source.path].used == "gangcha_2021.docx"
    assert not versions["gangcha_2021.docx"].checks


# which one is used


def better(**changes: object) -> tuple[Report, Report]:
    """The one that comes later by path but is better by `changes`, and the other."""
    base = report("a", numbers(20), prose=PROSE.format("局"))
    return replace(base, source=Source("z", "z", 1), **changes), base  # type: ignore[arg-type]


def doubted(one: Report) -> Report:
    first = replace(one.observations[0], flags=("doubt.joined",), confidence=0.7)
    return replace(one, observations=(first, *one.observations[1:]))


def without(one: Report, count: int) -> Report:
    gone = tuple(replace(o, value=None, status=Status.ABSENT) for o in one.observations[-count:])
    return replace(one, observations=(*one.observations[:-count], *gone))


def test_what_decides_which_file_is_used() -> None:
    good, base = better()
    ladder = [
        (good, without(base, len(CELLS)), "统计表"),
        (good, replace(base, reader="ocr"), "扫描"),
        (replace(good, reader="pdf"), replace(base, reader="ocr"), "扫描"),
        (identified(good, title="农业农村局2022年政府信息公开工作年度报告（更正）"), base, "更正"),
        (replace(good, source=Source("z/修订版.pdf", "z", 1), reader="pdf"), base, "更正"),
        (good, replace(base, source=Source("a 草稿", "a", 1)), "更正"),
        (good, replace(base, source=Source("a/年报（更正前）.docx", "a", 1)), "更正"),
        (good, replace(base, reader="pdf"), "标明"),
        (replace(good, reader="html"), replace(base, reader="text"), "标明"),
        (replace(good, reader="pdf"), replace(base, reader="text"), "位置"),
        (good, doubted(base), "疑点"),
        (good, without(base, 3), "缺"),
    ]
    for best, other, words in ladder:
        versions = relate([other, best])
        assert {p: v.used for p, v in versions.items()} == {
            best.source.path: "",
            other.source.path: best.source.path,
        }, words
        assert all(words in v.reason for v in versions.values()), (words, versions)


def test_equals_are_taken_by_path() -> None:
    good, base = better()
    assert used(good, base) == {"z": "a"}


def test_where_nothing_tells_which_is_later_a_person_is_asked_to_decide() -> None:
    one = report("a/年报.docx", numbers(20))
    first = replace(one.observations[0], value=one.observations[0].value + 36, raw="")
    other = replace(
        report("b/年报.docx", numbers(20)), observations=(first, *one.observations[1:]), sections=one.sections
    )
    versions = relate([other, one])
    assert versions["a/年报.docx"].reason == (
        "与“b/年报.docx”是同一报告，无法判断哪份在后，暂用本文件；有 1 处数字不同，请确认以哪份为准。"
    )
    assert versions["b/年报.docx"].reason == (
        "与“a/年报.docx”是同一报告，无法判断哪份在后，暂用那份；有 1 处数字不同，请确认以哪份为准。"
    )
    (check,) = versions["a/年报.docx"].checks
    assert check.difference == -36
    assert "后者多 36" in check.message
    assert "the latter is 36 more" in check.message_en
    assert "-36" not in check.message + check.message_en


def test_the_later_date_counts_only_where_figures_differ() -> None:
    early = identified(report("a.docx", numbers(20)), issued_on=dt.date(2023, 1, 9))
    later = identified(report("b.pdf", numbers(20), reader="pdf"), issued_on=dt.date(2023, 3, 1))
    assert used(early, later) == {"b.pdf": "a.docx"}
    first = replace(later.observations[0], value=Decimal(21))
    corrected = replace(later, observations=(first, *later.observations[1:]))
    assert used(early, corrected) == {"a.docx": "b.pdf"}
    assert "2023-03-01" in relate([early, corrected])["a.docx"].reason


def test_a_body_that_renews_cities_is_no_correction() -> None:
    old = report("城市更新局/年报.pdf", numbers(20), agency="城市更新局", reader="pdf")
    new = report("年报.docx", numbers(20), agency="城市更新局")
    assert used(old, new) == {"城市更新局/年报.pdf": "年报.docx"}


# what is no version


def test_two_bodies_of_one_short_name_are_two_reports() -> None:
    here = report("甲县/年报.docx", numbers(20), prose=PROSE.format("甲县"))
    there = report("乙县/年报.docx", numbers(1000), prose=PROSE.format("乙县"))
    versions = relate([here, there])
    assert [(v.used, v.files, v.checks) for v in versions.values()] == [("", 1, ())] * 2
    assert all("不能认定" in v.reason for v in versions.values())


def test_small_bodies_that_print_nothing_but_zeros_are_told_apart() -> None:
    here, there = report("甲县/年报.docx"), report("乙县/年报.docx")
    assert not used(here, there)
    assert not used(here, report("甲县/年报2.docx"))
    assert used(here, report("甲县/年报.pdf", reader="pdf"))
    assert not used(
        report("甲县/年报.docx", prose=PROSE.format("甲县")),
        report("甲县/年报.pdf", prose=PROSE.format("乙县")),
    )
    one = {
        ("requests", field, who): "1" for field in ("new", "outcome.granted") for who in ("total", "business")
    }
    assert not used(report("甲县/年报.docx", one), report("乙县/年报.docx", one))


def test_zeros_with_the_same_prose_are_one_report() -> None:
    here = report("甲/年报.docx", prose=PROSE.format("甲县"))
    there = report("乙/年报.pdf", prose=PROSE.format("甲县"), reader="pdf")
    other = report("丙/年报.docx", prose=PROSE.format("丙县"))
    assert used(here, there, other) == {"乙/年报.pdf": "甲/年报.docx"}


def test_zeros_of_a_body_that_says_where_it_is() -> None:
    assert used(report("甲/1.docx", agency="刚察县农业农村局"), report("乙/2.pdf", agency="刚察县农业农村局"))
    for vague in ("县农业农村局", "住房和城市建设局", "经济开发区管委会", "城关镇人民政府"):
        assert not used(report("甲/1.docx", agency=vague), report("乙/2.pdf", agency=vague)), vague


def test_the_same_words_with_other_figures_are_a_correction() -> None:
    early = report("甲/年报.docx", numbers(20), prose=PROSE.format("甲县"))
    late = report("乙/年报（更正）.docx", numbers(500), prose=PROSE.format("甲县"))
    assert used(early, late) == {"甲/年报.docx": "乙/年报（更正）.docx"}
    assert len(checks(early, late)) == 12


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某县人民政府", "某县人民政府办公室"),
        ("某县（本级）", "某县"),
        ("某县人民政府", "某乡人民政府"),
    ],
)
def test_other_names_are_other_bodies(one: str, other: str) -> None:
    assert not used(report("a.docx", numbers(20), agency=one), report("b.docx", numbers(20), agency=other))


def test_a_government_and_its_office_that_print_all_the_same_are_one() -> None:
    prose = PROSE.format("某县")
    one = report("a.docx", numbers(20), agency="某县人民政府", prose=prose)
    other = report("b.docx", numbers(20), agency="某县人民政府办公室", prose=prose)
    assert used(one, other) == {"b.docx": "a.docx"}


def test_other_years_are_other_reports() -> None:
    one = report("a.docx", numbers(20))
    assert not used(one, identified(replace(one, source=Source("b.docx", "b", 1)), year=2021))


@pytest.mark.parametrize(
    "same", ["农业 农村局", "農業農村局", "农业农村局\u3000", "[农业农村局]", "（农业农村局）"]
)
def test_how_a_name_is_written_does_not_matter(same: str) -> None:
    assert used(report("a.docx", numbers(20)), report("b.docx", numbers(20), agency=same))


def test_a_file_beside_it_that_names_nobody() -> None:
    known, lost = report("x/r.docx", numbers(20)), report("x/r.pdf", numbers(20), agency="", reader="pdf")
    assert used(known, identified(lost, year=None)) == {"x/r.pdf": "x/r.docx"}
    elsewhere = replace(lost, source=Source("y/r.pdf", "y", 1))
    assert not used(known, elsewhere)
    assert not used(report("x/r.docx"), report("x/r.pdf", agency=""))
    assert not used(known, report("x/r.pdf", numbers(21), agency=""))
    assert not used(known, identified(lost, year=2019))


# cell by cell


def pair(one: Observation, other: Observation, **more: object) -> list[Check]:
    first, second = report("a.docx", numbers(20)), report("b.docx", numbers(20), **more)  # type: ignore[arg-type]
    key = (one.table, one.field, one.applicant)
    replaced = [
        replace(r, observations=tuple(seen if _key(o) == key else o for o in r.observations))
        for r, seen in ((first, one), (second, other))
    ]
    return checks(*replaced)


def _key(seen: Observation) -> tuple[str, str, str]:
    return seen.table, seen.field, seen.applicant


LAST = CELLS[-1]
MONEY = ("disclosure", "charges.amount", "")
NOTHING = [
    cell(LAST, "0"),
    cell(LAST, None, Status.BLANK),
    cell(LAST, None, Status.DASH, raw="/"),
    cell(LAST, None, Status.ABSENT),
]


@pytest.mark.parametrize("one", NOTHING)
@pytest.mark.parametrize("other", NOTHING)
def test_zero_blank_dash_and_nothing_agree(one: Observation, other: Observation) -> None:
    assert pair(one, other) == []


@pytest.mark.parametrize("other", NOTHING)
def test_a_number_against_nothing_is_a_difference(other: Observation) -> None:
    (check,) = pair(cell(LAST, "3"), other)
    assert (check.left, check.right) == (3, other.value)
    assert check.difference == (3 if other.value is not None else None)


def test_amounts_are_compared_in_one_unit() -> None:
    yuan, myriads = cell(MONEY, "180856.82", unit="元"), cell(MONEY, "18.085682", unit="万元")
    assert pair(yuan, myriads) == []
    (check,) = pair(cell(MONEY, "18", unit="万元"), yuan)
    assert (check.left, check.right, check.difference) == (18, Decimal("18.085682"), Decimal("-0.085682"))
    assert "印 18 万元" in check.message
    assert "印 180856.82 元" in check.message


def test_a_missing_table_is_no_difference() -> None:
    whole = report("a.docx", numbers(20) | {("remedies", "reconsideration.total", ""): "3"})
    cut = tuple(
        replace(o, value=None, status=Status.ABSENT) if o.table == "remedies" else o
        for o in whole.observations
    )
    versions = relate([whole, replace(whole, source=Source("b.docx", "b", 1), observations=cut)])
    assert versions["b.docx"].used == "a.docx"
    assert not versions["a.docx"].checks


@pytest.mark.parametrize(
    ("doubt", "reader", "origin"),
    [
        ({}, "docx", Origin.AS_PRINTED),
        ({}, "html", Origin.AS_PRINTED),
        ({}, "pdf", Origin.UNCERTAIN),
        ({}, "ocr", Origin.UNCERTAIN),
        ({"flags": ("doubt.joined",)}, "docx", Origin.UNCERTAIN),
        ({"confidence": 0.85}, "docx", Origin.UNCERTAIN),
    ],
)
def test_a_doubtful_reading_proves_nothing(doubt: dict[str, object], reader: str, origin: Origin) -> None:
    (check,) = pair(cell(LAST, "3"), cell(LAST, "4", **doubt), reader=reader)
    assert check.origin is origin


def test_a_pdf_that_two_readings_agree_on_is_certain() -> None:
    confirmed = Check(
        "remedies.sum", "litigation", Decimal(1), Decimal(2), Decimal(-1), Verdict.FAIL, Origin.AS_PRINTED, ""
    )
    (check,) = pair(cell(LAST, "3"), cell(LAST, "4"), reader="pdf", checks=(confirmed,))
    assert check.origin is Origin.AS_PRINTED


def test_every_differing_cell_is_listed() -> None:
    base = report("a.docx", {key: str(100 + i) for i, key in enumerate(CELLS)})
    seen = tuple(replace(o, value=o.value + 1) if i < 40 else o for i, o in enumerate(base.observations))  # type: ignore[operator]
    found = checks(base, replace(base, source=Source("b.docx", "b", 1), observations=seen))
    assert len(found) == 40
    assert len({check.message for check in found}) == 40


# the whole


def test_the_order_of_reading_changes_nothing() -> None:
    folder = [fixture(name) for names in FORMS.values() for name in names]
    folder += [report(f"{i}/农.docx", numbers(20 + i // 2), prose=PROSE.format(i % 3)) for i in range(8)]
    expected = relate(folder)

    @given(st.permutations(folder))
    @settings(max_examples=15, deadline=None)
    def shuffled(files: list[Report]) -> None:
        assert relate(files) == expected

    shuffled()


@given(st.lists(st.tuples(st.integers(20, 24), st.integers(0, 2), st.sampled_from(["pdf", "docx", "ocr"]))))
@settings(max_examples=50, deadline=None)
def test_what_is_used_is_used_by_itself(drawn: list[tuple[int, int, str]]) -> None:
    files = [
        report(f"{i}.x", numbers(first), prose=PROSE.format(place), reader=reader)
        for i, (first, place, reader) in enumerate(drawn)
    ]
    versions = relate(files)
    for version in versions.values():
        assert not version.used or versions[version.used].used == ""
        assert not (version.used and version.checks)
    for path, version in versions.items():
        group = [v for p, v in versions.items() if version.used in (p, v.used) or path in (p, v.used)]
        assert version.files == 1 or len(group) >= 2


def test_many_reports_of_one_name_end() -> None:
    """No file is compared with all others of its name: a hundred counties each have their 农业农村局."""
    files = [report(f"{i}/r.docx", numbers(100 * i, 6), prose=PROSE.format(i)) for i in range(1, 300)]
    assert not used(*files)


def test_lone_files_are_left_alone() -> None:
    assert relate([report("a.docx", agency="甲局"), report("b.docx", agency="乙局")]) == {}
    alone = report("a.docx")
    assert mark(alone, Version("", "", 1)) is alone
