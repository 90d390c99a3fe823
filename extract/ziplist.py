"""Which document format a zip archive is, from its directory and one small member.

Enters: bytes that contain a zip. Leaves: docx, xlsx, xlsb, pptx, odt, ods, odp, ofd, epub, or plain zip.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from itertools import islice
from typing import Final

_MAX_INDEX_BYTES: Final = 1024 * 1024
_MAX_DIRECTORY_BYTES: Final = 4 * 1024 * 1024
_MAX_NAMES: Final = 20_000
_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, OSError, ValueError, KeyError, IndexError, OverflowError, RuntimeError,
)  # fmt: skip
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
        if _directory_bytes(data) > _MAX_DIRECTORY_BYTES:
            return _by_names(_local_names(data)) or "zip"
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
            return _by_names(names) or _by_index(archive, names) or "zip"
    except _FAULTS:
        names = _local_names(data)
        return _by_names(names) or (
            "docx" if "[content_types].xml" in names else "zip"
        )  # its parts are cut off


def _directory_bytes(data: bytes) -> int:
    """How long the directory is, as its end record says; `zipfile` would list a million names."""
    place = data.rfind(b"PK\x05\x06", max(len(data) - 66_000, 0))
    return int.from_bytes(data[place + 12 : place + 16], "little") if place >= 0 else 0


def _by_names(names: dict[str, str]) -> str:
    if "ofd.xml" in names or any(_OFD_PART.fullmatch(name) for name in names):
        return "ofd"
    if "[content_types].xml" not in names:
        return ""
    for part, kind in _OFFICE_PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    return ""


def _by_index(archive: zipfile.ZipFile, names: dict[str, str]) -> str:
    """By the member that states the type: `mimetype`, or the content types of Office."""
    stated = _read_small(archive, names.get("mimetype")).decode("latin-1").strip()
    for media_type, kind in _OPEN_DOCUMENT.items():
        if stated.startswith(media_type):
            return kind
    types = _read_small(archive, names.get("[content_types].xml"))
    return next((kind for pattern, kind in _MAIN_TYPES if pattern.search(types)), "")


def _read_small(archive: zipfile.ZipFile, name: str | None) -> bytes:
    if name is None or archive.getinfo(name).file_size > _MAX_INDEX_BYTES:
        return b""
    try:
        return archive.read(name)
    except _FAULTS:
        return b""


def _local_names(data: bytes) -> dict[str, str]:
    """Member names from the local headers, for an archive whose directory is cut off."""
    names: dict[str, str] = {}
    for header in islice(_LOCAL_HEADER.finditer(data), _MAX_NAMES):
        length = int.from_bytes(header[1], "little")
        name = data[header.end() : header.end() + length].decode("utf-8", errors="replace")
        names[name.replace("\\", "/").lower()] = name
    return names
