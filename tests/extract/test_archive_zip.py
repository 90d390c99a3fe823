"""Zip archives: names of every origin, encryption, damage, bombs."""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from archive_making import REST, contents, opened, zip_of, zip_raw

from extract.archive import limits, unpack_solid
from extract.archive.archive import open_archive
from extract.errors import Damaged, Encrypted, SplitArchive, TooLarge, TooManyMembers, UnsupportedPacking

REPORT = "本年度收到政府信息公开申请12件。".encode() * 40
NAMES = ("某局/2021年政府信息公开工作年度报告.docx", "附件1.pdf", "街道办事处.txt")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize(
    "names", [NAMES, ("联通.txt",), ("年报.doc",), ("a.txt", "某局.txt"), ("镕基堃.txt", "年报.txt")]
)
def test_names_without_a_stated_encoding_are_judged_together(encoding: str, names: tuple[str, ...]) -> None:
    data = zip_raw([(name.encode(encoding), REPORT) for name in names])
    assert contents(data) == dict.fromkeys(names, REPORT)


def test_names_of_the_other_script() -> None:
    names = ["臺北市政府資訊公開年報.doc", "高雄.txt"]
    assert list(contents(zip_raw([(name.encode("big5"), b"x") for name in names]))) == sorted(names)


def test_names_of_two_writers_in_one_archive() -> None:
    data = zip_raw([("年度报告.doc".encode("gbk"), b"1"), ("工作年度报告二.doc".encode(), b"2")])
    assert contents(data) == {"年度报告.doc": b"1", "工作年度报告二.doc": b"2"}


def test_the_flag_for_utf8_is_believed_only_where_it_fits() -> None:
    assert contents(zip_raw([("年报.txt".encode(), b"x")], flags=0x800)) == {"年报.txt": b"x"}
    assert contents(zip_raw([("年报.txt".encode("gbk"), b"x")], flags=0x800)) == {"年报.txt": b"x"}


def test_the_unicode_path_of_info_zip_wins_where_it_belongs_to_the_name() -> None:
    for belongs in (True, False):
        raw = "年报.txt".encode("gbk")
        field = b"\x01" + struct.pack("<L", zlib.crc32(raw) ^ (not belongs)) + "改名.txt".encode()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            info = zipfile.ZipInfo("x" * len(raw))
            info.extra = struct.pack("<HH", 0x7075, len(field)) + field
            archive.writestr(info, b"x")
        data = stream.getvalue().replace(b"x" * len(raw), raw)
        assert list(contents(data)) == ["改名.txt" if belongs else "年报.txt"]


def test_names_lead_nowhere_and_are_told_apart() -> None:
    stored = [
        b"../../up.txt", b"/etc/cron.txt", b"C:\\Windows\\a.txt", b"\\\\server\\share\\b.txt", b"a/./b/../c.txt",
        b"nul\0.txt", b"line\nbreak.txt", b"same.txt", b"same.txt", b"same.txt", b"..", b"same",
    ]  # fmt: skip
    with opened(zip_raw([(name, bytes([n])) for n, name in enumerate(stored)])) as archive:
        found = {member.name: member for member in archive.members}
        assert sorted(archive.read(member)[0] for member in archive.members) == list(range(len(stored)))
    assert list(found) == [
        "Windows/a.txt", "_", "a/b/c.txt", "etc/cron.txt", "line_break.txt", "nul_.txt", "same", "same (2).txt",
        "same (3).txt", "same.txt", "server/share/b.txt", "up.txt",
    ]  # fmt: skip
    repeated = {"same (2).txt", "same (3).txt"}
    assert {name for name, member in found.items() if "name.repeated" in member.remarks} == repeated
    safe = {"same", "same.txt", *repeated}
    assert {name for name, member in found.items() if "name.unsafe" not in member.remarks} == safe


