"""Printed PDFs through the whole command, beside pdfplumber alone.

Enters: a folder of PDFs. Leaves: a printed table: files a second on one worker, on two, on two without a
second reading, and of the bare `extract_tables` of pdfplumber in a pool of two.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

from rich.table import Table
from runs.cost import CONSOLE, CommandBench, RunCost, describe


def extract_bare(path: Path) -> int:
    """What pdfplumber alone does with one file."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return sum(len(page.extract_tables()) for page in document.pages)


WAYS: dict[str, tuple[int, tuple[str, ...]]] = {
    "2 workers": (2, ()),
    "1 worker": (1, ()),
    "2 workers, nothing read twice": (2, ("--reread", "never")),
}


def measure_pdf(bench: CommandBench, files: Path, sample: int, rounds: int) -> None:
    """Printed PDFs in each way, and the usual way on two cores, in turn; the quickest run counts."""
    paths = sorted(files.glob("*.pdf"))
    costs: dict[str, list[RunCost]] = defaultdict(list)
    bare = float("inf")
    for _ in range(rounds):
        for name, (workers, options) in WAYS.items():
            costs[name].append(bench.run(files, workers, *options))
        bare = min(bare, time_bare(paths[:sample]))
    rates = {name: max(cost.rate for cost in runs) for name, runs in costs.items()}
    table = Table("way", "files/s", "× pdfplumber", "rows", title="native PDF, files to finished tables")
    for name, rate in rates.items():
        table.add_row(name, f"{rate:.1f}", f"{rate * bare:.1f}", describe(costs[name][0])[-1])
    table.add_row(
        "pdfplumber alone, 2 processes", f"{1 / bare:.1f}", "1.0", f"{min(sample, len(paths))} files"
    )
    CONSOLE.print(table, f"2 workers : 1 worker = {rates['2 workers'] / rates['1 worker']:.2f}")


def time_bare(paths: Sequence[Path]) -> float:
    """Seconds a file that pdfplumber takes on two cores, its start left out."""
    with get_context("spawn").Pool(2) as pool:
        pool.map(extract_bare, paths[:2], 1)
        start = time.perf_counter()
        pool.map(extract_bare, paths, 1)
        return (time.perf_counter() - start) / len(paths)
