"""Dictionaries that are not the program's own: copies of its CSV files with a line changed or added.

Enters: a folder and an edit. Leaves: the folder of the copy, or a copy of the whole program that uses it.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

from normalize.form.loader import FOLDER

ROOT = Path(__file__).parents[1]


def copy_form(folder: Path) -> Path:
    """The CSV files of the form in a folder of their own."""
    copy = folder / "form"
    copy.mkdir()
    for path in FOLDER.glob("*.csv"):
        shutil.copy(path, copy)
    return copy


def copy_program(folder: Path) -> Path:
    """The program with everything it has, to be run with the folder in `PYTHONPATH`."""
    for package in ("extract", "normalize", "output", "nianbao"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    return folder


def add_line(file: Path, line: str) -> None:
    """Put a line behind the last."""
    file.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def edit(file: Path, old: str, new: str) -> None:
    """Replace what stands there once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def run_program(program: Path, *arguments: str | Path) -> str:
    """What a copied program prints; `-m nianbao run …` or `-c CODE`."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=program.parent,
        env={**os.environ, "PYTHONPATH": str(program)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows_of(out: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table that a run wrote."""
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
