"""How fast PDF files become cells and observations, and how many cells come out right, beside other ways.

    python bench/pdf.py [FILE_OR_FOLDER ...] [--rounds 7] [--peers]

Enters: PDFs; without arguments those of fixtures/reports and, where it is there, ../shared/real. Leaves:
milliseconds a file (the least of all rounds, rounds taken in turn) and what they are of the floor: the same
engine loading every page and its text, and nothing else. With `--peers` also pdfplumber, and camelot and
PyMuPDF where they are installed (`pip install camelot-py pymupdf`, for this table only); and the cells that
are right when the tables that each way finds go through the same alignment. It asserts nothing.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as Printed

from extract.document import Block, Cell, Document, Source, Table
from extract.pdf import pdfium, read_pdf
from normalize.read import read_report

ROOT = Path(__file__).resolve().parent.parent
USUAL = (ROOT / "fixtures/reports", ROOT.parent / "shared/real")
TRUTHS = (ROOT / "fixtures/expected/truth.jsonl", *(ROOT.parent / "shared/real").glob("*.truth.jsonl"))
SOURCE = Source("a.pdf", "0" * 64, 1)
PEER_ROUNDS = 3
"""They take as long as all the others together."""

Rows = Sequence[Sequence[str | None]]


def load_only(data: bytes) -> None:
    """The floor."""
    with pdfium.open_document(data) as document:
        for index in range(pdfium.count_pages(document)):
            page = pdfium.load_page(document, index)
            text = pdfium.load_text(page)
            number = pdfium.count_chars(text)
            buffer = (ctypes.c_uint16 * (number + 1))()
            pdfium.get_text(text, 0, number, ctypes.addressof(buffer))
            pdfium.close_text(text)
            pdfium.close_page(page)


def read_cells(data: bytes) -> Document:
    """Bytes to cells."""
    return read_pdf(data, SOURCE)


def read_all(data: bytes) -> None:
    """Bytes to observations and checks."""
    read_report(read_pdf(data, SOURCE))


def use_pdfplumber(data: bytes) -> Document:
    """The usual way."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return as_document(rows for page in document.pages for rows in page.extract_tables())


def use_camelot(data: bytes) -> Document:
    """Camelot's finder for ruled tables, which sees the page as a picture."""
    import camelot

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        found = camelot.read_pdf(file.name, pages="all", flavor="lattice", suppress_stdout=True)
        return as_document(table.df.to_numpy().tolist() for table in found)


def use_pymupdf(data: bytes) -> Document:
    """MuPDF's finder."""
    import pymupdf

    with pymupdf.open(stream=data, filetype="pdf") as document:
        return as_document(table.extract() for page in document for table in page.find_tables().tables)


def as_document(tables: Iterator[Rows]) -> Document:
    """What a peer found; None stands for a position that a merged cell covers."""
    blocks: list[Block] = []
    for rows in tables:
        cells = [
            Cell(text, i, j) for i, row in enumerate(rows) for j, text in enumerate(row) if text is not None
        ]
        blocks.append(Table(tuple(cells), len(rows), max(map(len, rows), default=0)))
    return Document(SOURCE, "pdf", "peer", tuple(blocks))


def measure(tasks: dict[str, Callable[[bytes], Any]], files: list[bytes], rounds: int) -> dict[str, float]:
    """Milliseconds a file."""
    least = dict.fromkeys(tasks, float("inf"))
    for turn in range(rounds):
        for name, task in tasks.items():
            if name in PEERS and turn >= PEER_ROUNDS:
                continue
            start = time.perf_counter()
            for data in files:
                task(data)
            least[name] = min(least[name], (time.perf_counter() - start) * 1000 / len(files))
    return least


def count_right(task: Callable[[bytes], Document], paths: Sequence[Path], truths: dict[str, Any]) -> str:
    """Right cells of all that a person would read off the pages of these files."""
    from scoring import score_cells  # beside the tests

    right = expected = 0
    for path in paths:
        if path.name in truths:
            score = score_cells(read_report(task(path.read_bytes())), truths[path.name])
            right += len(score.right)
            expected += len(truths[path.name])
    return f"{right}/{expected}" if expected else ""


def read_truths() -> dict[str, Any]:
    """The expected observations by file name."""
    lines = [json.loads(line) for path in TRUTHS for line in path.read_text("utf-8").splitlines()]
    return {Path(line["source"]).name: line["observations"] for line in lines if "observations" in line}


PEERS: dict[str, Callable[[bytes], Document]] = {
    "pdfplumber": use_pdfplumber,
    "camelot": use_camelot,
    "pymupdf": use_pymupdf,
}


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    tasks: dict[str, Callable[[bytes], Any]] = {
        "floor": load_only,
        "cells": read_cells,
        "observations": read_all,
    }
    if options.peers:
        tasks |= {name: task for name, task in PEERS.items() if find_spec(name)}
        for name in PEERS.keys() - tasks.keys():
            print(f"{name} is not installed", file=sys.stderr)
    truths = read_truths()
    out = Printed("files", "", "ms a file", "× floor", "cells right")
    for path in options.paths or [p for p in USUAL if p.is_dir()]:
        found = sorted(path.glob("**/*.pdf")) if path.is_dir() else [path]
        took = measure(tasks, [p.read_bytes() for p in found], options.rounds)
        for name, ms in took.items():
            finds = name == "cells" or name in PEERS
            right = count_right(tasks[name], found, truths) if finds else ""
            label = f"{path.name} ({len(found)})" if name == "floor" else ""
            out.add_row(label, name, f"{ms:.2f}", f"{ms / took['floor']:.2f}", right)
    Console().print(out)


if __name__ == "__main__":
    main()
