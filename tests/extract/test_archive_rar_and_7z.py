"""rar and 7z, which libarchive unpacks."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from archive_making import REST, contents, opened, rar4, rar4_name, rar5, seven_zip, zip_of

from extract.archive import UnpackedFile, UnpackTask, limits, open_archive, unpack_solid
from extract.errors import Crashed, Damaged, Encrypted, NeedsLibarchive, SplitArchive, TooLarge

REPORT = b"12 applications\n" * 50
FILES = {"某局/2021年政府信息公开工作年度报告.docx": REPORT, "附件.pdf": REPORT[::-1]}


def test_rar_of_both_versions() -> None:
    assert contents(rar5(FILES)) == FILES
    assert contents(rar4([(rar4_name(name), content) for name, content in FILES.items()])) == FILES
    assert contents(rar4([(name.encode("gbk"), content) for name, content in FILES.items()])) == FILES


@pytest.mark.parametrize(
    "options", ["compression=lzma2", "compression=deflate", "compression=store", "compression=ppmd"]
)
def test_7z(tmp_path: Path, options: str) -> None:
    assert contents(seven_zip(tmp_path, FILES, options)) == FILES


def test_names_do_not_depend_on_the_locale(tmp_path: Path) -> None:
    for number, data in enumerate(
        (rar5(FILES), seven_zip(tmp_path, FILES), rar4([(rar4_name("年报.doc"), b"x")]))
    ):
        (tmp_path / f"{number}.bin").write_bytes(data)
    code = (
        "import sys; from archive_making import contents; from pathlib import Path\n"
        "print([sorted(map(ascii, contents(Path(p).read_bytes()))) for p in sys.argv[1:]])"
    )
    paths = [str(path) for path in sorted(tmp_path.glob("*.bin"))]
    seen = {
        subprocess.run(
            [sys.executable, "-c", code, *paths],
            env=os.environ | {"LC_ALL": locale, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True, check=True,
        ).stdout
        for locale in ("C", "C.UTF-8", "POSIX")
    }  # fmt: skip
    assert len(seen) == 1
    assert ascii("附件.pdf").encode() in seen.pop().replace(b"\\\\", b"\\")


def test_self_extracting_archives() -> None:
    program = b"MZ" + bytes(range(256)) * 40
    assert contents(program + rar5(FILES)) == FILES
    assert contents(program + rar4([(b"a.txt", REPORT)])) == {"a.txt": REPORT}


def test_volumes_are_refused() -> None:
    for data, name in ((rar5(FILES, flags=1), "a.part1.rar"), (rar4([(b"a", b"x")], flags=1), "a.rar")):
        with pytest.raises(SplitArchive, match=name):
            open_archive(data, "rar", name)
    with pytest.raises(SplitArchive):
        open_archive(b"7z\xbc\xaf\x27\x1c", "7z", "年报.7z.001")


def test_links_are_not_followed() -> None:
    assert contents(rar5({"link": b""}, link=True)) == {"link": "member_link"}
    assert contents(rar4([(b"link", b"/etc/passwd")], host=3, attributes=0o120777)) == {"link": "member_link"}


def test_encrypted_files_and_headers_are_named() -> None:
    assert contents(rar5({"a": b"x", "b": b"y"}, lock=True)) == {"a": "encrypted", "b": "encrypted"}
    locked = rar4([(b"a", b"x"), (b"b", b"y")], lock=True)
    assert contents(locked) == {"a": "encrypted", "b": "encrypted"}
    with pytest.raises(Encrypted):
        opened(rar4([(b"a", b"x")], flags=0x80), "a.rar")


def test_a_cut_rar_gives_what_stands_before_the_cut() -> None:
    data = rar5({"a.txt": REPORT, "b.txt": REPORT})
    between = data.find(REPORT) + len(REPORT)
    for cut in (between, between + 10):
        assert contents(data[:cut]) == {"a.txt": REPORT, REST: "damaged"}
    assert contents(data[:-100]) == {"a.txt": REPORT, "b.txt": "damaged", REST: "damaged"}


def test_bytes_that_changed_are_found_out_though_the_library_gives_them() -> None:
    changed = REPORT.replace(b"12", b"21", 1)
    for data in (rar5({"a.txt": REPORT, "b.txt": b"x"}), rar4([(b"a.txt", REPORT), (b"b.txt", b"x")])):
        assert contents(data.replace(REPORT, changed)) == {"a.txt": "damaged", "b.txt": b"x"}


def test_a_7z_whose_end_is_lost_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        opened(seven_zip(tmp_path, FILES)[:-20], "a.7z")


def test_a_bomb_costs_itself_only(tmp_path: Path) -> None:
    with opened(seven_zip(tmp_path, {"a": b"x", "b": bytes(80_000_000), "c": b"y"}), "a.7z") as archive:
        assert [type(member.error) for member in archive.members] == [type(None), TooLarge, type(None)]
        assert archive.read(archive.members[2]) == b"y"


def test_limits_end_the_unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.archive.by_libarchive.MAX_TOTAL_BYTES", 3 * len(REPORT))
    data = seven_zip(tmp_path, {f"{n}.txt": REPORT for n in range(9)})
    assert list(contents(data, "a.7z")) == ["0.txt", "1.txt", "2.txt", "3.txt", REST]
    monkeypatch.setattr("extract.archive.by_libarchive.MAX_TOTAL_BYTES", limits.MAX_TOTAL_BYTES)
    monkeypatch.setattr("extract.archive.by_libarchive.MAX_MEMBERS", 4)
    assert contents(data, "a.7z")[REST] == "too_many_members"


def test_without_the_library_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libarchive", None)
    with pytest.raises(NeedsLibarchive) as caught:
        opened(rar5(FILES), "a.rar")
    for lang in ("zh", "en"):
        assert "sudo apt-get install --no-install-recommends libarchive13" in caught.value.sentence(lang)
    assert contents(zip_of(FILES)) == FILES


def test_unpacking_can_run_in_another_process(tmp_path: Path) -> None:
    function, task = pickle.loads(pickle.dumps((unpack_solid, UnpackTask(str(tmp_path), "rar"))))  # noqa: S301 - its own bytes
    pieces = function(rar5(FILES | {"../../up.txt": b""}), task)
    assert pickle.loads(pickle.dumps(pieces)) == pieces  # noqa: S301
    assert sorted(path.name for path in tmp_path.iterdir()) == ["00001", "00002", "00003"]


def test_the_folder_is_private_and_goes_with_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def die(data: bytes, task: UnpackTask) -> tuple[UnpackedFile, ...]:
        unpack_solid(data, task)
        raise Crashed

    with pytest.raises(Crashed):
        open_archive(rar5(FILES), "rar", "a.rar", unpack=die)
    assert list(tmp_path.iterdir()) == []
    with opened(rar5(FILES), "a.rar"):
        (folder,) = tmp_path.iterdir()
        assert folder.stat().st_mode & 0o77 == 0
    assert list(tmp_path.iterdir()) == []
