"""The tables of a run, written as a stream from the journal.

Enters: rows in their final order, and the journal. Leaves: the tables and the counts. Rows are taken a
hundred at a time, rendered by as many processes as there are, and put together in order: memory does not
grow with their number.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from nianbao.journal.journal import Journal
from nianbao.journal.rules import Rules
from nianbao.processes.pool import Pool
from nianbao.processes.tasks import Answer, Task
from nianbao.results.plan import ReportRow, find_kin, relate_group, with_versions
from nianbao.results.tally import Tally, count

if TYPE_CHECKING:
    from normalize.versions.choose import Version
    from output.tables.parts import Part

CHUNK: Final = 100
"""Rows at a time."""
FEW: Final = CHUNK
"""Rows that are written in less time than other processes take to start."""
WRITING: Final = ("nianbao.results.finish", "normalize.versions.choose", "output.tables.parts")
"""What processes load to write."""
GROUPS: Final = 25
"""Groups of versions at a time."""
AHEAD: Final = 2
"""Chunks a process that may be ready before their turn."""
ATTEMPTS: Final = 5
"""At a task that dies: it is ours, so somebody killed it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a process finds the journal and the rows.

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
        rows: Sequence[ReportRow] = pickle.load(stream)  # noqa: S301 - written by this run, see `Shelf`
    except EOFError:
        return ()
    return rows


def count_chunks(rows: Sequence[ReportRow]) -> int:
    """How many chunks the rows make."""
    return -(-len(rows) // CHUNK)


def put_on_shelf(rows: Sequence[ReportRow], journal: Journal, path: Path) -> tuple[Shelf, list[int]]:
    """Lay the rows out for other processes.

    Returns:
        The shelf, and where each chunk begins.

    Raises:
        OSError: the disk is full, or the like.
    """
    starts = []
    with path.open("wb") as stream:
        for first in range(0, len(rows), CHUNK):
            starts.append(stream.tell())
            pickle.dump(tuple(rows[first : first + CHUNK]), stream)
    return Shelf(Path(journal.path), journal.rules, path), starts


def add_versions(rows: Sequence[ReportRow], journal: Journal, pool: Pool) -> list[ReportRow]:
    """The rows with what comparing the files of one report says of them."""
    groups = find_kin(rows, journal)
    versions: dict[str, Version] = {}
    if len(groups) < FEW:
        for group in groups:
            versions |= relate_group(group, journal)
        return with_versions(rows, versions)
    tasks = deque(
        Task(
            relate_groups,
            (groups[start : start + GROUPS], Path(journal.path), journal.rules),
            start,
            limited=False,
        )
        for start in range(0, len(groups), GROUPS)
    )
    for answer in _answers(pool, tasks):
        versions |= answer.value
    return with_versions(rows, versions)


def relate_groups(groups: Sequence[Any], journal: Path, rules: Rules) -> dict[str, Version]:
    """What each file of some groups is among the versions of its report (in a process of its own)."""
    with Journal(journal, rules, read_only=True) as opened:
        versions: dict[str, Version] = {}
        for group in groups:
            versions |= relate_group(group, opened)
        return versions


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
        shelf, starts = put_on_shelf(rows, journal, spool / "rows")
        return _write_many(shelf, starts, folder, pool, workbook=workbook, by_year=by_year)
    from output.write import write_all

    outcomes = [row.outcome(journal) for row in rows]
    write_all(outcomes, folder, workbook=workbook, by_year=by_year)
    return count(outcomes)


def _write_many(
    shelf: Shelf, starts: Sequence[int], folder: Path, pool: Pool, *, workbook: bool, by_year: bool
) -> Tally:
    from output.tables.datapackage import write_datapackage
    from output.tables.files import TableWriter

    tally = Tally()
    with TableWriter(folder, by_year=by_year) as tables:
        for part, counted in _render_parts(
            shelf, starts, pool, folder / "workbook.xlsx" if workbook else None
        ):
            tables.add(part)
            tally.merge(counted)
    write_datapackage(folder / "datapackage.json")
    return tally


def _render_parts(
    shelf: Shelf, starts: Sequence[int], pool: Pool, book: Path | None
) -> Iterator[tuple[Part, Tally]]:
    tasks = deque(
        Task(render_chunk, (shelf, start), number, limited=False) for number, start in enumerate(starts)
    )
    if book:
        tasks.appendleft(Task(write_book, (shelf, book), limited=False))
    early: dict[int, tuple[Part, Tally]] = {}
    turn = 0
    for answer in _answers(pool, tasks, lambda number: number is None or number < turn + AHEAD * pool.size):  # noqa: B023 - as it is now
        if answer.task.about is not None:
            early[answer.task.about] = answer.value
        while turn in early:
            yield early.pop(turn)
            turn += 1


def _answers(
    pool: Pool, tasks: deque[Task], may_begin: Callable[[Any], bool] = lambda _: True
) -> Iterator[Answer]:
    """The answers to all tasks; one whose process was killed is done again."""
    attempts: dict[Any, int] = {}
    while tasks or len(pool):
        while tasks and pool.has_room and may_begin(tasks[0].about):
            pool.submit(tasks.popleft())
        answer = pool.next()
        if answer.error is not None:
            raise answer.error
        if answer.death is None:
            yield answer
            continue
        about = answer.task.about
        attempts[about] = attempts.get(about, 0) + 1
        if attempts[about] >= ATTEMPTS:
            raise RuntimeError(f"a process that writes died {ATTEMPTS} times: {answer.death.cause}")
        tasks.appendleft(answer.task)


def render_chunk(shelf: Shelf, start: int) -> tuple[Part, Tally]:
    """The tables of one chunk, and its counts (in a process of its own)."""
    from output.tables.parts import render

    with Journal(shelf.journal, shelf.rules, read_only=True) as journal:
        outcomes = [row.outcome(journal) for row in shelf.chunk(start)]
    return render(outcomes), count(outcomes)


def write_book(shelf: Shelf, path: Path) -> None:
    """The workbook (in a process of its own)."""
    from output.workbook.book import BookWriter

    with Journal(shelf.journal, shelf.rules, read_only=True) as journal, BookWriter(path) as book:
        for chunk in shelf.chunks():
            book.add([row.outcome(journal) for row in chunk])
