"""What one run of the whole command costs.

Enters: files and options. Leaves: seconds, the most memory of the command and of its largest worker, and what
became of the files. RSS is looked at five times a second, USS (without what processes share) once.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psutil
from rich.console import Console

from nianbao.find.files import find_files

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-c", "from nianbao.entry import main; main()")
PAUSE = 0.2
"""Seconds between two looks at the memory."""
CONSOLE = Console(width=None if sys.stdout.isatty() else 160)
COLUMNS = ("seconds", "files/s", "parent MB RSS (USS)", "largest worker MB", "exit", "rows")
"""What `describe` gives."""


@dataclass(slots=True)
class Peak:
    """The most bytes that were seen."""

    rss: int = 0
    uss: int = 0

    def look(self, process: psutil.Process, *, closely: bool) -> None:
        """Look at one process, which may end meanwhile; what is shared takes long to tell apart."""
        with suppress(psutil.Error):
            self.rss = max(self.rss, process.memory_info().rss)
            if closely:
                self.uss = max(self.uss, process.memory_full_info().uss)

    def __str__(self) -> str:
        """Megabytes."""
        return f"{self.rss / 1e6:.0f} ({self.uss / 1e6:.0f})"


@dataclass(slots=True)
class RunCost:
    """What one run took."""

    files: int
    seconds: float
    code: int
    parent: Peak
    worker: Peak
    statuses: Counter[str]

    @property
    def rate(self) -> float:
        """Files a second."""
        return self.files / self.seconds


class CommandBench:
    """Runs the command into folders of its own."""

    def __init__(self, place: Path, *, workbook: bool) -> None:
        self.out = place / "beside" / "out"
        self._options = () if workbook else ("--no-workbook",)

    def run(self, inputs: Path, workers: int, *options: str, fresh: bool = True) -> RunCost:
        """One run over everything below `inputs`."""
        if fresh:
            shutil.rmtree(self.out.parent, ignore_errors=True)
        self.out.parent.mkdir(parents=True, exist_ok=True)
        arguments = ["run", str(inputs), "-o", str(self.out), "--quiet", "--workers", str(workers)]
        parent, worker = Peak(), Peak()
        start = time.perf_counter()
        process = psutil.Popen(
            [*PROGRAM, *arguments, *self._options, *options],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for turn in count():
            if process.poll() is not None:
                break
            closely = turn % 5 == 4
            parent.look(process, closely=closely)
            for each in children(process):
                worker.look(each, closely=closely)
            with suppress(psutil.TimeoutExpired):
                process.wait(PAUSE)
        seconds = time.perf_counter() - start
        statuses = Counter(row["status"] for row in self.rows())
        return RunCost(len(find_files([inputs])), seconds, process.returncode, parent, worker, statuses)

    def rows(self) -> list[dict[str, str]]:
        """The rows of reports.csv, none where there is none."""
        path = self.out / "reports.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))


def children(process: psutil.Process) -> list[psutil.Process]:
    """All processes below this one."""
    with suppress(psutil.Error):
        return process.children(recursive=True)
    return []


def describe(cost: RunCost) -> list[str]:
    """The columns that every table of runs ends with."""
    rows = ", ".join(f"{n} {status}" for status, n in sorted(cost.statuses.items()))
    return [
        f"{cost.seconds:.1f}",
        f"{cost.rate:.1f}",
        str(cost.parent),
        str(cost.worker),
        str(cost.code),
        rows,
    ]
