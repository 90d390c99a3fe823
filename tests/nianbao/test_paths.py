import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from nianbao.machine.paths import LONG, reach, show_path, spell, spell_out, spell_out_long

LONG_NAME = "关于印发政府信息公开工作年度报告的通知" * 20


@pytest.mark.parametrize(
    ("given", "spelt_out"),
    [
        (r"C:\年报\a.docx", r"\\?\C:\年报\a.docx"),
        ("C:/年报/a.docx", r"\\?\C:\年报\a.docx"),
        (rf"C:\{LONG_NAME}\a.docx", rf"\\?\C:\{LONG_NAME}\a.docx"),
        (r"C:\年报\aux.pdf", r"\\?\C:\年报\aux.pdf"),
        ("C:\\年报. \\a.pdf.", "\\\\?\\C:\\年报. \\a.pdf."),
        (r"C:\年报\..\b\..\..\..\c.pdf", r"\\?\C:\c.pdf"),
        (r"\\server\share\年报\..\a.pdf", r"\\?\UNC\server\share\a.pdf"),
        (r"\\?\C:\年报\a.docx", r"\\?\C:\年报\a.docx"),
        (r"\\?\UNC\server\share\a.pdf", r"\\?\UNC\server\share\a.pdf"),
        (r"\\.\pipe\x", r"\\.\pipe\x"),
        (r"年报\a.docx", r"年报\a.docx"),
        (r"C:a.docx", r"C:a.docx"),
        ("C:\\", "\\\\?\\C:\\"),
    ],
)
def test_a_path_of_windows_without_its_limits(given, spelt_out):
    path = spell_out(PureWindowsPath(given))
    assert str(path) == spelt_out
    assert spell_out(path) == path


def test_what_is_below_such_a_path_and_its_names_stay_as_they_are():
    root = spell_out(PureWindowsPath(r"C:\年报"))
    assert (root / "某局" / "aux.pdf").relative_to(root).as_posix() == "某局/aux.pdf"
    assert root.name == "年报"
    assert root.parts[1:] == ("年报",)


def test_other_systems_keep_their_paths():
    for path in (PurePosixPath("/年报/../aux. "), PurePosixPath("a")):
        assert spell_out(path) is path
    assert reach(Path("a/../b")) == Path.cwd() / "a/../b"


def test_the_folder_for_results_is_spelt_out_only_where_it_is_long():
    short = PureWindowsPath(r"C:\结果")
    assert spell_out_long(short) is short
    assert str(spell_out_long(PureWindowsPath("C:\\" + "果" * LONG))).startswith("\\\\?\\C:")


def test_people_are_shown_the_usual_spelling():
    assert show_path(Path("\\\\?\\C:\\结果")) == "C:\\结果"
    assert show_path(Path(os.fsdecode("结果/年报".encode("gbk")))) == "结果/年报"


def test_names_of_windows_are_no_bytes(monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    assert spell("年报\ud83d.txt") == "年报\\ud83d.txt"
