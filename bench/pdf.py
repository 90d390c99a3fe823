"""How fast PDF files become cells and observations, beside the engine alone and beside pdfplumber.

    python bench/pdf.py FILE_OR_FOLDER ... [--rounds 7] [--plumber]

Prints, for each argument, milliseconds a file (the least of all rounds, rounds taken in turn) and what they
are of the floor: the same engine loading every page and its text, and nothing else. Asserts nothing.
"""

from __future__ import annotations

import argparse
import ctypes
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from extract.document import Source
from extract.pdf import engine, read_pdf
from normalize.read import read_report

SOURCE = Source("a.pdf", "0" * 64, 1)


def load_only(data: bytes) -> None:
    """The floor."""
    with engine.open_document(data) as document:
        for index in range(engine.count_pages(document)):
            page = engine.load_page(document, index)
            text = engine.load_text(page)
            number = engine.count_chars(text)
            buffer = (ctypes.c_uint16 * (number + 1))()
            engine.get_text(text, 0, number, ctypes.addressof(buffer))
            engine.close_text(text)
            engine.close_page(page)


def read_cells(data: bytes) -> None:
    """Bytes to cells."""
    read_pdf(data, SOURCE)


def read_all(data: bytes) -> None:
    """Bytes to observations and checks."""
    read_report(read_pdf(data, SOURCE))


def use_plumber(data: bytes) -> None:
    """The usual way."""
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_tables()


def measure(tasks: dict[str, Callable[[bytes], None]], files: list[bytes], rounds: int) -> dict[str, float]:
    """Milliseconds a file."""
    least = dict.fromkeys(tasks, float("inf"))
    for turn in range(rounds):
        for name, task in tasks.items():
            if name == "pdfplumber" and turn >= 3:  # it takes as long as all the others together
                continue
            start = time.perf_counter()
            for data in files:
                task(data)
            least[name] = min(least[name], (time.perf_counter() - start) * 1000 / len(files))
    return least


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--plumber", action="store_true")
    options = parser.parse_args()
    tasks: dict[str, Callable[[bytes], None]] = {
        "floor": load_only,
        "cells": read_cells,
        "observations": read_all,
    }
    if options.plumber:
        tasks["pdfplumber"] = use_plumber
    out = Table("files", *(column for name in tasks for column in (f"{name} ms", "× floor")))
    for path in options.paths:
        found = sorted(path.glob("**/*.pdf")) if path.is_dir() else [path]
        took = measure(tasks, [p.read_bytes() for p in found], options.rounds)
        row = [part for ms in took.values() for part in (f"{ms:.2f}", f"{ms / took['floor']:.2f}")]
        out.add_row(f"{path.name} ({len(found)})", *row)
    Console().print(out)


if __name__ == "__main__":
    main()
