"""Inputs that are addresses: what is found there, when it is read again, and what is said where there is nothing."""

import csv
import subprocess
import sys
from pathlib import Path

import fsspec
import pytest

from extract.errors import NotAccessible
from nianbao.exit_codes import Exit
from nianbao.find import file_bytes, remote_storage
from nianbao.find.access_fault import AccessFault
from nianbao.find.files import FoundFile, find_files
from nianbao.find.remote_storage import read_entry
from nianbao.machine.address import Address, as_place, encode_place, is_address

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "reports"
FILES = {
    "甲/a.txt": "fine",
    "甲/.hidden": "x",
    "甲/~$a.docx": "x",
    "甲/__MACOSX/a.txt": "x",
    "乙/b.html": "flagged",
    "乙/b_files/logo.png": "x",
    "扫描/第1页.jpg": "one",
    "扫描/第2页.jpg": "two",
    "c.txt": "damaged",
}


@pytest.fixture
def memory():
    """Files in memory, which `memory://` reaches."""
    files = fsspec.filesystem("memory")

    def fill(names, root="bucket"):
        for name, text in names.items():
            files.pipe(f"/{root}/{name}", text.encode())
        return f"memory://{root}"

    yield fill
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def tables(out):
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != "run.json"}


def rows(out):
    with (out / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["source"]: (row["status"], row["error_code"]) for row in csv.DictReader(stream)}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("年报/a", Path("年报/a")),
        ("s3://bucket//a/", Address("s3://bucket//a")),
        ("file:///data/%E5%B9%B4.pdf", Path("/data/年.pdf")),
        ("file://localhost/data/a", Path("/data/a")),
        ("C://a", Path("C://a")),
    ],
)
def test_what_is_an_address(text, place):
    assert as_place(text) == place
    assert is_address(text) or isinstance(place, Path)


def test_an_address_is_cut_like_a_path_and_keeps_its_password_to_itself():
    address = Address("ftp://me:secret@host/年报/a.pdf")
    assert (address.name, address.parts[-2], address.parent.name) == ("a.pdf", "年报", "年报")
    assert str(address) == "ftp://me:***@host/年报/a.pdf"
    assert "secret" not in repr(address)
    assert b"secret" not in encode_place(address)


def test_the_same_is_found_there_as_in_a_folder(memory, folder):
    found, wanted = find_files([as_place(memory(FILES))]), find_files([folder(FILES, "bucket")])
    assert [file.source for file in found] == [file.source for file in wanted]
    assert [[page.name for page in file.pages] for file in found] == [
        [page.name for page in file.pages] for file in wanted
    ]
    two = find_files([as_place(memory({"a.txt": "x"}, "one/x")), as_place(memory({"a.txt": "y"}, "two/x"))])
    assert [file.source for file in two] == ["one/x/a.txt", "two/x/a.txt"]
    assert [file.source for file in find_files([as_place("memory://bucket/c.txt")])] == ["c.txt"]


@pytest.mark.usefixtures("obedient")
def test_the_tables_are_those_of_a_folder(memory, folder, tmp_path, nianbao):
    done = nianbao("run", memory(FILES), "-o", tmp_path / "far")
    assert done.exit_code == Exit.SOME_FAILED
    nianbao("run", folder(FILES, "bucket"), "-o", tmp_path / "near")
    assert tables(tmp_path / "far") == tables(tmp_path / "near")


