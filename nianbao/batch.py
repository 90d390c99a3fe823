"""From files to outcomes: hash, read, understand, judge.

Enters: the files found. Leaves: one `Outcome` for each, in order. Nothing that a file holds can stop the run.
"""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import time
import traceback
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from extract import read as reading
from extract.document import Document, Source
from extract.errors import Encrypted, NotAccessible, ReadError, TooLarge, in_megabytes
from extract.sniff import sniff
from nianbao.choices import DEFAULTS, Choices
from nianbao.find import Fault, Found
from nianbao.isolate import Reader
from nianbao.messages import Lang, load_messages
from nianbao.reread import compare, read_instead
from normalize.read import read_report
from normalize.report import Report, Verdict
from output.outcome import Outcome

MAX_FILE_BYTES: int = reading.MAX_FILE_BYTES
CHUNK_BYTES = 1 << 20


RELAXED = 100_000
"""Objects made between two looks for unreachable ones (700 by default)."""


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


def read_batch(files: Sequence[Found], stages: Stages, choices: Choices = DEFAULTS) -> Generator[Outcome]:
    """Read the files one after the other; byte-identical copies refer to the first in order."""
    first: dict[str, Outcome] = {}
    relax_collector()
    with Reader(reading.read_document) as reader:
        for file in files:
            outcome = open_file(file, first, stages, choices, reader)
            if outcome.source.sha256:
                first.setdefault(outcome.source.sha256, outcome)
            yield outcome


def relax_collector() -> None:
    """Reading makes many small objects and no cycles: looking for those often costs a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(RELAXED, 20, 20)


def open_file(
    file: Found, first: dict[str, Outcome], stages: Stages, choices: Choices, reader: Reader
) -> Outcome:
    """Get at the bytes of one file, then read them unless the same bytes were read before."""
    source = Source(file.source, "", 0)
    if file.fault:
        return refuse_access(source, file.fault)
    try:
        with stages.timed("open"):
            source, data = load_bytes(file)
    except OSError as error:
        return fail(source, NotAccessible(describe_os_error(error)))
    if source.sha256 in first:
        return copy_outcome(first[source.sha256], source)
    if data is None:
        return fail(source, TooLarge(in_megabytes(source.size)))
    return read_bytes(data, source, stages, choices, reader)


def load_bytes(file: Found) -> tuple[Source, bytes | None]:
    """The file's source and bytes; a file over the limit is only hashed, piece by piece."""
    with file.path.open("rb") as stream:
        if os.fstat(stream.fileno()).st_size <= MAX_FILE_BYTES:
            data = stream.read()
            return Source(file.source, hashlib.sha256(data).hexdigest(), len(data)), data
        digest = hashlib.sha256()
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
        return Source(file.source, digest.hexdigest(), stream.tell()), None


def read_bytes(data: bytes, source: Source, stages: Stages, choices: Choices, reader: Reader) -> Outcome:
    """Read one file's bytes with `reader`; whatever goes wrong becomes its outcome."""
    try:
        return judge(understand(data, source, stages, choices, reader))
    except ReadError as error:
        return replace(fail(source, error), format=name_format(data))
    except MemoryError:
        return fail(source, TooLarge(in_megabytes(source.size)))
    except RecursionError:
        return fail_with_message(source, "nested")
    except Exception as error:  # a bug of ours: recorded, and the run goes on
        return replace(
            fail_with_message(source, "bug", kind=type(error).__name__), traceback=traceback.format_exc()
        )


def understand(data: bytes, source: Source, stages: Stages, choices: Choices, reader: Reader) -> Report:
    """The report of one file, read twice where that is wished.

    Raises:
        ReadError: whatever the reader of the format says.
    """
    try:
        with stages.timed("read"):
            document, data = read_unlocked(data, source, choices, reader)
    except ReadError as error:
        with stages.timed("reread"):
            return read_instead(error, data, source, choices.reread, reader.read_second)
    with stages.timed("understand"):
        report = read_report(document)
    with stages.timed("reread"):
        return compare(report, data, choices.reread, reader.read_second)


def read_unlocked(data: bytes, source: Source, choices: Choices, reader: Reader) -> tuple[Document, bytes]:
    """The document and the bytes that it was read from: without encryption where a password opened them.

    Raises:
        ReadError: whatever the reader of the format says.
    """
    try:
        return reader.read(data, source), data
    except Encrypted:
        if not choices.passwords:
            raise
    opened = reader.unlock(data, choices.passwords)
    return reader.read(opened, source), opened


def name_format(data: bytes) -> str:
    """What the bytes are, "" if nothing known here."""
    name = sniff(data)
    return "" if name == "unknown" else name


def judge(report: Report) -> Outcome:
    """What became of a report that was read."""
    if not report.is_report:
        return Outcome(
            report.source,
            "not_a_report",
            format=report.format,
            report=report,
            error_code="not_a_report",
            error=report.reason or load_messages(Lang.ZH)("error.not_a_report"),
            error_en=load_messages(Lang.EN)("error.not_a_report"),
        )
    return Outcome(report.source, "flagged" if has_doubts(report) else "ok", report.format, report)


def has_doubts(report: Report) -> bool:
    """Whether a person should look at it: failed relations, doubted values, things not placed."""
    return bool(
        report.issues
        or report.identity.doubts
        or any(check.verdict is Verdict.FAIL for check in report.checks)
        or any(observation.flags for observation in report.observations)
    )


def copy_outcome(first: Outcome, source: Source) -> Outcome:
    """The outcome of bytes met before: a duplicate of the report, or the same failure."""
    if first.status == "failed":
        return replace(first, source=source, traceback="")
    return Outcome(source, "duplicate", format=first.format, duplicate_of=first.source.path)


def refuse_access(source: Source, fault: Fault) -> Outcome:
    """The outcome of something that was found but not opened."""
    if fault == "link_outside":
        return fail_with_message(source, "link_outside")
    return fail(source, NotAccessible())


def fail(source: Source, error: ReadError) -> Outcome:
    """The outcome of a file that a reader gave up."""
    return Outcome(
        source,
        "failed",
        error_code=error.code,
        error=error.sentence("zh"),
        error_en=error.sentence("en"),
    )


def fail_with_message(source: Source, code: str, **values: object) -> Outcome:
    """The outcome of a file that failed for a reason that no reader raises."""
    zh, en = (load_messages(lang)(f"error.{code}", **values) for lang in (Lang.ZH, Lang.EN))
    return Outcome(source, "failed", error_code=code, error=zh, error_en=en)


def describe_os_error(error: OSError) -> str:
    """What the operating system says, "" where the sentence says it already."""
    return "" if error.errno in {errno.EACCES, errno.EPERM} else error.strerror or type(error).__name__


def read_one(path: Path, choices: Choices = DEFAULTS) -> Outcome:
    """Read a single file, named by its own name."""
    with closing(read_batch((Found(path, path.name),), Stages(), choices)) as outcomes:
        return next(outcomes)
