"""What the parts of one run share.

Enters: nothing. Leaves: `Context`.
"""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.journal.journal import Journal
from nianbao.messages import Messages
from nianbao.options import Options
from nianbao.processes.pool import Pool
from nianbao.progress.stage_times import Stages
from nianbao.progress.watchers import Watcher
from nianbao.reading.job import Job


@dataclass(frozen=True, slots=True)
class Context:
    """One run.

    Attributes:
        say: the sentences in the language that was asked for.
        watcher: told how far it is.
        stages: charged with the time.
        journal: what was read, by this run and by earlier ones.
        pool: the processes that do the work.
        job: how they do it.
    """

    options: Options
    say: Messages
    watcher: Watcher
    stages: Stages
    journal: Journal
    pool: Pool
    job: Job
