"""Which document format a zip archive is, from its directory and one small member.

Enters: bytes that contain a zip. Leaves: docx, xlsx, xlsb, pptx, odt, ods, odp, ofd, epub, or plain zip.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import islice
from typing import Final

from extract.errors import ReadError, SplitArchive
from extract.zip.content import load
from extract.zip.directory import Stored, read_directory

_MAX_INDEX_BYTES: Final = 1024 * 1024
"""Of the member that states the type; 671 to 1575 in Word and Excel files at hand."""
_MAX_NAMES: Final = 20_000
"""Headers of a cut archive that are looked at."""
_OPEN_DOCUMENT: Final = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
}
_OFFICE_PARTS: Final = (
    ("word/document.xml", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.", "xlsx"),
    ("ppt/presentation.", "pptx"),
)
_MAIN_TYPES: Final = (
    (re.compile(rb"(?:wordprocessingml|ms-word)\.[a-z.]*(?:main\+xml)", re.IGNORECASE), "docx"),
    (re.compile(rb"(?:spreadsheetml|ms-excel)\.[a-z.]*main", re.IGNORECASE), "xlsx"),
    (re.compile(rb"(?:presentationml|ms-powerpoint)\.[a-z.]*main", re.IGNORECASE), "pptx"),
)
_OFD_PART: Final = re.compile(r"doc_\d+/(?:document|pages/.*)\.xml|decryptseed\.dat")
"""Parts that tell an OFD whose entry is cut off or encrypted."""
_LOCAL_HEADER: Final = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)


def name_zip(data: bytes) -> str:
    """The format of a zip archive; a cut one is named by the members that are left."""
    try:
        listed = read_directory(data)
    except SplitArchive:
        listed = None
    if listed is None:
        cut = _local_names(data)
        return _by_names(cut) or ("docx" if "[content_types].xml" in cut else "zip")  # its parts are cut off
    names = {_plain(stored.raw): stored for stored in listed}
    return _by_names(names) or _by_index(data, names) or "zip"


def _plain(raw: bytes) -> str:
    return raw.decode("utf-8", errors="replace").replace("\\", "/").lstrip("/").lower()


def _by_names(names: Collection[str]) -> str:
    if "ofd.xml" in names or any(_OFD_PART.fullmatch(name) for name in names):
        return "ofd"
    if "[content_types].xml" not in names:
        return ""
    for part, file_format in _OFFICE_PARTS:
        if any(name.startswith(part) for name in names):
            return file_format
    return ""


def _by_index(data: bytes, names: Mapping[str, Stored]) -> str:
    """By the member that states the type: `mimetype`, or the content types of Office."""
    stated = _read_small(data, names.get("mimetype")).decode("latin-1").strip()
    for media_type, file_format in _OPEN_DOCUMENT.items():
        if stated.startswith(media_type):
            return file_format
    types = _read_small(data, names.get("[content_types].xml"))
    return next((file_format for pattern, file_format in _MAIN_TYPES if pattern.search(types)), "")


def _read_small(data: bytes, stored: Stored | None) -> bytes:
    if stored is None or stored.size > _MAX_INDEX_BYTES:
        return b""
    try:
        return load(data, stored)
    except ReadError:
        return b""


def _local_names(data: bytes) -> set[str]:
    """Member names from the local headers, for an archive whose directory is cut off."""
    headers = islice(_LOCAL_HEADER.finditer(data), _MAX_NAMES)
    return {_plain(data[h.end() : h.end() + int.from_bytes(h[1], "little")]) for h in headers}
