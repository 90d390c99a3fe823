"""Many old Office files -> .docx, by LibreOffice, in as few starts as can be.

Enters: files with their sniffed formats. Leaves: the bytes of a .docx, or the error, for each. A file that
hangs or crashes LibreOffice, or has it eat memory, costs itself only: it is blamed, and the rest goes on in a
new start.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from extract.document import MAX_FILE_BYTES
from extract.errors import (
    Crashed,
    Damaged,
    NeedsLibreOffice,
    NotStarted,
    NoWorkspace,
    OutOfMemory,
    ReadError,
    TimedOut,
    TooLarge,
    in_megabytes,
    number_of,
)
from extract.office.input_check import CONVERTED, Checked, check
from extract.office.soffice import Conversion, Soffice, find_soffice

__all__ = ["CONVERTED", "MEMORY_LIMIT", "TIME_LIMIT", "LibreOffice"]

TIME_LIMIT: Final = 60.0
"""Seconds for one file, as `--time-limit` has it."""
MEMORY_LIMIT: Final = 2048
"""Megabytes that LibreOffice may hold, as `--memory-limit` has it."""
_LOOK_EVERY: Final = 0.2
"""Seconds after which an order to stop is obeyed at the latest."""
# A start costs about as much as five files; small portions keep both processes busy to the end.
_PORTION: Final = 40
_WORTH_TWO: Final = 8
"""Files from which a second process is worth its start."""
_FALSE_STARTS: Final = 2
"""After so many, one after the other, it is no chance: it does not start at all."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One file to convert, and its place among the files asked for."""

    place: int
    file: Checked


class LibreOffice:
    """Converts files; the private folder with profiles and files goes when the context ends."""

    def __init__(
        self,
        time_limit: float = TIME_LIMIT,
        memory_limit: int = MEMORY_LIMIT,
        *,
        processes: int | None = None,
    ) -> None:
        """LibreOffice that is yet to start.

        Args:
            time_limit: seconds for one file.
            memory_limit: megabytes that each process may hold.
            processes: at most so many at a time; None for what suits this machine.
        """
        self._limits = time_limit, memory_limit
        self._processes = processes or min(os.cpu_count() or 1, 2)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._engines: list[Soffice] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engines = []
        folder, self._folder = self._folder, None
        if folder:
            folder.cleanup()

    def convert(self, files: Sequence[tuple[str, bytes]]) -> list[bytes | ReadError]:
        """The .docx of each file, or the error that it earned, in the same order.

        Args:
            files: pairs of a format of `CONVERTED` and the bytes.
        """
        checked: dict[int, Checked] = {}
        results: dict[int, bytes | ReadError] = {}
        for place, (file_format, data) in enumerate(files):
            try:
                checked[place] = check(file_format, data)
            except ReadError as error:
                results[place] = error
        made = self.convert_checked(list(checked.values()))
        results |= zip(checked, made, strict=True)
        return [results[place] for place in range(len(files))]

    def convert_checked(self, files: Sequence[Checked]) -> list[bytes | ReadError]:
        """As `convert`, for files that were checked before."""
        program = find_soffice() if files else None
        if program is None:
            return [NeedsLibreOffice() for _ in files]
        results = self._convert([_Task(place, file) for place, file in enumerate(files)], program)
        return [results.get(place, NotStarted()) for place in range(len(files))]

    def _convert(self, tasks: Sequence[_Task], program: Path) -> dict[int, bytes | ReadError]:
        results: dict[int, bytes | ReadError] = {}
        try:
            self._share_out(tasks, program, results)
        except OSError as fault:  # no room for the files, or the program may not be started
            refusal = NoWorkspace(number_of(fault))
            return {task.place: refusal for task in tasks} | results
        return results

    def _share_out(
        self, tasks: Sequence[_Task], program: Path, results: dict[int, bytes | ReadError]
    ) -> None:
        """Convert by as many processes as are worth their start, which fill in the results."""
        portions = deque(_portions(tasks))
        count = min(self._processes if len(tasks) >= _WORTH_TWO else 1, len(portions))
        stop = threading.Event()
        engines = self._start_engines(program, count)
        with ThreadPoolExecutor(count) as pool:
            workers = [pool.submit(_work, engine, portions, results, stop) for engine in engines]
            try:
                for worker in workers:
                    while not wait([worker], _LOOK_EVERY).done:
                        pass  # an order to stop that comes just before an endless wait would not end it
                    worker.result()
            except BaseException:
                stop.set()
                for engine in engines:
                    engine.stop()
                self._engines = []
                raise

    def _start_engines(self, program: Path, count: int) -> list[Soffice]:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="nianbao-office-", ignore_cleanup_errors=True)
        while len(self._engines) < count:
            folder = Path(tempfile.mkdtemp(dir=self._folder.name))
            self._engines.append(Soffice(program, folder, *self._limits))
        return self._engines[:count]


