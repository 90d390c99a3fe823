"""What thousands of files cost: speed by format, memory, cores, running again, and broken files.

    python bench/scale.py [--parts formats,memory,again,rows,pdf] [--count 5000] [--small 500] [--pdfs 400]
                          [--faulty 15] [--folder REPORTS] [--keep FOLDER] [--rounds 2] [--workbook]

Without --folder a set is made by the generator of the tests (`tests/corpus/scale.py` says how; two minutes
for 5 000), in --keep if given, where it is found again. Every figure is of the whole command, `nianbao run`,
from start to finished tables, into an output that was not there before. Asserts nothing.

Enters: options. Leaves: printed tables; RSS is looked at five times a second, USS (without what processes
share) once.

formats: one run for each format, two workers. memory: --small and --count mixed files, on two workers and on
one in turn. again: the same command once more. rows: files against rows, and what became of the broken ones.
pdf: printed PDFs on one worker, on two, on two without a second reading, and the bare `extract_tables` of
pdfplumber in a pool of two; --faulty of a hundred have faults, and what is in doubt is read twice.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from runs.beside_pdfplumber import measure_pdf
from runs.cost import COLUMNS, CONSOLE, ROOT, CommandBench, RunCost, describe

from nianbao.find.files import find_files


def take(files: Path, number: int, target: Path) -> Path:
    """A folder with `number` of the files, every format by its share, as links to the same bytes."""
    found = [file.path for file in find_files([files])]
    step = max(len(found) / number, 1)
    for path in (found[int(n * step)] for n in range(min(number, len(found)))):
        link = target / path.relative_to(files.resolve())
        link.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, link)
    return target


def measure_formats(bench: CommandBench, files: Path) -> None:
    """One run for each format."""
    table = Table("format", "files", *COLUMNS, title="each format alone, 2 workers")
    for folder in sorted(path for path in files.iterdir() if path.is_dir()):
        cost = bench.run(folder, 2)
        table.add_row(folder.name, str(cost.files), *describe(cost))
    CONSOLE.print(table)


def measure_memory(bench: CommandBench, files: Path, sizes: Sequence[int], place: Path, rounds: int) -> None:
    """Few files and many, on two workers and on one in turn; the quickest run counts."""
    table = Table("files", "workers", *COLUMNS, title="mixed formats")
    for size in sizes:
        inputs = take(files, size, place / f"first-{size}")
        runs: dict[int, list[RunCost]] = defaultdict(list)
        for _ in range(rounds):
            for workers in (2, 1):
                runs[workers].append(bench.run(inputs, workers))
        least = {workers: min(costs, key=lambda cost: cost.seconds) for workers, costs in runs.items()}
        for workers, cost in least.items():
            table.add_row(str(cost.files), str(workers), *describe(cost))
        table.add_row("", "1 : 2", f"{least[1].seconds / least[2].seconds:.2f}", end_section=True)
    CONSOLE.print(table)


def measure_again(bench: CommandBench, files: Path) -> None:
    """The same command twice; the second has nothing to do."""
    first = bench.run(files, 2)
    before = {path.name: path.stat().st_mtime_ns for path in bench.out.iterdir()}
    again = bench.run(files, 2, fresh=False)
    after = {path.name: path.stat().st_mtime_ns for path in bench.out.iterdir()}
    rewritten = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    table = Table("run", "files", *COLUMNS, title="the same command again")
    table.add_row("first", str(first.files), *describe(first))
    table.add_row("again", str(again.files), *describe(again))
    CONSOLE.print(table, f"rewritten: {', '.join(rewritten) or 'nothing'}")
    journal = sum(path.stat().st_size for path in bench.out.parent.glob("out.journal*"))
    CONSOLE.print(f"journal: {journal / 1e6:.1f} MB, {journal / max(first.files, 1) / 1e3:.1f} kB a file")


def measure_rows(bench: CommandBench, files: Path) -> None:
    """Whether every file has its row, and what became of the broken."""
    bench.run(files, 2, fresh=False)  # what the parts before have read is not read again
    rows = bench.rows()
    sources = Counter(row["source"] for row in rows)
    found = {file.source for file in find_files([files])}
    have = {source.partition("!/")[0] for source in sources}
    doubled = [source for source, n in sources.items() if n > 1]
    CONSOLE.print(f"{len(found)} files, {len(rows)} rows with the members of archives")
    CONSOLE.print(
        f"without a row: {sorted(found - have)}, twice: {doubled}, of no file: {sorted(have - found)}"
    )
    fates: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        folder, _, name = row["source"].partition("/")
        if folder == "broken":
            fates[name.rpartition("_")[0]][row["error_code"] or row["status"]] += 1
    table = Table("broken how", "rows", title="broken on purpose")
    for way, codes in sorted(fates.items()):
        table.add_row(way, ", ".join(f"{n} {code}" for code, n in codes.most_common()))
    CONSOLE.print(table)


def make_files(target: Path, options: argparse.Namespace) -> None:
    """Have the tests' generator make what is not there yet."""
    if target.exists():
        return
    start = time.perf_counter()
    numbers = {"count": options.count, "pdf": options.pdfs, "seed": options.seed, "faulty": options.faulty}
    wished = [word for name, number in numbers.items() for word in (f"--{name}", str(number))]
    command = [sys.executable, "-m", "corpus.scale", str(target), *wished]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": paths})
    CONSOLE.print(f"made in {time.perf_counter() - start:.0f} s")


PARTS = ("formats", "memory", "again", "rows", "pdf")


def parse() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--small", type=int, default=500)
    parser.add_argument("--pdfs", type=int, default=400)
    parser.add_argument("--sample", type=int, default=60, help="files that pdfplumber reads")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faulty", type=int, default=15, help="printed PDFs with faults, of a hundred")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="mixed reports, a folder for each format")
    parser.add_argument("--keep", type=Path, help="where the made files stay")
    parser.add_argument("--workbook", action="store_true")
    options = parser.parse_args()
    if unknown := set(options.parts.split(",")) - set(PARTS):
        parser.error(f"unknown parts: {','.join(sorted(unknown))}")
    return options


def main() -> None:
    """Runs the parts asked for."""
    options = parse()
    parts = options.parts.split(",")
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        made = (options.keep or place) / "files"
        files = options.folder or made
        if options.folder is None or "pdf" in parts:
            make_files(made, options)
        bench = CommandBench(place, workbook=options.workbook)
        if "formats" in parts:
            measure_formats(bench, files)
        if "memory" in parts:
            measure_memory(bench, files, (options.small, options.count), place, options.rounds)
        if "again" in parts:
            measure_again(bench, files)
        if "rows" in parts:
            measure_rows(bench, files)
        if "pdf" in parts:
            measure_pdf(bench, made.with_name("files-pdf"), options.sample, options.rounds)


if __name__ == "__main__":
    main()
