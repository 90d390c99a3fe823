"""Old Office files by the real LibreOffice: what a .docx says, its .doc, .rtf and .odt say; hostile ones say why not."""

from __future__ import annotations

import io
import struct
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from libreoffice import convert
from word_package import cell, grid_of, package, par, read, row, source_of, tables, tbl, texts

from extract.document import Document
from extract.errors import Damaged, Encrypted, ReadError, TooLarge
from extract.office.converted import read_converted
from extract.office.input_check import input_filter
from extract.office.libreoffice import LibreOffice
from extract.ole import CompoundFile
from extract.read import read_document
from extract.sniff import sniff
from extract.xml.word_names import W_NS
from normalize.read import read_report

REPORTS = Path(__file__).parent.parent.parent / "fixtures" / "reports"
WRITERS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8"}
MARK = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'
HEADER = f'<w:hdr xmlns:w="{W_NS}">{par("页眉")}</w:hdr>'
NUMBERS = (
    f'<w:numbering xmlns:w="{W_NS}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
WIDTH = '<w:tcW w:w="1500" w:type="dxa"/>'


def revised(kept: str, gone: str) -> str:
    return (
        f"<w:p><w:del {MARK}><w:r><w:delText>{gone}</w:delText></w:r></w:del>"
        f"<w:ins {MARK}><w:r><w:t>{kept}</w:t></w:r></w:ins></w:p>"
    )


def odd_document() -> bytes:
    """Numbering, revisions, hidden text, wide blanks, a nested table, a header: all that a conversion may alter."""
    hidden = "<w:p><w:r><w:t>看得见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>"
    field = (
        '<w:p><w:r><w:t>第</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE 7 </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:t>次</w:t></w:r></w:p>"
    )
    merged = tbl(
        row(
            cell("规章", f'{WIDTH}<w:vMerge w:val="restart"/>'),
            cell("本年", '<w:tcW w:w="3000" w:type="dxa"/><w:gridSpan w:val="2"/>'),
        ),
        row(
            cell(revised("12", "99"), f"{WIDTH}<w:vMerge/>").replace(revised("12", "99"), "<w:p/>"),
            cell(revised("12", "99"), WIDTH),
            cell("　", WIDTH),
        ),
        row(cell("合计", WIDTH), cell("0", WIDTH), cell("<w:p/>", WIDTH)),
    ).replace("<w:tblGrid/>", "<w:tblGrid>" + '<w:gridCol w:w="1500"/>' * 3 + "</w:tblGrid>")
    body = par("总体情况", NUMBERED) + par("主动公开", NUMBERED) + hidden + field + merged + par("　　末段")
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r0"/></w:sectPr>'
    relation = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    data = package(
        body + section.replace("<w:sectPr>", f"<w:sectPr {relation}>"),
        side_parts={"header1.xml": ("header", HEADER), "numbering.xml": ("numbering", NUMBERS)},
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            f'wordprocessingml.{kind}+xml"/>'
            for part, kind in (
                ("document", "document.main"),
                ("header1", "header"),
                ("numbering", "numbering"),
            )
        )
        + "</Types>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, types if name == "[Content_Types].xml" else old.read(name))
    return stream.getvalue()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """Word files by name, each with what LibreOffice made of it in every old format."""
    names = ("gangcha_2021", "pingtan_2020", "shanghai_2019")
    files = {name: (REPORTS / f"{name}.docx").read_bytes() for name in names} | {"odd": odd_document()}
    drafts = {f"{name}.docx": data for name, data in files.items()}
    made = convert(tmp_path_factory.mktemp("written"), drafts, WRITERS)
    return {name: made[name] | {"docx": data} for name, data in files.items()}


@pytest.fixture(scope="module")
def converted(written: dict[str, dict[str, bytes]]) -> dict[tuple[str, str], Document]:
    """All of them read back, converted in one batch."""
    keys = [(name, suffix) for name in written for suffix in WRITERS]
    with LibreOffice() as office:
        results = office.convert([(sniff(written[n][s]), written[n][s]) for n, s in keys])
    assert all(isinstance(result, bytes) for result in results)
    return {
        key: read_converted(result, source_of(written[key[0]][key[1]]), key[1])
        for key, result in zip(keys, results, strict=True)
        if isinstance(result, bytes)
    }


def facts(document: Document) -> dict[str, tuple[object, ...]]:
    report = read_report(document)
    found = {
        f"{o.table}.{o.field}.{o.applicant}": (o.value, o.unit, o.status, o.raw, o.flags)
        for o in report.observations
    }
    identity = report.identity
    return found | {"": (identity.agency, identity.year, identity.document_number, identity.issued_on)}


@pytest.mark.parametrize("suffix", list(WRITERS))
@pytest.mark.parametrize("name", ["gangcha_2021", "pingtan_2020", "shanghai_2019"])
def test_a_report_says_the_same_in_every_format(written, converted, name: str, suffix: str) -> None:
    assert sniff(written[name][suffix]) == suffix
    expected = facts(read(written[name]["docx"]))
    assert sum(value[0] is not None for value in expected.values()) > 50
    assert facts(converted[name, suffix]) == expected


@pytest.mark.parametrize("suffix", list(WRITERS))
def test_what_a_conversion_may_alter_stays(written, converted, suffix: str) -> None:
    before, after = read(written["odd"]["docx"]), converted["odd", suffix]
    assert [t.strip() for t in texts(before)] == ["一、总体情况", "二、主动公开", "看得见", "第7次", "末段"]
    printed = [t.strip().replace("、 ", "、") for t in texts(after) if t.strip()]
    if suffix == "rtf":  # LibreOffice writes the sign behind a numeral as a question mark
        printed = [text.replace("?", "、") for text in printed]
    assert printed == [t.strip() for t in texts(before)]
    assert [grid_of(table) for table in tables(after)] == [grid_of(table) for table in tables(before)]
    assert [m.text for m in after.margins] == ["页眉"]


def convert_one(name: str, data: bytes) -> bytes | ReadError:
    with LibreOffice() as office:
        (result,) = office.convert([(name, data)])
    return result


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.95])
@pytest.mark.parametrize("suffix", list(WRITERS))
def test_a_file_cut_short_is_damaged_and_never_half_a_report(written, suffix: str, share: float) -> None:
    data = written["gangcha_2021"][suffix]
    with pytest.raises(Damaged):
        input_filter(suffix, data[: int(len(data) * share)])