def _portions(tasks: Sequence[_Task]) -> list[list[_Task]]:
    """Tasks of one filter each, small enough that two processes share them evenly."""
    by_filter: dict[str, list[_Task]] = {}
    for task in tasks:
        by_filter.setdefault(task.file.filter, []).append(task)
    size = max(1, min(_PORTION, -(-len(tasks) // 2))) if len(tasks) >= _WORTH_TWO else _PORTION
    return [group[i : i + size] for group in by_filter.values() for i in range(0, len(group), size)]


def _work(
    engine: Soffice,
    portions: deque[list[_Task]],
    results: dict[int, bytes | ReadError],
    stop: threading.Event,
) -> None:
    while not stop.is_set():
        try:
            portion = portions.popleft()
        except IndexError:
            return
        _convert_portion(engine, portion, results, stop)


def _convert_portion(
    engine: Soffice, portion: list[_Task], results: dict[int, bytes | ReadError], stop: threading.Event
) -> None:
    """All tasks of one portion, in as many starts as hangs and crashes demand."""
    rest, false_starts = portion, 0
    while rest and not stop.is_set():
        named = [(f"{i:04}.{task.file.format}", task.file.data) for i, task in enumerate(rest)]
        try:
            conversion = engine.run(named, rest[0].file.filter)
        except OSError as fault:
            results.update({task.place: NoWorkspace(number_of(fault)) for task in rest})
            return
        _collect(rest, conversion, results)
        false_starts = false_starts + 1 if conversion.at < 0 else 0
        if conversion.at >= len(rest) or false_starts == _FALSE_STARTS:
            break
        if conversion.at < 0:
            continue
        blamed, after = rest[conversion.at], rest[conversion.at + 1 :]
        if conversion.fault == "timed_out" or len(rest) == 1:
            results[blamed.place] = _blame(engine, conversion)
        else:  # it may have died of what it had done before: the file alone is the proof
            _convert_portion(engine, [blamed], results, stop)
        rest = after
    if false_starts == _FALSE_STARTS:
        excuse = NoWorkspace() if engine.is_cramped() else NotStarted()
        results.update({task.place: excuse for task in rest})
        stop.set()  # nothing else would fare better


def _blame(engine: Soffice, conversion: Conversion) -> ReadError:
    """What a file has earned that was in work when it ended."""
    if conversion.fault == "timed_out":
        return TimedOut(f"{engine.time_limit:g} s")
    if conversion.fault == "out_of_memory":
        return OutOfMemory(f"{engine.memory_limit} MB")
    return NoWorkspace() if engine.is_cramped() else Crashed()


def _collect(tasks: Sequence[_Task], conversion: Conversion, results: dict[int, bytes | ReadError]) -> None:
    """Results of the tasks that were done with; one without an output could not be opened."""
    for task, path in zip(tasks[: conversion.at], conversion.outputs, strict=False):
        if path is None:
            results[task.place] = Damaged(task.file.format)
        elif path.stat().st_size > MAX_FILE_BYTES:
            results[task.place] = TooLarge(in_megabytes(path.stat().st_size))
        else:
            results[task.place] = path.read_bytes()
