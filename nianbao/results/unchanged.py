"""Whether the results that are there are those that this run would write.

Enters: the journal's notes of the run that wrote them. Leaves: its counts, where nothing has changed since:
neither what the tables are made of, nor the files themselves.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from extract.errors import TooLarge
from nianbao.journal.journal import Journal
from nianbao.journal.packed import NotStored, pack, unpack
from nianbao.journal.rules import digest_packages
from nianbao.journal.sealed import JournalBroken
from nianbao.results.tally import Tally

NOTE: Final = "results"
LIBRARIES: Final = ("pyarrow", "XlsxWriter")


def describe_output(*, workbook: bool, by_year: bool) -> str:
    """All that the tables depend on but what was read."""
    program = digest_packages(
        ("output",),
        (
            *("nianbao/results/report_rows.py", "nianbao/results/tally.py"),
            *("nianbao/results/find_versions.py", "nianbao/results/write_tables.py"),
        ),
        LIBRARIES,
    )
    return f"{program} {workbook} {by_year}"


def remember(journal: Journal, out: Path, state: str, tally: Tally) -> None:
    """Note what was written, in one note: a kill between several would mix those of two runs.

    The results are in place by then, and neither disk nor journal makes them fail: without the note the next
    run writes them once more.
    """
    # TooLarge: what there is to see first is a report of a thousand pages.
    with suppress(TooLarge, OSError, sqlite3.Error, JournalBroken):
        note = {"state": state, "files": _list_files(out), "tally": pack(tally, Tally).hex()}
        journal.write_note(NOTE, json.dumps(note))


def recall(journal: Journal, out: Path, state: str) -> Tally | None:
    """The counts of the results that are there, None where they would not come out the same."""
    try:
        note = json.loads(journal.note(NOTE))
        if note["state"] != state or note["files"] != _list_files(out):
            return None
        return unpack(bytes.fromhex(note["tally"]), Tally)
    except (NotStored, ValueError, KeyError, TypeError, RecursionError):
        return None


def _list_files(out: Path) -> list[list[str | int]]:
    """Name, size and time of every file of the results."""
    found = sorted(path for path in out.rglob("*") if path.is_file()) if out.is_dir() else []
    stats = [(path, path.stat()) for path in found]
    return [[path.relative_to(out).as_posix(), stat.st_size, stat.st_mtime_ns] for path, stat in stats]
