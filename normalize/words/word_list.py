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
    same: Callable[[str], str] = str,
) -> list[dict[str, str]]:
    """Rows of a list whose first `keys` columns are never empty and never repeated together.

    Args:
        name: of the file.
        columns: that it must have.
        folder: that holds it.
        keys: how many columns tell a row from all others.
        find_faults: what else may be wrong with the lines of this list.
        same: makes one of what the user of the list compares as one.

    Raises:
        DictionaryError: with every fault of the file.
    """
    lines, faults = read_lines(folder, name, columns)
    faults += _find_faults(lines, columns[:keys], same)
    faults += find_faults(lines) if find_faults else ()
    refuse(faults)
    return [line.cells for line in lines]


def read_kinds(
    name: str, kinds: Collection[str], folder: Path = FOLDER, same: Callable[[str], str] = str
) -> dict[str, tuple[str, ...]]:
    """The words of a list with the columns kind, word, note: by kind, in the order of the file.

    Args:
        name: of the file.
        kinds: that there are.
        folder: that holds the file.
        same: makes one of what the user of the words compares as one.

    Raises:
        DictionaryError: with every fault of the file, a kind without words among them.
    """
    find_faults = partial(_find_kind_faults, name=name, kinds=kinds)
    rows = read_rows(name, ("kind", "word", "note"), folder, keys=2, find_faults=find_faults, same=same)
    words: dict[str, list[str]] = {kind: [] for kind in kinds}
    for row in rows:
        words.setdefault(row["kind"], []).append(row["word"])
    return {kind: tuple(words[kind]) for kind in kinds}


def _find_kind_faults(lines: Sequence[Line], name: str, kinds: Collection[str]) -> Iterator[str]:
    yield from find_unlisted(lines, "kind", kinds)
    used = {line["kind"] for line in lines}
    yield from (f"{name}:1: no words of the kind {kind}" for kind in sorted(kinds) if kind not in used)


def sort_words(words: str, same: Callable[[str], str]) -> str:
    """Words of which the order says nothing, to be compared with others."""
    return " ".join(sorted(map(same, words.split())))


def find_unlisted(lines: Sequence[Line], column: str, values: Iterable[str]) -> Iterator[str]:
    """A fault for each line whose cell is none of the values."""
    allowed = frozenset(values)
    for line in lines:
        if line[column] not in allowed:
            yield line.say(f"{column} {line[column]!r} is none of {', '.join(filter(None, sorted(allowed)))}")


def _find_faults(lines: Sequence[Line], keys: Sequence[str], same: Callable[[str], str]) -> Iterator[str]:
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        key = tuple(same(line[column]) for column in keys)
        if not all(key):
            yield line.say(f"empty {' or '.join(keys)}")
        elif key in seen:
            words = " ".join(line[column] for column in keys)
            yield line.say(f"{words} stands twice, first in line {seen[key]}")
        seen.setdefault(key, line.number)


def find_example_faults(
    lines: Sequence[Line], same: Callable[[str], str], means: str | None = None
) -> Iterator[str]:
    """A fault for each line that misses its own example, or whose example another line fits as well.

    Args:
        lines: with the columns words and example.
        same: what the user of the list makes of a text before it looks for the words.
        means: the column that says what the words mean; those of one meaning may share an example.
    """
    wanted = [[same(word) for word in line["words"].split()] for line in lines]
    for line, words in zip(lines, wanted, strict=True):
        example = same(line["example"])
        if not all(word in example for word in words):
            yield line.say(f"{line['words']} misses its example {line['example']!r}")
        for other, others in zip(lines, wanted, strict=True):
            if means and other[means] != line[means] and all(word in example for word in others):
                yield line.say(f"its example {line['example']!r} is also that of line {other.number}")
