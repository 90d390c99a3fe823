"""Word documents that are one XML file say what the .docx says that they stand for."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_package import grid_of, read, source_of, tables, texts

from extract.document import Document
from extract.errors import Damaged, ReadError
from extract.read import read_document
from extract.sniff import sniff
from extract.xml.word_names import W_NS

REPORTS = Path(__file__).parent.parent.parent / "fixtures" / "reports"
NAMES = ("gangcha_2021", "hongze_2023", "pingtan_2020", "shanghai_2019")
OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"


def flat(docx: bytes) -> bytes:
    """The package as one file, as Word saves it."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in archive.namelist():
            text = (
                archive.read(name).decode().partition("?>")[2]
                if archive.read(name)[:5] == b"<?xml"
                else archive.read(name).decode()
            )
            parts.append(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{text}</pkg:xmlData></pkg:part>')
    parts.append(
        f'<pkg:part pkg:name="/word/a.png"><pkg:binaryData>{base64.b64encode(b"x" * 99).decode()}</pkg:binaryData></pkg:part>'
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Word.Document"?>\n'
    return f'{head}<pkg:package xmlns:pkg="{PKG}">{"".join(parts)}</pkg:package>'.encode()


def wordml(body: str, more: str = "") -> bytes:
    """A document of Word 2003."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
        f'<w:wordDocument xmlns:w="{OLD}" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
        'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:st1="urn:schemas-microsoft-com:office:smarttags">'
        f"<o:DocumentProperties><o:Title>题</o:Title></o:DocumentProperties>{more}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    ).encode()


def par(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def read_xml(data: bytes) -> Document:
    assert sniff(data) == "xml-word"
    return read_document(data, source_of(data))


@pytest.mark.parametrize("name", NAMES)
def test_a_package_in_one_file_is_read_as_the_package(name: str) -> None:
    docx = (REPORTS / f"{name}.docx").read_bytes()
    before, after = read(docx), read_xml(flat(docx))
    assert (after.format, after.reader) == ("xml-word", "docx")
    assert after.blocks == before.blocks
    assert (after.margins, after.properties_title) == (before.margins, before.properties_title)


def older(docx: bytes) -> bytes:
    """The body of a .docx in the words of Word 2003."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        text = archive.read("word/document.xml").decode()
    for new, old in (("w:vMerge", "w:vmerge"), ("w:hMerge", "w:hmerge"), (W_NS, OLD)):
        text = text.replace(new, old)
    inner = text.partition("<w:body>")[2].rpartition("</w:body>")[0]
    return wordml(inner)


@pytest.mark.parametrize("name", ["pingtan_2020", "shanghai_2019"])
def test_the_tables_of_word_2003_are_those_of_the_docx(name: str) -> None:
    docx = (REPORTS / f"{name}.docx").read_bytes()
    before, after = read(docx), read_xml(older(docx))
    assert list(map(grid_of, tables(after))) == list(map(grid_of, tables(before)))
    assert texts(after) == texts(before)


def test_merged_cells_of_word_2003() -> None:
    first = f'<w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr>{par("a")}</w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{par("b")}</w:tc></w:tr>'
    second = f"<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc>{par('1')}</w:tc><w:tc>{par('')}</w:tc></w:tr>"
    (table,) = tables(read_xml(wordml(f"<wx:sub-section><w:tbl>{first}{second}</w:tbl></wx:sub-section>")))
    assert grid_of(table) == [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("", 1, 2, 1, 1)]


def annotation(kind: str, inner: str) -> str:
    return (
        f'<aml:annotation aml:id="1" w:type="Word.{kind}"><aml:content>{inner}</aml:content></aml:annotation>'
    )


def test_revisions_hidden_text_smart_tags_and_links_of_word_2003() -> None:
    gone = annotation("Deletion", "<w:r><w:delText>99</w:delText></w:r>")
    kept = annotation("Insertion", "<w:r><w:t>12</w:t></w:r>")
    mark = '<aml:annotation aml:id="0" w:type="Word.Bookmark.Start" w:name="x"/>'
    note = annotation("Comment", "<w:p><w:r><w:t>批注</w:t></w:r></w:p>")
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    tagged = '<st1:date w:st="on"><w:r><w:t>2024年</w:t></w:r></st1:date><w:hlink w:dest="http://a"><w:r><w:t>链</w:t></w:r></w:hlink>'
    document = read_xml(wordml(f"<w:p>{mark}{gone}{kept}{note}{hidden}{tagged}</w:p>"))
    assert texts(document) == ["122024年链"]
    assert document.properties_title == "题"
    assert "revisions" in document.remarks


def test_labels_of_lists_are_printed_as_word_wrote_them_or_counted() -> None:
    lists = (
        '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/><w:suff w:val="Nothing"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
    )
    item = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/>{}</w:listPr>'
    body = par("甲", item.format("")) + par("乙", item.format(""))
    assert [t.replace(" ", "") for t in texts(read_xml(wordml(body, lists)))] == ["一、甲", "二、乙"]
    body = par("甲", item.format('<wx:t wx:val="（七）"/><wx:font wx:val="宋体"/>')) + par(
        "乙", item.format('<wx:t wx:val="·"/><wx:font wx:val="Symbol"/>')
    )
    assert texts(read_xml(wordml(body, lists))) == ["（七） 甲", "乙"]


def test_headers_and_notes_of_word_2003_stand_apart() -> None:
    note = f"<w:r><w:footnote>{par('脚注')}</w:footnote></w:r>"
    section = f'<w:sectPr><w:hdr w:type="odd">{par("页眉")}</w:hdr><w:ftr w:type="odd">{par("页脚")}</w:ftr></w:sectPr>'
    document = read_xml(wordml(f"<w:p><w:r><w:t>正文</w:t></w:r>{note}</w:p>{section}"))
    assert texts(document) == ["正文"]
    assert {m.text for m in document.margins} == {"页眉", "页脚", "脚注"}


def test_a_text_box_of_word_2003() -> None:
    box = f"<w:pict><v:shape><v:textbox><w:txbxContent>{par('题')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    assert texts(read_xml(wordml(f"<w:p><w:r>{box}</w:r></w:p>"))) == ["", "题"]


@pytest.mark.parametrize(
    "data",
    [
        wordml(par("a"))[:-20],
        flat((REPORTS / "pingtan_2020.docx").read_bytes())[:9000],
        wordml(par("a")).replace(b"<w:wordDocument", b'<!DOCTYPE d [<!ENTITY e "x">]><w:wordDocument'),
        f'<pkg:package xmlns:pkg="{PKG}"/>'.encode(),
        f'<pkg:package xmlns:pkg="{PKG}"><pkg:part pkg:name="/a.xml"><pkg:binaryData>!</pkg:binaryData></pkg:part></pkg:package>'.encode(),
    ],
)
def test_what_is_no_document_is_damaged(data: bytes) -> None:
    with pytest.raises(Damaged):
        read_document(data, source_of(data))


def test_deep_nesting_ends_in_a_document_or_in_damaged() -> None:
    for levels in (50, 400, 3000):
        data = wordml("<w:tbl><w:tr><w:tc>" * levels + par("a") + "</w:tc></w:tr></w:tbl>" * levels)
        try:
            assert "a" in texts(read_xml(data))
        except Damaged:
            assert levels > 50


TAGS = st.sampled_from(
    [
        "w:p",
        "w:r",
        "w:t",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:pPr",
        "w:listPr",
        "wx:t",
        "wx:sect",
        "wx:font",
        "aml:annotation",
        "aml:content",
        "w:hdr",
        "w:footnote",
        "w:cfChunk",
        "st1:date",
        "w:sectPr",
        "w:lists",
        "w:lvl",
        "w:nfc",
    ]
)


def element(tag: str, value: str, inner: list[str]) -> str:
    return f'<{tag} w:val="{value}" w:type="Word.{value}" wx:val="{value}">{"".join(inner)}</{tag}>'


TREES = st.recursive(
    st.just("字"),
    lambda inner: st.builds(
        element,
        TAGS,
        st.sampled_from(["Deletion", "Insertion", "1", "", "restart"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@settings(max_examples=200)
@given(TREES)
def test_any_tree_is_read_or_refused(tree: str) -> None:
    data = wordml(tree, f"<w:lists>{tree}</w:lists>")
    assert isinstance(read_or_refuse(data), Document | Damaged)


def read_or_refuse(data: bytes) -> Document | ReadError:
    try:
        return read_document(data, source_of(data))
    except ReadError as error:
        return error
