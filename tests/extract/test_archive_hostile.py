"""Whatever the bytes, archives raise errors of reading only, give clean names, and write nowhere else."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import tempfile
from functools import cache
from pathlib import Path

import pytest
from archive_making import opened, rar4, rar4_name, rar5, seven_zip, tar_of, zip_of, zip_raw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.archive import CONTAINERS, Member, open_archive
from extract.archive.limits import MAX_MEMBER_BYTES
from extract.archive.member_names import clean_name
from extract.distinct_names import make_unique
from extract.errors import ReadError
from extract.read import MAX_FILE_BYTES

FILES = {"某局/2021年度报告.docx": bytes(range(256)) * 4, "附件.txt": b"abc" * 100, "三/四.pdf": b"%PDF" * 9}
MAIL = (
    b"From: a@b\r\nTo: c@d\r\nSubject: =?gbk?B?xOqxqA==?=\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
    b"--B\r\nContent-Type: text/html; charset=gbk\r\n\r\n<p>\xc4\xea\xb1\xa8</p>\r\n--B\r\nContent-Type: a/b;\r\n"
    b" name*0*=gbk''%C4%EA; name*1=b\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--B\r\n"
    b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nbegin 644 a\n#86)C\n`\nend\n--B--\r\n"
)


@cache
def samples(kind: str) -> tuple[bytes, ...]:
    tar = tar_of(FILES)
    with tempfile.TemporaryDirectory() as folder:
        seven = seven_zip(Path(folder), FILES)
    return {
        "zip": (zip_of(FILES), zip_of(FILES)[:-80], zip_raw([(name.encode("gbk"), b"x") for name in FILES])),
        "rar": (rar5(FILES), rar4([(rar4_name(name), content) for name, content in FILES.items()])),
        "7z": (seven,),
        "tar": (tar,),
        "gzip": (gzip.compress(tar, mtime=0), gzip.compress(b"abc", mtime=0)),
        "bzip2": (bz2.compress(tar),),
        "xz": (lzma.compress(tar),),
        "eml": (MAIL,),
    }[kind]


def mutate(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, gone, new in changes:
        start = int(place * len(data))
        data = data[:start] + new + data[start + gone :]
    return data


CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 6) | st.integers(0, 1000),
        st.binary(max_size=4) | st.sampled_from([b"\xff" * 4, b"\0" * 4, b"PK\x03\x04", b"\r\n--B"]),
    ),
    max_size=6,
)


def read_all(data: bytes, kind: str) -> list[Member]:
    try:
        with open_archive(data, kind, "某局年报.zip", ["a"]) as archive:
            for member in archive.members:
                try:
                    assert len(archive.read(member)) <= MAX_MEMBER_BYTES
                except ReadError:
                    continue
            return list(archive.members)
    except ReadError:
        return []


@pytest.mark.parametrize("kind", sorted(CONTAINERS))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_archives_are_read_or_refused(kind: str, data: st.DataObject) -> None:
    broken = mutate(data.draw(st.sampled_from(samples(kind))), data.draw(CHANGES))
    members = read_all(broken, kind)
    assert len({member.name for member in members}) == len(members)
    for member in members:
        assert clean_name(member.name) == (member.name, False)
        member.name.encode()
    again = read_all(broken, kind)
    assert [(m.name, m.size, m.remarks) for m in members] == [(m.name, m.size, m.remarks) for m in again]


@pytest.mark.parametrize("kind", sorted(CONTAINERS))
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(kind: str, data: bytes) -> None:
    read_all(data, kind)


@given(st.text(max_size=40) | st.text(st.sampled_from("./\\:C年\0 "), max_size=20))
def test_names_lead_nowhere(name: str) -> None:
    cleaned, _ = clean_name(name)
    assert cleaned
    assert not re.match(r"/|[A-Za-z]:", cleaned)
    assert not {"..", ".", ""} & set(cleaned.split("/"))
    assert not re.search("[\\\\\0-\x1f\ud800-\udfff]", cleaned)
    assert clean_name(cleaned)[0] == cleaned


@given(st.lists(st.sampled_from(["a", "a.b", "a (2)", "a (2).b", "a (3)", "x/a.b", ".b"])))
def test_names_become_unique(names: list[str]) -> None:
    made = [name for name, _ in make_unique(names)]
    assert len(set(made)) == len(names)


def test_nothing_is_written_but_into_the_private_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, work = tmp_path / "private", tmp_path / "a" / "work"
    private.mkdir()
    work.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(private))
    monkeypatch.chdir(work)
    names = ["../../up.txt", "..\\..\\up2.txt", "/abs.txt", f"{tmp_path}/abs.txt", "C:\\x.txt", "ok.txt"]
    files = dict.fromkeys(names, b"x")
    made = [
        zip_of(files), tar_of(files), gzip.compress(tar_of(files)), rar5(files), rar5({"../l": b""}, link=True),
        rar4([(name.encode(), b"x") for name in names]), seven_zip(private, files),
        MAIL.replace(b"name*0*=gbk''%C4%EA", b"name=../../up"),
    ]  # fmt: skip
    (private / "made.7z").unlink()
    for data in made:
        with opened(data) as archive:
            for member in archive.members:
                if not member.error:
                    archive.read(member)
            written = [path.name for path in private.rglob("*") if path.is_file()]
            assert all(re.fullmatch(r"\d{5}", name) for name in written)
        assert sorted(tmp_path.rglob("*")) == sorted([private, work.parent, work])


def test_a_member_may_be_as_large_as_a_file() -> None:
    assert MAX_MEMBER_BYTES == MAX_FILE_BYTES