def test_folders_and_an_empty_archive_have_no_members() -> None:
    assert contents(zip_of({"a/": b"", "a/b/": b""})) == {}
    assert contents(zip_of({})) == {}


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_methods_of_the_standard(method: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("年报.txt", REPORT)
        archive.writestr("空.txt", b"")
    assert contents(stream.getvalue()) == {"年报.txt": REPORT, "空.txt": b""}


def test_methods_that_nothing_here_knows_are_named() -> None:
    with opened(
        zip_raw([(b"a.txt", REPORT)], method=8).replace(struct.pack("<HH", 0, 8), struct.pack("<HH", 0, 9))
    ) as archive:
        (member,) = archive.members
        with pytest.raises(UnsupportedPacking, match="deflate64"):
            archive.read(member)


def locked(folder: Path, password: str, options: str = "") -> bytes:
    if not options:
        (folder / "a.txt").write_bytes(REPORT)
        subprocess.run(["zip", "-q", "-P", password, "a.zip", "a.txt"], cwd=folder, check=True)
        return (folder / "a.zip").read_bytes()
    import libarchive

    target = folder / "b.zip"
    with libarchive.file_writer(str(target), "zip", options=options, passphrase=password) as archive:
        archive.add_file_from_memory("a.txt", len(REPORT), REPORT)
    return target.read_bytes()


@pytest.mark.parametrize("options", ["encryption=zipcrypt", "encryption=aes128", "encryption=aes256"])
def test_encrypted_members_open_with_a_password_only(tmp_path: Path, options: str) -> None:
    data = locked(tmp_path, "密码", options)
    assert contents(data, passwords=["wrong", "密码"]) == {"a.txt": REPORT}
    assert contents(data) == {"a.txt": "encrypted"}
    with opened(data, passwords=["wrong"]) as archive, pytest.raises(Encrypted):
        archive.read(archive.members[0])


def test_a_password_in_gbk_opens_what_windows_locked(tmp_path: Path) -> None:
    import libarchive

    target = tmp_path / "b.zip"
    secret = "密码".encode("gbk")
    with libarchive.file_writer(
        str(target), "zip", options="encryption=zipcrypt", passphrase=secret
    ) as archive:
        archive.add_file_from_memory("a.txt", len(REPORT), REPORT)
    assert contents(target.read_bytes(), passwords=["密码"]) == {"a.txt": REPORT}


def test_links_are_not_followed_and_pipes_are_files(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    subprocess.run(["zip", "-q", "-y", "a.zip", "link"], cwd=tmp_path, check=True)
    subprocess.run(["zip", "-q", "b.zip", "-"], cwd=tmp_path, input=REPORT, check=True)
    assert contents((tmp_path / "a.zip").read_bytes()) == {"link": "member_link"}
    assert contents((tmp_path / "b.zip").read_bytes()) == {"-": REPORT}


def streamed() -> bytes:
    """Written to a pipe: sizes follow the bytes."""

    class Pipe(io.RawIOBase):
        written = b""

        def writable(self) -> bool:
            return True

        def write(self, block: bytes) -> int:  # type: ignore[override]
            self.written += bytes(block)
            return len(block)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in NAMES:
            archive.writestr(name, REPORT + name.encode())
        archive.writestr(zipfile.ZipInfo("内层.zip"), zip_of({"里面.txt": REPORT}))
    return pipe.written


def test_members_of_an_archive_whose_end_is_cut_off_are_recovered() -> None:
    data = streamed()
    whole = contents(data)
    assert set(whole) == {*NAMES, "内层.zip"}
    assert contents(data[:-30]) == whole | {REST: "damaged"}
    second = data.find(b"PK\x03\x04", 4)
    assert contents(data[: second + 60]) == {NAMES[0]: whole[NAMES[0]], NAMES[1]: "damaged", REST: "damaged"}
    with opened(data[:-30]) as archive:
        assert all(member.remarks == ("zip.recovered",) for member in archive.members[:-1])


def test_the_directory_of_a_zip_inside_is_not_that_of_a_cut_one() -> None:
    inner = zip_of({"里面.txt": REPORT})
    outer = zip_raw([(b"a.txt", b"outer"), (b"inner.zip", inner)], method=0)
    cut = outer[: outer.find(inner) + len(inner)]
    assert contents(cut) == {"a.txt": b"outer", "inner.zip": inner, REST: "damaged"}


def test_an_archive_behind_a_program_and_before_stray_bytes() -> None:
    data = zip_of({"年报.txt": REPORT})
    assert contents(b"MZ" + bytes(range(256)) * 20 + data) == {"年报.txt": REPORT}
    assert contents(b"\r\n" + data + b"\r\n<html>") == {"年报.txt": REPORT}
    moved = b"MZ".ljust(5000, b"\0") + zip_raw([(b"a.txt", REPORT)], shift=5000)
    assert contents(moved) == {"a.txt": REPORT}


def test_damage_costs_the_member_only() -> None:
    data = zip_raw([(b"a.txt", b"first"), (b"b.txt", b"second")], method=0)
    with opened(data.replace(b"first", b"fIrst")) as archive:
        with pytest.raises(Damaged):
            archive.read(archive.members[0])
        assert archive.read(archive.members[1]) == b"second"


def test_a_size_that_lies_is_found_out() -> None:
    data = zip_raw([(b"a.txt", REPORT)])
    for lie in (5, len(REPORT) + 5):
        forged = data.replace(struct.pack("<L", len(REPORT)), struct.pack("<L", lie))
        with opened(forged) as archive, pytest.raises(Damaged):
            archive.read(archive.members[0])


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x07\x08" + zip_of({"a": b"x"}), "a.z01"),
        (zip_of({"a": b"x" * 90})[:-60], "年报.zip.001"),
        (
            zip_of({"a": b"x"})[:-22] + struct.pack("<4s4H2LH", b"PK\x05\x06", 2, 2, 1, 1, 47, 32, 0),
            "年报.zip",
        ),
    ],
)
def test_one_volume_of_several_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(SplitArchive):
        open_archive(data, "zip", name)


