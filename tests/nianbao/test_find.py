import csv
import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from extract.document import Source
from nianbao.exit_codes import Exit
from nianbao.find.access_fault import AccessFault
from nianbao.find.files import InputMissing, find_files
from nianbao.reading.outcomes import refuse_access


def sources(*inputs):
    return [file.source for file in find_files(inputs)]


def faults(*inputs):
    return {file.source: file.fault for file in find_files(inputs)}


def test_sorted_with_forward_slashes_and_without_litter(folder):
    names = [
        "b.txt",
        "a/2.txt",
        "a/1.txt",
        "a.txt",
        ".DS_Store",
        "Thumbs.db",
        "~$b.docx",
        ".git/x",
        "__MACOSX/y",
        "a/desktop.ini",
    ]
    assert sources(folder(dict.fromkeys(names, "x"))) == ["a.txt", "a/1.txt", "a/2.txt", "b.txt"]


def test_a_single_file_is_named_by_its_own_name(folder):
    assert sources(folder({"a/1.txt": "x"}) / "a" / "1.txt") == ["1.txt"]


def test_several_inputs_are_told_apart_by_their_names(folder):
    first, second = folder({"1.txt": "x"}, "one"), folder({"1.txt": "x"}, "two")
    assert sources(first, second) == ["one/1.txt", "two/1.txt"]


def test_inputs_of_the_same_name_say_more_of_their_path(folder):
    first, second = folder({"1.txt": "x"}, "2021/in"), folder({"1.txt": "x"}, "2022/in")
    assert sources(first, second) == ["2021/in/1.txt", "2022/in/1.txt"]
    assert sources(first / "1.txt", folder({"1.txt": "y"}, "x")) == ["1.txt", "x/1.txt"]


def test_a_file_that_two_inputs_reach_stands_once(folder):
    root = folder({"a/1.txt": "x", "2.txt": "y"})
    assert sources(root, root / "a") == ["in/2.txt", "in/a/1.txt"]


def test_links_are_not_followed_out_of_the_folder(folder, tmp_path):
    folder({"secret.txt": "x"}, "elsewhere")
    root = folder({"a/1.txt": "x"})
    (root / "out.txt").symlink_to(tmp_path / "elsewhere" / "secret.txt")
    (root / "out").symlink_to(tmp_path / "elsewhere")
    (root / "round").symlink_to(root)
    (root / "same.txt").symlink_to(root / "a" / "1.txt")
    (root / "gone.txt").symlink_to(root / "nothing")
    (root / "self.txt").symlink_to(root / "self.txt")
    assert faults(root) == {
        "a/1.txt": None,
        "gone.txt": AccessFault("link_gone"),
        "out": AccessFault("link_outside"),
        "out.txt": AccessFault("link_outside"),
        "same.txt": None,
        "self.txt": AccessFault("not_accessible", errno.ELOOP),
    }


def test_pipes_are_no_files(folder):
    root = folder({"1.txt": "x"})
    os.mkfifo(root / "pipe")
    assert sources(root) == ["1.txt"]


def test_a_folder_that_cannot_be_listed_gets_a_row(folder, monkeypatch):
    root = folder({"a/1.txt": "x", "shut/2.txt": "y"})
    list_folder = os.scandir

    def refuse(path):
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", path)
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", refuse)
    shut = AccessFault("not_accessible", errno.EACCES)
    assert faults(root) == {"a/1.txt": None, "shut": shut}
    assert faults(root / "shut") == {"shut": shut}


def test_names_in_gbk_become_readable(folder):
    root = folder({})
    (root / os.fsdecode("年报.txt".encode("gbk"))).write_bytes(b"x")
    (root / os.fsdecode(b"\xff\xffa")).write_bytes(b"x")
    assert sources(root) == ["\\xff\\xffa", "年报.txt"]