def with_flags(data: bytes, flags: int) -> bytes:
    """A .doc with these bits set at the beginning of its text stream."""
    at = data.find(CompoundFile(data).read("WordDocument")[:64])
    changed = bytearray(data)
    struct.pack_into("<H", changed, at + 10, struct.unpack_from("<H", data, at + 10)[0] | flags)
    return bytes(changed)


def test_a_doc_with_a_password_says_so(written) -> None:
    with pytest.raises(Encrypted):
        input_filter("doc", with_flags(written["odd"]["doc"], 0x0100))


def test_a_doc_of_noise_behind_its_header_is_damaged(written) -> None:
    data = written["odd"]["doc"]
    noise = bytes(range(256)) * (len(data) // 256)
    with pytest.raises(Damaged):
        input_filter("doc", data[:512] + noise)
    at = data.find(CompoundFile(data).read("WordDocument")[:64])
    with pytest.raises(Damaged):
        input_filter("doc", data[:at] + b"\x00\x00" + data[at + 2 :])


def test_a_doc_of_word_95_has_a_filter_of_its_own(written) -> None:
    data = bytearray(written["odd"]["doc"])
    at = bytes(data).find(CompoundFile(bytes(data)).read("WordDocument")[:64])
    struct.pack_into("<HH", data, at, 0xA5DC, 0x68)
    assert input_filter("doc", bytes(data)) == "MS WinWord 6.0"


def odt(content: str, manifest: str = "", **more: bytes) -> bytes:
    spaces = "".join(
        f' xmlns:{short}="{name}"'
        for short, name in {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
            "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
            "xlink": "http://www.w3.org/1999/xlink",
            "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        }.items()
    )
    entries = "".join(
        f'<m:file-entry m:full-path="{n}" m:media-type="text/xml"/>' for n in ("content.xml", *more)
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    media = "application/vnd.oasis.opendocument.text"
    root = f'<m:file-entry m:full-path="/" m:media-type="{media}"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", media, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<office:document-content{spaces} office:version="1.2">{content}</office:document-content>',
        )
        archive.writestr(
            "META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}">{root}{entries}{manifest}</m:manifest>'
        )
        for name, data in more.items():
            archive.writestr(name, data)
    return stream.getvalue()


def body(inner: str) -> str:
    return f"<office:body><office:text>{inner}</office:text></office:body>"


def test_an_odt_with_a_password_says_so() -> None:
    locked = odt("", manifest="<m:encryption-data/>")
    assert sniff(locked) == "odt"
    with pytest.raises(Encrypted):
        input_filter("odt", locked)


def test_an_odt_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        input_filter("odt", odt(body(""), **{"Pictures/a.svg": b" " * 60_000_000}))
    with pytest.raises(Damaged):
        input_filter("odt", odt("<office:body>"))


@pytest.fixture
def visits() -> Iterator[tuple[int, list[str]]]:
    """A server of this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names that the server looks for

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port, asked
        server.shutdown()
        thread.join()


def test_nothing_that_a_document_links_to_is_fetched(tmp_path: Path, visits: tuple[int, list[str]]) -> None:
    port, asked = visits
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRETWORD")
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    image = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="http://127.0.0.1:{port}/a.png" {link}/></draw:frame>'
    section = (
        f'<text:section text:name="s"><text:section-source xlink:href="{secret.as_uri()}" text:filter-name="Text"/>'
        "<text:p>kept</text:p></text:section>"
    )
    rtf = (
        f'{{\\rtf1 a{{\\field{{\\*\\fldinst INCLUDEPICTURE "http://127.0.0.1:{port}/b.png" \\\\d}}{{\\fldrslt x}}}}'
        f'{{\\field{{\\*\\fldinst INCLUDETEXT "{secret}"}}{{\\fldrslt y}}}}}}'
    ).encode()
    with LibreOffice() as office:
        results = office.convert([("odt", odt(body(f"<text:p>a{image}</text:p>{section}"))), ("rtf", rtf)])
    assert asked == []
    for result in results:
        assert isinstance(result, bytes)
        with zipfile.ZipFile(io.BytesIO(result)) as archive:
            assert not any(b"SECRETWORD" in archive.read(name) for name in archive.namelist())


def test_a_macro_that_runs_on_opening_does_not_run(tmp_path: Path) -> None:
    trace = tmp_path / "ran.txt"
    event = (
        '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
        'script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document" '
        'xlink:type="simple"/></office:event-listeners></office:scripts>'
    )
    code = f'Sub Main\nn = FreeFile\nOpen "{trace}" For Output As #n\nPrint #n, "ran"\nClose #n\nEnd Sub'
    library = (
        'xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"'
    )
    parts = {
        "Basic/script-lc.xml": '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" library:link="false"/>'
        "</library:libraries>",
        "Basic/Standard/script-lb.xml": f'<library:library {library}><library:element library:name="M"/></library:library>',
        "Basic/Standard/M.xml": '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" '
        f'script:language="StarBasic">{code.replace("&", "&amp;").replace("<", "&lt;")}</script:module>',
    }
    data = odt(event + body("<text:p>a</text:p>"), **{name: text.encode() for name, text in parts.items()})
    result = convert_one("odt", data)
    assert isinstance(result, bytes)
    assert texts(read(result)) == ["a"]
    assert not trace.exists()


def test_rtf_behind_a_mark_and_white_space_is_read() -> None:
    data = b"\xef\xbb\xbf\r\n {\\rtf1\\ansi\\ansicpg936 \\'d6\\'d0\\'ce\\'c4}"
    assert sniff(data) == "rtf"
    document = read_document(data, source_of(data))
    assert (document.format, texts(document)) == ("rtf", ["中文"])


def test_a_field_for_the_day_of_opening_prints_no_day() -> None:
    date = '{\\field{\\*\\fldinst DATE \\\\@ "yyyy-MM-dd"}{\\fldrslt 2020-01-02}}'
    data = f"{{\\rtf1 signed {date} end\\par 1999-09-09}}".encode()
    document = read_document(data, source_of(data))
    assert texts(document) == ["signed  end", "1999-09-09"]
    assert document.remarks == ("fields.date",)
