"""What of the files found is still to be read, and what was read before.

Enters: the files found and the journal. Leaves: for each file what is in it, where that is known, and what
there is to do. A file whose size, times and number are those of its last reading is not opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.document import Source
from nianbao.events import Listed
from nianbao.find import Found
from nianbao.inputs import look, place_of
from nianbao.journal import Journal
from nianbao.reading import Todo


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead with one file.

    Attributes:
        items: what is in it, None where it has to be opened.
        todos: what is to be done; nothing where all is known.
    """

    items: tuple[Listed, ...] | None
    todos: tuple[Todo, ...] = ()


def look_ahead(file: Found, journal: Journal) -> Ahead:
    """What is to be done with a file."""
    seen = look(file)
    known = journal.find_file(place_of(file), seen.stamp, seen.changed) if seen.stamp else None
    if known is None:
        return Ahead(None, (Todo("file", file, seen.size),))
    items = journal.items(Source(file.source, *known))
    if items is None:
        return Ahead(None, (Todo("file", file, seen.size),))
    todos = tuple(
        Todo("anew", file, listed.size, source=listed.source(file.source), remarks=listed.remarks)
        for listed in _without_copies(items)
        if not journal.has(listed.source(file.source))
    )
    return Ahead(items, todos)


def _without_copies(items: tuple[Listed, ...]) -> Iterator[Listed]:
    """Things with the bytes of one before them are not read."""
    known: set[str] = set()
    for listed in items:
        if not listed.sha256 or listed.sha256 not in known:
            yield listed
        known.add(listed.sha256)
