"""Archives and mails as offices hand them in: names in GBK, folders, archives in archives, leftovers.

Enters: members by name. Leaves: bytes of .zip, .tar.gz and .eml, the same every time.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from random import Random
from typing import Final
from urllib.parse import quote

from corpus.savedpage import encoded_word, multipart, part

Members = Mapping[str, bytes]

_MOMENT: Final = (2024, 1, 18, 9, 30, 0)
_STAMP: Final = 1705541400


class RawName(zipfile.ZipInfo):
    """A member whose name is written in an encoding of one's own, without the flag for UTF-8."""

    codec = "gbk"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's name
        return self.filename.encode(self.codec, "replace"), self.flag_bits & ~0x800


def write_zip(members: Members, names: str = "utf-8", folders: bool = False) -> bytes:
    """A zip; `names` is the encoding of its names, `folders` gives folders members of their own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [*(_folders(members) if folders else ()), *members]:
            entry = zipfile.ZipInfo(name, _MOMENT) if names == "utf-8" else RawName(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith("/") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0x10 if name.endswith("/") else 0o644 << 16
            archive.writestr(entry, members.get(name, b""))
    return buffer.getvalue()


def _folders(members: Members) -> list[str]:
    found = {
        "/".join(parts[:n]) + "/"
        for name in members
        if (parts := name.split("/"))
        for n in range(1, len(parts))
    }
    return sorted(found)


def write_tar(members: Members, names: str = "utf-8") -> bytes:
    """A tar.gz; GNU's format keeps names as bytes of any encoding."""
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w", format=tarfile.GNU_FORMAT, encoding=names) as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(data), _STAMP
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(inner.getvalue(), mtime=0)


_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "txt": "text/plain",
    "zip": "application/zip",
}


def _attachment(name: str, data: bytes, way: str) -> bytes:
    """One attachment; the name as RFC 2047, as RFC 2231, or as bare GBK bytes."""
    kind = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    if way == "2231":
        head = part(kind, data, "base64", f"Content-Disposition: attachment; filename*=utf-8''{quote(name)}")
    elif way == "raw":
        head = part(f'{kind}; name="@@"', data, "base64", 'Content-Disposition: attachment; filename="@@"')
        return head.replace(b"@@", name.encode("gbk", "replace"), 2)
    else:
        word = encoded_word(name, "gb18030" if way == "2047gb" else "utf-8")
        head = part(
            f'{kind};\r\n\tname="{word}"',
            data,
            "base64",
            f'Content-Disposition: attachment;\r\n\tfilename="{word}"',
        )
    return head


NAMINGS: Final = ("2047", "2047gb", "2231", "raw")


def write_mail(rng: Random, subject: str, body: str, members: Members, naming: str) -> bytes:
    """A mail with a few words and attachments."""
    boundary = (
        f"----=_Part_{rng.randint(10**5, 10**6)}_{rng.randint(10**8, 10**9)}.{rng.randint(10**12, 10**13)}"
    )
    head = (
        f"From: {encoded_word('县教育局', 'gb18030')} <jyj@example.cn>",
        f"To: {encoded_word('县政府办', 'gb18030')} <zfb@example.cn>",
        f"Subject: {encoded_word(subject, 'utf-8')}",
        "Date: Thu, 18 Jan 2024 09:30:00 +0800 (CST)",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed;\r\n\tboundary="{boundary}"',
    )
    words = part("text/plain; charset=GBK", body.encode("gbk", "replace"), "base64")
    return multipart(head, boundary, [words, *(_attachment(n, d, naming) for n, d in members.items())])