def test_names_do_not_depend_on_the_locale(folder):
    root = folder({"年报😀.txt": "x"})
    (root / os.fsdecode("表.txt".encode("gbk"))).write_bytes(b"y")
    code = "import sys; from nianbao.find.files import *; print(ascii([f.source for f in find_files([Path(sys.argv[1])])]))"
    locales = [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LC_ALL": "C.UTF-8"}]
    shown = {
        subprocess.run(
            [sys.executable, "-c", code, root], check=True, capture_output=True, env=os.environ | locale
        ).stdout
        for locale in locales
    }
    assert shown == {ascii(["年报😀.txt", "表.txt"]).encode() + os.linesep.encode()}


def test_missing_input(tmp_path):
    with pytest.raises(InputMissing):
        find_files([tmp_path / "nowhere"])


def test_what_a_browser_stores_beside_a_page_is_part_of_it(folder):
    stored = ["style.css", "logo.png", "deep/x.js", "filelist.xml", "frame.html", "附件.pdf"]
    root = folder(
        {"年报.html": "x", "无页_files/a.png": "x"} | {f"年报_files/{name}": "x" for name in stored}
    )
    assert sources(root) == ["年报.html", "年报_files/frame.html", "年报_files/附件.pdf", "无页_files/a.png"]


def test_images_of_one_folder_are_one_source_in_the_order_of_the_pages(folder):
    root = folder({f"2021/某局/第{n}页.jpg": "x" for n in (10, 2, 1)} | {"2021/某局.docx": "x", "a.png": "x"})
    found = {file.source: [page.name for page in file.pages] for file in find_files([root])}
    assert found == {
        "2021/某局": ["第1页.jpg", "第2页.jpg", "第10页.jpg"],
        "2021/某局.docx": [],
        "a.png": [],
    }


def test_images_at_the_top_are_named_by_the_input_folder(folder):
    assert sources(folder({"1.jpg": "x", "2.jpg": "x"}, "某局")) == ["某局"]


def test_a_set_whose_name_is_taken_is_named_by_its_first_image(folder):
    root = folder(
        {"某局/甲1.jpg": "x", "某局/甲2.jpg": "x", "某局/乙1.jpg": "x", "某局/乙2.jpg": "x", "某局/甲": "x"}
    )
    assert sources(root) == ["某局/乙", "某局/甲", "某局/甲1.jpg"]


def test_one_name_in_two_encodings_stands_twice(folder):
    root = folder({"年报.txt": "x"})
    (root / os.fsdecode("年报.txt".encode("gbk"))).write_bytes(b"y")
    found = {file.source: file.path.read_bytes() for file in find_files([root, folder({}, "other")])}
    assert found == {"in/年报.txt": b"y", "in/年报 (2).txt": b"x"}


@pytest.fixture
def abyss(tmp_path):
    """Folders within folders, so deep that no path reaches the last of them."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.txt").write_text("fine")
    here = os.open(tmp_path / "in", os.O_RDONLY)
    for _ in range(25):
        os.mkdir("年" * 60, dir_fd=here)
        deeper = os.open("年" * 60, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(os.open("2.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    return tmp_path / "in"


def test_a_folder_beyond_the_longest_path_gets_a_row(abyss):
    first, deep = find_files([abyss])
    assert (first.source, first.fault) == ("1.txt", None)
    assert deep.fault == AccessFault("not_accessible", errno.ENAMETOOLONG)
    assert len(os.fsencode(deep.path)) > 4000


READ_ONLY = """
import os, sys
from nianbao.find.files import *
if os.geteuid() == 0:
    os.setuid(65534)
for file in find_files([Path(sys.argv[1])]):
    print(file.source, file.fault and file.fault.kind, file.fault and file.fault.number)
"""


def test_what_stands_in_a_folder_that_can_be_listed_but_not_entered_gets_a_row():
    """By a user for whom modes count, which they do not for root."""
    with tempfile.TemporaryDirectory() as home:
        shut = Path(home, "in", "shut")
        (shut / "deep").mkdir(parents=True)
        for name in ("1.txt", "in/2.txt", "in/shut/3.txt", "in/shut/deep/4.txt"):
            Path(home, name).write_text("x", "utf-8")
        (shut / "link.txt").symlink_to("3.txt")
        Path(home).chmod(0o755)
        shut.chmod(0o644)
        command = [sys.executable, "-c", READ_ONLY, f"{home}/in"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        shut.chmod(0o755)
    assert done.stdout.splitlines() == [
        "2.txt None None",
        *(f"shut/{name} not_accessible {errno.EACCES}" for name in ("3.txt", "deep", "link.txt")),
    ], done.stderr


ERRNOS = [errno.EACCES, errno.ELOOP, errno.ENAMETOOLONG, errno.ESTALE, errno.EIO, errno.ENOENT, errno.ENOTDIR]


@pytest.mark.parametrize("number", ERRNOS, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["stat", "lstat", "scandir"])
def test_whatever_the_operating_system_says_of_an_entry_it_has_its_row(folder, monkeypatch, number, call):
    root = folder({"a.txt": "x", "odd/1.txt": "x"})
    where = Path if call != "scandir" else os
    usual = getattr(where, call)

    def refuse(path, *rest, **options):
        if Path(path).name == "odd":
            raise OSError(number, os.strerror(number), str(path))
        return usual(path, *rest, **options)

    monkeypatch.setattr(where, call, refuse)
    found = faults(root)
    assert found.pop("a.txt") is None
    if call == "lstat" and number in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}:  # said to be no link
        assert found == {"odd/1.txt": None}
    else:
        assert found == {"odd": AccessFault("not_accessible", number)}


SENTENCES = {
    AccessFault("not_accessible", errno.EACCES): ("无法打开，请检查权限：没有权限（错误 13）", "permissions"),
    AccessFault("not_accessible", errno.EIO): ("无法打开：磁盘或网络读写出错（错误 5）", "fails (error 5)"),
    AccessFault("not_accessible", 9999): ("无法打开：系统错误 9999", "opened: error 9999"),
    AccessFault("not_accessible"): ("无法打开文件，请检查权限", "permissions"),
    AccessFault("link_gone"): ("链接指向的文件不存在", "the file that the link points to does not exist"),
    AccessFault("link_outside"): (
        "链接指向输入文件夹之外，没有读取；需要读取请把原件复制进来",
        "copy the original",
    ),
}


@pytest.mark.parametrize("fault", SENTENCES, ids=str)
def test_the_sentence_says_what_it_is_in_either_language(fault):
    outcome = refuse_access(Source("a", "", 0), fault)
    assert outcome.error == SENTENCES[fault][0]
    assert SENTENCES[fault][1] in outcome.error_en
    assert outcome.error_code == ("link_outside" if fault.kind == "link_outside" else "not_accessible")


@pytest.mark.usefixtures("obedient")
def test_a_run_over_all_of_these_ends_with_a_row_for_each(abyss, nianbao, tmp_path):
    odd = os.fsdecode(b"\xff\xfe")
    (abyss / odd).mkdir()
    (abyss / odd / os.fsdecode(b"\xff.txt")).write_text("fine")
    (abyss / odd / "gone.txt").symlink_to(odd)
    (abyss / "self").symlink_to("self")
    done = nianbao("run", abyss, "-o", tmp_path / "out")
    assert done.exit_code == Exit.SOME_FAILED, done.output
    with (tmp_path / "out" / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["source"]: row for row in csv.DictReader(stream)}
    assert len(rows) == 5
    assert {rows[name]["status"] for name in ("1.txt", "\\xff\\xfe/\\xff.txt")} <= {"ok", "duplicate"}
    assert rows["\\xff\\xfe/gone.txt"]["error"] == "链接指向的文件不存在"
    assert rows["self"]["error"] == f"无法打开：链接互相指向（错误 {errno.ELOOP}）"
    assert [row["error"] for name, row in rows.items() if len(name) > 1000] == [
        f"无法打开：路径太长，请移到浅一些的文件夹（错误 {errno.ENAMETOOLONG}）"
    ]


@pytest.mark.usefixtures("obedient")
def test_an_input_that_is_a_link_in_a_circle_is_one_row(nianbao, tmp_path):
    (tmp_path / "self.txt").symlink_to("self.txt")
    assert nianbao("run", tmp_path / "self.txt", "-o", tmp_path / "out").exit_code == Exit.SOME_FAILED
