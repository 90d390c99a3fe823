"""What a worker process is told, and what it answers.

Enters: nothing. Leaves: plain frozen types that cross between processes; importing them loads no reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from extract.document import Source
from nianbao.choices import Choices
from nianbao.journal.events import Opened, Result
from nianbao.journal.rules import Rules

SECOND: Final = "second"
"""The stage in which a file is read a second time."""

Only = Literal["", "first", "second"]


@dataclass(frozen=True, slots=True)
class Job:
    """How a run reads.

    Attributes:
        spool: a private folder for bytes that wait to be read.
        journal: what was read before; None where nothing can have been.
        only: one of two readings, after a process died of the other.
    """

    choices: Choices
    rules: Rules
    spool: Path
    journal: Path | None = None
    only: Only = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Bytes that wait in the spool.

    Attributes:
        source: what they are.
        path: where they lie.
        format: theirs (`extract.sniff`).
        remarks: what was noticed on the way to them.
        needs_office: LibreOffice has to come first.
        filter: by which LibreOffice reads them, "" as long as they were not checked.
        converted: they are what LibreOffice made of a file of that format.
    """

    source: Source
    path: Path
    format: str
    remarks: tuple[str, ...] = ()
    needs_office: bool = False
    filter: str = ""
    converted: bool = False


@dataclass(frozen=True, slots=True)
class WorkDone:
    """What came of a task.

    Attributes:
        opened: the file that was opened; None for one thing of it, or an archive that is yet to be opened.
        results: what was read, or could not be.
        waiting: what is to be read next.
        is_archive: the file is one, and was not opened yet.
    """

    opened: Opened | None = None
    results: tuple[Result, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    is_archive: bool = False
