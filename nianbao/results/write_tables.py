"""The tables of a run, written as a stream from the journal.

Enters: rows in their final order, and the journal. Leaves: the tables and the counts. Rows are taken a
hundred at a time, rendered by as many processes as there are, and put together in order: memory does not
grow with their number.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from nianbao.journal.journal import Journal
from nianbao.journal.rules import Rules
from nianbao.processes.answer_all import answer_all
from nianbao.processes.pool import Pool
from nianbao.processes.tasks import Task
from nianbao.results.report_rows import ReportRow
from nianbao.results.tally import Tally, count

if TYPE_CHECKING:
    from output.tables.render import Part

CHUNK: Final = 100
"""Rows at a time. The tables of 100 fixtures are 12 MB, half a second's work."""
FEW: Final = CHUNK
"""Rows that are rendered in a quarter of the time that another process takes to start (0.6 s and 2.3 s, on a
busy machine)."""
WRITING: Final = (
    "nianbao.results.find_versions",
    "nianbao.results.write_tables",
    "normalize.versions.relate",
    "output.tables.render",
)
"""What processes load to write."""
AHEAD: Final = 2
"""Chunks a process that may be ready before their turn."""


@dataclass(frozen=True, slots=True)
class StoredRows:
    """Where another process finds the journal and the rows.

    Attributes:
        rows: a file of chunks of rows. They are pickled, as what processes send each other is: the file lies
            in a private folder, and only as long as the run.
    """

    journal: Path
    rules: Rules
    rows: Path

    def chunk(self, start: int) -> Sequence[ReportRow]:
        """The rows of the chunk that begins at byte `start`."""
        with self.rows.open("rb") as stream:
            stream.seek(start)
            return _read_chunk(stream)

    def chunks(self) -> Iterator[Sequence[ReportRow]]:
        """All rows, chunk by chunk."""
        with self.rows.open("rb") as stream:
            while chunk := _read_chunk(stream):
                yield chunk


def _read_chunk(stream: BinaryIO) -> Sequence[ReportRow]:
    try:
        rows: Sequence[ReportRow] = pickle.load(stream)  # noqa: S301 - written by this run, see `StoredRows`
    except EOFError:
        return ()
    return rows


def count_chunks(rows: Sequence[ReportRow]) -> int:
    """How many chunks the rows make."""
    return -(-len(rows) // CHUNK)


def store_rows(rows: Sequence[ReportRow], journal: Journal, path: Path) -> tuple[StoredRows, list[int]]:
    """Lay the rows out for other processes.

    Returns:
        What they find, and where each chunk begins.

    Raises:
        OSError: the disk is full, or the like.
    """
    starts = []
    with path.open("wb") as stream:
        for first in range(0, len(rows), CHUNK):
            starts.append(stream.tell())
            pickle.dump(tuple(rows[first : first + CHUNK]), stream)
    return StoredRows(Path(journal.path), journal.rules, path), starts


def write_tables(
    rows: Sequence[ReportRow],
    journal: Journal,
    folder: Path,
    spool: Path,
    pool: Pool,
    *,
    workbook: bool,
    by_year: bool,
) -> Tally:
    """Write every table, and count.

    Args:
        rows: in their final order.
        journal: has the outcome of each.
        folder: for the tables; empty.
        spool: a private folder.
        pool: of processes.
        workbook: also write workbook.xlsx.
        by_year: write Parquet in one file a year.

    Raises:
        OSError: the disk is full, or the like.
        RuntimeError: the processes that write die again and again.
    """
    if len(rows) > FEW:
        stored, starts = store_rows(rows, journal, spool / "rows")
        return _write_many(stored, starts, folder, pool, workbook=workbook, by_year=by_year)
    from output.write import write_all

    outcomes = [row.outcome(journal) for row in rows]
    write_all(outcomes, folder, workbook=workbook, by_year=by_year)
    return count(outcomes)


def _write_many(
    stored: StoredRows, starts: Sequence[int], folder: Path, pool: Pool, *, workbook: bool, by_year: bool
) -> Tally:
    from output.tables.datapackage import write_datapackage
    from output.tables.writer import TableWriter

    tally = Tally()
    book = folder / "workbook.xlsx" if workbook else None
    with TableWriter(folder, by_year=by_year) as tables:
        for part, counted in _render_parts(stored, starts, pool, book):
            tables.add(part)
            tally.merge(counted)
    write_datapackage(folder / "datapackage.json")
    return tally


def _render_parts(
    stored: StoredRows, starts: Sequence[int], pool: Pool, book: Path | None
) -> Iterator[tuple[Part, Tally]]:
    tasks = deque(
        Task(render_chunk, (stored, start), number, limited=False) for number, start in enumerate(starts)
    )
    if book:
        tasks.appendleft(Task(write_book, (stored, book), limited=False))
    early: dict[int, tuple[Part, Tally]] = {}
    turn = 0
    for answer in answer_all(pool, tasks, lambda number: number is None or number < turn + AHEAD * pool.size):  # noqa: B023 - as it is now
        if answer.task.about is not None:
            early[answer.task.about] = answer.value
        while turn in early:
            yield early.pop(turn)
            turn += 1


def render_chunk(stored: StoredRows, start: int) -> tuple[Part, Tally]:
    """The tables of one chunk, and its counts (in a process of its own)."""
    from output.tables.render import render

    with Journal(stored.journal, stored.rules, read_only=True) as journal:
        outcomes = [row.outcome(journal) for row in stored.chunk(start)]
    return render(outcomes), count(outcomes)


def write_book(stored: StoredRows, path: Path) -> None:
    """The workbook (in a process of its own)."""
    from output.workbook.writer import BookWriter

    with Journal(stored.journal, stored.rules, read_only=True) as journal, BookWriter(path) as book:
        for chunk in stored.chunks():
            book.add([row.outcome(journal) for row in chunk])