def test_children_read_what_fsspec_reaches(tmp_path):
    for name, given in {"near": FIXTURES, "url": FIXTURES.as_uri(), "fsspec": f"local://{FIXTURES}"}.items():
        command = [sys.executable, "-c", "from nianbao.entry import main; main()", "run", given, "-o"]
        done = subprocess.run(
            [*command, tmp_path / name, "--workers", "1"],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == Exit.SOME_FAILED, done.stderr
    assert tables(tmp_path / "near") == tables(tmp_path / "url") == tables(tmp_path / "fsspec")


@pytest.mark.usefixtures("obedient")
def test_one_object_that_cannot_be_read_is_one_failed_row(memory, tmp_path, nianbao, monkeypatch):
    root = memory({"a.txt": "fine", "b.txt": "flagged"})
    files = fsspec.filesystem("memory")
    usual = type(files).open

    def refuse(self, path, *arguments, **options):
        if path.endswith("b.txt"):
            raise RuntimeError("AccessDenied\nand more")  # as a storage's own library has it
        return usual(self, path, *arguments, **options)

    monkeypatch.setattr(type(files), "open", refuse)
    nianbao("run", root, "-o", tmp_path / "out")
    assert rows(tmp_path / "out") == {"a.txt": ("ok", ""), "b.txt": ("failed", NotAccessible.code)}
    assert "AccessDenied" in (tmp_path / "out" / "reports.csv").read_text("utf-8-sig")


def test_a_folder_that_cannot_be_listed_gets_a_row(memory, monkeypatch):
    root = memory({"a.txt": "x", "shut/b.txt": "x"})
    usual = remote_storage._list
    refused = [{"name": "/bucket/shut", "type": "shut"}]
    monkeypatch.setattr(
        remote_storage, "_list", lambda fs, name: refused if "shut" in name else usual(fs, name)
    )
    assert [(file.source, file.fault) for file in find_files([as_place(root)])] == [
        ("a.txt", None),
        ("shut", AccessFault("not_accessible")),
    ]


@pytest.mark.usefixtures("obedient")
def test_what_is_not_there_and_what_cannot_be_reached(memory, tmp_path, nianbao, monkeypatch):
    def refused(address):
        done = nianbao("run", address, "-o", tmp_path / "out")
        assert done.exit_code == Exit.USAGE
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "out").exists()
        return done.stderr

    assert "没有这个文件或文件夹：memory://nowhere" in refused("memory://nowhere")
    assert "无法访问 no-such-thing://b/x：Protocol not known" in refused("no-such-thing://b/x")
    memory({"a": "x"})
    monkeypatch.setattr(type(fsspec.filesystem("memory")), "info", lambda *_: 1 / 0)
    assert "无法访问 memory://bucket：division by zero" in refused("memory://bucket")
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert "pip install 'nianbao[cluster]'" in refused("memory://bucket")


def test_results_stay_on_this_machine(folder, nianbao):
    done = nianbao("run", folder({}), "-o", "s3://bucket/out")
    assert done.exit_code == Exit.USAGE
    assert "s3://bucket/out" in done.stderr


@pytest.mark.parametrize(
    ("entry", "stamp", "changed"),
    [
        ({"size": 3, "ETag": '"ab"', "LastModified": "2024-01-01"}, "3 ab", 0),
        ({"size": 3, "etag": 'W/"ab"'}, "", 0),
        ({"size": 3, "mtime": 1.5}, "3 1500000000", 1_500_000_000),
        ({"size": 3, "LastModified": "1970-01-01T00:00:02Z"}, "3 2000000000", 2_000_000_000),
        ({"size": 3, "last_modified": "yesterday"}, "", 0),
        ({"size": 3, "created": 7}, "", 0),
    ],
)
def test_what_tells_that_the_bytes_are_the_same(entry, stamp, changed):
    seen = read_entry(entry)
    assert (seen.stamp, seen.changed, seen.size) == (stamp, changed, 3)


@pytest.mark.usefixtures("obedient")
@pytest.mark.parametrize(("told", "reads"), [({"ETag": "1"}, 0), ({}, 1)])
def test_an_object_is_read_again_unless_its_mark_is_the_same(
    memory, tmp_path, nianbao, monkeypatch, told, reads
):
    root = memory({"a.txt": "fine"})
    files = type(fsspec.filesystem("memory"))
    usual = files.info
    monkeypatch.setattr(files, "info", lambda self, path, **_: usual(self, path) | told)
    usual_list = files.ls
    monkeypatch.setattr(
        files, "ls", lambda self, path, detail=True, **_: [one | told for one in usual_list(self, path)]
    )
    nianbao("run", root, "-o", tmp_path / "out")
    opened = []
    usual_open = file_bytes.open_stream
    monkeypatch.setattr(file_bytes, "open_stream", lambda one: opened.append(one) or usual_open(one))
    nianbao("run", root, "-o", tmp_path / "out")
    assert len(opened) == reads


def test_an_object_that_changes_while_it_is_read_has_no_stamp(memory, monkeypatch):
    memory({"a.txt": "fine"})
    marks = iter(range(100))
    files = type(fsspec.filesystem("memory"))
    monkeypatch.setattr(files, "info", lambda *_: {"size": 4, "ETag": str(next(marks))})
    assert not file_bytes.load(FoundFile(Address("memory://bucket/a.txt"), "a.txt")).seen.stamp
