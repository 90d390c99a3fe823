"""Which files are versions of one report, once everything is read.

Enters: rows and the journal. Leaves: the rows with what comparing says of them. Reports are loaded only where
several may be one; where many may, other processes compare them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extract.document import Source
from nianbao.journal.journal import Journal
from nianbao.journal.rules import Rules
from nianbao.processes.answer_all import answer_all
from nianbao.processes.pool import Pool
from nianbao.processes.tasks import Task
from nianbao.results.report_rows import ReportRow
from output.outcome import READ

if TYPE_CHECKING:
    from normalize.report import Report
    from normalize.versions.relate import Version

FEW: Final = 100
"""Groups that this process compares by itself."""
GROUPS: Final = 25
"""Groups that another process compares at a time."""


def add_versions(rows: Sequence[ReportRow], journal: Journal, pool: Pool) -> list[ReportRow]:
    """The rows with what comparing the files of one report says of them."""
    groups = find_kin(rows, journal)
    versions: dict[str, Version] = {}
    if len(groups) < FEW:
        for group in groups:
            versions |= relate_group(group, journal)
        return with_versions(rows, versions)
    tasks = deque(
        Task(
            relate_groups,
            (groups[start : start + GROUPS], Path(journal.path), journal.rules),
            start,
            limited=False,
        )
        for start in range(0, len(groups), GROUPS)
    )
    for answer in answer_all(pool, tasks):
        versions |= answer.value
    return with_versions(rows, versions)


def relate_groups(groups: Sequence[Sequence[Source]], journal: Path, rules: Rules) -> dict[str, Version]:
    """What each file of some groups is among the versions of its report (in a process of its own)."""
    with Journal(journal, rules, read_only=True) as opened:
        versions: dict[str, Version] = {}
        for group in groups:
            versions |= relate_group(group, opened)
        return versions


def find_kin(rows: Sequence[ReportRow], journal: Journal) -> list[list[Source]]:
    """Sources whose reports may be versions of one, those that share a word of being found together.

    Work and memory grow with the rows and with the largest group.
    """
    groups = _Groups()
    for row in rows:
        if row.carrier is None and row.barren is None:
            brief = journal.brief(row.source)
            if brief and brief.status in READ:
                groups.add(row.source, brief.kin)
    return groups.several()


class _Groups:
    """Sources joined by the words that they share (union-find over the words)."""

    def __init__(self) -> None:
        self._sources: list[Source] = []
        self._parents: list[int] = []
        self._by_word: dict[tuple[int, str], int] = {}

    def add(self, source: Source, words: Sequence[str]) -> None:
        own = len(self._sources)
        self._sources.append(source)
        self._parents.append(own)
        for way, word in enumerate(words):
            if word:
                other = self._by_word.setdefault((way, word), own)
                self._parents[self._root(other)] = self._root(own)

    def _root(self, place: int) -> int:
        while (parent := self._parents[place]) != place:
            self._parents[place] = self._parents[parent]
            place = parent
        return place

    def several(self) -> list[list[Source]]:
        groups: dict[int, list[Source]] = {}
        for place, source in enumerate(self._sources):
            groups.setdefault(self._root(place), []).append(source)
        return [group for group in groups.values() if len(group) > 1]


def relate_group(sources: Sequence[Source], journal: Journal) -> dict[str, Version]:
    """What each of these files is among the versions of its report, by path."""
    from normalize.versions.relate import relate

    def load_report(source: Source) -> Report:
        report = journal.outcome(source).report
        assert report is not None  # noqa: S101 - for the type checker: only those with a report are kin
        return report

    return relate(map(load_report, sources))


def with_versions(rows: Sequence[ReportRow], versions: Mapping[str, Version]) -> list[ReportRow]:
    """The rows with what is known of their versions; copies follow the file that they are copies of."""
    if not versions:
        return list(rows)
    return [
        replace(row, version=version)
        if (version := versions.get(row.carrier.path if row.carrier else row.source.path))
        else row
        for row in rows
    ]
