"""Writes archives for tests, hostile ones too, byte by byte where no library would. Leaves: bytes."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.archive import Archive, open_archive
from extract.errors import ReadError
from extract.sniff import sniff

REST = "(rest)"
"""Stands in `contents` for what could not be reached."""


def opened(data: bytes, name: str = "外层.zip", passwords: Sequence[str] = ()) -> Archive:
    return open_archive(data, sniff(data), name, passwords)


def contents(data: bytes, name: str = "外层.zip", passwords: Sequence[str] = ()) -> dict[str, bytes | str]:
    """Each member with its bytes, or with the code of its error; the error of the rest as `REST`."""
    found: dict[str, bytes | str] = {}
    with opened(data, name, passwords) as archive:
        for member in archive.members:
            try:
                found[member.name] = archive.read(member)
            except ReadError as error:
                found[member.name] = error.code
        if archive.rest:
            found[REST] = archive.rest.code
    return found


def zip_raw(
    files: Sequence[tuple[bytes, bytes]], *, flags: int = 0, method: int = 8, shift: int = 0
) -> bytes:
    """A zip whose names are these bytes; `shift` is added to its offsets."""
    body, central = b"", b""
    for name, content in files:
        packer = zlib.compressobj(wbits=-15)
        packed = content if method == 0 else packer.compress(content) + packer.flush()
        facts = struct.pack(
            "<HHLLLLHH", flags, method, 0, zlib.crc32(content), len(packed), len(content), len(name), 0
        )
        place = len(body) + shift
        body += b"PK\x03\x04\x14\x00" + facts + name + packed
        central += b"PK\x01\x02\x14\x00\x14\x00" + facts + bytes(10) + struct.pack("<L", place) + name
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, len(files), len(files), len(central), len(body) + shift, 0
    )
    return body + central + end


def lock_members(data: bytes) -> bytes:
    """The zip with each member called encrypted."""
    locked = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(mark)
        while at >= 0:
            locked[at + offset] |= 1
            at = locked.find(mark, at + 1)
    return bytes(locked)


def zip_of(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def tar_of(
    files: Mapping[str, bytes], *, encoding: str = "utf-8", tar_format: int = tarfile.GNU_FORMAT
) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tar_format, encoding=encoding) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def seven_zip(folder: Path, files: Mapping[str, bytes], options: str = "") -> bytes:
    """A solid 7z by the library's own writer."""
    import libarchive

    target = folder / "made.7z"
    with libarchive.file_writer(str(target), "7zip", options=options) as archive:
        for name, content in files.items():
            archive.add_file_from_memory(name, len(content), content)
    return target.read_bytes()


def rar4(
    files: Sequence[tuple[bytes, bytes]],
    *,
    flags: int = 0,
    host: int = 2,
    attributes: int = 0x20,
    lock: bool = False,
) -> bytes:
    """A rar of the fourth version, its files stored; `flags` are those of the archive."""
    data = b"Rar!\x1a\x07\x00" + _block4(0x73, flags, bytes(6))
    for name, content in files:
        fields = struct.pack(
            "<LLBLLBBHL",
            len(content),
            len(content),
            host,
            zlib.crc32(content),
            0x58210000,
            20,
            0x30,
            len(name),
            attributes,
        )
        data += (
            _block4(0x74, 0x8000 | (0x200 if b"\0" in name else 0) | (4 if lock else 0), fields + name)
            + content
        )
    return data + _block4(0x7B, 0x4000, b"")


def _block4(kind: int, flags: int, fields: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def rar4_name(name: str) -> bytes:
    """A name as WinRAR packs it: question marks for old programs, then two bytes for each character."""
    packed = b"\x00"
    for start in range(0, len(name), 4):
        packed += b"\xaa" + name[start : start + 4].encode("utf-16-le")
    return name.encode("ascii", "replace") + b"\0" + packed


def rar5(files: Mapping[str, bytes], *, flags: int = 0, link: bool = False, lock: bool = False) -> bytes:
    """A rar of the fifth version, its files stored; `flags` are those of the archive."""
    data = b"Rar!\x1a\x07\x01\x00" + _block5([1, 0, flags], b"")
    for name, content in files.items():
        raw = name.encode()
        fields = _vint(4) + _vint(len(content)) + _vint(0o120777 if link else 0o100644)
        fields += struct.pack("<L", zlib.crc32(content)) + _vint(0) + _vint(1) + _vint(len(raw)) + raw
        if link:
            target = b"/etc/passwd"
            record = _vint(5) + _vint(1) + _vint(0) + _vint(len(target)) + target
            extra = _vint(len(record)) + record
            data += _block5([2, 3, len(extra), 0], _vint(4) + _vint(0) + fields[2:] + extra)
        elif lock:
            extra = b"\x30\x01" + bytes(47)  # one record, of encryption
            data += _block5([2, 3, len(extra), len(content)], fields + extra) + content
        else:
            data += _block5([2, 2, len(content)], fields) + content
    return data + _block5([5, 0, 0], b"")


def _block5(numbers: Sequence[int], fields: bytes) -> bytes:
    head = b"".join(_vint(number) for number in numbers) + fields
    head = _vint(len(head)) + head
    return struct.pack("<L", zlib.crc32(head)) + head


def _vint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])
