"""Word lists kept as CSV in `normalize/words`.

Enters: a file name and the columns it must have. Leaves: checked rows; every fault of a file is told at once.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from pathlib import Path

FOLDER = Path(__file__).parent


class WordListError(Exception):
    """A word list that cannot be used; the run stops before any report is opened."""

    def __init__(self, name: str, faults: tuple[str, ...]) -> None:
        super().__init__(name, faults)
        self.name = name
        self.faults = faults

    def __str__(self) -> str:
        return f"{self.name}: " + "; ".join(self.faults)


def read_rows(
    name: str, columns: Sequence[str], folder: Path = FOLDER, keys: int = 1
) -> list[dict[str, str]]:
    """Rows of a list whose first `keys` columns are never empty and never repeated together.

    Raises:
        WordListError: with every fault of the file.
    """
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != tuple(columns):
            raise WordListError(name, (f"columns are {reader.fieldnames}, not {list(columns)}",))
        rows = list(reader)
    faults = tuple(_faults(rows, columns[:keys]))
    if faults:
        raise WordListError(name, faults)
    return rows


def read_kinds(name: str, kinds: Collection[str], folder: Path = FOLDER) -> dict[str, tuple[str, ...]]:
    """The words of a list with the columns kind, word, note: by kind, in the order of the file.

    Raises:
        WordListError: with every fault of the file, a kind without words among them.
    """
    rows = read_rows(name, ("kind", "word", "note"), folder, keys=2)
    words = {kind: tuple(row["word"] for row in rows if row["kind"] == kind) for kind in kinds}
    faults = [f"{row['word']}: no kind {row['kind']}" for row in rows if row["kind"] not in kinds]
    faults += [f"{kind}: no words" for kind in sorted(kinds) if not words[kind]]
    if faults:
        raise WordListError(name, tuple(faults))
    return words


def _faults(rows: list[dict[str, str]], keys: Sequence[str]) -> list[str]:
    seen: set[tuple[str, ...]] = set()
    faults = []
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            faults.append(f"line {number}: wrong number of columns")
            continue
        key = tuple(row[column] for column in keys)
        if not all(key):
            faults.append(f"line {number}: empty {' or '.join(keys)}")
        elif key in seen:
            faults.append(f"line {number}: {' '.join(key)} stands twice")
        seen.add(key)
    return faults
