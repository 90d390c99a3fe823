"""How fast files become observations and checks, on one core, and where the time goes.

    python bench/read.py [--count 200] [--seed 1] [--folder REPORTS] [--rounds 3]

Enters: reports; without --folder a set is made by the generator of the tests. Leaves: a printed table; it
asserts nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import extract.read
import normalize.read
from extract.document import Source
from extract.errors import ReadError
from nianbao.find.files import find_files
from nianbao.processes.child import relax_collector

ROOT = Path(__file__).resolve().parent.parent


@dataclass(slots=True)
class FormatCost:
    """Seconds of one format: altogether, and by stage without the stages inside it."""

    files: int = 0
    observations: int = 0
    seconds: float = 0.0
    stages: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))


class StageClock:
    """Charges time to the innermost stage that is running."""

    def __init__(self) -> None:
        self.stages: defaultdict[str, float] = defaultdict(float)
        self.running: list[str] = []
        self.since = 0.0

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed as `stage`."""

        def timed(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - passes on whatever it is given
            self.switch()
            self.running.append(stage)
            try:
                return function(*arguments, **options)
            finally:
                self.switch()
                self.running.pop()

        return timed

    def switch(self) -> None:
        """Charge what has passed since the last switch."""
        now = time.perf_counter()
        if self.running:
            self.stages[self.running[-1]] += now - self.since
        self.since = now


@contextmanager
def timed_stages(clock: StageClock) -> Iterator[None]:
    """Time the functions that `read_document` and `read_report` call by name from other modules of ours."""
    replaced = []
    for module in (extract.read, normalize.read):
        for name, function in list(vars(module).items()):
            home = getattr(function, "__module__", None) or ""
            ours = home.partition(".")[0] in {"extract", "normalize"} and home != module.__name__
            if ours and callable(function) and not isinstance(function, type):
                replaced.append((module, name, function))
                setattr(module, name, clock.wrap(f"{module.__name__.partition('.')[0]}: {name}", function))
    readers: dict[str, Any] = getattr(extract.read, "_READERS", {})
    kept = dict(readers)
    readers.update({name: clock.wrap(f"extract: {name} reader", reader) for name, reader in kept.items()})
    try:
        yield
    finally:
        readers.update(kept)
        for module, name, function in replaced:
            setattr(module, name, function)


def make_reports(folder: Path, count: int, seed: int) -> None:
    """Have the tests' generator write a set of text and Word reports."""
    command = [sys.executable, "-m", "corpus", str(folder), "--count", str(count), "--seed", str(seed)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    subprocess.run([*command, "--formats", "text,docx"], check=True, env=environment, cwd=ROOT, stdout=2)


def load(folder: Path) -> list[tuple[Source, bytes]]:
    """The files of the set with their bytes; the disk is not what is measured."""
    files = [(file, file.path.read_bytes()) for file in find_files([folder])]
    return [(Source(file.source, sha256(data).hexdigest(), len(data)), data) for file, data in files]


def read_all(files: Sequence[tuple[Source, bytes]], clock: StageClock | None) -> dict[str, FormatCost]:
    """Read every file once; costs by format, other formats left out."""
    costs: dict[str, FormatCost] = defaultdict(FormatCost)
    read_document, read_report = extract.read.read_document, normalize.read.read_report
    if clock:
        read_document = clock.wrap("extract: other", read_document)
        read_report = clock.wrap("normalize: other", read_report)
    for source, data in files:
        if clock:
            clock.stages.clear()
        start = time.perf_counter()
        try:
            report = read_report(read_document(data, source))
        except ReadError:
            continue
        if not report.is_report:
            continue
        cost = costs[report.format]
        cost.seconds += time.perf_counter() - start
        cost.files += 1
        cost.observations += len(report.observations)
        for stage, seconds in clock.stages.items() if clock else ():
            cost.stages[stage] += seconds
    return costs


def print_costs(plain: dict[str, FormatCost], staged: dict[str, FormatCost]) -> None:
    """Speeds first, then the share of each stage."""
    console = Console()
    speeds = Table("format", "reports", "observations", "reports/s", "ms/report", title="one core")
    for name, cost in sorted(plain.items()):
        rate = cost.files / cost.seconds
        speeds.add_row(name, str(cost.files), str(cost.observations), f"{rate:.0f}", f"{1000 / rate:.2f}")
    console.print(speeds)
    for name, cost in sorted(staged.items()):
        shares = Table("stage", "share", "ms/report", title=f"{name}: where the time goes")
        whole = sum(cost.stages.values())
        for stage, seconds in sorted(cost.stages.items(), key=lambda item: -item[1]):
            if seconds / whole >= 0.005:
                shares.add_row(stage, f"{seconds / whole:.0%}", f"{1000 * seconds / cost.files:.2f}")
        console.print(shares)


def main() -> None:
    """Read the set several times; the quickest round counts, as the others met other work of the machine."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        if options.folder is None:
            make_reports(Path(made), options.count, options.seed)
        files = load(options.folder or Path(made) / "files")
    read_all(files[:20], None)  # imports and caches
    relax_collector()
    rounds = [read_all(files, None) for _ in range(options.rounds)]
    plain = {
        name: min((costs[name] for costs in rounds), key=lambda cost: cost.seconds) for name in rounds[0]
    }
    clock = StageClock()
    with timed_stages(clock):
        staged = read_all(files, clock)
    print_costs(plain, staged)


if __name__ == "__main__":
    main()
