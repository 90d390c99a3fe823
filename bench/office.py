"""How fast old Office files are converted, in one process and in two, and how fast spreadsheets are read.

    python bench/office.py [--count 100] [--seed 1] [--formats doc,xlsx]

Enters: Word reports made by the generator of the tests, written as .doc, .rtf and .odt by LibreOffice first.
Leaves: a printed table; it asserts nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from workbooks import draw_drafting, write_workbook  # noqa: E402

from corpus.variants import compose, draw_hand, draw_lettering, draw_plan, draw_truth, make_word  # noqa: E402
from extract.document import Source  # noqa: E402
from extract.errors import ReadError  # noqa: E402
from extract.office.converted import read_converted  # noqa: E402
from extract.office.libreoffice import LibreOffice  # noqa: E402
from extract.office.soffice import find_soffice  # noqa: E402
from extract.read import read_document  # noqa: E402

WRITERS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8"}
SHEETS = {"xls": "MS Excel 97", "ods": "calc8"}


def save_as(folder: Path, suffix: str, writers: dict[str, str]) -> None:
    """The files of a folder in other formats, beside them."""
    names = sorted(map(str, folder.glob(f"*.{suffix}")))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for other, writer in writers.items():
        command = [str(find_soffice()), profile, "--headless", "--convert-to", f"{other}:{writer}"]
        subprocess.run([*command, "--outdir", str(folder), *names], check=True, capture_output=True)


def source(data: bytes) -> Source:
    """Where the bytes would have come from."""
    return Source("a", sha256(data).hexdigest(), len(data))


def timed(work: Callable[[], int]) -> tuple[int, float]:
    """What `work` counts, and the seconds it took."""
    start = time.perf_counter()
    count = work()
    return count, time.perf_counter() - start


def convert(files: Sequence[bytes], name: str, processes: int) -> int:
    """Convert and read a batch; how many files could be read."""
    with LibreOffice(processes=processes) as office:
        results = office.convert([(name, data) for data in files])
    pairs = zip(results, files, strict=True)
    read = [read_converted(made, source(data), name) for made, data in pairs if isinstance(made, bytes)]
    return len(read)


def read_all(files: Sequence[bytes]) -> int:
    """Read each file; how many could be."""
    done = 0
    for data in files:
        try:
            read_document(data, source(data))
        except ReadError:
            continue
        done += 1
    return done


def make_files(folder: Path, count: int, seed: int, formats: Sequence[str]) -> None:
    """Reports as Word files and workbooks in all formats."""
    for serial in range(count):
        rng = Random(f"{seed}-{serial}")  # noqa: S311 - the same reports every time
        (folder / f"{serial:04}.docx").write_bytes(make_word(rng, serial).content)
        truth = draw_truth(rng, draw_hand(rng))
        page = compose(rng, truth, draw_lettering(rng, breaks=True), draw_plan(rng), 0)
        (folder / f"{serial:04}.xlsx").write_bytes(write_workbook(rng, page, draw_drafting(rng)))
    save_as(folder, "docx", {name: WRITERS[name] for name in formats if name in WRITERS})
    save_as(folder, "xlsx", {name: SHEETS[name] for name in formats if name in SHEETS})


def main() -> None:
    """Make the files, convert and read them, print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", default=",".join((*WRITERS, "xlsx", *SHEETS)))
    options = parser.parse_args()
    table = Table("format", "processes", "files", "read", "seconds", "files/s")
    formats = options.formats.split(",")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_files(folder, options.count, options.seed, formats)
        for suffix in formats:
            files = [path.read_bytes() for path in sorted(folder.glob(f"*.{suffix}"))]
            for processes in (1, 2) if suffix in WRITERS else (0,):
                work = partial(convert, files, suffix, processes) if processes else partial(read_all, files)
                read, seconds = timed(work)
                row = (suffix, str(processes or ""), str(len(files)), str(read))
                table.add_row(*row, f"{seconds:.1f}", f"{len(files) / seconds:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
