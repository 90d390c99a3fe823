"""What a file is, from its bytes alone: suffixes of downloaded reports are wrong too often.

Enters: bytes. Leaves: a format name, `unknown` for binary junk. Reads the beginning of the file, a zip's
directory or an OLE directory; a whole file only where it begins like JSON or a script.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from extract.characters.decode import SAMPLE, find_encoding
from extract.ole import is_ole, stream_names, top_names
from extract.zip.document_format import name_zip

UNKNOWN: Final = "unknown"
"""What `sniff` says of bytes of no format known here."""
_MAGIC: Final = (
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PK\x07\x08PK\x03\x04", "zip"),  # the first volume of several
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_OLE_STREAMS: Final = {
    "EncryptedPackage": "encrypted-ooxml",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
    "MatOST": "wps",
}
_BZIP2: Final = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_LONGEST_PROGRAM: Final = 1024 * 1024
_BMP_HEADERS: Final = frozenset({12, 40, 52, 56, 64, 108, 124})
_HTML_TAG: Final = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|style|script|link|base|table|tbody|tr|td|div|p|span|"
    r"font|center|h[1-6]|br|hr|a|img|ul|ol|section|article|b|strong|iframe|form|noscript)(?=[\s>/]))",
    re.IGNORECASE,
)
_TAGGED: Final = re.compile(r"<(?:table|p|div|span|h[1-6]|font)\b[^<>]*>", re.IGNORECASE)
_END_TAG: Final = re.compile(r"</(?:table|tr|td|p|div|span|h[1-6]|font)\s*>", re.IGNORECASE)
_WRAPPED: Final = re.compile(
    r"[\s\ufeff]*(?:[{\[(!/;\"']|&lt;|[A-Za-z_$][\w$.]*\s*[=(]|(?:var|let|const|function|export)\s)"
)
_BEFORE_MARKUP: Final = re.compile(r"(?:\s|\ufeff|\x00|<\?.*?\?>|<!--.*?-->|<!--.*\Z)+", re.DOTALL)
_MAIL_HEADER: Final = re.compile(
    r"^(?:From|To|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Content-Type|"
    r"Content-Transfer-Encoding|Snapshot-Content-Location|Delivered-To|Reply-To|Sender|Cc|X-Mailer|"
    r"DKIM-Signature|X-QQ-[\w-]+):(?!//)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*:|From ")
_SAVED_PAGE: Final = re.compile(r"Snapshot-Content-Location:|From: ?\W{0,2}Saved by", re.IGNORECASE)
_RELATED: Final = re.compile(r"multipart/related", re.IGNORECASE)
# A mail whose text shows pictures is `related` as well, but it went through the post.
_POSTED: Final = re.compile(
    r"^(?:To|Cc|Received|Message-ID|Return-Path|Delivered-To|Reply-To|X-Mailer|X-QQ-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_WORD_XML: Final = (
    "http://schemas.microsoft.com/office/2006/xmlPackage",
    "http://schemas.microsoft.com/office/word/2003/wordml",
    'progid="Word.Document"',
)
_EXCEL_XML: Final = ("urn:schemas-microsoft-com:office:spreadsheet", 'progid="Excel.Sheet"')


def sniff(data: bytes) -> str:
    """The format of the bytes.

    Returns:
        One of: text, docx, doc, xls, ppt, wps, ole, encrypted-ooxml, rtf, pdf, html, xlsx, xlsb, pptx, odt,
        ods, odp, ofd, epub, zip, rar, 7z, gzip, bzip2, xz, tar, png, jpeg, tiff, bmp, gif, eml, mhtml,
        xml-word, xml-excel, xml, unknown.
    """
    prefix = data[:SAMPLE]
    found = _by_magic(prefix) or _by_container(data)
    if found:
        return found
    text = _readable_prefix(prefix)
    if text is None:
        return _inside_program(data) or UNKNOWN
    found = _by_markup(text)
    if found:
        return "html" if found == "xml" and _holds_page(data) else found
    return _by_mail_headers(text) or _by_page_inside(data, text) or "text"


def _by_magic(prefix: bytes) -> str:
    start = prefix.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, name in _MAGIC:
        if prefix.startswith(magic) or (name == "rtf" and start.startswith(magic)):
            return name
    if _BZIP2.match(prefix):
        return "bzip2"
    if prefix[:2] == b"BM" and int.from_bytes(prefix[14:18], "little") in _BMP_HEADERS:
        return "bmp"
    return "tar" if _is_tar(prefix) else ""


def _is_tar(prefix: bytes) -> bool:
    """By its header's checksum; the `ustar` mark is missing in old archives."""
    header = prefix[:512]
    field = header[148:156].strip(b" \x00")
    if len(header) < 512 or not field.isdigit():
        return False
    total = sum(header) - sum(header[148:156]) + 8 * ord(" ")
    return field == b"%o" % total or field.lstrip(b"0") == b"%o" % total


