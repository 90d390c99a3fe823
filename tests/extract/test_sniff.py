"""Formats are told from bytes, and only from bytes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_package import document_xml, package, par, relationships, source_of, zipped

from extract import read as read_module
from extract.document import Document
from extract.errors import EmptyFile, Encrypted, ReadError, TooLarge, UnknownFormat, UnsupportedFormat
from extract.read import read_document
from extract.sniff import sniff

PROSE = "一、总体情况\n本年度共收到政府信息公开申请，均已按时办结。\n"
HTML = f"<html><head><meta charset=gbk></head><body><p>{PROSE}</p></body></html>"


def compound_file(*streams: str) -> bytes:
    """The header of an OLE file and one directory sector with these names."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\xff"))
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = bytes(4)
    entries = b""
    for name in streams:
        text = name.encode("utf-16-le") + b"\x00\x00"
        entries += text.ljust(64, b"\x00") + len(text).to_bytes(2, "little") + bytes(62)
    return bytes(header) + entries.ljust(512, b"\x00")


def written_by_office(kind: str) -> bytes:
    stream = io.BytesIO()
    (docx.Document() if kind == "docx" else openpyxl.Workbook()).save(stream)
    return stream.getvalue()


def tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return stream.getvalue()


OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
CASES = {
    "text": [
        PROSE.encode(),
        PROSE.encode("gb18030"),
        PROSE.encode("utf-16"),
        f"{PROSE}网页以<html>开头。".encode(),
        f"说明：%PDF-1.4 {PROSE}".encode(),
        f"标题：年度报告\n日期：2022\n{PROSE}".encode(),
        b"<100 items",
        "名称,数量\r\n规章,12\r\n".encode("gb18030"),
    ],
    "html": [
        f"<!-- {PROSE} -->\n{PROSE}<p>{PROSE}</p><table><tr><td>1</td></tr></table>".encode(),
        ('{"data": {"content": "' + PROSE + '<table><tr><td>1</td></tr></table>"}}').encode(),
        ('[{"t": 1, "c": "' + "x" * 9000 + '\\u003ctable\\u003e\\u003ctd\\u003e1"}]').encode(),
        f"var html = '<div>{PROSE.strip()}<\\/div>';".replace("\n", "").encode(),
        f"document.write('<p>{PROSE}</p>');".replace("\n", "").encode("gb18030"),
        f'jQuery1124({{"a": "<p>{PROSE}"}});'.encode(),
        f"&lt;!DOCTYPE html&gt;&lt;p&gt;{PROSE}&lt;/p&gt;".encode(),
        HTML.encode("gb18030"),
        HTML.encode("utf-16"),
        HTML.encode("utf-16-le"),
        b"\xef\xbb\xbf\r\n<!-- saved -->\n<!DOCTYPE html>\n" + HTML.encode(),
        b'<?xml version="1.0"?>\n' + HTML.encode(),
        f"<table><tr><td>{PROSE}</td></tr></table>".encode(),
        b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta name=ProgId content=Excel.Sheet></html>',
        b'<html xmlns:w="urn:schemas-microsoft-com:office:word"><meta name=ProgId content=Word.Document></html>',
    ],
    "docx": [
        written_by_office("docx"),
        package(par("a")),
        package(par("a"))[:-40],
        b"\r\n" + package(par("a")),
        zipped(
            {
                "_rels/.rels": relationships({"x/main.xml": "officeDocument"}),
                "[Content_Types].xml": '<Types><Override PartName="/x/main.xml" ContentType="application/vnd.'
                'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
                "x/main.xml": document_xml(""),
            }
        ),
    ],
    "xlsx": [written_by_office("xlsx")],
    "odt": [zipped({"mimetype": OPEN_DOCUMENT + "text", "content.xml": ""})],
    "ods": [zipped({"mimetype": OPEN_DOCUMENT + "spreadsheet"})],
    "ofd": [zipped({"OFD.xml": "", "Doc_0/Document.xml": ""})],
    "zip": [
        zipped({"报告.docx": package(par("a"))}),
        zipped({}),
        zipped({"[Content_Types].xml": "<Types/>"}),
    ],
    "doc": [compound_file("Root Entry", "1Table", "WordDocument", "Workbook")],
    "xls": [compound_file("Root Entry", "Workbook")],
    "encrypted-ooxml": [compound_file("Root Entry", "EncryptionInfo", "EncryptedPackage")],
    "ole": [compound_file("Root Entry"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
    "rtf": [b"{\\rtf1\\ansi a}", b"\n {\\rtf1 a}", b"\xef\xbb\xbf{\\rtf1 a}"],
    "pdf": [b"%PDF-1.7\n1 0 obj", b"stray\n%PDF-1.4\n\xff\x00 1 0 obj\nstartxref\n9\n%%EOF"],
    "rar": [b"Rar!\x1a\x07\x01\x00", b"MZ\x90\x00\xff\xfe" + bytes(900) + b"Rar!\x1a\x07\x00"],
    "7z": [b"7z\xbc\xaf\x27\x1c\x00\x04"],
    "gzip": [gzip.compress(b"a", mtime=0)],
    "bzip2": [bz2.compress(b"a"), bz2.compress(b"")],
    "xz": [lzma.compress(b"a")],
    "tar": [tar()],
    "png": [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"],
    "jpeg": [b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"],
    "tiff": [b"II*\x00\x08\x00\x00\x00", b"MM\x00*\x00\x00\x00\x08"],
    "bmp": [b"BM" + bytes(8) + b"\x36\x00\x00\x00\x28\x00\x00\x00" + bytes(40)],
    "gif": [b"GIF89a\x03\x00\x03\x00"],
    "eml": [f"From: a@b.cn\r\nSubject: report\r\nDate: today\r\n\r\n{PROSE}".encode()],
    "mhtml": [
        b'From: "Saved by Windows Internet Explorer 11"\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>',
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n--x\r\n",
    ],
    "xml-word": [
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
        b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
        b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>',
    ],
    "xlsb": [zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b""})],
    "xml-excel": [
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    ],
    "wps": [compound_file("Root Entry", "MatOST")],
    "ppt": [compound_file("Root Entry", "PowerPoint Document")],
    "xml": [b'<?xml version="1.0"?><report/>'],
    "unknown": [b"", bytes(range(256)) * 4, b"\x7fELF\x02\x01\x01" + bytes(64), b"\x00\x01\x02\x03"],
}


@pytest.mark.parametrize(
    ("name", "data"), [(name, data) for name, examples in CASES.items() for data in examples]
)
def test_every_format_is_told_from_its_bytes(name: str, data: bytes) -> None:
    assert sniff(data) == name


@pytest.mark.parametrize("seed", range(40))
def test_noise_is_unknown(seed: int) -> None:
    noise = random.Random(seed).randbytes(2000)
    assert sniff(noise) == "unknown"


@given(st.binary(max_size=300))
def test_any_bytes_have_a_name(data: bytes) -> None:
    assert sniff(data)
    for magic in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"):
        assert sniff(magic + data)


def read_or_refuse(data: bytes) -> Document | ReadError:
    try:
        return read_document(data, source_of(data))
    except ReadError as error:
        return error


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert isinstance(read_or_refuse(data), Document | ReadError)


def test_the_bytes_choose_the_reader() -> None:
    for data, reader in ((package(par("a")), "docx"), (PROSE.encode("gb18030"), "text")):
        document = read_or_refuse(data)
        assert isinstance(document, Document)
        assert document.reader == reader


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"\xef\xbb\xbf \r\n", EmptyFile),
        (" \r\n".encode("utf-16"), EmptyFile),
        (CASES["rar"][0], UnsupportedFormat),
        (CASES["encrypted-ooxml"][0], Encrypted),
        (bytes(range(256)), UnknownFormat),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, error: type[ReadError]) -> None:
    with pytest.raises(error):
        read_document(data, source_of(data))


def test_a_file_beyond_all_reports_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_module, "MAX_FILE_BYTES", 10)
    with pytest.raises(TooLarge):
        read_document(b"a" * 11, source_of(b""))


def test_a_zip_that_lies_about_a_member_is_still_named() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    assert sniff(stream.getvalue().replace(b"epub+zip", b"xxxx+zip")) == "zip"
