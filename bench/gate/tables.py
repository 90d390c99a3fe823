"""What two runs over the same files wrote, compared cell by cell.

Enters: two folders of results. Leaves: a line for each file of them that differs.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Final

import openpyxl
import pyarrow.parquet

csv.field_size_limit(2**31 - 1)
TableRow = dict[str, str]
SHOWN: Final = 4
"""Rows of a table that are shown."""
APART: Final = frozenset({"run.json"})
"""What tells of the run itself and not of the files."""


def read_table(folder: Path, name: str) -> list[TableRow]:
    """The rows of a CSV table, none where there is no such table."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def differences(old: Path, new: Path) -> Iterator[str]:
    """What differs between two folders of results; nothing where all is the same."""
    names = {p.relative_to(f).as_posix() for f in (old, new) for p in f.rglob("*") if p.is_file()} - APART
    for name in sorted(names):
        before, after = old / name, new / name
        if not (before.exists() and after.exists()):
            yield f"{name}: only {'before' if before.exists() else 'after'}"
        elif before.read_bytes() != after.read_bytes():
            yield from _explain(before, after)


def _explain(before: Path, after: Path) -> Iterator[str]:
    match before.suffix:
        case ".csv":
            yield from _differing_rows(before.name, read_rows(before), read_rows(after))
        case ".parquet":
            yield from _differing_rows(before.name, _parquet(before), _parquet(after))
        case ".xlsx":
            yield from _differing_rows(before.name, _workbook(before), _workbook(after))
        case _:
            yield f"{before.name}: other bytes"


def _differing_rows(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    gone, come = Counter(before), Counter(after)
    lost, won = list((gone - come).elements()), list((come - gone).elements())
    yield f"{name}: {len(lost)} rows gone or changed, {len(won)} new or changed, of {len(before)}"
    for one, other in list(zip_longest(lost, won, fillvalue=""))[:SHOWN]:
        yield f"    - {one[:300]}\n    + {other[:300]}"


def read_rows(path: Path) -> list[str]:
    """The lines of a file, with its column names."""
    return path.read_text("utf-8-sig").splitlines()


def _parquet(path: Path) -> list[str]:
    table = pyarrow.parquet.read_table(path)
    return [
        str(table.schema),
        *(json.dumps(row, default=str, ensure_ascii=False) for row in table.to_pylist()),
    ]


def _workbook(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path, read_only=True)
    return [
        f"{sheet.title}: {[value for value in row if value is not None]}"
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    ]
