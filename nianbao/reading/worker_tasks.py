"""What a worker process is asked to do: open a file found, read one thing in it, understand it anew.

Enters: what to read, and by which rules. Leaves: events, and what waits to be read as a task of its own:
members of archives and files for LibreOffice, whose bytes lie in a private folder meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from os import getpid
from typing import Final

from extract.archive import CONTAINERS
from extract.document import Source
from extract.errors import NoWorkspace, ReadError, TooLarge, in_megabytes, number_of
from extract.office.input_check import CONVERTED, check
from extract.read import SECOND_READERS
from extract.sniff import sniff
from nianbao.choices import Reread
from nianbao.find.file_bytes import Loaded, load
from nianbao.find.files import FoundFile
from nianbao.journal.events import Event, Listed, Opened, Result
from nianbao.journal.packed import pack
from nianbao.journal.readings import Readings
from nianbao.journal.rules import ALWAYS, NEVER
from nianbao.progress.stage_times import Stages
from nianbao.reading.first_reading import read_first, read_first_converted, read_second_alone
from nianbao.reading.items import Item, Opener, identify, name_known, scan_item
from nianbao.reading.job import Job, Waiting, WorkDone
from nianbao.reading.lookup import find_readings, is_known
from nianbao.reading.make_events import condition_of_list, list_item, make_opened, make_result
from nianbao.reading.outcomes import explain, fail, fail_access, judge_report, refuse_access
from nianbao.reading.understand import understand
from normalize.report import Report
from output.outcome import Outcome

MOST_KEPT: Final = 2_000_000
"""Bytes of packed readings that are kept: what is larger is no ordinary report and is read again."""
_number: Final = count()


def open_file(file: FoundFile, job: Job) -> WorkDone | None:
    """Open a file found, and read it if it is one thing; an archive is only known as one.

    Returns:
        None where the second reading alone is wished, and there is none.
    """
    stages = Stages()
    with stages.timed("open"):
        loaded = load_or_refuse(file)
    if isinstance(loaded, Outcome):
        return _refused(file, loaded, job)
    item = _make_item(file, loaded)
    if item.format in CONTAINERS:
        return WorkDone(is_archive=True)
    opened = make_opened(file, loaded, (list_item(file, item),), ALWAYS)
    if is_known(item.source, job):
        return WorkDone(opened)
    if item.outcome is not None:
        return WorkDone(opened, (make_result(item.outcome, job),))
    if item.format in CONVERTED:
        known = None if job.only else _understand_anew(item, job)
        return WorkDone(opened, (known,)) if known else _put_aside(item, job, opened)
    result = read_item(item, job, stages)
    return WorkDone(opened, (result,)) if result else None


def open_archive_file(file: FoundFile, job: Job) -> WorkDone:
    """Open an archive found and put what is in it aside."""
    loaded = load_or_refuse(file)
    if isinstance(loaded, Outcome):
        return _refused(file, loaded, job)
    listed: list[Listed] = []
    results: list[Result] = []
    waiting: list[Waiting] = []
    for item in Opener(job.choices.passwords).items(_make_item(file, loaded)):
        listed.append(list_item(file, item))
        if item.outcome is not None:
            results.append(make_result(item.outcome, job))
        elif not is_known(item.source, job):
            aside = _put_aside(item, job)
            results += aside.results
            waiting += aside.waiting
    opened = make_opened(file, loaded, tuple(listed), condition_of_list(results, job))
    return WorkDone(opened, tuple(results), tuple(waiting))


def refuse(file: FoundFile, error: Exception, job: Job) -> tuple[Event, ...]:
    """What is to be said of a file that could not be read at all."""
    loaded = load_or_refuse(file)
    if isinstance(loaded, Outcome):
        done = _refused(file, loaded, job)
        return (*((done.opened,) if done.opened else ()), *done.results)
    outcome = replace(explain(loaded.source, error), format=name_known(sniff(loaded.data or b"")))
    result = make_result(outcome, job)
    return (make_opened(file, loaded, (list_item(file, Item(loaded.source)),), result.condition), result)


def _refused(file: FoundFile, outcome: Outcome, job: Job) -> WorkDone:
    listed = Listed("", outcome.source.sha256, outcome.source.size)
    return WorkDone(make_opened(file, None, (listed,), NEVER), (make_result(outcome, job),))


def read_waiting(waiting: Waiting, job: Job) -> WorkDone | None:
    """Read what waits in the spool.

    Returns:
        None where the second reading alone is wished, and there is none.
    """
    item = Item(waiting.source, waiting.path.read_bytes(), waiting.format, waiting.remarks)
    result = read_item(item, job, Stages(), converted=waiting.converted)
    return WorkDone(results=(result,)) if result else None


def check_waiting(waiting: Waiting) -> Waiting:
    """See that LibreOffice can be given what waits in the spool; what it is given lies there after that.

    Raises:
        ReadError: it cannot.
        OSError: there is no room.
    """
    checked = check(waiting.format, waiting.path.read_bytes())
    waiting.path.write_bytes(checked.data)
    return replace(waiting, filter=checked.filter)


def understand_anew(source: Source, remarks: tuple[str, ...], job: Job) -> WorkDone | None:
    """The outcome by the dictionary of this run, from what the readers made of the bytes before.

    Returns:
        None where the bytes themselves are needed.
    """
    result = _understand_anew(Item(source, remarks=remarks), job)
    return WorkDone(results=(result,)) if result else None


def read_item(item: Item, job: Job, stages: Stages, *, converted: bool = False) -> Result | None:
    """Read one thing, or understand anew what was read of the same bytes before.

    Args:
        item: the thing with its bytes.
        job: how.
        stages: charged with the time.
        converted: the bytes are what LibreOffice made of a file of that format.

    Returns:
        None where the second reading alone is wished, and there is none.
    """
    if job.only == "second" and (converted or item.format not in SECOND_READERS):
        return None
    if not job.only and (known := _understand_anew(item, job)):
        return known
    try:
        with stages.timed("read"):
            readings, data = _read(item, job, converted=converted)
    except Exception as error:  # too deep, too much memory, or a bug of ours
        return make_result(replace(explain(item.source, error), format=name_known(item.format)), job)
    return _conclude(readings, item, job, data, stages)


def _read(item: Item, job: Job, *, converted: bool) -> tuple[Readings, bytes]:
    if converted:
        return read_first_converted(item), item.data
    if job.only == "second":
        return read_second_alone(item), item.data
    return read_first(item, job.choices.passwords)


def _understand_anew(item: Item, job: Job) -> Result | None:
    readings = find_readings(item.source, job)
    return _conclude(readings, item, job, None, Stages()) if isinstance(readings, Readings) else None


def _conclude(readings: Readings, item: Item, job: Job, data: bytes | None, stages: Stages) -> Result | None:
    """The result of what was read; None where the bytes are needed and are not at hand."""
    wish = Reread.NEVER if job.only == "first" else job.choices.reread
    try:
        understood = understand(readings, item.source, wish, data, stages)
        if understood is None:
            return None
        readings = understood.readings
        outcome = _judge(understood.report, item, readings.format)
    except Exception as error:  # as above
        outcome = replace(explain(item.source, error), format=readings.format)
    with stages.timed("keep"):
        result = _keep(outcome, readings, job)
    return replace(result, seconds=dict(stages.seconds))


def _judge(report: Report | ReadError, item: Item, file_format: str) -> Outcome:
    if isinstance(report, ReadError):
        return replace(fail(item.source, report), format=file_format)
    if item.remarks:
        report = replace(report, remarks=tuple(dict.fromkeys((*report.remarks, *item.remarks))))
    return judge_report(report)


def _keep(outcome: Outcome, readings: Readings, job: Job) -> Result:
    """The result with what it can be made from again, unless that is too much or half of it."""
    result = make_result(outcome, job, unlocked=readings.unlocked)
    body = b"" if job.only else _pack_readings(readings)
    if not 0 < len(body) <= MOST_KEPT:
        return result
    condition = job.rules.condition(readings.error.code if readings.error else "", unlocked=readings.unlocked)
    return replace(result, readings=body, reading_condition=condition)


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


def _make_item(file: FoundFile, loaded: Loaded) -> Item:
    if file.pages:
        return scan_item(loaded.source, len(file.pages))
    if loaded.data is None:
        outcome = fail(loaded.source, TooLarge(in_megabytes(loaded.source.size)))
        return Item(loaded.source, outcome=outcome)
    return identify(loaded.source, loaded.data)


def _put_aside(item: Item, job: Job, opened: Opened | None = None) -> WorkDone:
    path = job.spool / f"{getpid()}-{next(_number)}"
    try:
        with path.open("xb") as stream:
            stream.write(item.data)
    except FileExistsError:  # of a process before this one that had the same id
        return _put_aside(item, job, opened)
    except OSError as error:  # no room
        path.unlink(missing_ok=True)
        return WorkDone(opened, (make_result(fail(item.source, NoWorkspace(number_of(error))), job),))
    office = item.format in CONVERTED
    waiting = Waiting(item.source, path, item.format, item.remarks, needs_office=office)
    return WorkDone(opened, waiting=(waiting,))
