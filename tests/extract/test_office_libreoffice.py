"""Many files, few starts of LibreOffice: a hang or a crash costs one row. A stand-in program is converted with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from word_package import package, par, source_of, texts

from extract.document import Document
from extract.errors import Crashed, Damaged, NeedsLibreOffice, NoWorkspace, OutOfMemory, ReadError, TimedOut
from extract.office import soffice as soffice_module
from extract.office.converted import read_converted
from extract.office.libreoffice import LibreOffice
from extract.read import read_document

STAND_IN = """#!{python}
import os, pathlib, shutil, signal, sys, time
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
files = [pathlib.Path(name) for name in sys.argv[sys.argv.index("--outdir") + 2 :]]
with open(os.environ["STARTS"], "a") as starts:
    starts.write(f"{{os.getpid()}} {{len(files) - 1}}\\n")
if (word := os.environ.get("AT_START", "")) == "die":
    os._exit(77)
if word == "once":
    os.environ["AT_START"] = ""
    if not pathlib.Path(os.environ["STARTS"] + ".once").exists():
        pathlib.Path(os.environ["STARTS"] + ".once").touch()
        os._exit(77)
time.sleep(3 * {limit} if word == "dawdle" else 0)
for file in files:
    data = file.read_bytes()
    if b"HANG" in data:
        time.sleep(600)
    if b"CRASH" in data or (b"TIRED" in data and len(files) > 2):
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"EAT" in data or (b"FULL" in data and len(files) > 2):
        eaten = b"x" * {megabytes} * 1000_000
        time.sleep(600)
    if b"STALL" in data:
        (out / file.with_suffix(".docx").name).write_bytes(b"PK\\x03\\x04")
        for n in range(600):
            (out / f"lu{{n}}.tmp").touch()
            time.sleep(0.2)
    if b"HALF" in data:
        (out / file.with_suffix(".docx").name).write_bytes(b"PK\\x03\\x04")
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"REFUSE" in data:
        print("Error: source file could not be loaded", file=sys.stderr, flush=True)
        continue
    shutil.copy(os.environ["PREPARED"], out / file.with_suffix(".docx").name)
