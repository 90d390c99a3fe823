"""One report as pandas frames.

Enters: a path, which may go on into an archive. Leaves: a `OneReport`. It is read as in a run, by a process
that may die of it.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from nianbao.machine import console
from nianbao.machine.paths import reach
from nianbao.messages import choose_language, load_messages
from nianbao.run.choose_member import choose_report, outer_file
from normalize.report import Identity
from output.frames import Tables, build_tables


@dataclass(frozen=True, slots=True, eq=False)
class OneReport(Tables):
    """A report that was read, with the rows that a run would write about it.

    Attributes:
        source: the file, or its path within an archive.
        status: `ok`, `flagged`, `not_a_report`, `duplicate` or `failed`, as in table `reports`.
        error: why there is no report, one plain Chinese sentence, "" if there is one.
        identity: who reports, and about when.
    """

    source: str
    status: str
    error: str
    identity: Identity


def read_one(path: str | os.PathLike[str]) -> OneReport:
    """Read one report.

    Args:
        path: a file, or a report in an archive.

    Returns:
        Its frames, and who it is from.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is open which report of several is meant.
    """
    place = Path(path)
    if not reach(outer_file(place)).is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    outcome, others = choose_report(place)
    if outcome is None:
        say = load_messages(choose_language((), os.environ, chinese=console.shows_chinese()))
        raise ValueError(say("show.several", names="\n".join(f"  {one.source.path}" for one in others)))
    identity = outcome.report.identity if outcome.report else Identity()
    tables = build_tables([outcome])
    return OneReport(
        **tables, source=outcome.source.path, status=outcome.status, error=outcome.error, identity=identity
    )
