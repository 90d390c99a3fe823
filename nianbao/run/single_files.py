"""Single files to outcomes, with nothing left behind.

Enters: files found. Leaves: one `Outcome` for each thing to read in them, in the order of their paths.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from nianbao.choices import DEFAULTS, Choices
from nianbao.find.files import FoundFile
from nianbao.journal.events import Listed, Opened
from nianbao.journal.journal import Journal
from nianbao.journal.rules import make_rules
from nianbao.journal.sealed import MEMORY
from nianbao.limits import LIMITS, Limits
from nianbao.machine.paths import reach
from nianbao.processes.pool import Pool
from nianbao.reading.dispatch import Dispatcher, Todo
from nianbao.reading.job import Job
from nianbao.reading.libreoffice import Office
from nianbao.results.report_rows import make_rows
from normalize.words.own_lines import NO_LINES, OwnLines
from output.outcome import Outcome
from output.values import spell_path


def read_found(
    files: Sequence[FoundFile],
    choices: Choices = DEFAULTS,
    limits: Limits = LIMITS,
    workers: int = 1,
    labels: OwnLines = NO_LINES,
) -> list[Outcome]:
    """Read files, byte-identical copies as such; versions of one report are not compared.

    Args:
        files: in the order of their paths.
        choices: how to read.
        limits: for each of them.
        workers: processes that read.
        labels: that the user adds to those of the program.
    """
    rules = make_rules(choices, limits, labels)
    lists: dict[str, Sequence[Listed]] = {}
    with (
        tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as spool,
        Journal(MEMORY, rules) as journal,
        Pool(workers, limits, begin=labels.put_in_place) as pool,
        Office(limits) as office,
    ):
        reading = Dispatcher(pool, office, Job(choices, rules, Path(spool)))
        for event in reading.run(Todo("file", file) for file in files):
            journal.keep(event)
            if isinstance(event, Opened):
                lists[event.path] = event.items
        return [row.outcome(journal) for row in make_rows(files, lists, journal)]


def read_paths(
    paths: Sequence[Path], choices: Choices = DEFAULTS, labels: OwnLines = NO_LINES
) -> list[Outcome]:
    """Read single files, each named by its own name."""
    files = [FoundFile(reach(path), spell_path(path.name)) for path in paths]
    return read_found(files, choices, labels=labels)
