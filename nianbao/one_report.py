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
from normalize.form.loader import read_own_labels
from normalize.report import Identity
from normalize.words.own_lines import NO_LINES
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


def read_one(path: str | os.PathLike[str], labels: str | os.PathLike[str] | None = None) -> OneReport:
    """Read one report.

    Args:
        path: a file, or a report in an archive.
        labels: a CSV file of labels that are to be known besides those of the program.

    Returns:
        Its frames, and who it is from.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is open which report of several is meant.
        DictionaryError: the labels are faulty.
    """
    place = Path(path)
    if not reach(outer_file(place)).is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    own = NO_LINES if labels is None else read_own_labels(Path(labels))
    outcome, others = choose_report(place, labels=own)
    if outcome is None:
        say = load_messages(choose_language((), os.environ, chinese=console.shows_chinese()))
        raise ValueError(say("show.several", names="\n".join(f"  {one.source.path}" for one in others)))
    identity = outcome.report.identity if outcome.report else Identity()
    tables = build_tables([outcome])
    return OneReport(
        **tables, source=outcome.source.path, status=outcome.status, error=outcome.error, identity=identity
    )
