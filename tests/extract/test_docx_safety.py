"""Broken, hostile and odd packages: only the project's own errors come out."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import pytest
from archive_making import lock_members
from hypothesis import given, settings
from hypothesis import strategies as st
from word_package import NAMESPACES, document_xml, package, par, read, row, tbl, texts, zipped

from extract.document import Document
from extract.errors import Damaged, EmptyFile, Encrypted, ReadError, TooLarge
from extract.sniff import sniff
from extract.xml import package as package_module

GOOD = package(par("一、总体情况") + tbl(row("规章", "3", "0", "12"), row("合计", "")))


def compound_file(*streams: str) -> bytes:
    """An OLE file with these directory entries and nothing else: header, FAT, directory."""
    size, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(size, b"\x00"))
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *([free] * 108))
    sectors = 1 + (len(streams) - 1) // 4
    chain = [2 + n for n in range(sectors - 1)] + [end]
    fat = struct.pack("<128I", 0xFFFFFFFD, *chain, *([free] * (127 - sectors)))
    directory = b""
    for name in streams:
        text = name.encode("utf-16-le") + b"\x00\x00"
        directory += text.ljust(64, b"\x00") + struct.pack("<H", len(text)) + b"\x00" * 62
    return bytes(header) + fat + directory.ljust(sectors * size, b"\x00")


def test_an_encrypted_document_says_so() -> None:
    with pytest.raises(Encrypted):
        read(compound_file("Root Entry", "DataSpaces", "a", "b", "EncryptionInfo", "EncryptedPackage"))


def test_a_member_with_a_zip_password_says_so() -> None:
    with pytest.raises(Encrypted):
        read(lock_members(GOOD))


def test_nothing_at_all() -> None:
    with pytest.raises(EmptyFile):
        read(b"")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_file_is_damaged(share: float) -> None:
    with pytest.raises(Damaged):
        read(GOOD[: int(len(GOOD) * share)])


def test_a_package_without_a_document_is_damaged() -> None:
    with pytest.raises(Damaged):
        read(zipped({"a.txt": "a"}))


def test_a_document_is_found_without_any_index() -> None:
    assert texts(read(zipped({"word/document.xml": document_xml(par("a"))}))) == ["a"]


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<",
        "<a/>",
        f"<w:document {NAMESPACES}/>",
        document_xml(par("a"))[:-9],
        "\x00\x01",
        '<?xml encoding="x"?><a/>',
    ],
)
def test_a_broken_main_part_is_damaged(xml: str) -> None:
    with pytest.raises(Damaged):
        read(zipped({"word/document.xml": xml}))


def test_broken_side_parts_are_done_without() -> None:
    result = read(
        package(par("a"), side_parts={"styles.xml": ("styles", "<broken"), "n.xml": ("numbering", "")})
    )
    assert texts(result) == ["a"]
    assert "damaged_parts" in result.remarks


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TooLarge):
        read(zipped({"word/document.xml": b" " * (package_module.MAX_PART_BYTES // 2)}))


def test_many_middling_parts_are_refused_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAX_TOTAL_BYTES", len(document_xml(par("a"))) + 2000)
    header = f"<w:hdr {NAMESPACES}>{par('x')}</w:hdr>"
    with pytest.raises(TooLarge):
        read(package(par("a"), side_parts={f"h{n}.xml": ("header", header) for n in range(10)}))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/hostname">',
    ],
)
def test_entities_are_refused(declaration: str) -> None:
    with pytest.raises(Damaged):
        read(zipped({"word/document.xml": f"<!DOCTYPE d [{declaration}]>" + document_xml(par("&b;"))}))


@pytest.mark.parametrize("levels", [20, 80, 240, 5000])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        ("<w:customXml>", "</w:customXml>"),
    ],
)
def test_deep_nesting_ends_in_a_document_or_in_damaged(levels: int, before: str, after: str) -> None:
    data = package(before * levels + par("a") + after * levels)
    try:
        assert "a" in texts(read(data))
    except Damaged:
        assert levels > 20


def test_of_two_members_with_one_name_the_last_listed_is_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", document_xml(par("first")))
        archive.writestr("Word/document.xml", document_xml(par("second")))
    result = read(stream.getvalue())
    assert texts(result) == ["second"]
    assert "duplicate_parts" in result.remarks


def read_or_refuse(data: bytes) -> Document | ReadError:
    try:
        return read(data)
    except ReadError as error:
        return error


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_changed_bytes_raise_nothing_else(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, value in changes:
        data[at] = value
    assert isinstance(read_or_refuse(bytes(data)), Document | ReadError)


TAGS = st.sampled_from(
    [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "tcPr",
        "pPr",
        "rPr",
        "sdt",
        "sdtContent",
        "ins",
        "del",
        "numPr",
        "numId",
        "ilvl",
        "gridSpan",
        "vMerge",
        "hMerge",
        "txbxContent",
        "pict",
        "sym",
        "fldChar",
        "br",
        "customXml",
        "pStyle",
        "rStyle",
        "jc",
        "sz",
        "b",
        "vanish",
        "tcW",
        "gridBefore",
        "trPr",
        "cellDel",
        "ruby",
    ]
)
VALUES = st.sampled_from(["", "0", "-1", "1", "9999999999", "restart", "x", "begin", "end", "separate"])


def element(tag: str, value: str, inner: list[str]) -> str:
    attributes = f'w:val="{value}" w:w="{value}" w:char="{value}" w:fldCharType="{value}"'
    return f"<w:{tag} {attributes}>{''.join(inner)}</w:{tag}>"


TREES = st.recursive(
    st.just("字"), lambda inner: st.builds(element, TAGS, VALUES, st.lists(inner, max_size=4)), max_leaves=25
)


@settings(max_examples=300)
@given(TREES)
def test_any_tree_of_word_elements_is_read(tree: str) -> None:
    assert isinstance(read(package(tree)), Document)


@given(st.binary(max_size=600))
def test_any_bytes_are_refused_properly(data: bytes) -> None:
    assert isinstance(read_or_refuse(data), ReadError)
    assert isinstance(read_or_refuse(b"PK\x03\x04" + data), ReadError)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("part", ["[Content_Types].xml", "word/document.xml"])
def test_no_more_is_unpacked_than_a_part_says_it_has(method: int, part: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr(part, bytes(60_000_000))
        archive.writestr("other.xml", "<a/>")
    data = bytearray(stream.getvalue())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(mark) + offset, 100)
    tracemalloc.start()
    try:
        assert sniff(bytes(data)) in {"zip", "docx"}
        with pytest.raises(Damaged):
            read(bytes(data))
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_a_directory_of_a_million_names_is_not_read_to_its_end() -> None:
    at = GOOD.find(b"PK\x01\x02")
    entry = GOOD[at : GOOD.find(b"PK\x01\x02", at + 1)]
    end = bytearray(GOOD[-22:])
    directory = entry * 200_000
    struct.pack_into("<HHI", end, 8, 200_000 & 0xFFFF, 200_000 & 0xFFFF, len(directory))
    data = GOOD[:at] + directory + bytes(end)
    tracemalloc.start()
    try:
        with pytest.raises(ReadError):
            read(data)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000 + len(data)
    finally:
        tracemalloc.stop()
