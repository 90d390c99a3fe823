"""The real command line on consoles of every kind; the names of the files are the worst there are."""

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from nianbao.exit_codes import Exit
from nianbao.machine.console import prepare, shows_chinese

REPORTS = Path(__file__).parents[2] / "fixtures" / "reports"
FLAGGED = REPORTS / "gangcha_2021.txt"
EMOJI, ODD = "年报😀.txt", os.fsdecode("年报".encode() + b"\xff.txt")
CONSOLES = {
    "gbk": {"PYTHONIOENCODING": "gbk"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "locale C": {"PYTHONUTF8": "0", "LC_ALL": "C"},
    "utf-8": {"PYTHONIOENCODING": "utf-8"},
}
WRITTEN = {"ascii": "utf-8", "locale C": "utf-8"}
"""ASCII says only that nobody said anything."""
CHINESE = {"gbk", "ascii", "locale C", "utf-8"}


def start(console, *arguments, **more):
    """Run the command line; what it prints must be whole in the encoding of the console."""
    environment = {name: text for name, text in os.environ.items() if name != "NIANBAO_LANG"}
    done = subprocess.run(
        [sys.executable, "-c", "from nianbao.entry import main; main()", *arguments],
        check=False,
        capture_output=True,
        env=environment | {"PYTHONPATH": os.pathsep.join(sys.path)} | CONSOLES[console] | more,
    )
    encoding = WRITTEN.get(console, console)
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)


@pytest.mark.parametrize("console", CONSOLES)
def test_run_names_every_file_on_every_console(console, folder, tmp_path):
    root = folder({EMOJI: "", ODD: ""})
    code, out, err = start(console, "run", root, "-o", tmp_path / "结果", "--no-workbook")
    assert code == Exit.SOME_FAILED
    assert "Traceback" not in err
    emoji = EMOJI if WRITTEN.get(console, console) == "utf-8" else "年报\\U0001f600.txt"
    for name in (emoji, "年报\\xff.txt"):
        assert (name if console in CHINESE else name.replace("年报", "\\u5e74\\u62a5")) in err
    assert ("文件是空的" if console in CHINESE else "the file is empty") in err
    assert ("共 2 个文件" if console in CHINESE else "2 files: 2 failed") in out
    assert ("结果在" if console in CHINESE else "Results are in") in out
    assert "?" not in out + err


@pytest.mark.parametrize("console", CONSOLES)
def test_show_keeps_its_marks_apart_on_every_console(console):
    code, out, err = start(console, "show", FLAGGED)
    mark = "✗" if WRITTEN.get(console, console) == "utf-8" else "x"
    assert code == Exit.DONE
    assert err == ""
    assert f"  {mark} " in out
    assert ("需核对" if console in CHINESE else "to be checked") in out
    assert ("刚察县" if console in CHINESE else "\\u521a\\u5bdf\\u53bf") in out


@pytest.mark.parametrize("console", CONSOLES)
def test_show_of_a_name_that_no_encoding_has(console, folder):
    root = folder({ODD: FLAGGED.read_bytes()})
    code, out, err = start(console, "show", os.fsencode(root / ODD))
    assert (code, err) == (Exit.DONE, "")
    code, out, err = start(console, "show", os.fsencode(root / f"kein{ODD}"))
    assert (code, out) == (Exit.USAGE, "")
    assert "\\xff.txt" in err


@pytest.mark.parametrize("console", CONSOLES)
@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["show", "--help"], ["fields"]])
def test_help_and_fields_on_every_console(console, arguments):
    code, out, err = start(console, *arguments)
    assert (code, err) == (0, "")
    words = ("字段", " field ") if arguments == ["fields"] else ("示例", "Examples")
    assert words[console not in CHINESE] in out


def test_who_asks_for_chinese_gets_it_spelt_out():
    code, out, _ = start("cp1252", "show", FLAGGED, "--lang", "zh")
    assert code == Exit.DONE
    assert "\\u9700\\u6838\\u5bf9" in out


