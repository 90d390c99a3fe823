"""tar, and streams that hold one or hold a single file."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zlib

import pytest
from archive_making import REST, contents, opened, tar_of

from extract.archive import limits
from extract.errors import SplitArchive, TooLarge

REPORT = random.Random(1).randbytes(9000)
FILES = {"某局/2021年年度报告.docx": REPORT, "附件.pdf": REPORT[::-1]}
LONG = {"很长的文件夹" * 30 + "/年度报告.docx": REPORT}


@pytest.mark.parametrize("tar_format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_tar_of_every_format_and_encoding(tar_format: int, encoding: str) -> None:
    assert contents(tar_of(FILES, tar_format=tar_format, encoding=encoding)) == FILES
    if tar_format != tarfile.USTAR_FORMAT:
        assert contents(tar_of(LONG, tar_format=tar_format, encoding=encoding)) == LONG


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_tar_is_a_tar_and_a_packed_file_a_file(pack) -> None:
    assert contents(pack(tar_of(FILES)), "年报.tgz") == FILES
    assert contents(pack(REPORT), "年报.docx.gz") == {"年报.docx": REPORT}
    assert contents(pack(REPORT) + pack(b"more") + bytes(100), "年报.txt.bz2") == {
        "年报.txt": REPORT + b"more"
    }


def test_the_name_in_a_gzip_header() -> None:
    stream = io.BytesIO()
    with gzip.GzipFile(filename="x" * 8, fileobj=stream, mode="wb", mtime=0) as file:
        file.write(REPORT)
    data = stream.getvalue().replace(b"x" * 8, "年报.d".encode("gbk").ljust(8, b"c"))
    assert list(contents(data, "download.gz")) == ["年报.dcc"]


def test_links_and_devices_are_not_followed() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (
            ("s", tarfile.SYMTYPE),
            ("h", tarfile.LNKTYPE),
            ("c", tarfile.CHRTYPE),
            ("p", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "../../etc/passwd"
            archive.addfile(info)
    assert contents(stream.getvalue()) == dict.fromkeys("chps", "member_link")


def test_names_that_point_outside() -> None:
    with opened(tar_of({"../../up.txt": b"1", "/etc/cron": b"2", "./a/./b.txt": b"3"})) as archive:
        assert {m.name: m.remarks for m in archive.members} == {
            "a/b.txt": (),
            "etc/cron": ("name.unsafe",),
            "up.txt": ("name.unsafe",),
        }


def test_a_cut_tar_gives_what_stands_before_the_cut() -> None:
    data = tar_of(FILES)
    second = data.rfind(REPORT[::-1])
    assert contents(data[: second + 100]) == {
        "某局/2021年年度报告.docx": REPORT,
        "附件.pdf": "damaged",
        REST: "damaged",
    }
    assert contents(data[: second - 200]) == {"某局/2021年年度报告.docx": REPORT, REST: "damaged"}


def test_a_cut_stream_gives_what_stands_before_the_cut() -> None:
    data = gzip.compress(tar_of(FILES))
    assert contents(data[:-4000]) == {
        "某局/2021年年度报告.docx": REPORT,
        "附件.pdf": "damaged",
        REST: "damaged",
    }
    assert contents(gzip.compress(REPORT)[:-20], "年报.txt.gz") == {"年报.txt": "damaged"}
    wrong = bytearray(gzip.compress(REPORT))
    wrong[-5] ^= 1
    assert contents(bytes(wrong), "年报.txt.gz") == {"年报.txt": "damaged"}


def test_a_damaged_header_does_not_end_the_archive_in_silence() -> None:
    data = bytearray(tar_of({"a": b"1", "b": b"2", "c": b"3"}))
    data[1024 + 10] ^= 0xFF
    assert contents(bytes(data)) == {"a": b"1", REST: "damaged"}


def test_sparse_files_are_read_within_limits() -> None:
    def sparse(real: int) -> bytes:
        info = tarfile.TarInfo("a")
        info.type, info.size = tarfile.GNUTYPE_SPARSE, 4
        block = bytearray(info.tobuf(tarfile.GNU_FORMAT))
        block[386:410] = b"%011o\0%011o\0" % (8, 4)
        block[483:495] = b"%011o\0" % real
        block[148:156] = b" " * 8
        block[148:156] = b"%06o\0 " % sum(block)
        return bytes(block) + b"data".ljust(512, b"\0") + bytes(1024)

    assert contents(sparse(20)) == {"a": bytes(8) + b"data" + bytes(8)}
    with opened(sparse(150 * 1024 * 1024)) as archive:
        assert isinstance(archive.members[0].error, TooLarge)


def test_bombs_are_ended_while_they_unpack(monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = gzip.compress(bytes(40_000_000))
    with opened(zeros, "a.txt.gz") as archive:
        assert isinstance(archive.members[0].error, TooLarge)
    tar = tar_of({"a": b"x", "b": bytes(40_000_000)})
    assert contents(lzma.compress(tar))["a"] == b"x"
    with opened(lzma.compress(tar), "a.txz") as archive:
        assert isinstance(archive.rest, TooLarge)
    monkeypatch.setattr("extract.archive.compressed.MAX_TOTAL_BYTES", 5_000_000)
    with opened(gzip.compress(tar_of({f"{n}": REPORT * 90 for n in range(9)})), "a.tgz") as archive:
        assert isinstance(archive.rest, TooLarge)


def test_records_that_take_hours_to_search_are_refused() -> None:
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 60_000
    record = header.tobuf(tarfile.USTAR_FORMAT) + b"1" * 60_000 + bytes(-60_000 % 512)
    assert contents(tar_of({"a": b"x"})[:1024] + record * 300) == {"a": b"x", REST: "damaged"}


def test_too_many_members_are_one_row() -> None:
    block = tar_of({"a": b""})[:512]
    found = contents(block * (limits.MAX_MEMBERS + 50) + bytes(1024))
    assert len(found) == limits.MAX_MEMBERS + 1
    assert found[REST] == "too_many_members"


def test_a_volume_is_refused() -> None:
    with pytest.raises(SplitArchive):
        opened(gzip.compress(tar_of(FILES))[:-999], "年报.tar.gz.001")


def test_gzip_with_all_its_optional_fields() -> None:
    packer = zlib.compressobj(wbits=-15)
    body = packer.compress(REPORT) + packer.flush()
    head = b"\x1f\x8b\x08\x0c" + bytes(6) + struct.pack("<H", 3) + b"abc" + "年报.txt".encode() + b"\0"
    tail = struct.pack("<LL", zlib.crc32(REPORT), len(REPORT))
    assert contents(head + body + tail, "x.gz") == {"年报.txt": REPORT}