"""
LIMIT = 4.0
MEGABYTES = 300


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program named soffice that does what the file says; the log of its starts."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(python=sys.executable, limit=LIMIT, megabytes=MEGABYTES))
    program.chmod(0o755)
    (tmp_path / "prepared.docx").write_bytes(package(par("converted")))
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PREPARED", str(tmp_path / "prepared.docx"))
    monkeypatch.setenv("STARTS", str(tmp_path / "starts"))
    return tmp_path / "starts"


def rtf(word: str) -> tuple[str, bytes]:
    return "rtf", f"{{\\rtf1 {word}}}".encode()


def convert(*words: str, processes: int = 1) -> list[bytes | ReadError]:
    with LibreOffice(LIMIT, MEGABYTES, processes=processes) as office:
        return office.convert([rtf(word) for word in words])


def kinds(results: list[bytes | ReadError]) -> list[str]:
    return [type(result).__name__ for result in results]


def counts(starts: Path) -> list[int]:
    return [int(line.split()[1]) for line in starts.read_text(encoding="utf-8").splitlines()]


def test_many_files_take_one_start(stand_in: Path) -> None:
    assert kinds(convert(*["a"] * 6)) == ["bytes"] * 6
    assert counts(stand_in) == [6]


def test_a_hang_costs_one_file(stand_in: Path) -> None:
    results = convert("a", "b", "HANG", "c", "d")
    assert kinds(results) == ["bytes", "bytes", "TimedOut", "bytes", "bytes"]
    assert isinstance(results[2], TimedOut)
    assert results[2].detail == "4 s"
    assert counts(stand_in) == [5, 2]


def test_a_crash_costs_one_file_and_is_proved_alone(stand_in: Path) -> None:
    results = convert("a", "CRASH", "b")
    assert kinds(results) == ["bytes", "Crashed", "bytes"]
    assert isinstance(results[1], Crashed)
    assert counts(stand_in) == [3, 1, 1]


def test_a_program_tired_of_the_files_before_costs_none(stand_in: Path) -> None:
    assert kinds(convert("a", "TIRED", "b")) == ["bytes"] * 3


def test_a_file_that_eats_memory_costs_itself_and_is_proved_alone(stand_in: Path) -> None:
    results = convert("a", "EAT", "b", "FULL", "c")
    assert kinds(results) == ["bytes", "OutOfMemory", "bytes", "bytes", "bytes"]
    assert isinstance(results[1], OutOfMemory)
    assert results[1].detail == f"{MEGABYTES} MB"
    assert counts(stand_in) == [5, 1, 3, 1, 1]


def test_a_file_that_only_seems_to_come_on_has_no_more_time(stand_in: Path) -> None:
    """Half an output, and ever more temporary files."""
    assert kinds(convert("a", "STALL", "b")) == ["bytes", "TimedOut", "bytes"]
    assert counts(stand_in) == [3, 1]


def test_the_time_to_start_is_no_files(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AT_START", "dawdle")
    assert kinds(convert("a", "b")) == ["bytes"] * 2
    assert counts(stand_in) == [2]


@pytest.mark.parametrize(("how", "kind"), [("once", "bytes"), ("die", "NotStarted")])
def test_a_program_that_does_not_start_is_no_files_fault(
    stand_in: Path, monkeypatch: pytest.MonkeyPatch, how: str, kind: str
) -> None:
    monkeypatch.setenv("AT_START", how)
    assert kinds(convert("a", "b")) == [kind] * 2
    assert counts(stand_in) == [2, 2]


def test_an_endless_start_is_ended(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AT_START", "dawdle")
    monkeypatch.setattr(soffice_module, "_START_LIMIT", 0.5)
    assert kinds(convert(*["a"] * 10, processes=2)) == ["NotStarted"] * 10


def test_an_output_cut_short_by_a_crash_is_none(stand_in: Path) -> None:
    assert kinds(convert("a", "HALF", "b")) == ["bytes", "Crashed", "bytes"]


def test_a_file_that_cannot_be_loaded_is_damaged(stand_in: Path) -> None:
    assert kinds(convert("REFUSE", "a", "REFUSE")) == ["Damaged", "bytes", "Damaged"]
    assert counts(stand_in) == [3]


def test_refused_files_do_not_draw_the_blame_of_a_hang(stand_in: Path) -> None:
    assert kinds(convert("a", "REFUSE", "HANG", "b")) == ["bytes", "Damaged", "TimedOut", "bytes"]
    assert kinds(convert("REFUSE", "a", "HANG", "HANG")) == ["Damaged", "bytes", "TimedOut", "TimedOut"]


def test_two_processes_share_a_batch_and_keep_its_order(stand_in: Path) -> None:
    words = ["a", "REFUSE", *["a"] * 6, "CRASH", *["a"] * 11]
    assert kinds(convert(*words, processes=2)) == [
        {"REFUSE": "Damaged", "CRASH": "Crashed"}.get(word, "bytes") for word in words
    ]


def test_what_comes_out_is_read_under_the_files_own_format(stand_in: Path) -> None:
    data = rtf("a")[1]
    document = read_document(data, source_of(data))
    assert (document.format, document.reader, texts(document)) == ("rtf", "libreoffice", ["converted"])
    assert document.source == source_of(data)


def test_a_file_checked_beforehand_needs_no_start(stand_in: Path) -> None:
    with LibreOffice(LIMIT) as office:
        results = office.convert(
            [("rtf", b"{\\rtf1 {cut"), ("doc", b"\xd0\xcf\x11\xe0"), ("odt", b"PK\x03\x04")]
        )
    assert kinds(results) == ["Damaged"] * 3
    assert not stand_in.exists()


def test_without_libreoffice_the_row_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(soffice_module, "_PLACES", ())
    with LibreOffice() as office:
        (result,) = office.convert([rtf("a")])
    assert isinstance(result, NeedsLibreOffice)
    command = "sudo apt-get install --no-install-recommends libreoffice-writer"
    assert result.sentence("zh").endswith(command)
    assert result.sentence("en").endswith(command)
    with pytest.raises(NeedsLibreOffice):
        read_document(rtf("a")[1], source_of(b""))


def test_no_file_at_all() -> None:
    with LibreOffice() as office:
        assert office.convert([]) == []


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def wait_until(happened) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_process_outlives_its_parent(stand_in: Path, how: signal.Signals) -> None:
    script = (
        "from extract.office.libreoffice import LibreOffice\n"
        "with LibreOffice(300) as office: office.convert([('rtf', b'{\\\\rtf1 HANG}')])"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
    assert wait_until(lambda: stand_in.exists() and stand_in.read_text(encoding="utf-8").endswith("\n"))
    pid = int(stand_in.read_text(encoding="utf-8").split()[0])
    assert is_alive(pid)
    parent.send_signal(how)
    parent.wait(30)
    assert wait_until(lambda: not is_alive(pid))


def test_a_document_made_of_another_keeps_its_remarks_and_blocks() -> None:
    data = package("<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>" + par("a"))
    document = read_converted(data, source_of(b"doc"), "doc")
    assert isinstance(document, Document)
    assert (document.format, document.reader, document.remarks) == ("doc", "libreoffice", ("revisions",))
    with pytest.raises(Damaged):
        read_converted(b"PK", source_of(b"doc"), "doc")


def test_a_full_disk_costs_the_rows_that_it_hits(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def fill(path: Path, data: bytes) -> int:
        if b"too much" in data:
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", fill)
    with LibreOffice(LIMIT) as office:
        (result,) = office.convert([rtf("too much")])
        assert isinstance(result, NoWorkspace)
        assert "errno 28" in result.sentence("en")
        (result,) = office.convert([rtf("a")])
        assert isinstance(result, bytes)
