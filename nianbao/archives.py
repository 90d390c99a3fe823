"""A row for each archive that yields no report, so that no file found goes without one.

Enters: the files found and every outcome. Leaves: the outcomes that are missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.document import Source
from extract.sniff import sniff
from nianbao.find import Found
from nianbao.items import INSIDE, load_bytes
from nianbao.judge import reject
from output.outcome import Outcome

TELLING = frozenset({"ok", "flagged", "duplicate", "failed"})
"""What says enough of the archive that a member stands in: a report, or a reason why there may be none."""


def find_barren(files: Sequence[Found], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes for files without a row of their own, below which is neither a report nor a failure."""
    known = {file.source for file in files}
    done = {
        outer
        for outcome in outcomes
        for outer in _outer(outcome.source.path)
        if outer in known and (outer == outcome.source.path or outcome.status in TELLING)
    }
    barren = (file for file in files if file.source not in done)
    return [_reject(file) for file in barren]


def _outer(path: str) -> Iterator[str]:
    """The path itself and every archive that it may lead into."""
    parts = path.split(INSIDE)
    return (INSIDE.join(parts[:n]) for n in range(1, len(parts) + 1))


def _reject(file: Found) -> Outcome:
    try:
        source, data = load_bytes(file)
    except OSError:  # gone since it was read
        source, data = Source(file.source, "", 0), None
    return replace(reject(source, "barren"), format=sniff(data) if data else "")
