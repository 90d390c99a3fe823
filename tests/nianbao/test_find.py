import os
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao.find import InputMissing, find_files


def sources(*inputs):
    return [file.source for file in find_files(inputs)]


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
    assert {file.source: file.fault for file in find_files([root])} == {
        "a/1.txt": "",
        "gone.txt": "not_accessible",
        "out": "link_outside",
        "out.txt": "link_outside",
        "same.txt": "",
        "self.txt": "not_accessible",
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
    assert [(file.source, file.fault) for file in find_files([root])] == [
        ("a/1.txt", ""),
        ("shut", "not_accessible"),
    ]
    assert [(file.source, file.fault) for file in find_files([root / "shut"])] == [("shut", "not_accessible")]


def test_names_in_gbk_become_readable(folder):
    root = folder({})
    (root / os.fsdecode("年报.txt".encode("gbk"))).write_bytes(b"x")
    (root / os.fsdecode(b"\xff\xffa")).write_bytes(b"x")
    assert sources(root) == ["\\xff\\xffa", "年报.txt"]


def test_names_do_not_depend_on_the_locale(folder):
    root = folder({"年报😀.txt": "x"})
    (root / os.fsdecode("表.txt".encode("gbk"))).write_bytes(b"y")
    code = "import sys; from nianbao.find import *; print(ascii([f.source for f in find_files([Path(sys.argv[1])])]))"
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