def test_no_text_breaks_a_stream_and_none_is_lost():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="gbk", newline="")
    prepare([stream])
    stream.write("✗ 年报😀 … \udcff\ud800")
    stream.flush()
    assert raw.getvalue().decode("gbk") == "x 年报\\U0001f600 … \\udcff\\ud800"


@pytest.mark.parametrize(
    ("encoding", "shown"), [("gbk", True), ("utf-8", True), ("cp1252", False), ("cp950", False)]
)
def test_which_encodings_show_chinese(encoding, shown):
    assert shows_chinese(io.TextIOWrapper(io.BytesIO(), encoding=encoding)) is shown


def find_careless(*arguments):
    """Where the command, or a process that it starts, opens a file without saying in which encoding."""
    told = {"PYTHONWARNDEFAULTENCODING": "1", "PYTHONWARNINGS": "default::EncodingWarning"}
    code, _, err = start("utf-8", *arguments, **told)
    assert code != Exit.BUG, err
    warned = re.findall(r"^(.+?):\d+: EncodingWarning", err, re.MULTILINE)
    return [path for path in warned if "site-packages" not in path]


def test_carelessness_is_found(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text("open(__file__).close()\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert find_careless("--version") == [str(tmp_path / "sitecustomize.py")]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """One file of each kind, some of them in an archive."""
    root = tmp_path_factory.mktemp("mixed")
    names = ["gangcha_2021.ofd", "hongze_2023.docx", "hongze_2023.xlsx", "gangcha_2021_word.pdf"]
    names += ["pingtan_2020_saved.mht", "shanghai_2019_page.html", "云台县林业局年报.txt", "空文件.txt"]
    with zipfile.ZipFile(root / "a.zip", "w") as archive:
        for name in names:
            archive.write(REPORTS / name, name)
    return root


def test_a_run_relies_on_no_encoding_of_the_system(mixed, tmp_path):
    (tmp_path / "passwords").write_text("年报", encoding="utf-8")
    arguments = ("run", mixed, "-o", tmp_path / "out", "--reread", "always")
    for _ in range(2):
        assert find_careless(*arguments, "--password-file", tmp_path / "passwords") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["fields"],
        ["fields", "--format", "csv"],
        ["show", FLAGGED],
        ["show", REPORTS / "hongze_2023_word.pdf", "--page", "1", "--png", os.devnull],
        ["run", FLAGGED, "-o", FLAGGED],
    ],
)
def test_no_command_relies_on_an_encoding_of_the_system(arguments):
    assert find_careless(*arguments) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize("command", ["run", "show", "fields"])
@pytest.mark.parametrize(
    ("streams", "codes"),
    {
        ">&-": {0},
        "2>&-": {0},
        "<&- >&- 2>&-": {0},
        "| true": {0},
        "2>&1 | true": {0},
        "> /dev/full": {0, Exit.OUTPUT},
    }.items(),
)
def test_nobody_has_to_listen(command, streams, codes, tmp_path):
    """Closed, given up by its reader, on a full disk: no bug, and what is lost without the reader's wish is told."""
    arguments = {"run": f"run {FLAGGED} -o {tmp_path / 'out'} --no-workbook", "show": f"show {FLAGGED}"}
    program = (
        f"{sys.executable} -c 'from nianbao.entry import main; main()' {arguments.get(command, command)}"
    )
    done = subprocess.run(
        ["bash", "-c", f"{program} {streams}; exit ${{PIPESTATUS[0]}}"],
        check=False,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "NIANBAO_LANG": "en"},
        text=True,
    )
    assert done.returncode in codes
    assert "Traceback" not in done.stderr
    if "full" in streams and command != "run":
        assert done.returncode == Exit.OUTPUT
        assert "disk is full" in done.stderr
    if command == "run":
        assert done.returncode == Exit.DONE
        assert (tmp_path / "out" / "reports.csv").exists()
