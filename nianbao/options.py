"""What the command line asked of a run.

Enters: nothing. Leaves: `Options`, with what follows from them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from nianbao.choices import DEFAULTS, Choices, EngineName
from nianbao.limits import LIMITS, Limits
from nianbao.machine.address import Place
from nianbao.machine.paths import spell_out_long
from normalize.words.own_lines import NO_LINES, OwnLines


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked for.

    Attributes:
        workers: processes that read; 0 for as many as there are cores.
        fresh: forget what earlier runs read.
        by_year: write Parquet in one file a year.
        log_json: tell a program how far it is.
        engine: where files are read; `scheduler` is the address of that of a cluster.
        labels: that the user adds to those of the program.
    """

    inputs: tuple[Place, ...]
    out: Path
    workbook: bool = True
    quiet: bool = False
    choices: Choices = DEFAULTS
    limits: Limits = LIMITS
    workers: int = 0
    fresh: bool = False
    by_year: bool = False
    log_json: bool = False
    engine: EngineName = EngineName.LOCAL
    scheduler: str = ""
    labels: OwnLines = NO_LINES

    @property
    def journal(self) -> Path:
        """The journal of these results, beside them."""
        out = spell_out_long(self.out.resolve())
        return out.with_name(out.name + ".journal.sqlite")

    @property
    def processes(self) -> int:
        """How many processes read."""
        return self.workers or count_cores()


def count_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
