"""The command over files made to do harm: bounded, one plain row each, the rest read, nothing touched."""

import csv
import gzip
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from archive_making import rar5, tar_of, zip_of, zip_raw
from hostile_files import archives, page, pages, with_entities

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "fixtures" / "reports" / "gangcha_2021.docx"
SECRET = "3141592653"
MEMORY = 4 * 1024**3
"""Address space of the command and of each process that it starts."""

LIMITED = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
PROGRAM = f"{LIMITED}from nianbao.entry import main; main()"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and links of POSIX")


class World:
    """A folder that holds all that a run may touch, and a place outside it that it must not."""

    def __init__(self, home):
        self.home = home
        self.outside = home / "outside" / "secret.txt"
        for name in ("in", "tmp", "cwd", "outside"):
            (home / name).mkdir()
        self.outside.write_text(SECRET, "utf-8")

    def put(self, files):
        for name, data in files.items():
            (self.home / "in" / name).write_bytes(data)

    def listing(self):
        """Every path but those of the results and their journal, files with their time."""
        out = self.home / "out"
        own = (out, out.with_name("out.journal.sqlite"))
        paths = [path for path in self.home.rglob("*") if not {*own} & {path, *path.parents}]
        return {path: path.is_file() and path.stat().st_mtime_ns for path in paths}

    def start(self, *arguments, command=("run",), path=None, home=None, program=PROGRAM):
        own = {
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(self.home / "tmp"),
            "HOME": home or str(self.home / "cwd"),
        }
        return subprocess.Popen(
            [sys.executable, "-c", program, *command, *map(str, arguments)],
            cwd=self.home / "cwd",
            env={**os.environ, **own, "PATH": os.environ["PATH"] if path is None else path},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments, **how):
        with self.start(*arguments, **how) as process:
            out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def rows(self):
        with (self.home / "out" / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))


class Trap:
    """A server that no one may call."""

    def __init__(self):
        self._server = socket.create_server(("127.0.0.1", 0))
        self.uri = f"http://127.0.0.1:{self._server.getsockname()[1]}/a.dtd"
        self.calls = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        try:
            while True:
                caller, address = self._server.accept()
                self.calls.append(address)
                caller.close()
        except OSError:
            pass

    def close(self):
        self._server.close()


FROM_FILE, FROM_NET = "file ", "net "
NAMES = [
    *pages(), "flat.zip", "42.zip", "overlap.zip", "quine.zip", "zeros.gz", "zeros.tar.xz", "zeros.bz2", "paths.zip",
    "paths.tar.gz", "link.zip", "link.tar.gz", "link then file.tar.gz",
    *(f"{origin}{name}" for origin in (FROM_FILE, FROM_NET) for name in with_entities("x")),
]  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """One run over everything: its process, its rows, what it touched, who called."""
    world, trap = World(tmp_path_factory.mktemp("hostile")), Trap()
    uris = {FROM_FILE: world.outside.as_uri(), FROM_NET: trap.uri}
    for origin, uri in uris.items():
        world.put({f"{origin}{name}": data for name, data in with_entities(uri).items()})
    world.put(pages() | archives(world.outside))
    shutil.copy(GOOD, world.home / "in" / "0 good.docx")
    shutil.copy(GOOD.with_name("hongze_2023.docx"), world.home / "in" / "zz good.docx")
    (world.home / "in" / "link.txt").symlink_to(world.outside)
    world.before = world.listing()
    world.done = world.run(world.home / "in", "-o", world.home / "out", "--no-workbook")
    world.after = world.listing()
    trap.close()
    world.calls = trap.calls
    world.found = world.rows()
    return world


def test_the_run_ends_as_runs_with_failures_do(world):
    assert world.done.returncode == 1, world.done.stderr
    assert "Traceback" not in world.done.stderr + world.done.stdout


def test_good_files_among_them_are_read(world):
    states = {row["source"]: (row["status"], row["values"]) for row in world.found}
    for name in ("0 good.docx", "zz good.docx"):
        assert states[name][0] in {"ok", "flagged"}
        assert int(states[name][1]) > 100


def test_nothing_is_read_or_written_outside(world):
    assert world.after == world.before
    assert world.calls == []
    for path in (world.home / "out").rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes()
    (row,) = [row for row in world.found if row["source"] == "link.txt"]
    assert row["error_code"] == "link_outside"


def rows_of(world, name):
    return [row for row in world.found if row["source"] == name or row["source"].startswith(f"{name}!/")]


