"""The same report in several files: which of them carries its values, and where they disagree.

Enters: the reports of a run, in any order. Leaves: for each file that is a version of another what to add to
it. Work grows with the number of files: only those of one name and year, or of one file name, are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from extract.document import Source
from normalize.report import CellKey, Check, Identity, Report
from normalize.sentences import say
from normalize.versions.compare_cells import CHECK, compare_cells
from normalize.versions.rank import explain, rank, standing
from normalize.versions.same_report import (
    Kin,
    house_of,
    identity_of,
    is_same_file,
    is_same_house,
    is_same_report,
    place_of,
    read_kin,
)

MOST = 50
"""Reports of one name and year that a further file is held against: a name with more says nothing."""

Group = list[Kin]
_Key = Callable[[Report], tuple[Hashable, ...] | None]
_Test = Callable[[Kin, Kin], bool]
_WAYS: tuple[tuple[_Key, _Test], ...] = (
    (lambda report: identity_of(report.identity), is_same_report),
    (lambda report: place_of(report.source), is_same_file),
    (lambda report: house_of(report.identity), is_same_house),
)


@dataclass(frozen=True, slots=True)
class Version:
    """What a file is among the versions of its report.

    Attributes:
        used: path of the file that carries the values, "" where it is this one.
        reason: one plain Chinese sentence.
        files: how many files the report has; 1 where those of its name and year were told apart from it.
        checks: where others print something else (on the file that carries the values).
        differing: the cells of this file that another one prints otherwise.
    """

    used: str
    reason: str
    files: int
    checks: tuple[Check, ...] = ()
    differing: frozenset[CellKey] = frozenset()


def relate(reports: Iterable[Report]) -> dict[str, Version]:
    """What each file is that shares its report, or its name and year, with others; by path.

    Args:
        reports: what was read, one for each path.
    """
    files = sorted((r for r in reports if r.is_report), key=standing)
    versions: dict[str, Version] = {}
    for group, strangers in find_groups(files):
        versions |= _versions_of([kin.report for kin in group], strangers)
    return versions


def keys_of(identity: Identity, source: Source) -> tuple[str, ...]:
    """By what other files of a report are found: files that share none of these are never compared.

    Args:
        identity: of the report.
        source: its file.

    Returns:
        One word for each of `_WAYS`, "" where the report cannot be found in that way.
    """
    found = (identity_of(identity), place_of(source), house_of(identity))
    return tuple("" if key is None else "\x1f".join(map(str, key)) for key in found)


def find_groups(files: Sequence[Report]) -> list[tuple[Group, int]]:
    """Files that are one report, each with how many other reports have its name and year.

    Args:
        files: the best first, which the others are held against.
    """
    wanted = {path for key, _ in _WAYS for path in _shared(files, key)}
    groups = [[read_kin(report)] for report in files if report.source.path in wanted]
    for key, test in _WAYS:
        groups = _join(groups, key, test)
    names = Counter(name for group in groups for name in {identity_of(one.report.identity) for one in group})
    return [
        (group, names[name] - 1 if (name := identity_of(group[0].report.identity)) else 0) for group in groups
    ]


def _shared(files: Sequence[Report], key: _Key) -> set[str]:
    """Paths of the files whose key another file has too."""
    buckets: dict[Hashable, list[str]] = {}
    for report in files:
        if (name := key(report)) is not None:
            buckets.setdefault(name, []).append(report.source.path)
    return {path for paths in buckets.values() if len(paths) > 1 for path in paths}


def _join(groups: Sequence[Group], key: _Key, test: _Test) -> list[Group]:
    """The groups, those with files of one key that pass the test made one."""
    joined: list[Group] = []
    heads: dict[Hashable, list[tuple[Kin, Group]]] = {}
    for group in groups:
        named = [(name, one) for one in group if (name := key(one.report)) is not None]
        own = next(
            (known for name, one in named for head, known in heads.get(name, []) if test(head, one)), None
        )
        if own is not None:
            own += group
            continue
        fresh = list(group)
        joined.append(fresh)
        for name, one in named:
            if len(known_here := heads.setdefault(name, [])) < MOST:
                known_here.append((one, fresh))
    return joined


def _versions_of(group: Sequence[Report], strangers: int) -> dict[str, Version]:
    chosen, *others = rank(group)
    apart = say("versions.strangers", count=strangers) if strangers else ""
    if not others:
        return {chosen.source.path: Version("", apart, 1)} if apart else {}
    versions: dict[str, Version] = {}
    checks: list[Check] = []
    cells: set[CellKey] = set()
    for other in others:
        found = compare_cells(chosen, other)
        checks += [check for _, check in found]
        cells |= {key for key, _ in found}
        used, differing = chosen.source.path, frozenset(key for key, _ in found)
        grounds = _grounds(chosen, other, say("versions.other_file"), len(found))
        reason = say("versions.same", named=_name([chosen]), grounds=grounds)
        versions[other.source.path] = Version(used, reason, len(group), (), differing)
    grounds = _grounds(chosen, others[0], say("versions.this_file"), len(checks))
    reason = say("versions.same", named=_name(others), grounds=grounds)
    versions[chosen.source.path] = Version(
        "", f"{reason}{apart}", len(group), tuple(checks), frozenset(cells)
    )
    return versions


def _name(files: Sequence[Report]) -> str:
    path = files[0].source.path
    if len(files) == 1:
        return say("versions.one_file", path=path)
    return say("versions.files", path=path, count=len(files))


def _grounds(chosen: Report, other: Report, used: str, differing: int) -> str:
    """Which file is used and why, and whether a person has to decide."""
    why = explain(chosen, other)
    if why:
        choice = say("versions.because", used=used, why=why)
    else:
        choice = say("versions.unsure" if differing else "versions.used", used=used)
    agreement = say("versions.differ", count=differing) if differing else say("versions.agree")
    return say("versions.grounds", choice=choice, agreement=agreement)


def mark(report: Report, version: Version) -> Report:
    """The report with the checks and flags that comparing its versions adds."""
    cells = version.differing
    if not cells:
        return report
    observations = tuple(
        replace(seen, flags=tuple(sorted({*seen.flags, CHECK}))) if seen.key in version.differing else seen
        for seen in report.observations
    )
    return replace(report, observations=observations, checks=(*report.checks, *version.checks))
