"""What a worker tells of a file: the events of which the journal is made.

Enters: outcomes, and what is in a file found. Leaves: `Result` and `Opened`, packed, with the condition under
which they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Source
from extract.errors import TooLarge
from nianbao.find.file_bytes import Loaded, place_of
from nianbao.find.files import FoundFile
from nianbao.journal.events import Listed, Opened, Result
from nianbao.journal.packed import pack
from nianbao.journal.rules import ALWAYS, LOCKED, NEVER, UNLOCKED
from nianbao.reading.items import Item
from nianbao.reading.job import Job
from nianbao.reading.outcomes import fail
from normalize.versions.relate import keys_of
from output.outcome import READ, Outcome


def make_result(outcome: Outcome, job: Job, *, unlocked: bool = False) -> Result:
    """The result for an outcome; one that is too large to be kept has failed of that."""
    try:
        body = pack(outcome, Outcome)
    except TooLarge as error:
        return make_result(replace(fail(outcome.source, error), format=outcome.format), job)
    condition = job.rules.condition(outcome.error_code, unlocked=unlocked)
    if job.only:  # after a process died, which it may not do with more time and memory
        condition = job.rules.limits
    report = outcome.report if outcome.status in READ else None
    kin = keys_of(report.identity, report.source) if report else ()
    return Result(
        *(outcome.source, outcome.status, outcome.format),
        *(outcome.error_code, outcome.error, outcome.error_en),
        outcome=body,
        kin=kin,
        condition=condition,
    )


def make_opened(file: FoundFile, loaded: Loaded | None, items: tuple[Listed, ...], condition: str) -> Opened:
    """The event of a file that was opened, or could not be."""
    source = loaded.source if loaded else Source(file.source, "", 0)
    stamp = loaded.seen.stamp if loaded else ""
    return Opened(file.source, place_of(file), stamp, source.sha256, source.size, items, condition)


def list_item(file: FoundFile, item: Item) -> Listed:
    """What the list of a file says of one thing in it."""
    source = item.source
    return Listed(source.path.removeprefix(file.source), source.sha256, source.size, item.remarks)


def condition_of_list(results: Sequence[Result], job: Job) -> str:
    """Members that could not be opened, for a reason that may go, may be there another time."""
    if any(result.condition == NEVER for result in results):
        return NEVER
    if LOCKED in job.rules.conditions:
        return LOCKED if any(result.condition == LOCKED for result in results) else ALWAYS
    return UNLOCKED
