"""From files to outcomes: read, understand, judge.

Enters: the files found. Leaves: one `Outcome` for each thing to read in them. Nothing that a file holds can
stop the run. Files of old Office programs wait until there are many of them: one start of LibreOffice
converts them all.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from extract.document import Source
from extract.errors import Encrypted, ReadError
from extract.office.libreoffice import CONVERTED, LibreOffice
from extract.sniff import sniff
from nianbao.choices import DEFAULTS, Choices
from nianbao.find import Found
from nianbao.isolate import Reader, relax_collector
from nianbao.items import Item, Opener
from nianbao.judge import attempt, copy_outcome, fail
from nianbao.reread import compare, read_instead
from nianbao.understand import Understood
from normalize.report import Report
from output.outcome import Outcome

MOST_WAITING: Final = 50
"""Files that wait for LibreOffice: its start costs as much as ten of them."""
MOST_WAITING_BYTES: Final = 200 * 1000 * 1000


class Stages:
    """Seconds spent in each stage of a run."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that the block takes to `stage`."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - start

    def split(self, read: Callable[[], Understood]) -> Report:
        """The report that `read` gives, its time charged to "read" and "understand"."""
        with self.timed("read"):
            understood = read()
        self.seconds["read"] -= understood.seconds
        self.seconds["understand"] += understood.seconds
        return understood.report


def read_batch(
    files: Sequence[Found],
    stages: Stages,
    choices: Choices = DEFAULTS,
    grown: Callable[[int], None] = lambda _: None,
) -> Generator[Outcome]:
    """Read the files one after the other; byte-identical copies refer to the first in order.

    Args:
        files: in order.
        stages: charged with the time that each stage takes.
        choices: how to read.
        grown: told how many more outcomes there will be than files, as archives are opened.
    """
    relax_collector()
    with Reader() as reader, LibreOffice() as office:
        desk = Desk(stages, choices, reader, office)
        opener = Opener(choices.passwords, reader.unpack, grown)
        for file in files:
            items = opener.items(file)
            while (item := next_item(items, stages)) is not None:
                yield from desk.take(item)
        yield from desk.convert_waiting()


def next_item(items: Iterator[Item], stages: Stages) -> Item | None:
    """The next thing to read."""
    with stages.timed("open"):
        return next(items, None)


@dataclass(slots=True)
class Waiting:
    """A file that waits for LibreOffice, and the copies of it met meanwhile."""

    item: Item
    copies: list[Source] = field(default_factory=list)


class Desk:
    """Takes items and gives outcomes: at once, or when what waits is converted."""

    def __init__(self, stages: Stages, choices: Choices, reader: Reader, office: LibreOffice) -> None:
        self._stages = stages
        self._choices = choices
        self._reader = reader
        self._office = office
        self._first: dict[str, Outcome | Waiting] = {}
        self._waiting: list[Waiting] = []

    def take(self, item: Item) -> Iterator[Outcome]:
        """The outcomes that are ready once this item is taken."""
        digest = item.source.sha256
        known = self._first.get(digest)
        if isinstance(known, Waiting):
            known.copies.append(item.source)
        elif known is not None:
            yield copy_outcome(known, item.source)
        elif item.data is not None and sniff(item.data) in CONVERTED:
            self._first[digest] = waiting = Waiting(item)
            self._waiting.append(waiting)
            if self._is_full():
                yield from self.convert_waiting()
        else:
            outcome = item.outcome or self._read(item)
            if digest:
                self._first[digest] = outcome
            yield outcome

    def _is_full(self) -> bool:
        size = sum(one.item.source.size for one in self._waiting)
        return len(self._waiting) >= MOST_WAITING or size >= MOST_WAITING_BYTES

    def _read(self, item: Item) -> Outcome:
        data = item.data or b""
        outcome = attempt(item.source, name_format(data), partial(self._understand, data, item.source))
        return with_remarks(outcome, item)

    def convert_waiting(self) -> Iterator[Outcome]:
        """The outcomes of everything that waits."""
        waiting, self._waiting = self._waiting, []
        files = [(sniff(one.item.data or b""), one.item.data or b"") for one in waiting]
        with self._stages.timed("convert"):
            converted = self._office.convert(files) if files else []
        for one, (form, _), result in zip(waiting, files, converted, strict=True):
            source = one.item.source
            if isinstance(result, ReadError):
                outcome = replace(fail(source, result), format=form)
            else:
                outcome = attempt(source, form, partial(self._understand_converted, result, source, form))
            outcome = with_remarks(outcome, one.item)
            self._first[source.sha256] = outcome
            yield outcome
            yield from (copy_outcome(outcome, copy) for copy in one.copies)

    def _understand_converted(self, data: bytes, source: Source, form: str) -> Report:
        return self._stages.split(partial(self._reader.read_converted, data, source, form))

    def _understand(self, data: bytes, source: Source) -> Report:
        """The report of one file, read twice where that is wished.

        Raises:
            ReadError: whatever the reader of the format says.
        """
        wish, second = self._choices.reread, self._reader.read_second
        try:
            report, data = self._read_unlocked(data, source)
        except ReadError as error:
            with self._stages.timed("reread"):
                return read_instead(error, data, source, wish, second)
        with self._stages.timed("reread"):
            return compare(report, data, wish, second)

    def _read_unlocked(self, data: bytes, source: Source) -> tuple[Report, bytes]:
        """The report and the bytes that it was read from: without encryption where a password opened them.

        Raises:
            ReadError: whatever the reader of the format says.
        """
        try:
            return self._stages.split(partial(self._reader.read, data, source)), data
        except Encrypted:
            if not self._choices.passwords:
                raise
        with self._stages.timed("read"):
            opened = self._reader.unlock(data, self._choices.passwords)
        return self._stages.split(partial(self._reader.read, opened, source)), opened


def with_remarks(outcome: Outcome, item: Item) -> Outcome:
    """The outcome with what was noticed on the way to its item."""
    report = outcome.report
    if report is None or not item.remarks:
        return outcome
    remarks = tuple(dict.fromkeys((*report.remarks, *item.remarks)))
    return replace(outcome, report=replace(report, remarks=remarks))


def name_format(data: bytes) -> str:
    """What the bytes are, "" if nothing known here."""
    name = sniff(data)
    return "" if name == "unknown" else name


def read_files(paths: Sequence[Path], choices: Choices = DEFAULTS) -> list[Outcome]:
    """Read single files, each named by its own name."""
    return list(read_batch([Found(path, path.name) for path in paths], Stages(), choices))