def test_a_bomb_costs_itself_only() -> None:
    bomb = bytes(64 * 1024 * 1024)
    with opened(zip_of({"a.txt": b"x", "b.txt": bomb, "c.txt": b"y"})) as archive:
        assert [type(member.error) for member in archive.members] == [type(None), TooLarge, type(None)]
        assert "67 MB" in archive.members[1].error.sentence("zh")
        assert archive.read(archive.members[2]) == b"y"


def test_files_that_share_their_bytes_are_a_bomb() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(bytes(9_000_000)) + packer.flush()
    facts = struct.pack("<HHLLLLHH", 0, 8, 0, zlib.crc32(bytes(9_000_000)), len(packed), 9_000_000, 1, 0)
    body = b"PK\x03\x04\x14\x00" + facts + b"a" + packed
    central = (b"PK\x01\x02\x14\x00\x14\x00" + facts + bytes(14) + b"a") * 5000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 5000, 5000, len(central), len(body), 0)
    with opened(body + central + end) as archive:
        assert [member.name for member in archive.members] == ["a"]
        assert isinstance(archive.rest, Damaged)


def test_limits_of_number_and_total_give_one_row_for_all_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    many = zip_raw([(b"%05d.txt" % n, b"") for n in range(limits.MAX_MEMBERS + 500)], method=0)
    with opened(many) as archive:
        assert len(archive.members) == limits.MAX_MEMBERS
        assert isinstance(archive.rest, TooManyMembers)
    monkeypatch.setattr("extract.archive.archive.MAX_TOTAL_BYTES", 3 * len(REPORT))
    found = contents(zip_raw([(b"%d.txt" % n, REPORT) for n in range(9)]))
    assert found == {"0.txt": REPORT, "1.txt": REPORT, "2.txt": REPORT, REST: "too_large"}


def test_a_directory_of_a_million_names_is_not_read_to_its_end() -> None:
    facts = struct.pack("<HHLLLLHH", 0, 0, 0, 0, 0, 0, 1, 0)
    body = b"PK\x03\x04\x14\x00" + facts + b"a"
    central = (b"PK\x01\x02\x14\x00\x14\x00" + facts + bytes(14) + b"a") * 1_000_000
    count = 1_000_000 & 0xFFFF
    data = (
        body
        + central
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(central), len(body), 0)
    )
    assert contents(data) == {"a": b"", REST: "damaged"}


def test_one_level_is_opened_however_deep_the_archive_is() -> None:
    data = zip_of({"年报.txt": REPORT})
    for _ in range(100):
        data = zip_of({"内层.zip": data})
    for _ in range(100):
        with opened(data) as archive:
            data = archive.read(archive.members[0])
    assert contents(data) == {"年报.txt": REPORT}


def test_what_unpacks_by_the_library_can_be_replaced(tmp_path: Path) -> None:
    calls = []

    def elsewhere(data: bytes, task: object) -> object:
        calls.append(task)
        return unpack_solid(data, task)

    data = locked(tmp_path, "a")
    with open_archive(data, "zip", "a.zip", ["a"], unpack=elsewhere) as archive:
        assert archive.read(archive.members[0]) == REPORT
    assert len(calls) == 1
