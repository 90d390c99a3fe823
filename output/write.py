"""Outcomes -> every file of the contract in one folder, in one process: a small run, or a list of outcomes.

Enters: the outcomes of a run. Leaves: CSV and Parquet tables, datapackage.json, workbook.xlsx.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from output.outcome import Outcome

CHUNK = 100
"""Outcomes that are rendered at once: many enough for their cost in common, few enough for the memory."""


def write_all(
    outcomes: Iterable[Outcome], folder: Path, *, workbook: bool = True, by_year: bool = False
) -> None:
    """Write all tables; equal outcomes give equal bytes.

    Args:
        outcomes: one per file found. A sequence may have any order. Anything else is taken as it comes and
            never held as a whole, so that it must be sorted by `source.path` already.
        folder: an existing empty folder.
        workbook: also write workbook.xlsx.
        by_year: write Parquet tables that have a column `year` as folders with one file a year.

    Raises:
        OSError: the disk is full, or a file cannot be written.
    """
    # Imported here: pyarrow takes a fifth of a second that `--help` should not wait for.
    from output.tables.datapackage import write_datapackage
    from output.tables.render import render
    from output.tables.rows import in_order
    from output.tables.writer import TableWriter
    from output.workbook.writer import BookWriter

    ordered = in_order(outcomes) if isinstance(outcomes, Sequence) else outcomes
    with ExitStack() as files:
        tables = files.enter_context(TableWriter(folder, by_year=by_year))
        book = files.enter_context(BookWriter(folder / "workbook.xlsx")) if workbook else None
        for chunk in in_chunks(ordered, CHUNK):
            tables.add(render(chunk))
            if book:
                book.add(chunk)
    write_datapackage(folder / "datapackage.json")


def in_chunks(outcomes: Iterable[Outcome], size: int) -> Iterator[tuple[Outcome, ...]]:
    """Runs of consecutive outcomes.

    Args:
        outcomes: any number of them.
        size: how many a run has at most.

    Yields:
        The runs, none of them empty.
    """
    rest = iter(outcomes)
    while chunk := tuple(islice(rest, size)):
        yield chunk
