"""Which report of a file is meant, where the file is an archive.

Enters: a path, which may go on into an archive as `source` does (`某区.zip!/某局.docx`). Leaves: one outcome,
or all of them where it is open which is meant.
"""

from __future__ import annotations

import os
from pathlib import Path

from nianbao.choices import DEFAULTS, Choices
from nianbao.find.files import INSIDE
from nianbao.machine.paths import reach
from nianbao.run.single_files import read_paths
from normalize.words.own_lines import NO_LINES, OwnLines
from output.outcome import Outcome
from output.values import spell_path

SHOWABLE = frozenset({"ok", "flagged"})


def outer_file(path: Path) -> Path:
    """The file on the disk: the archive, where the path goes on into one."""
    # A member's name may be longer than any file's: `Path.exists` would raise.
    return path if os.path.exists(reach(path)) else Path(path.as_posix().partition(INSIDE)[0])  # noqa: PTH110


def choose_report(
    path: Path, choices: Choices = DEFAULTS, labels: OwnLines = NO_LINES
) -> tuple[Outcome | None, list[Outcome]]:
    """The outcome that is meant, and all that the file holds.

    Args:
        path: of the file, or of one in it.
        choices: how to read.
        labels: that the user adds to those of the program.

    Returns:
        The one of that name; else the only one there is, or the only one that can be shown; else None.
    """
    file = outer_file(path)
    outcomes = read_paths([file], choices, labels)
    if file != path:
        wanted = spell_path(file.name) + path.as_posix()[len(file.as_posix()) :]
        return next((one for one in outcomes if one.source.path == wanted), None), outcomes
    likely = [one for one in outcomes if one.status in SHOWABLE] if len(outcomes) > 1 else outcomes
    return (likely[0] if len(likely) == 1 else None), outcomes
