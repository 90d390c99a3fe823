"""Names that tell things apart.

Enters: names, some of them the same. Leaves: as many different ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def make_unique(names: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each name, numbered where it stood before, and whether it was."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for name in names:
        unique = name
        while unique in taken:
            counts[name] = counts.get(name, 1) + 1
            unique = _number(name, counts[name])
        taken.add(unique)
        yield unique, unique != name


def _number(name: str, count: int) -> str:
    folder, slash, last = name.rpartition("/")
    stem, dot, suffix = last.rpartition(".")
    if not stem:
        stem, dot, suffix = last, "", ""
    return f"{folder}{slash}{stem} ({count}){dot}{suffix}"
