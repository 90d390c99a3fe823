import os
from pathlib import Path

import pytest

from nianbao.find import InputMissing, decode_name, find_files


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


def test_names_in_gbk_become_readable(folder):
    root = folder({})
    (root / os.fsdecode("年报.txt".encode("gbk"))).write_bytes(b"x")
    assert sources(root) == ["年报.txt"]
    assert decode_name(b"\xff\xffa") == "\\xff\\xffa"


def test_missing_input(tmp_path):
    with pytest.raises(InputMissing):
        find_files([tmp_path / "nowhere"])
