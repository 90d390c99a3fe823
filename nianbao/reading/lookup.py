"""What a worker process asks of the journal.

Enters: what is to be read. Leaves: what is known of it; nothing where there is no journal, where it was
taken away under the run, or where that part of it is damaged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from extract.document import Source
from nianbao.journal.journal import Journal
from nianbao.journal.packed import NotStored
from nianbao.journal.rules import Rules
from nianbao.journal.sealed import JournalBroken
from nianbao.reading.job import Job


def is_known(source: Source, job: Job) -> bool:
    """Whether an outcome of these bytes under this path stands by the rules of the run."""
    return bool(_ask(job, lambda journal: journal.has(source)))


def find_readings(source: Source, job: Job) -> object:
    """What the readers made of these bytes before, None where nothing is known."""
    return _ask(job, lambda journal: journal.readings(source.sha256))


def _ask(job: Job, question: Callable[[Journal], object]) -> object:
    if job.journal is None:
        return None
    try:
        return question(open_read_only(job.journal, job.rules))
    except (sqlite3.Error, JournalBroken, NotStored):
        return None


@lru_cache(maxsize=1)
def open_read_only(path: Path, rules: Rules) -> Journal:
    """The journal, opened once a process."""
    return Journal(path, rules, read_only=True)
