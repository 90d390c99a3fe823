"""Word lists kept as CSV in `normalize/words`.

Enters: a file name and the columns it must have. Leaves: checked rows; every fault of a file is told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from normalize.words.csv_lines import Line, read_lines, refuse

FOLDER = Path(__file__).parent


def read_rows(
    name: str,
    columns: Sequence[str],
    folder: Path = FOLDER,
    keys: int = 1,
    find_faults: Callable[[Sequence[Line]], Iterable[str]] | None = None,
) -> list[dict[str, str]]:
    """Rows of a list whose first `keys` columns are never empty and never repeated together.

    Args:
        name: of the file.
        columns: that it must have.
        folder: that holds it.
        keys: how many columns tell a row from all others.
        find_faults: what else may be wrong with the lines of this list.

    Raises:
        DictionaryError: with every fault of the file.
    """
    lines, faults = read_lines(folder, name, columns)
    faults += _find_faults(lines, columns[:keys])
    faults += find_faults(lines) if find_faults else ()
    refuse(faults)
    return [line.cells for line in lines]


def read_kinds(name: str, kinds: Collection[str], folder: Path = FOLDER) -> dict[str, tuple[str, ...]]:
    """The words of a list with the columns kind, word, note: by kind, in the order of the file.

    Raises:
        DictionaryError: with every fault of the file, a kind without words among them.
    """
    find_faults = partial(_find_kind_faults, name=name, kinds=kinds)
    rows = read_rows(name, ("kind", "word", "note"), folder, keys=2, find_faults=find_faults)
    words: dict[str, list[str]] = {kind: [] for kind in kinds}
    for row in rows:
        words.setdefault(row["kind"], []).append(row["word"])
    return {kind: tuple(words[kind]) for kind in kinds}


def _find_kind_faults(lines: Sequence[Line], name: str, kinds: Collection[str]) -> Iterator[str]:
    yield from find_unlisted(lines, "kind", kinds)
    used = {line["kind"] for line in lines}
    yield from (f"{name}:1: no words of the kind {kind}" for kind in sorted(kinds) if kind not in used)


def find_unlisted(lines: Sequence[Line], column: str, values: Iterable[str]) -> Iterator[str]:
    """A fault for each line whose cell is none of the values."""
    allowed = frozenset(values)
    for line in lines:
        if line[column] not in allowed:
            yield line.say(f"{column} {line[column]!r} is none of {', '.join(sorted(allowed))}")


def _find_faults(lines: Sequence[Line], keys: Sequence[str]) -> Iterator[str]:
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        key = tuple(line[column] for column in keys)
        if not all(key):
            yield line.say(f"empty {' or '.join(keys)}")
        elif key in seen:
            yield line.say(f"{' '.join(key)} stands twice, first in line {seen[key]}")
        seen.setdefault(key, line.number)
