"""Who and when by the name of a file that could not be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.identity.file_names import identify_by_name


@pytest.mark.parametrize(
    ("path", "agency", "agency_source", "year", "year_source"),
    [
        ("2021年普陀区财政局政府信息公开工作年度报告.pdf", "普陀区财政局", "file_name", 2021, "file_name"),
        ("2021 年普陀区财政局.pdf", "普陀区财政局", "file_name", 2021, "file_name"),
        ("２０２１-年度普陀区财政局年报.doc", "普陀区财政局", "file_name", 2021, "file_name"),
        ("二〇二一年普陀区财政局信息公开年报.pdf", "普陀区财政局", "file_name", 2021, "file_name"),
        ("[2022]某市统计局信息公开年报(定稿).pdf", "某市统计局", "file_name", 2022, "file_name"),
        ("2021年某市第3人民医院.pdf", "某市第3人民医院", "file_name", 2021, "file_name"),
        ("永年区财政局2021.pdf", "永年区财政局", "file_name", 2021, "file_name"),
        ("2021年度普陀区.pdf", "普陀区", "file_name", 2021, "file_name"),
        ("2023年/某县水务局年报.doc", "某县水务局", "file_name", 2023, "folder"),
        ("普陀区/普陀区财政局/2021年.pdf", "普陀区财政局", "folder", 2021, "file_name"),
        ("某县财政局2021年年报.zip!/年报767949513.docx", "某县财政局", "folder", 2021, "folder"),
        ("2024年/某市司法局2023年年报.pdf", "某市司法局", "file_name", 2023, "file_name"),
    ],
)
def test_names_say_who_and_when(path, agency, agency_source, year, year_source):
    named = identify_by_name(path)
    assert (named.agency, named.agency_source) == (agency, agency_source)
    assert (named.year, named.year_source) == (year, year_source)


@pytest.mark.parametrize(
    "path", ["扫描件001.pdf", "a/b/20250324_2011_年报.html", "普陀区/附件1.doc", "x", ""]
)
def test_names_that_say_nothing_say_nothing(path):
    named = identify_by_name(path)
    assert (named.agency, named.agency_source, named.year, named.year_source) == ("", "", None, "")


def test_a_name_with_two_years_says_none():
    assert identify_by_name("2020年/普陀区财政局2021年2022年.pdf").year is None


@given(st.text(alphabet="20年度区局政府信息公开报告.!/#()[] \udcff\x00\uff411", max_size=40))
def test_any_name_is_read_and_none_begins_with_the_year_sign(path):
    named = identify_by_name(path)
    assert bool(named.agency) == bool(named.agency_source)
    assert bool(named.year) == bool(named.year_source)
    assert not named.agency.startswith("年")