def _by_container(data: bytes) -> str:
    if is_ole(data):
        names = (_OLE_STREAMS.get(name) for name in (*top_names(data), *stream_names(data)))
        return next((name for name in names if name), "ole")
    start = data[:1024]
    if b"%PDF-" in start and (start.lstrip().startswith(b"%PDF-") or _is_late_pdf(data)):
        return "pdf"
    if b"PK\x03\x04" in start[:64] or start.startswith(b"PK\x05\x06"):
        return name_zip(data)
    return ""


def _is_late_pdf(data: bytes) -> bool:
    """A PDF after some stray bytes, unlike a text that mentions the mark: it ends like one."""
    return b"startxref" in data[-2048:]


def _inside_program(data: bytes) -> str:
    """The archive in a program that extracts it."""
    if not data.startswith(b"MZ"):
        return ""
    places = {name: data.find(mark, 0, _LONGEST_PROGRAM) for mark, name in _MAGIC if name in {"rar", "7z"}}
    found = [name for name, place in places.items() if place > 0]
    if found:
        return min(found, key=places.__getitem__)
    return "zip" if zipfile.is_zipfile(io.BytesIO(data)) else ""


def _readable_prefix(prefix: bytes) -> str | None:
    """The beginning as text for looking at markup, None where it is no text."""
    encoding = find_encoding(prefix)
    return None if encoding is None else prefix.decode(encoding, errors="replace")


def _by_markup(text: str) -> str:
    before = _BEFORE_MARKUP.match(text)
    lead = before[0] if before else ""
    rest = text[len(lead) :]
    if not rest.startswith("<") and "<?xml" not in lead:
        return ""
    if _HTML_TAG.match(rest):
        return "html"
    if any(mark in text for mark in _WORD_XML):
        return "xml-word"
    if any(mark in text for mark in _EXCEL_XML):
        return "xml-excel"
    return "xml" if "<?xml" in lead else ""


def _by_page_inside(data: bytes, text: str) -> str:
    """A page that does not begin like one: after some words, in JSON, in a script, with its signs escaped."""
    if len(_END_TAG.findall(text)) >= 3 and _TAGGED.search(text):
        return "html"
    return "html" if _WRAPPED.match(text) and _holds_page(data) else ""


def _holds_page(data: bytes) -> bool:
    from extract.html.source.encoding import decode_page
    from extract.html.source.saved import holds_page  # most files are told without it

    return holds_page(decode_page(data)[0])


def _by_mail_headers(text: str) -> str:
    """Two known header lines in an opening block that consists of header lines."""
    block = re.split(r"\r?\n\r?\n", text.lstrip("\ufeff\r\n"), maxsplit=1)[0]
    if not _HEADER_LINE.match(block) or len(_MAIL_HEADER.findall(block)) < 2:
        return ""
    lines = [line for line in block.splitlines() if line[:1] not in {" ", "\t"}]
    if not all(_HEADER_LINE.match(line) for line in lines[:-1]):
        return ""
    related = _RELATED.search(block) and not _POSTED.search(block)
    return "mhtml" if related or _SAVED_PAGE.search(block) else "eml"
