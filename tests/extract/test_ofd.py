"""What OFD files can say about text and rulings, one thing at a time."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import pytest
from ofd_drawing import (
    FLAT,
    ROWS,
    XS,
    YS,
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
    tables,
    text,
    texts,
    zipped,
)  # fmt: skip

from extract.document import BBox, Layout, Source
from extract.errors import NoText, UnreadableText
from extract.read import read_document

POINTS = 72 / 25.4
LIGATURE = '<CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"><Glyphs>9</Glyphs></CGTransform>'
IMAGE = '<ImageObject Boundary="0 0 210 297" ResourceID="9"/>'


def boxed(content: str) -> list[str]:
    """The texts of one wide cell that holds these objects, and of an empty one."""
    return texts(read_objects(grid((20, 100, 140), (40, 80)), content))


def test_a_ruled_table() -> None:
    document = read_objects(grid(), cells())
    assert texts(document) == FLAT
    (table,) = tables(document)
    assert (table.n_rows, table.n_columns, table.layout) == (2, 3, Layout.GRID)
    assert (
        document.format,
        document.reader,
        document.pages,
        document.properties_title,
        document.remarks,
    ) == (
        "ofd",
        "ofd",
        1,
        "某年报",
        (),
    )


def test_every_cell_says_where_it_is_in_points() -> None:
    document = read(parts(layer(text(20, 20, "第一页")), layer(grid(), cells())))
    (table,) = tables(document)
    assert {c.page for c in table.cells} == {2}
    box = table.cells[4].bbox
    assert box is not None
    expected = (60 * POINTS, 50 * POINTS, 100 * POINTS, 60 * POINTS)
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_table_drawn_sideways(turn: int) -> None:
    cos, sin = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    whole = f'<CompositeObject Boundary="105 148 1 1" CTM="{cos} {sin} {-sin} {cos} 0 0" ResourceID="5"/>'
    xs, ys = [x - 80 for x in XS], [y - 50 for y in YS]
    drawn = f'<CompositeGraphicUnit ID="5"><Content>{grid(xs, ys)}{cells(ROWS, xs, ys)}</Content></CompositeGraphicUnit>'
    resources = part("Res", f"<CompositeGraphicUnits>{drawn}</CompositeGraphicUnits>")
    document = read(
        parts(layer(whole), common="<DocumentRes>Res.xml</DocumentRes>", extra={"Doc_0/Res.xml": resources})
    )
    assert texts(document) == FLAT
    box = tables(document)[0].cells[0].bbox
    assert isinstance(box, BBox)
    corners = [(x - 80, y - 50) for x in XS[:2] for y in YS[:2]]
    placed = [(105 + cos * x - sin * y, 148 + sin * x + cos * y) for x, y in corners]
    expected = (
        min(x for x, _ in placed) * POINTS,
        min(y for _, y in placed) * POINTS,
        max(x for x, _ in placed) * POINTS,
        max(y for _, y in placed) * POINTS,
    )
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('<TextCode X="0" Y="0" DeltaX="4 4 2 2">甲乙丙12</TextCode>', "甲乙丙12"),
        ('<TextCode X="0" Y="0" DeltaX="g 2 4 g 2 2">甲乙丙12</TextCode>', "甲乙丙12"),
        ('<TextCode X="0" Y="0" DeltaX="g 2 4 2 2 9 9 9">甲乙丙12</TextCode>', "甲乙丙12"),
        ('<TextCode X="0" Y="0" DeltaX="4">甲乙丙丁</TextCode>', "甲乙丙丁"),
        ('<TextCode X="0" Y="0" DeltaX="">甲乙12</TextCode>', "甲乙12"),
        ('<TextCode X="0" Y="0">甲乙12</TextCode>', "甲乙12"),
        ('<TextCode X="0" Y="0" DeltaX="4 g 2">甲乙丙</TextCode>', "甲乙丙"),
        ('<TextCode X="0" Y="0" DeltaX="4">甲 乙</TextCode>', "甲乙"),
        ('<TextCode X="0" Y="0" DeltaX="10 2">甲12</TextCode>', "甲 12"),
        ('<TextCode X="0" Y="0" DeltaX="2 4 2">1 23</TextCode>', "1 23"),
        ('<TextCode X="0" Y="0" DeltaX="2 8">123</TextCode>', "12 3"),
        ('<TextCode X="0" Y="0">甲</TextCode><TextCode X="4">乙</TextCode>', "甲乙"),
        ('<TextCode X="0" Y="0">甲</TextCode><TextCode>乙</TextCode>', "甲乙"),
        ('<TextCode X="0" Y="0" DeltaX="4">甲乙</TextCode><TextCode Y="5" DeltaX="4">丙丁</TextCode>', "甲乙\n丙丁"),
        ('<TextCode X="0" Y="0" DeltaX="4 -4 4" DeltaY="0 5">甲乙丙丁</TextCode>', "甲乙\n丙丁"),
        ('<TextCode X="0" Y="0" DeltaY="4 4">甲乙丙</TextCode>', "甲乙丙"),
        ('<TextCode X="0" Y="0" DeltaX="4">\n    甲乙\n  </TextCode>', "甲乙"),
        ('<TextCode X="0" Y="0" DeltaX="4 2 2">甲乙&#13;&#10;12</TextCode>', "甲乙12"),
        (
            f'{LIGATURE}<TextCode X="0" Y="0" DeltaX="2 2 2">1fi23</TextCode>',
            "1fi23",
        ),
        ('<CGTransform CodePosition="0"><Glyphs>7 8</Glyphs></CGTransform><TextCode X="0" Y="0" DeltaX="2">12</TextCode>', "12"),
    ],
)  # fmt: skip
def test_where_glyphs_stand(code: str, shown: str) -> None:
    assert boxed(codes(30, 60, code)) == [shown, ""]


def test_a_last_character_is_as_wide_as_its_kind() -> None:
    first = codes(30, 60, '<TextCode X="0" Y="0" DeltaX="2 2">12元</TextCode>')
    assert boxed(first + text(38, 60, "以上")) == ["12元以上", ""]


def test_a_run_that_crosses_a_ruling_is_cut_there() -> None:
    code = '<TextCode X="0" Y="0" DeltaX="g 5 2">123456</TextCode>'
    assert boxed(codes(96, 60, code)) == ["12", "3456"]


def test_upright_text_set_in_two_columns_reads_in_its_own_order() -> None:
    right = codes(60, 50, '<TextCode X="0" Y="0" DeltaY="4 4">先右列</TextCode>')
    left = codes(54, 50, '<TextCode X="0" Y="0" DeltaY="4 4">后左列</TextCode>')
    assert boxed(right + left) == ["先右列\n后左列", ""]


def test_raised_figures_are_no_part_of_a_number() -> None:
    raised = codes(34, 58, '<TextCode X="0" Y="0">①</TextCode>', size=2)
    assert boxed(text(30, 60, "12") + raised)[0] in {"12①", "①\n12", "12 ①"}


def test_numbers_drawn_apart_stay_apart_whatever_is_drawn_between() -> None:
    assert boxed(text(30, 60, "1") + text(30, 70, "下") + text(60, 60, "2")) == ["1 2\n下", ""]


def test_characters_of_a_number_may_be_drawn_in_any_order() -> None:
    assert boxed(text(32, 60, "2") + text(34, 60, "3") + text(30, 60, "1")) == ["123", ""]


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        ('Visible="false"', ""),
        ('Alpha="0"', ""),
        ('Fill="false"', ""),
        ("", '<FillColor Value="0 0 0" Alpha="0"/>'),
        ("", '<FillColor Value="255 255 255"/>'),
        ("", '<FillColor Value="#ff #FF #ff"/>'),
        ("", '<FillColor Value="255" ColorSpace="7"/>'),
        ("", '<FillColor Value="0 0 0 0" ColorSpace="8"/>'),
        ('DrawParam="6"', ""),
        ('DrawParam="16"', ""),
    ],
)
def test_what_is_not_seen_is_not_read(attributes: str, inside: str) -> None:
    content = layer(grid(), cells(), text(62, 47, "9", attributes=attributes, inside=inside))
    document = read(
        parts(content, common="<PublicRes>Res.xml</PublicRes>", extra={"Doc_0/Res.xml": RESOURCES})
    )
    assert texts(document) == FLAT


RESOURCES = part(
    "Res",
    '<ColorSpaces><ColorSpace ID="7" Type="GRAY"/><ColorSpace ID="8" Type="CMYK"/></ColorSpaces>'
    '<DrawParams><DrawParam ID="6"><FillColor Value="255 255 255"/><StrokeColor Value="255 255 255"/></DrawParam>'
    '<DrawParam ID="16" Relative="6"/><DrawParam ID="17" Relative="17"/></DrawParams>',
)


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        ('Fill="false" Stroke="true"', ""),
        ("", '<FillColor Value="0 0 0"/>'),
        ("", '<FillColor><AxialShd StartPoint="0 0" EndPoint="1 1"/></FillColor>'),
        ('DrawParam="17"', ""),
        ('DrawParam="6"', '<FillColor Value="9 9 9"/>'),
        ('DrawParam="404"', ""),
    ],
)
def test_what_is_seen_is_read(attributes: str, inside: str) -> None:
    content = layer(grid(), text(62, 47, "9", attributes=attributes, inside=inside))
    document = read(
        parts(content, common="<PublicRes>Res.xml</PublicRes>", extra={"Doc_0/Res.xml": RESOURCES})
    )
    assert texts(document)[1] == "9"


def test_white_text_on_a_dark_cell_is_read() -> None:
    shown = text(62, 47, "9", inside='<FillColor Value="255 255 255"/>')
    assert texts(read_objects(fill(60, 40, 100, 50, "20 20 90"), grid(), shown))[1] == "9"


@pytest.mark.parametrize("drawn", ["fill", "boxes", "one_path", "frames", "moves", "dashes", "dashed"])
def test_ways_of_drawing_rulings(drawn: str) -> None:
    pairs = [(x0, y0, x1, y1) for y0, y1 in pairwise(YS) for x0, x1 in pairwise(XS)]
    across = [(XS[0], y, XS[-1], y) for y in YS]
    down = [(x, YS[0], x, YS[-1]) for x in XS]
    objects = {
        "fill": [fill(a, b, c + 0.2, d + 0.2) for a, b, c, d in (*across, *down)],
        "boxes": [path(a, b, f"M 0 0 L {c - a} 0 L {c - a} {d - b} L 0 {d - b} C") for a, b, c, d in pairs],
        "one_path": [path(0, 0, " ".join(f"M {a} {b} L {c} {d}" for a, b, c, d in (*across, *down)))],
        "moves": [path(0, 0, "".join(f"S{a},{b}L{c},{d}" for a, b, c, d in (*across, *down)))],
        "frames": [
            path(
                a,
                b,
                f"M 0 0 L {c - a} 0 L {c - a} {d - b} L 0 {d - b} C M .2 .2 L .2 {d - b - 0.2} L {c - a - 0.2} {d - b - 0.2} L {c - a - 0.2} .2 C",
                'Stroke="false" Fill="true" Rule="Even-Odd"',
                '<FillColor Value="0 0 0"/>',
            )
            for a, b, c, d in pairs
        ],
        "dashed": [
            *[path(20, y, " ".join(f"M {x} 0 L {x + 1.2} 0" for x in range(0, 120, 2))) for y in YS],
            *[path(x, y, " ".join(f"M 0 {d} L 0 {d + 1.2}" for d in range(0, 10, 2))) for x in XS for y in YS[:2]],
        ],
        "dashes": [
            *[line(x, y, x + 1.2, y) for y in YS for x in range(20, 140, 2)],
            *[line(x, y, x, y + 1.2) for x in XS for y in range(40, 60, 2)],
        ],
    }[drawn]  # fmt: skip
    assert texts(read_objects(*objects, cells())) == FLAT


@pytest.mark.parametrize(
    "drawn",
    [
        "".join(
            fill(20, y, 140, y + 0.3, "255 255 255") + fill(20, y, 20.3, y + 10, "255 255 255") for y in YS
        ),
        grid().replace("<PathObject", '<PathObject Visible="false"'),
        grid().replace("<PathObject", '<PathObject Stroke="false"'),
        grid().replace("<PathObject", '<PathObject Alpha="0"'),
        grid().replace("<AbbreviatedData>", '<StrokeColor Value="255 255 255"/><AbbreviatedData>'),
        grid().replace('LineWidth="0.2"', 'LineWidth="12"'),
    ],
)
def test_what_is_no_ruling(drawn: str) -> None:
    assert not tables(read_objects(drawn, text(22, 47, "只是一行正文。")))


def test_letters_drawn_as_shapes_are_no_rulings() -> None:
    shape = "M 0 0 B 1 0 2 1 2 2 L 8 2 L 8 2.5 L 2 2.5 L 2 9 L 1.5 9 L 1.5 2 Q 1 1 0 0 C"
    many = "".join(
        path(x, 40, shape, 'Stroke="false" Fill="true"', '<FillColor Value="0 0 0"/>')
        for x in range(20, 120, 8)
    )
    assert not tables(read_objects(many, text(22, 67, "只是一行正文。")))


LETTER = "M 0 0 B 1 0 2 1 2 2 L 3 2 L 3 2.5 L 2 2.5 L 2 3 L 1.5 3 L 1.5 2 Q 1 1 0 0 C"


@pytest.mark.parametrize(
    "shown", [path(64, 44, LETTER), '<ImageObject Boundary="64 44 5 4" ResourceID="9"/>']
)
def test_an_empty_cell_with_a_letter_as_a_shape_or_a_picture_is_not_blank(shown: str) -> None:
    found = texts(read_objects(grid(), text(22, 47, "甲"), shown))
    assert found == ["甲", "\ufffd", "", "", "", ""]


def test_outlines_around_letters_that_are_there_change_nothing() -> None:
    outlines = "".join(
        path(x, y - 3, LETTER, attributes)
        + path(x, y - 1.5, "M 0 0 L 4 0 L 4 .3 L 3 .3 L 1 .3 L 0 .3 C", attributes)
        for attributes in ("", 'Stroke="false" Fill="true"')
        for y in (47, 57)
        for x in (22, 26, 62, 102, 106)
    )
    assert texts(read_objects(grid(), cells(), outlines)) == FLAT


def test_blocks_and_layers_are_entered_and_hand_on_their_parameters() -> None:
    inner = f"<PageBlock><PageBlock>{cells()}</PageBlock></PageBlock>"
    hidden = layer(text(62, 47, "9"), attributes='DrawParam="6"').replace("Content>", "PageBlock>")
    content = f'<Content><Layer Type="Body">{grid()}</Layer><Layer Type="Foreground">{inner}</Layer>{hidden}</Content>'
    document = read(
        parts(content, common="<PublicRes>Res.xml</PublicRes>", extra={"Doc_0/Res.xml": RESOURCES})
    )
    assert texts(document) == FLAT


@pytest.mark.parametrize("order", ["Background", "Foreground"])
def test_a_template_is_part_of_every_page_that_refers_to_it(order: str) -> None:
    template = part("Page", layer(grid(), text(80, 20, "某某县人民政府")))
    used = f'<Template TemplateID="2" ZOrder="{order}"/>'
    pages = [used + layer(text(22, 47, f"第{n}")) for n in "一二三四"]
    document = read(
        parts(
            *pages,
            common='<TemplatePage ID="2" BaseLoc="Tpls/Content.xml"/>',
            extra={"Doc_0/Tpls/Content.xml": template},
        )
    )
    assert texts(document) == [t for n in "一二三四" for t in (f"第{n}", "", "", "", "", "")]
    assert [m.text for m in document.margins] == ["某某县人民政府"]


def annotated(annot: str) -> dict[str, str | bytes]:
    return parts(
        layer(grid(), cells()),
        more="<Annotations>Annots/Annotations.xml</Annotations>",
        extra={
            "Doc_0/Annots/Annotations.xml": part(
                "Annotations", '<Page PageID="0"><FileLoc>Page_0/Annotation.xml</FileLoc></Page>'
            ),
            "Doc_0/Annots/Page_0/Annotation.xml": part("PageAnnot", annot),
        },
    )


@pytest.mark.parametrize("attributes", ['Type="Watermark"', 'Type="Stamp"', 'Type="Link" Visible="false"'])
def test_watermarks_stamps_and_hidden_annotations_are_not_read(attributes: str) -> None:
    annot = f'<Annot {attributes}><Appearance Boundary="60 40 9 9">{text(2, 7, "9")}</Appearance></Annot>'
    assert texts(read(annotated(annot))) == FLAT


def test_what_an_annotation_draws_is_printed_where_it_lies() -> None:
    annot = f'<Annot Type="Path"><Appearance Boundary="60 40 9 9">{text(12, 7, "9")}</Appearance></Annot>'
    assert texts(read(annotated(annot)))[1] == "12 9"


def test_a_line_through_a_number_strikes_it_out() -> None:
    annot = (
        f'<Annot Type="Path"><Appearance Boundary="60 40 9 9">{line(0, 5.6, 10, 5.6)}</Appearance></Annot>'
    )
    cell = tables(read(annotated(annot)))[0].cells[1]
    assert (cell.text, cell.struck) == ("", True)


def test_text_is_cut_where_its_clip_ends_whichever_way_the_clip_is_meant() -> None:
    area = f'<Clips TransFlag="false"><Clip><Area>{path(0, -4, "M 0 0 L 5 0 L 5 5 L 0 5 C").replace("PathObject", "Path")}</Area></Clip></Clips>'
    assert boxed(text(30, 60, "甲乙丙丁", inside=area)) == ["甲", ""]
    away = area.replace('Boundary="0 -4', 'Boundary="900 900')
    assert boxed(text(30, 60, "甲乙", inside=away)) == ["甲乙", ""]
    shut = area.replace("M 0 0 L 5 0 L 5 5 L 0 5 C", "M 0 0 L 5 0 L 5 0 L 0 0 C")
    assert boxed(text(30, 60, "甲乙", inside=shut) + text(30, 70, "丙")) == ["丙", ""]


def test_a_faint_slanting_watermark_is_left_out_whatever_its_size() -> None:
    marks = "".join(
        text(x, y, "内部资料", attributes='CTM="0.707 0.707 -0.707 0.707 0 0" Alpha="60"')
        for x in range(20, 140, 30)
        for y in range(38, 60, 8)
    )
    assert texts(read_objects(grid(), cells(), marks)) == FLAT


def test_a_faint_large_watermark_is_left_out_and_faint_numbers_are_not() -> None:
    mark = text(62, 55, "样张", size=15, attributes='Alpha="60"')
    assert texts(read_objects(grid(), cells(), mark)) == FLAT
    assert texts(read_objects(grid(), text(62, 47, "9", attributes='Alpha="60"')))[1] == "9"


def test_text_printed_twice_for_bold_is_read_once() -> None:
    assert texts(read_objects(grid(), cells(), cells(xs=[x + 0.1 for x in XS]))) == FLAT


def test_what_lies_off_the_page_is_not_printed() -> None:
    document = read_objects(text(20, 20, "在页上。"), text(20, 400, "在页外。"), text(-90, 40, "也在页外。"))
    assert prose(document) == ["在页上。"]


def test_a_page_may_have_a_size_of_its_own() -> None:
    content = "<Area><PhysicalBox>0 0 420 297</PhysicalBox></Area>" + layer(text(300, 20, "在宽页上。"))
    assert prose(read(parts(content))) == ["在宽页上。"]


def test_documents_of_one_file_are_read_one_after_the_other() -> None:
    members = parts(layer(text(20, 20, "第一份。")))
    body = "<DocBody><DocRoot>Doc_1/Document.xml</DocRoot></DocBody></OFD>"
    members["OFD.xml"] = str(members["OFD.xml"]).replace("</OFD>", body)
    other = parts(layer(text(20, 20, "第二份。")), layer(text(20, 20, "还有一页。")))
    members |= {
        name.replace("Doc_0", "Doc_1"): content for name, content in other.items() if name != "OFD.xml"
    }
    document = read(members)
    assert prose(document) == ["第一份。", "第二份。", "还有一页。"]
    assert (document.pages, [b.page for b in document.blocks]) == (3, [1, 2, 3])  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "place",
    ["Pages/Page_0/Content.xml", "/Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml",
     "Pages\\Page_0\\Content.xml", "./Pages/../Pages/Page_0/Content.xml", "PAGES/page_0/CONTENT.XML"],
)  # fmt: skip
def test_places_of_parts(place: str) -> None:
    members = parts(layer(text(20, 20, "正文。")))
    document = str(members["Doc_0/Document.xml"]).replace("Pages/Page_0/Content.xml", place)
    assert prose(read({**members, "Doc_0/Document.xml": document})) == ["正文。"]


def test_member_names_in_the_writers_code_page() -> None:
    members = parts(layer(text(20, 20, "正文。")))
    members["Doc_0/Document.xml"] = str(members["Doc_0/Document.xml"]).replace("Pages/Page_0", "页面/第一页")
    members["Doc_0/页面/第一页/Content.xml"] = members.pop("Doc_0/Pages/Page_0/Content.xml")
    assert prose(read(_with_names(members))) == ["正文。"]


def _with_names(members: dict[str, str | bytes]) -> bytes:
    """A zip whose names are in GBK without a mark, as old Windows programs write them."""

    class Coded(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own
            return self.filename.encode("gb18030"), self.flag_bits & ~0x800

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(Coded(name), content)
    return stream.getvalue()


def test_pictures_only() -> None:
    with pytest.raises(NoText):
        read(parts(layer(IMAGE)))


def test_a_page_without_text_among_others_is_remarked() -> None:
    assert read(parts(layer(text(20, 20, "正文。")), layer(IMAGE))).remarks == ("pages.without_text",)


def test_a_text_layer_that_lies_is_named() -> None:
    with pytest.raises(UnreadableText):
        read_objects(*[text(20, 20 + 5 * i, "ÕþÎñÐÅÏ¢") for i in range(9)])


def test_the_format_is_known_by_its_bytes() -> None:
    data = zipped(parts(layer(text(20, 20, "正文。"))))
    assert read_document(data, Source("a.pdf", "0" * 64, len(data))).format == "ofd"
