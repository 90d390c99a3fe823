"""Which row each thing has in the tables, once everything is read.

Enters: the files found, what is in each, and the journal. Leaves: rows in their final order: which outcome
each shows, and which are copies of which. About a kilobyte a row is held, and no report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.document import Source
from nianbao.find.file_bytes import load
from nianbao.find.files import INSIDE, FoundFile
from nianbao.journal.events import Listed
from nianbao.journal.journal import Brief, Journal
from nianbao.reading.outcomes import copy_outcome, reject
from output.outcome import READ, Outcome

if TYPE_CHECKING:
    from normalize.versions.relate import Version

TELLING = frozenset({"ok", "flagged", "duplicate", "failed"})
"""What says enough of the archive that a member stands in: a report, or a reason why there may be none."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of the table `reports`.

    Attributes:
        source: what it is about.
        carrier: the first source with the same bytes, None where this is it.
        version: what the file is among the versions of its report, None where it is the only one.
        barren: the format, for an archive without a report; else None.
    """

    source: Source
    carrier: Source | None = None
    version: Version | None = None
    barren: str | None = None

    def outcome(self, journal: Journal) -> Outcome:
        """What this row says.

        Raises:
            NotStored: the journal does not know it.
        """
        if self.barren is not None:
            return replace(reject(self.source, "barren"), format=self.barren)
        if self.carrier is not None:
            copied = copy_outcome(journal.outcome(self.carrier), self.source)
            used = self.version.used if self.version and copied.status == "duplicate" else ""
            return replace(copied, duplicate_of=used) if used else copied
        outcome = journal.outcome(self.source)
        return _relate(outcome, self.version) if self.version else outcome


def _relate(outcome: Outcome, version: Version) -> Outcome:
    from normalize.versions.relate import mark  # loads much that a run without versions does not need

    if outcome.report is None or outcome.status not in READ:
        return outcome
    return replace(
        outcome,
        status="flagged" if version.differing else outcome.status,
        report=mark(outcome.report, version),
        duplicate_of=version.used,
        version_reason=version.reason,
        versions=version.files,
    )


def make_rows(
    files: Sequence[FoundFile], lists: Mapping[str, Sequence[Listed]], journal: Journal
) -> list[ReportRow]:
    """The rows of a run, copies known as such, in their final order.

    Args:
        files: that were found.
        lists: what is in each, by its path.
        journal: has an outcome for everything in them.
    """
    first: dict[str, Source] = {}
    rows: list[ReportRow] = []
    statuses: list[str] = []
    for file in files:
        for listed in lists[file.source]:
            source = listed.source(file.source)
            carrier = first.setdefault(source.sha256, source) if source.sha256 else source
            rows.append(ReportRow(source, None if carrier is source else carrier))
            brief = journal.brief(carrier)
            statuses.append(_status(brief, copied=carrier is not source))
    rows += find_barren(files, rows, statuses)
    return sorted(rows, key=lambda row: row.source.path)


def _status(brief: Brief | None, *, copied: bool) -> str:
    status = brief.status if brief else ""
    return "duplicate" if copied and status in READ else status


def find_barren(
    files: Iterable[FoundFile], rows: Sequence[ReportRow], statuses: Sequence[str]
) -> Iterator[ReportRow]:
    """Rows for files without one of their own, below which is neither a report nor a failure."""
    known = {file.source: file for file in files}
    done = {
        outer
        for row, status in zip(rows, statuses, strict=True)
        for outer in _outer(row.source.path)
        if outer in known and (outer == row.source.path or status in TELLING)
    }
    return (_barren(file) for name, file in known.items() if name not in done)


def _outer(path: str) -> Iterator[str]:
    """The path itself and every archive that it may lead into."""
    parts = path.split(INSIDE)
    return (INSIDE.join(parts[:n]) for n in range(1, len(parts) + 1))


def _barren(file: FoundFile) -> ReportRow:
    from extract.sniff import sniff  # loads what finds encodings

    try:
        loaded = load(file)
    except OSError:  # gone since it was read
        return ReportRow(Source(file.source, "", 0), barren="")
    return ReportRow(loaded.source, barren=sniff(loaded.data or b""))


def digest_rows(rows: Sequence[ReportRow], journal: Journal, rest: str) -> str:
    """One digest for all that the tables are made of: as long as it stays, so do they.

    Args:
        rows: in their order.
        journal: has the outcome of each.
        rest: all else that the tables depend on.
    """
    rules = journal.rules
    digest = hashlib.sha256(f"{rest} {rules.reader} {rules.dictionary}".encode())
    for row in rows:
        brief = journal.brief(row.carrier or row.source)
        known = brief.mark if brief else ""
        text = f"\n{row.source.path}\0{row.source.sha256}\0{row.carrier.path if row.carrier else ''}\0{known}"
        digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
