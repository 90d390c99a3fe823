"""Runs that are killed, stopped and robbed: the command line as a black box, and what must hold whenever it ends.

Enters: a folder of reports and a command. Leaves: its processes, and the state of its results.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from pathlib import Path

import psutil

from corpus.__main__ import copies, generate_all, generate_family, strays, write

ROOT = Path(__file__).parents[1]
POISON = ROOT / "tests" / "poison"
FIXTURES = ROOT / "fixtures" / "reports"
PROGRAM = [sys.executable, "-c", "from nianbao.entry import main; main()"]
RECORD = "run.json"
PATIENCE = 120.0
"""Seconds after which a run that does not end has failed its test."""
STEP = 0.02

WHOLE_FILES = (
    "gangcha_2021_word.pdf", "pingtan_2020_web.pdf", "gangcha_2021.ofd", "pingtan_2020_saved.mht",
    "云台县各单位报送.zip", "空文件.txt",
)  # fmt: skip
BROKEN = ("截断.docx", "加密年报.docx", "扫描0001.txt", "坏XML.docx", "预算批复.txt", "其他压缩.docx")


def make_set(folder, seed=5, count=25):
    """Some 120 small files of every format that needs no other program; some broken, some twice the same."""
    formats = ("text", "docx", "html", "saved", "sheet")
    broken = (made for made in strays(seed) if made.source.rpartition("/")[2] in BROKEN)
    write(
        folder,
        chain(generate_all(seed, count, formats), generate_family(seed, 4, "bundle"), broken, copies(seed)),
    )
    for name in WHOLE_FILES:
        shutil.copy(FIXTURES / name, folder / name)
    return folder


def make_few(folder, seed=77, count=3):
    """Other reports, for results that were there before."""
    write(folder, generate_all(seed, count, ("text", "docx")))
    return folder


@dataclass
class Command:
    """One command line, which may be started again and again.

    Each `out` lies in a folder of its own, so that whatever stands beside it is the command's.
    """

    inputs: Path
    out: Path
    options: tuple[str, ...] = ("--workers", "2", "--no-workbook")
    environment: dict[str, str] = field(default_factory=dict)
    path: tuple[Path, ...] = (ROOT,)

    def __post_init__(self):
        self.out.parent.mkdir(parents=True, exist_ok=True)

    def start(self):
        """The process, its words going to a file: a pipe would be held open by workers that live on."""
        with self.log.open("wb") as shown:
            return psutil.Popen(
                self.arguments,
                env=self.surroundings,
                stdin=subprocess.DEVNULL,
                stdout=shown,
                stderr=shown,
                start_new_session=True,
            )

    @property
    def arguments(self):
        return [*PROGRAM, "run", str(self.inputs), "-o", str(self.out), *self.options]

    @property
    def surroundings(self):
        own = {"PYTHONPATH": os.pathsep.join(map(str, self.path)), "NIANBAO_LANG": "zh"}
        return {**os.environ, **own, **self.environment}

    @property
    def log(self):
        """Where the last start wrote what it said; apart from what lies beside the results."""
        folder = self.inputs.parent / "said"
        folder.mkdir(exist_ok=True)
        return folder / f"{self.out.parent.name}.txt"

    def said(self):
        return self.log.read_text("utf-8", "replace")

    def finish(self):
        """Start it and let it end by itself; the exit code."""
        return end(self.start())

    def beside(self, role):
        return self.out.with_name(f".{self.out.name}.nianbao-{role}")

    @property
    def journal(self):
        return self.out.with_name(f"{self.out.name}.journal.sqlite")

    def reset(self):
        """Remove the results and whatever stands beside them."""
        shutil.rmtree(self.out.parent)
        self.out.parent.mkdir()


def end(process):
    """The exit code, once the process ends by itself."""
    try:
        return process.wait(PATIENCE)
    except psutil.TimeoutExpired:
        destroy(process)
        raise


def destroy(process):
    """Kill a process with all below it."""
    family = [process, *below(process)]
    for each in family:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    process.wait()


def below(process):
    """All processes that this one started, and theirs."""
    with suppress(psutil.NoSuchProcess):
        return process.children(recursive=True)
    return []


def workers(process):
    """The processes that read: Pythons below this one, but for the one that keeps count of shared memory."""
    found = []
    for each in below(process):
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            words = " ".join(each.cmdline())
            if "python" in words and "resource_tracker" not in words and "forkserver" not in words:
                found.append(each)
    return found


def content(folder):
    """The bytes of every file by its name, those of the record of the run aside."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != RECORD}


def rows(command, table="reports"):
    """The rows of one table of its results."""
    with (command.out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def count_reads(command):
    """How often each file was begun to be read, by digest; for a command made by `poisoned`."""
    notes = Path(command.environment["POISON_DIR"], "read")
    return Counter(notes.read_text("utf-8").split() if notes.exists() else ())


def poisoned(inputs, out, notes, **changes):
    """The command whose readers obey marks in the files, and note what they read in the folder `notes`."""
    notes.mkdir()
    return Command(inputs, out, path=(POISON, ROOT), environment={"POISON_DIR": str(notes)}, **changes)


def differences(found, wanted):
    """One line for each file that differs: what stands in the first row that is not the same."""
    told = []
    for name in sorted({*found, *wanted}):
        if found.get(name) != wanted.get(name):
            rows = [each.get(name, b"").split(b"\r\n") for each in (found, wanted)]
            differ = next(((a, b) for a, b in zip_longest(*rows, fillvalue=b"") if a != b))
            told.append(f"{name}: {differ[0][:300]!r} and not {differ[1][:300]!r}")
    return told


def is_whole(folder):
    """Whether the record of the run names what is there, which is written last."""
    record = json.loads((folder / RECORD).read_text("utf-8"))
    return {path.name for path in folder.iterdir()} - {RECORD} == set(record["files"]) - {RECORD}


def beside(command):
    """What stands beside the results and is none of them, the journal aside."""
    names = sorted(path.name for path in command.out.parent.iterdir())
    return [name for name in names if name != command.out.name and not name.startswith(command.journal.name)]


def assert_never_half(command, known):
    """The results are absent or whole, and one of `known`; the first of these was there from the beginning."""
    lies = command.out if command.out.exists() else command.beside("previous")
    if not lies.exists():
        assert known[0] is None, "the old results are gone"
        return
    assert is_whole(lies)
    assert [] in [differences(content(lies), each) for each in known if each is not None]


def assert_gone(processes, seconds=20.0):
    """No worker outlives its parent for long."""
    deadline = time.monotonic() + seconds
    while alive := [each for each in processes if is_alive(each)]:
        assert time.monotonic() < deadline, f"still there: {alive}"
        time.sleep(0.1)


def is_alive(process):
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
