"""What one file causes is bounded by the limits of the command line, in LibreOffice too. A stand-in is converted with."""

import sys

import pytest
from faults import Command, make_few, rows
from word_package import package, par

from nianbao.exit_codes import Exit

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script as a program")

STAND_IN = """#!{python}
import pathlib, shutil, sys, time
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
for name in sys.argv[sys.argv.index("--outdir") + 2 :]:
    data = pathlib.Path(name).read_bytes()
    with open({log!r}, "a") as log:
        log.write(data[6:].decode() + " ")
    if b"hang" in data:
        time.sleep(600)
    if b"eat" in data:
        eaten = b"x" * 500_000_000
        time.sleep(600)
    shutil.copy({made!r}, out / (pathlib.Path(name).stem + ".docx"))
"""
FATES = {"hang": "timed_out", "eat": "out_of_memory", "fine": "not_a_report", "good": "not_a_report"}


@pytest.fixture
def command(tmp_path):
    """A run over files for LibreOffice among others, with little time and memory for each."""
    folder = make_few(tmp_path / "in")
    for word in FATES:
        (folder / f"{word}.rtf").write_bytes(b"{\\rtf1" + word.encode() + b"}")
    (folder / "cut.rtf").write_bytes(b"{\\rtf1 {cut")
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    made = tmp_path / "made.docx"
    made.write_bytes(package(par("各位同事：周三开会。")))
    program.write_text(STAND_IN.format(python=sys.executable, log=str(tmp_path / "log"), made=str(made)))
    program.chmod(0o755)
    limits = ("--workers", "2", "--no-workbook", "--time-limit", "3", "--memory-limit", "400")
    return Command(
        folder, tmp_path / "beside" / "out", options=limits, environment={"PATH": str(program.parent)}
    )


def test_a_file_that_libreoffice_hangs_on_or_eats_for_costs_itself_alone(command, tmp_path):
    assert command.finish() == Exit.SOME_FAILED, command.said()
    found = {row["source"][:-4]: row for row in rows(command) if row["source"].endswith(".rtf")}
    assert {name: row["error_code"] for name, row in found.items()} == FATES | {"cut": "damaged"}
    assert "3 s" in found["hang"]["error"]
    assert "400 MB" in found["eat"]["error"]
    words = (tmp_path / "log").read_text("utf-8").replace("}", "").split()
    assert words.count("hang") == 1  # which is not tried again
    assert words.count("eat") <= 2
    assert "cut" not in words
