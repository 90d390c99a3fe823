"""Which files go to a worker of a cluster together.

Enters: what is to be read. Leaves: portions of it, those that take longest first, so that none is left
alone at the end. Files for LibreOffice go together, as far as names tell: its start costs as much as
several of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from extract.office.input_check import CONVERTED
from nianbao.reading.dispatch import Todo

MOST_FILES: Final = 50
MOST_BYTES: Final = 50 * 1000 * 1000
TURNS: Final = 8
"""Portions a worker where there are few files, so that the last are done at about the same time."""


def make_portions(todos: Sequence[Todo], workers: int) -> Iterator[tuple[Todo, ...]]:
    """All there is to read, in portions.

    Args:
        todos: what is to be read.
        workers: that share it, as far as is known.
    """
    old = [todo for todo in todos if _is_old(todo)]
    new = [todo for todo in todos if not _is_old(todo)]
    yield from _cut(old, len(old) / max(workers, 1))
    yield from _cut(new, len(new) / max(workers, 1) / TURNS)


def _is_old(todo: Todo) -> bool:
    return todo.file.source.rpartition(".")[2].lower() in CONVERTED


def _cut(todos: Iterable[Todo], fair: float) -> Iterator[tuple[Todo, ...]]:
    most = min(max(math.ceil(fair), 1), MOST_FILES)
    portion: list[Todo] = []
    size = 0
    for todo in sorted(todos, key=lambda todo: (-todo.size, todo.file.source)):
        if portion and (len(portion) >= most or size + todo.size > MOST_BYTES):
            yield tuple(portion)
            portion, size = [], 0
        portion.append(todo)
        size += todo.size
    if portion:
        yield tuple(portion)