@pytest.mark.parametrize("name", NAMES)
def test_each_has_its_row_with_a_plain_reason(world, name):
    rows = rows_of(world, name)
    assert rows
    for row in rows:
        if row["status"] in {"failed", "not_a_report"}:
            assert len(row["error"]) > 5
            assert "Error" not in row["error"]
            assert row["error_code"] not in {"bug", "timed_out", "crashed"}


REASONS = {
    "flat.zip": ["too_large"],
    "overlap.zip": ["damaged", "empty"],
    "quine.zip": ["nested_archives"],
    "zeros.gz": ["too_large"],
    "zeros.tar.xz": ["too_large"],
    "zeros.bz2": ["too_large"],
    "link.zip": ["member_link"],
    "link.tar.gz": ["member_link"] * 3,
    "deep.html": ["not_a_report"],
    "wide.html": ["too_large"],
}


@pytest.mark.parametrize("name", REASONS)
def test_the_reason_is_the_right_one(world, name):
    assert [row["error_code"] for row in rows_of(world, name)] == REASONS[name]


@pytest.fixture
def place(tmp_path):
    return World(tmp_path)


WITHOUT_PLACES = (
    f"{LIMITED}import extract.office.soffice as s; s._PLACES = (); from nianbao.entry import main; main()"
)


def test_without_libreoffice_and_libarchive_all_else_is_read(place, monkeypatch):
    """The message names the package and the command."""
    good = GOOD.read_bytes()
    place.put(
        {
            "a.rtf": b"{\\rtf1 x}",
            "b.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "c.rar": rar5({"x.docx": good}),
            "d.docx": good,
            "e.zip": zip_of({"x/y.txt": GOOD.with_suffix(".txt").read_bytes()}),
            "f.html": pages()["long.html"],
        }
    )
    monkeypatch.setenv("LIBARCHIVE", "/none/libarchive.so")
    (place.home / "bin").mkdir()
    done = place.run(
        place.home / "in", "-o", place.home / "out", path=str(place.home / "bin"), program=WITHOUT_PLACES
    )
    assert done.returncode == 1
    rows = {row["source"]: row for row in place.rows()}
    assert rows["a.rtf"]["error_code"] == "needs_libreoffice"
    assert "apt-get install --no-install-recommends libreoffice-writer" in rows["a.rtf"]["error"]
    assert rows["c.rar"]["error_code"] == "needs_libarchive"
    assert "apt-get install --no-install-recommends libarchive13" in rows["c.rar"]["error"]
    assert {name for name, row in rows.items() if row["status"] in {"ok", "flagged", "duplicate"}} == {
        "d.docx", "e.zip!/x/y.txt", "f.html",
    }  # fmt: skip


ODD = {
    b"a\nb.docx": "a\nb.docx",
    b"'\"`$(x);&.docx": "'\"`$(x);&.docx",
    b"-o.docx": "./-o.docx",
    b"--help": "./--help",
    "年".encode() * 83 + b".docx": "年" * 83 + ".docx",
    "某局年报.docx".encode("gbk"): "某局年报.docx",
    "📄 表.docx".encode(): "📄 表.docx",
    b"[red]a[bold].docx": "[red]a[bold].docx",
    b"\xff\xfe.docx": "\\xff\\xfe.docx",
}


def test_odd_names_are_names_and_copies_refer_to_the_first(place):
    for name in ODD:
        Path(os.fsdecode(os.fsencode(place.home / "in") + b"/" + name)).write_bytes(GOOD.read_bytes())
    assert place.run("../in", "-o", "../out", "--no-workbook").returncode == 0
    rows = place.rows()
    assert {row["source"] for row in rows} == set(ODD.values())
    assert [row["status"] for row in rows].count("duplicate") == len(ODD) - 1
    (place.home / "cwd" / "-o.docx").write_bytes(GOOD.read_bytes())
    assert place.run("-o", "../out2", "--no-workbook", "--", "-o.docx").returncode == 0
    assert place.run("--", "./-o.docx", command=("show",)).returncode == 0


