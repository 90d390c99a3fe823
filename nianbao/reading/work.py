"""What a worker process is asked to do: open a file found, read one thing in it, understand it anew.

Enters: what to read, and by which rules. Leaves: events, and what waits to be read as a task of its own:
members of archives and files for LibreOffice, whose bytes lie in a private folder meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from os import getpid
from typing import Final

from extract.archive import CONTAINERS
from extract.document import Document, Source
from extract.errors import NoWorkspace, TooLarge, in_megabytes, number_of
from extract.office.input_check import CONVERTED, check
from extract.read import read_second
from extract.sniff import sniff
from nianbao.choices import Reread
from nianbao.find.file_bytes import Loaded, load
from nianbao.find.files import FoundFile
from nianbao.journal.events import Event, Listed, Opened, Result
from nianbao.journal.packed import pack
from nianbao.journal.readings import Readings
from nianbao.journal.rules import ALWAYS, NEVER
from nianbao.processes.child import enter_stage
from nianbao.progress.stage_times import Stages
from nianbao.reading.items import Item, Opener, scan_item
from nianbao.reading.job import SECOND, Job, NoSecondReader, Waiting, Work
from nianbao.reading.judge import attempt, explain, fail, fail_access, refuse_access
from nianbao.reading.lookup import find_readings, is_known
from nianbao.reading.told import as_listed, as_result, condition_of_list, list_items
from nianbao.reading.understand import (
    NotRead,
    name_format,
    read_first,
    read_first_converted,
    read_other,
    understand,
)
from normalize.report import Report
from output.outcome import Outcome

MOST_KEPT: Final = 2_000_000
"""Bytes of packed readings that are kept: what is larger is no ordinary report and is read again."""
_number: Final = count()


def open_file(file: FoundFile, job: Job) -> Work:
    """Open a file found, and read it if it is one thing; an archive is only known as one.

    Raises:
        NoSecondReader: the second reading alone is wished, and there is none.
    """
    stages = Stages()
    with stages.timed("open"):
        loaded = load_or_refuse(file)
    if isinstance(loaded, Outcome):
        return _refused(file, loaded, job)
    if sniff(loaded.data or b"") in CONTAINERS:
        return Work(is_archive=True)
    (item,) = Opener().items(_first_item(file, loaded))
    opened = list_items(file, loaded, (as_listed(file, item),), ALWAYS)
    if is_known(item.source, job):
        return Work(opened)
    if item.outcome is not None:
        return Work(opened, (as_result(item.outcome, job),))
    if sniff(item.data or b"") in CONVERTED:
        known = None if job.only else _understand_anew(item, job)
        return Work(opened, (known,)) if known else _put_aside(item, job, opened)
    return Work(opened, (read_item(item, job, stages),))


def open_archive_file(file: FoundFile, job: Job) -> Work:
    """Open an archive found and put what is in it aside."""
    loaded = load_or_refuse(file)
    if isinstance(loaded, Outcome):
        return _refused(file, loaded, job)
    listed: list[Listed] = []
    results: list[Result] = []
    waiting: list[Waiting] = []
    for item in Opener(job.choices.passwords).items(_first_item(file, loaded)):
        listed.append(as_listed(file, item))
        if item.outcome is not None:
            results.append(as_result(item.outcome, job))
        elif not is_known(item.source, job):
            aside = _put_aside(item, job)
            results += aside.results
            waiting += aside.waiting
    opened = list_items(file, loaded, tuple(listed), condition_of_list(results, job))
    return Work(opened, tuple(results), tuple(waiting))


def refuse(file: FoundFile, error: Exception, job: Job) -> tuple[Event, ...]:
    """What is to be said of a file that could not be read at all."""
    loaded = load_or_refuse(file)
    if isinstance(loaded, Outcome):
        done = _refused(file, loaded, job)
        return (*((done.opened,) if done.opened else ()), *done.results)
    outcome = replace(explain(loaded.source, error), format=name_format(loaded.data or b""))
    listed = as_listed(file, Item(loaded.source, None))
    result = as_result(outcome, job)
    return (list_items(file, loaded, (listed,), result.condition), result)


def _refused(file: FoundFile, outcome: Outcome, job: Job) -> Work:
    listed = Listed("", outcome.source.sha256, outcome.source.size)
    return Work(list_items(file, None, (listed,), NEVER), (as_result(outcome, job),))


def read_waiting(waiting: Waiting, job: Job) -> Work:
    """Read what waits in the spool.

    Raises:
        NoSecondReader: the second reading alone is wished, and there is none.
    """
    item = Item(waiting.source, waiting.path.read_bytes(), waiting.remarks)
    return Work(results=(read_item(item, job, Stages(), waiting.form if waiting.converted else ""),))


def check_waiting(waiting: Waiting) -> Waiting:
    """See that LibreOffice can be given what waits in the spool; what it is given lies there after that.

    Raises:
        ReadError: it cannot.
        OSError: there is no room.
    """
    checked = check(waiting.form, waiting.path.read_bytes())
    waiting.path.write_bytes(checked.data)
    return replace(waiting, filter=checked.filter)


def understand_anew(source: Source, remarks: tuple[str, ...], job: Job) -> Work | None:
    """The outcome by the dictionary of this run, from what the readers made of the bytes before.

    Returns:
        None where the bytes themselves are needed.
    """
    result = _understand_anew(Item(source, None, remarks), job)
    return Work(results=(result,)) if result else None


def read_item(item: Item, job: Job, stages: Stages, converted: str = "") -> Result:
    """Read one thing, or understand anew what was read of the same bytes before.

    Args:
        item: the thing with its bytes.
        job: how.
        stages: charged with the time.
        converted: the format of the file that LibreOffice made the bytes of, "" for none.

    Raises:
        NoSecondReader: the second reading alone is wished, and there is none.
    """
    if not job.only and (known := _understand_anew(item, job)):
        return known
    try:
        with stages.timed("read"):
            readings, data = _read(item, job, converted)
    except NoSecondReader:
        raise
    except Exception as error:  # too deep, too much memory, or a bug of ours
        form = converted or name_format(item.data or b"")
        return as_result(replace(explain(item.source, error), format=form), job)
    return _understand(readings, item, job, stages, partial(_read_again, data, item.source))


def _read(item: Item, job: Job, converted: str) -> tuple[Readings, bytes]:
    data = item.data or b""
    if converted:
        if job.only == "second":
            raise NoSecondReader
        return read_first_converted(data, item.source, converted), data
    if job.only == "second":
        return read_other(data, item.source), data
    return read_first(data, item.source, job.choices)


def _understand_anew(item: Item, job: Job) -> Result | None:
    readings = find_readings(item.source, job)
    if not isinstance(readings, Readings):
        return None
    try:
        return _understand(readings, item, job, Stages(), _refuse)
    except NotRead:
        return None


def _refuse() -> Document | None:
    raise NotRead


def _read_again(data: bytes, source: Source) -> Document | None:
    enter_stage(SECOND)
    return read_second(data, source)


def _understand(
    readings: Readings, item: Item, job: Job, stages: Stages, again: Callable[[], Document | None]
) -> Result:
    made, bytes_needed = readings, False
    wish = Reread.NEVER if job.only == "first" else job.choices.reread

    def report() -> Report:
        nonlocal made, bytes_needed
        try:
            found, made = understand(readings, item.source, wish, again, stages.timed)
        except NotRead:
            bytes_needed = True
            raise
        remarks = tuple(dict.fromkeys((*found.remarks, *item.remarks)))
        return replace(found, remarks=remarks) if item.remarks else found

    outcome = attempt(item.source, readings.form, report)
    if bytes_needed:
        raise NotRead
    with stages.timed("keep"):
        result = as_result(outcome, job, unlocked=made.unlocked)
        body = b"" if job.only else _pack_readings(made)
        if 0 < len(body) <= MOST_KEPT:
            code = made.error.code if made.error else ""
            condition = job.rules.condition(code, unlocked=made.unlocked)
            result = replace(result, readings=body, reading_condition=condition)
    return replace(result, seconds=dict(stages.seconds))


def _pack_readings(readings: Readings) -> bytes:
    try:
        return pack(readings, Readings)
    except TooLarge:
        return b""


def load_or_refuse(file: FoundFile) -> Loaded | Outcome:
    """The bytes of a file, or why it cannot be opened."""
    source = Source(file.source, "", 0)
    if file.fault:
        return refuse_access(source, file.fault)
    try:
        return load(file)
    except OSError as error:
        return fail_access(source, error)


def _first_item(file: FoundFile, loaded: Loaded) -> Item:
    if file.pages:
        return scan_item(loaded.source, len(file.pages))
    if loaded.data is None:
        return Item(
            loaded.source, None, outcome=fail(loaded.source, TooLarge(in_megabytes(loaded.source.size)))
        )
    return Item(loaded.source, loaded.data)


def _put_aside(item: Item, job: Job, opened: Opened | None = None) -> Work:
    data = item.data or b""
    path = job.spool / f"{getpid()}-{next(_number)}"
    try:
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError:  # of a process before this one that had the same id
        return _put_aside(item, job, opened)
    except OSError as error:  # no room
        path.unlink(missing_ok=True)
        return Work(opened, (as_result(fail(item.source, NoWorkspace(number_of(error))), job),))
    form = sniff(data)
    waiting = Waiting(item.source, path, form, item.remarks, needs_office=form in CONVERTED)
    return Work(opened, waiting=(waiting,))
