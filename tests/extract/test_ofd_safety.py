"""Files that are no sound OFD: each ends in a document or in one of the readers' own errors."""

from __future__ import annotations

import pytest
from archive_making import lock_members
from hypothesis import given, settings
from hypothesis import strategies as st
from ofd_drawing import (
    FLAT,
    cells,
    codes,
    fill,
    grid,
    layer,
    line,
    part,
    parts,
    path,
    prose,
    read,
    read_objects,
    text,
    texts,
    zipped,
)  # fmt: skip

from extract.document import Document, Source
from extract.errors import Damaged, Encrypted, NoText, ReadError, TooLarge
from extract.ofd import canvas as canvas_module
from extract.ofd import parts as parts_module
from extract.read import read_document
from extract.xml import package as package_module

GOOD = parts(layer(grid(), cells()), layer(text(20, 20, "第二页。")))
CONTENT = "Doc_0/Pages/Page_0/Content.xml"


def read_or_refuse(data: bytes) -> Document | ReadError:
    try:
        return read(data)
    except ReadError as error:
        return error


@pytest.mark.parametrize("name", [n for n in GOOD if not n.startswith("Doc_0/Pages/Page_1")])
@pytest.mark.parametrize("content", [None, "", "<", "<a/>", "\x00", "<!DOCTYPE a><Page/>"])
def test_a_missing_or_broken_part_is_named(name: str, content: str | None) -> None:
    members = {n: c for n, c in GOOD.items() if n != name} | ({} if content is None else {name: content})
    if content == "<a/>" and name == CONTENT:
        assert prose(read(members)) == ["第二页。"]  # a page with nothing on it
        return
    with pytest.raises(Damaged):
        read(members)


def test_no_pages() -> None:
    with pytest.raises(Damaged):
        read(parts())


@pytest.mark.parametrize("lock", ["Encryptions.xml", "decryptseed.dat"])
def test_encrypted_parts_say_so(lock: str) -> None:
    members = {**GOOD, lock: part("Encryptions", ""), CONTENT: b"\x8f\x01\x02\x03" * 40}
    with pytest.raises(Encrypted):
        read(members)


def test_a_file_whose_main_part_is_encrypted_too_says_so() -> None:
    data = zipped({"Encryptions.xml": part("Encryptions", ""), "decryptseed.dat": "", "e1.dat": b"\x01" * 99})
    with pytest.raises(Encrypted):
        read_document(data, Source("a.ofd", "0" * 64, len(data)))


def test_a_cut_file_is_damaged_though_its_entry_stood_at_the_end() -> None:
    members = {name: GOOD[name] for name in sorted(GOOD, key=lambda n: n == "OFD.xml")}
    data = zipped(members)[:-400]
    with pytest.raises(Damaged):
        read_document(data, Source("a.ofd", "0" * 64, len(data)))


def test_an_archive_with_a_password_says_so() -> None:
    with pytest.raises(Encrypted):
        read(lock_members(zipped(GOOD)))