def test_archives_on_the_command_line_and_within_each_other(place):
    """Members of one name, a zip inside a mail inside a zip; the same bytes whenever it runs."""
    good, other = GOOD.read_bytes(), GOOD.with_name("hongze_2023.docx").read_bytes()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "x"
    mail.set_content("见附件")
    mail.add_attachment(zip_of({"y.docx": good}), maintype="a", subtype="b", filename="内.zip")
    same = zip_raw([(b"a.docx", other), (b"a.docx", good)])
    place.put({"all.zip": zip_of({"m.eml": mail.as_bytes(), "same.zip": same})})
    given = place.home / "in" / "all.zip"
    outs = [place.home / "out", place.home / "out2"]
    for out in outs:
        done = place.run(given, "-o", out, "--quiet")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        os.utime(given, (1, 1))
    assert {row["source"]: row["status"] for row in place.rows()} == {
        "all.zip!/m.eml": "not_a_report",
        "all.zip!/m.eml!/内.zip!/y.docx": "flagged",
        "all.zip!/same.zip!/a (2).docx": "duplicate",
        "all.zip!/same.zip!/a.docx": "flagged",
    }
    tables = sorted(path.name for path in outs[0].iterdir() if path.name != "run.json")
    assert all((outs[0] / name).read_bytes() == (outs[1] / name).read_bytes() for name in tables)
    shown = place.run(f"{given}!/m.eml!/内.zip!/y.docx", command=("show",))
    assert shown.returncode == 0
    assert "刚察县" in shown.stdout
    assert place.run(given, command=("show",)).returncode == 2
    assert place.run(f"{given}!/none.docx", command=("show",)).returncode == 2


def test_nothing_in_names_and_files_gives_the_terminal_orders(place):
    orders = "\x1b[31m"
    words = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1&#27;[5m", "2", "3"]
    sheet = "".join(f"<tr>{''.join(f'<td>{word}</td>' for word in row)}</tr>" for row in words)
    sheet = f"<table><tr><td>第二十条第（一）项</td></tr>{sheet}</table>"
    place.put({f"{orders}a\x9b.doc": bytes(range(256)) * 4})
    (place.home / "in" / "b.html").write_bytes(page(sheet).replace("某局".encode(), "某&#27;[5m局".encode()))
    done = place.run(place.home / "in", "-o", place.home / "out", "--no-workbook")
    assert "\ufffd[31ma\ufffd.doc" in done.stderr
    shown = [place.run(path, command=("show",)) for path in sorted((place.home / "in").iterdir())]
    for text in (done.stdout, done.stderr, *(one.stdout + one.stderr for one in shown)):
        assert not {"\x1b", "\x9b"} & set(text)
    assert "某\ufffd[5m局" in shown[1].stdout
    assert " 1\ufffd[5m" in shown[1].stdout


@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM])
def test_who_is_told_to_stop_leaves_nothing(place, order):
    """No process, no folder; a program that hangs stands for LibreOffice."""
    program = place.home / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(600)\n", "utf-8")
    program.chmod(0o755)
    place.put({"a.rtf": b"{\\rtf1 x}"})
    before = place.listing()
    with place.start(place.home / "in", "-o", place.home / "out", path=f"{program.parent}") as done:
        while not list((place.home / "tmp").glob("nianbao-office-*/*/log.txt")):
            time.sleep(0.05)
        done.send_signal(order)
        assert done.wait(30) == 130
        assert "中断" in done.stderr.read()
    while running(program):  # the guard needs a moment
        time.sleep(0.05)
    assert place.listing() == before


def test_a_temporary_folder_that_takes_no_more_is_what_the_row_says(place):
    """A limit on the size of files stands for a full disk."""
    program = place.home / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text("#!/bin/false\n", "utf-8")
    program.chmod(0o755)
    text = random.Random(1).randbytes(2000) * 20_000
    place.put(
        {
            "a.tgz": gzip.compress(tar_of({"a.txt": text})),
            "b.rtf": b"{\\rtf1 " + b"x" * 6_000_000 + b"}",
            "c.rar": rar5({"a.txt": text[:6_000_000]}),
            "d.docx": GOOD.read_bytes(),
        }
    )
    small = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, 5_000_000))\n{PROGRAM}"
    done = place.run(
        place.home / "in", "-o", place.home / "out", "--no-workbook", path=f"{program.parent}", program=small
    )
    assert done.returncode == 1
    states = {row["source"]: row["error_code"] for row in place.rows()}
    names = ["a.tgz", "b.rtf", "c.rar!/a.txt", "d.docx"]
    assert [states[name] for name in names] == ["no_workspace"] * 3 + [""]


def running(program):
    """Whether a process runs this program."""
    lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    return any(os.fsencode(program) in line for line in lines)


def test_a_folder_without_a_file_has_nothing(place):
    assert place.run(place.home / "in", "-o", place.home / "out").returncode == 3


def test_a_home_that_cannot_be_written_and_inputs_that_cannot_be_written(place, monkeypatch):
    place.put({"a.docx": GOOD.read_bytes()})
    (place.home / "in" / "a.docx").chmod(0o400)
    (place.home / "in").chmod(0o500)
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/none")
    done = place.run(place.home / "in", "-o", place.home / "out", home="/proc/none")
    assert (done.returncode, done.stderr) == (0, "")
