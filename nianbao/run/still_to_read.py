"""What of the files found is still to be read, and what was read before.

Enters: the files found and the journal. Leaves: for each file what is in it, where that is known, and what
there is to do. A file whose size, times and number are those of its last reading is not opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.document import Source
from nianbao.find.file_bytes import load, look, place_of
from nianbao.find.files import FoundFile
from nianbao.journal.events import Listed, Opened
from nianbao.journal.journal import Journal
from nianbao.journal.rules import ALWAYS
from nianbao.reading.dispatch import Todo


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead with one file.

    Attributes:
        items: what is in it, None where it has to be opened.
        todos: what is to be done; nothing where all is known.
    """

    items: tuple[Listed, ...] | None
    todos: tuple[Todo, ...] = ()


def look_ahead(file: FoundFile, journal: Journal, before: dict[str, int]) -> Ahead:
    """What is to be done with a file.

    Args:
        file: that was found.
        journal: what was read.
        before: size by digest of what comes before it in order; what is in it is added.
    """
    seen = look(file)
    known = journal.find_file(place_of(file), seen.stamp) if seen.stamp else None
    items = journal.items(Source(file.source, *known)) if known else None
    if items is None:
        return Ahead(None, (Todo("file", file, seen.size),))
    todos = tuple(
        Todo("anew", file, listed.size, source=listed.source(file.source), remarks=listed.remarks)
        for listed in _without_copies(items, before)
        if not journal.has(listed.source(file.source))
    )
    return Ahead(items, todos)


def _without_copies(items: Iterable[Listed], before: dict[str, int]) -> Iterator[Listed]:
    """Things with the bytes of one before them are not read."""
    for listed in items:
        if not listed.sha256 or listed.sha256 not in before:
            yield listed
        before[listed.sha256] = listed.size


def find_copies(todos: Sequence[Todo], known: dict[str, int]) -> dict[str, Opened]:
    """Files with the bytes of another one, by their path; only those of one size are compared.

    Args:
        todos: files to open, in their order.
        known: size by digest of what need not be opened.
    """
    before = dict(known)
    sizes = Counter(todo.size for todo in todos if todo.way == "file") + Counter(known.values())
    copies: dict[str, Opened] = {}
    for todo in todos:
        if todo.way == "file" and todo.size and sizes[todo.size] > 1 and not todo.file.fault:
            opened = _open_copy(todo.file, before)
            if opened:
                copies[todo.file.source] = opened
    return copies


def _open_copy(file: FoundFile, before: dict[str, int]) -> Opened | None:
    try:
        loaded = load(file)
    except OSError:  # its row will say so
        return None
    source = loaded.source
    if source.sha256 not in before:
        before[source.sha256] = source.size
        return None
    from extract.archive import CONTAINERS  # what follows loads every reader, which few runs need here
    from extract.sniff import sniff
    from nianbao.reading.make_events import make_opened

    if sniff(loaded.data or b"") in CONTAINERS:
        return None
    return make_opened(file, loaded, (Listed("", source.sha256, source.size),), ALWAYS)


def find_missing(
    files: Iterable[FoundFile],
    lists: Mapping[str, Sequence[Listed]],
    journal: Journal,
    settled: Collection[str],
) -> list[Todo]:
    """What is to be read although it seemed to be a copy: the other file has changed meanwhile.

    Args:
        files: that were found.
        lists: what is in each, by its path.
        journal: what was read.
        settled: paths of what was read now with a result that does not stand for another run.
    """

    def is_missing(source: Source) -> bool:
        return not journal.has(source) and source.path not in settled

    before: dict[str, int] = {}
    return [
        Todo("file", file)
        for file in files
        if any(
            is_missing(listed.source(file.source)) for listed in _without_copies(lists[file.source], before)
        )
    ]