def test_side_parts_are_done_without() -> None:
    common = '<PublicRes>Res.xml</PublicRes><TemplatePage ID="2" BaseLoc="T.xml"/>'
    page = '<Template TemplateID="2"/><Template TemplateID="3"/>' + layer(text(20, 20, "正文。"))
    document = read(
        parts(page, common=common, more="<Annotations>A.xml</Annotations>", extra={"Doc_0/T.xml": "<"})
    )
    assert (prose(document), document.remarks) == (["正文。"], ("damaged_parts",))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TooLarge):
        read({**GOOD, CONTENT: b" " * (package_module.MAX_PART_BYTES // 2)})


def test_one_part_for_thousands_of_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAX_TOTAL_BYTES", 400_000)
    listed = "".join(f'<Page ID="{i}" BaseLoc="Pages/Page_0/Content.xml"/>' for i in range(900))
    document = part("Document", f"<Pages>{listed}</Pages>")
    with pytest.raises(TooLarge):
        read({**GOOD, "Doc_0/Document.xml": document})


def test_more_pages_than_a_report_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts_module, "MAX_PAGES", 1)
    with pytest.raises(TooLarge):
        read(GOOD)


@pytest.mark.parametrize(
    "entity",
    [
        "<!DOCTYPE d [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>",
        "<!DOCTYPE d [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>",
    ],
)
@pytest.mark.parametrize("name", ["OFD.xml", "Doc_0/Document.xml", CONTENT])
def test_entities_are_refused(name: str, entity: str) -> None:
    body = str(GOOD[name]).partition("?>")[2].replace("</", "&b;</", 1)
    with pytest.raises(Damaged):
        read({**GOOD, name: entity + body})


def test_a_template_that_refers_to_itself_is_drawn_once() -> None:
    template = part("Page", '<Template TemplateID="2"/>' + layer(text(20, 30, "模板。")))
    page = '<Template TemplateID="2"/>' + layer(text(20, 60, "正文。"))
    document = read(
        parts(page, common='<TemplatePage ID="2" BaseLoc="T.xml"/>', extra={"Doc_0/T.xml": template})
    )
    assert prose(document) == ["模板。", "正文。"]


def composites(count: int, inside: str) -> dict[str, str | bytes]:
    """Graphics each of which holds the next `count` times."""
    units = "".join(
        f'<CompositeGraphicUnit ID="{i}"><Content>{inside.format(i + 1) * count}</Content></CompositeGraphicUnit>'
        for i in range(40)
    )
    res = part("Res", f"<CompositeGraphicUnits>{units}</CompositeGraphicUnits>")
    page = layer(text(20, 20, "正文。"), '<CompositeObject ResourceID="0"/>')
    return parts(page, common="<DocumentRes>R.xml</DocumentRes>", extra={"Doc_0/R.xml": res})


def test_graphics_that_multiply_are_refused() -> None:
    with pytest.raises(TooLarge):
        read(composites(9, '<CompositeObject ResourceID="{}"/>'))


def test_graphics_that_hold_themselves_end() -> None:
    assert prose(read(composites(1, '<CompositeObject ResourceID="0"/>'))) == ["正文。"]


@pytest.mark.parametrize("levels", [20, 100, 240, 5000])
def test_deep_blocks_end_in_a_document_or_in_damaged(levels: int) -> None:
    data = zipped(parts(layer("<PageBlock>" * levels + text(20, 20, "正文。") + "</PageBlock>" * levels)))
    found = read_or_refuse(data)
    if levels <= 240:
        assert isinstance(found, Document)
    else:
        assert isinstance(found, Damaged)


def test_blocks_deep_inside_of_graphics_end_in_a_document_or_in_damaged() -> None:
    inside = "<PageBlock>" * 200 + '<CompositeObject ResourceID="{}"/>' + "</PageBlock>" * 200
    assert isinstance(read_or_refuse(zipped(composites(1, inside))), Document | Damaged)


def test_a_path_of_a_million_points_is_refused() -> None:
    with pytest.raises(TooLarge):
        read_objects(text(20, 20, "正文。"), path(0, 0, "M 0 0 " + "L 1 1 " * 1_000_000))


def test_more_than_a_page_can_have(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("MAX_OBJECTS", "MAX_POINTS", "MAX_CHARS"):
        with monkeypatch.context() as patch:
            patch.setattr(canvas_module, limit, 9)
            with pytest.raises(TooLarge):
                read(GOOD)


def test_more_than_a_document_can_have() -> None:
    page = layer(*["<Nothing/>"] * 50_000)
    listed = "".join(f'<Page ID="{i}" BaseLoc="Pages/Page_0/Content.xml"/>' for i in range(90))
    with pytest.raises(TooLarge):
        read({**parts(page), "Doc_0/Document.xml": part("Document", f"<Pages>{listed}</Pages>")})


def test_a_page_beyond_reason() -> None:
    with pytest.raises(TooLarge):
        read(parts("<Area><PhysicalBox>0 0 90000 90000</PhysicalBox></Area>" + layer(text(9, 9, "正文。"))))


NONSENSE = [
    "NaN",
    "inf",
    "-inf",
    "1e308",
    "-1e999",
    "9" * 400,
    "",
    "x",
    "0x10",
    "1e",
    "--5",
    "0",
    "-1",
    "１２",
    "g 999999999 1",
]


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize(
    "attribute",
    ["Boundary", "CTM", "Size", "HScale", "CharDirection", "ReadDirection", "Alpha", "X", "Y", "DeltaX", "DeltaY",
     "LineWidth", "Value", "CodePosition", "CodeCount", "GlyphCount"],
)  # fmt: skip
def test_absurd_numbers(attribute: str, value: str) -> None:
    """They may spoil their own object, nothing else."""
    list_of = {"Boundary": 4, "CTM": 6}.get(attribute, 1)
    given_value = " ".join([value] * list_of)
    spoilt = (
        '<TextObject Boundary="62 47 9 9" Font="1" Size="4" CTM="1 0 0 1 0 0" HScale="1" CharDirection="0" '
        'ReadDirection="0" Alpha="255"><FillColor Value="0 0 0"/>'
        '<CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"/>'
        '<TextCode X="0" Y="0" DeltaX="2" DeltaY="0">99</TextCode></TextObject>'
        '<PathObject Boundary="200 280 9 9" CTM="1 0 0 1 0 0" LineWidth="1" Alpha="255"><StrokeColor Value="0 0 0"/>'
        "<AbbreviatedData>M 0 0 L 5 0</AbbreviatedData></PathObject>"
    )
    start = spoilt.index(f' {attribute}="') + len(attribute) + 3
    spoilt = spoilt[:start] + given_value + spoilt[spoilt.index('"', start) :]
    found = texts(read_objects(grid(), text(22, 47, "甲"), text(22, 57, "丙"), spoilt))
    assert (found[0], found[3]) == ("甲", "丙")


@pytest.mark.parametrize("value", NONSENSE)
def test_absurd_paths(value: str) -> None:
    drawn = (
        path(0, 0, f"M 0 0 L {value} {value} Q 1 B {value} A A A C C {value}")
        + path(0, 0, "L L L")
        + path(0, 0, "C")
    )
    assert texts(read_objects(grid(), cells(), drawn, fill(0, 0, 0, 0), line(5, 5, 5, 5))) == FLAT


def test_glyphs_by_the_hundred_thousand_at_one_place_are_refused() -> None:
    many = "".join(
        codes(20, 20, f'<TextCode X="0" Y="0" DeltaX="g 9999999 0">{"字" * 50_000}</TextCode>')
        for _ in range(5)
    )
    with pytest.raises(TooLarge):
        read_objects(many)


DATA = zipped(GOOD)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(DATA) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_changed_bytes_raise_nothing_else(changes: list[tuple[int, int]]) -> None:
    data = bytearray(DATA)
    for at, value in changes:
        data[at] = value
    assert isinstance(read_or_refuse(bytes(data)), Document | ReadError)


TAGS = st.sampled_from(
    ["Content", "Layer", "PageBlock", "TextObject", "TextCode", "PathObject", "AbbreviatedData", "FillColor",
     "StrokeColor", "Clips", "Clip", "Area", "Path", "CGTransform", "CompositeObject", "ImageObject", "Template",
     "PhysicalBox", "PageRes", "Actions"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["", "0", "-1", "1", "20 20 50 5", "1 0 0 1 0 0", "0 1 -1 0 9 9", "g 3 2", "M 0 0 L 50 0 C", "true", "x"]
)
NAMES = (
    "Boundary",
    "CTM",
    "Size",
    "X",
    "Y",
    "DeltaX",
    "DeltaY",
    "Alpha",
    "Fill",
    "Visible",
    "ResourceID",
    "TemplateID",
    "Value",
)


def element(tag: str, values: list[str], inner: list[str]) -> str:
    attributes = " ".join(f'{n}="{v}"' for n, v in zip(NAMES, values, strict=True))
    return f"<{tag} {attributes}>{''.join(inner)}</{tag}>"


TREES = st.recursive(
    st.sampled_from(["字", "12", "M 0 0 L 9 9"]),
    lambda inner: st.builds(
        element, TAGS, st.lists(VALUES, min_size=len(NAMES), max_size=len(NAMES)), st.lists(inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=200)
@given(TREES)
def test_any_tree_of_elements_is_read(tree: str) -> None:
    found = read_or_refuse(zipped(parts(tree + layer(text(20, 290, "正文。")))))
    assert isinstance(found, Document | NoText)


@given(st.binary(max_size=600))
def test_any_bytes_are_refused_properly(data: bytes) -> None:
    assert isinstance(read_or_refuse(data), ReadError)
    assert isinstance(read_or_refuse(b"PK\x03\x04" + data), ReadError)


@pytest.mark.parametrize(
    "place",
    [
        'Boundary="20 20 4 2.NaN"',
        'Boundary="1e999999999 20 4 3"',
        'Boundary="20 20 4 3" CTM="0.3 0 0"',
        'Boundary="9 9 4 3" Size="1e9"',
    ],
)
def test_text_whose_place_is_nonsense_is_remarked_upon(place: str) -> None:
    code = '<TextCode X="0" Y="4">12</TextCode>'
    size = "" if "Size" in place else 'Size="4"'
    lost = f'<TextObject ID="9" {place} Font="3" {size}>{code}</TextObject>'
    document = read(parts(layer(text(20, 20, "正文。") + lost)))
    assert "damaged_parts" in document.remarks
    assert read(parts(layer(text(20, 20, "正文。")))).remarks == ()
