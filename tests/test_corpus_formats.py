"""The writers of web pages, saved pages, spreadsheets and archives agree with their own answers."""

from __future__ import annotations

import email
import email.policy
import io
import itertools
import json
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import openpyxl
import pytest
from lxml import etree, html

from corpus.__main__ import FAMILIES, generate_all, generate_family
from corpus.charset import Charset, encode_page
from corpus.families import draw_draft
from corpus.saved import NOT_REPORTS, WAYS, write_without_report
from corpus.sheets import Sheeting, draw_sheeting, is_kept, write_sheet
from corpus.sheetxml import write_sheet_xml
from corpus.site import BASES, draw_site, site_text, write_site
from corpus.variants import Made
from corpus.word import Wording, write_word
from corpus.wordxml import flat_package, word_2003

ALL = ("text", "docx", *FAMILIES)


def squeeze(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def shown_cells(text: str) -> list[str]:
    """The texts of all innermost cells that a browser shows, in order."""
    root = html.document_fromstring(text)
    for gone in root.xpath(
        "//s|//del|//strike|//*[contains(translate(@style, 'DISPLAYNO ', 'displayno'), 'display:none')]"
    ):
        gone.drop_tree()
    for gone in root.xpath("//span[contains(@style, 'line-through')]"):
        gone.drop_tree()
    for gone in root.xpath("//tr[@hidden]"):
        gone.drop_tree()
    for field in root.xpath("//input[@readonly]"):
        field.tail = field.get("value") + (field.tail or "")
    cells = root.xpath("//td[not(.//table)]|//th|//div[@style='display:table-cell']")
    return [squeeze(cell.text_content()) for cell in cells]


def holds_in_order(long: list[str], short: list[str]) -> bool:
    rest = iter(long)
    return all(item in rest for item in short)


@pytest.mark.parametrize("base", [b for b in BASES if b != "pre"])
@pytest.mark.parametrize("seed", range(4))
def test_pages_show_every_cell_in_order(base: str, seed: int) -> None:
    rng = Random(f"{base}-{seed}")
    page, style = draw_draft(rng).page, draw_site(rng, base)
    text = site_text(rng, page, replace(style, traditional=False))
    wanted = [squeeze(p.content.text) for grid in page.tables for p in grid.placed() if p.content.text]
    assert holds_in_order(shown_cells(text), wanted)


def test_every_base_and_most_oddities_are_drawn() -> None:
    styles = [draw_site(Random(seed)) for seed in range(400)]
    assert {s.base for s in styles} == set(BASES)
    assert {"", "tables", "all"} == {s.join for s in styles}
    assert sum(s.traditional for s in styles) > 8
    names = {s.charset.name for s in styles}
    assert {
        "",
        "gbk",
        "gbk_says_utf8",
        "utf8_says_gb2312",
        "gbk_undeclared",
        "utf8_undeclared",
        "utf16",
        "big5",
    } <= names


@pytest.mark.parametrize(
    "charset", [Charset("gbk", "utf-8"), Charset("utf-16-le", "", mark=True), Charset("big5", "big5")]
)
def test_bytes_are_in_the_encoding_they_are_written_in(charset: Charset) -> None:
    rng = Random(3)
    page = draw_draft(rng).page
    style = replace(draw_site(rng, "trs"), charset=charset, traditional=charset.codec == "big5")
    data = write_site(rng, page, style)
    assert "<body" in data.decode(charset.codec)
    assert (b"charset=utf-8" in data) == (charset.declared == "utf-8")


def test_a_character_that_the_encoding_lacks_becomes_a_reference() -> None:
    assert (
        encode_page("勾稽\u2212１〇", Charset("gb2312", "gb2312")).decode("gb2312") == "勾稽&#8722;１&#12295;"
    )


def html_part(data: bytes) -> str:
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = [p for p in message.walk() if p.get_content_type() == "text/html"]
    return parts[0].get_payload(decode=True).decode(parts[0].get_content_charset("utf-8"))


@pytest.mark.parametrize("way", ["mhtml", "mht", "message"])
@pytest.mark.parametrize("seed", range(4))
def test_messages_hold_the_page(way: str, seed: int) -> None:
    rng = Random(seed)
    page, style = draw_draft(rng).page, replace(draw_site(rng, "trs"), charset=Charset(), traditional=False)
    wanted = [squeeze(p.content.text) for grid in page.tables for p in grid.placed() if p.content.text]
    assert holds_in_order(shown_cells(html_part(WAYS[way].write(rng, page, style))), wanted)


@pytest.mark.parametrize("seed", range(8))
def test_json_is_json(seed: int) -> None:
    rng = Random(seed)
    page, style = draw_draft(rng).page, draw_site(rng, "plain")
    assert isinstance(json.loads(WAYS["json"].write(rng, page, style)), dict)


@pytest.mark.parametrize("way", ["chrome_source", "firefox_source"])
def test_a_listing_of_source_gives_the_source_back(way: str) -> None:
    rng = Random(way)
    page, style = draw_draft(rng).page, replace(draw_site(rng, "trs"), charset=Charset(), traditional=False)
    root = html.document_fromstring(WAYS[way].write(rng, page, style).decode())
    lines = [td.text_content() for td in root.xpath("//td[@class='line-content']|//pre")]
    wanted = [squeeze(p.content.text) for grid in page.tables for p in grid.placed() if p.content.text]
    assert holds_in_order(shown_cells("\n".join(lines)), wanted)


@pytest.mark.parametrize("seed", range(12))
def test_spreadsheets_show_every_cell(seed: int) -> None:
    rng = Random(seed)
    page, how = draw_draft(rng).page, draw_sheeting(rng)
    book = openpyxl.load_workbook(io.BytesIO(write_sheet(rng, page, how)))
    texts = [f"{c.value}" for sheet in book for row in sheet for c in row if c.value is not None]
    shown = [squeeze(t) for t in texts]
    wanted = [squeeze(p.content.text) for grid in page.tables for p in grid.placed() if p.content.text]
    assert holds_in_order(shown, wanted)
    lines = [squeeze(x.text) for x in page.lines if is_kept(x, how) and x.kind == "title"]
    assert holds_in_order(shown, lines)


@pytest.mark.parametrize("write_xml", [flat_package, word_2003])
def test_xml_of_word_shows_every_cell(write_xml: Callable[[bytes], bytes]) -> None:
    rng = Random(2)
    page = draw_draft(rng).page
    root = etree.fromstring(write_xml(write_word(rng, page, Wording())))
    cells = [squeeze("".join(t for t in cell.itertext())) for cell in root.iter("{*}tc")]
    wanted = [squeeze(p.content.text) for grid in page.tables for p in grid.placed() if p.content.text]
    assert holds_in_order(cells, wanted)


def test_an_xml_spreadsheet_shows_every_cell() -> None:
    rng = Random(2)
    page = draw_draft(rng).page
    root = etree.fromstring(write_sheet_xml(rng, page, Sheeting()))
    cells = [squeeze("".join(cell.itertext())) for cell in root.iter("{*}Cell")]
    wanted = [squeeze(p.content.text) for grid in page.tables for p in grid.placed() if p.content.text]
    assert holds_in_order(cells, wanted)


def members(data: bytes, name: str) -> dict[str, bytes]:
    """What an archive holds, down to the last one."""
    found: dict[str, bytes] = {}
    if name.endswith(".zip"):
        flagged = b"\x14\x00\x00\x08" in data[:8]
        with zipfile.ZipFile(io.BytesIO(data), metadata_encoding=None if flagged else "gbk") as archive:
            found = {n: archive.read(n) for n in archive.namelist()}
    elif name.endswith(".tar.gz"):
        for codec in ("utf-8", "gbk"):
            with tarfile.open(fileobj=io.BytesIO(data), encoding=codec, errors="replace") as archive:
                found |= {m.name: archive.extractfile(m).read() for m in archive.getmembers()}
    inner = {f"{n}!/{k}": v for n, d in found.items() if n.endswith(".zip") for k, v in members(d, n).items()}
    return found | inner


def test_truth_of_archives_names_their_members() -> None:
    checked = 0
    for made in generate_family(3, 40, "bundle"):
        inside = members(made.content, made.source)
        for line in made.more:
            outer, _, inner = line["source"].partition("!/")
            assert outer == made.source
            if not made.source.endswith(".eml"):
                assert inner in inside, line["source"]
                checked += 1
    assert checked > 60


@pytest.mark.parametrize("family", FAMILIES)
def test_same_seed_same_files(family: str) -> None:
    assert list(generate_family(5, 12, family)) == list(generate_family(5, 12, family))


@pytest.fixture(scope="module")
def corpus() -> list[Made]:
    return list(generate_all(11, 40, ALL))


def test_no_two_files_have_one_name(corpus: list[Made]) -> None:
    sources = [s for m in corpus for s in (m.source, *(name for name, _ in m.beside))]
    assert len(set(sources)) == len(sources)
    told: list[dict[str, Any]] = list(itertools.chain.from_iterable((m.line, *m.more) for m in corpus))
    names = [line["source"] for line in told if line]
    assert len(set(names)) == len(names)


def test_every_family_has_its_group(corpus: list[Made]) -> None:
    groups = {line["group"] for m in corpus for line in (m.line, *m.more) if line}
    assert {"gen_text", "gen_docx", "gen_html", "gen_saved", "gen_sheet", "gen_bundle", "gen_other"} <= groups


def test_pages_without_a_report_expect_none() -> None:
    kinds = set()
    for seed in range(120):
        rng = Random(seed)
        kind, data = write_without_report(rng, draw_draft(rng).page)
        kinds.add(kind)
        assert b"</body>" in data
    assert kinds == {name for name, _ in NOT_REPORTS}


def test_traditional_pages_keep_values_and_fields() -> None:
    lines = [m.line for m in generate_family(2, 200, "html") if "traditional" in m.line["variant"]]
    assert lines
    for line in lines:
        assert all(o["unit"] in ("件", "项", "元", "万元") for o in line["observations"])
        assert line["agency"] in line["agency_accept"]
