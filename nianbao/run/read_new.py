"""Everything that is found is read, or known from before.

Enters: the files found and the journal. Leaves: what is in each file; the journal has an outcome for all of
it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Final

from nianbao.find.files import FoundFile
from nianbao.journal.events import Listed, Opened, Result
from nianbao.messages import Messages
from nianbao.progress.finished_file import FinishedFile
from nianbao.progress.watchers import Watcher
from nianbao.reading.dispatch import Todo
from nianbao.reading.libreoffice import Office
from nianbao.reading.run_context import Context
from nianbao.run.engines import ENGINES
from nianbao.run.still_to_read import find_copies, find_missing, look_ahead
from nianbao.run.summary import describe_failure
from normalize.words.csv_lines import DictionaryError

MANY: Final = 20
"""Files, among which there may be versions of one report."""
RELATING: Final = "normalize.versions.relate"
WRITERS: Final = (
    "output.tables.render",
    "output.tables.writer",
    "output.workbook.writer",
    "output.tables.datapackage",
)
PASSES: Final = 3
"""Over files that change while they are read."""
SHOWN_FAILURES: Final = 20
"""How many failed files are named on the way; reports.csv names them all."""


def read_new(files: Sequence[FoundFile], context: Context) -> tuple[Mapping[str, Sequence[Listed]], int]:
    """Read what is not known yet, showing how far it has come and naming what failed.

    Returns:
        What is in each file, by its path; and how many things were known before.

    Raises:
        sqlite3.Error: the journal cannot be written.
        Refused: what should read does not answer.
        NoProcess: no process can be started.
    """
    watcher, journal = context.watcher, context.journal
    with context.stages.timed("look"):
        lists, todos, known = look_at_all(files, context)
    watcher.resume(known)
    if todos:
        warm_up(many=len(todos) > MANY)
    teller = Teller(watcher, context.say)
    settled: set[str] = set()
    with Office(context.options.limits) as office, context.stages.timed("reading"):
        engine = ENGINES[context.options.engine](context, office)
        for _ in range(PASSES):
            todos = todos or find_missing(files, lists, journal, settled)
            for event in engine.run(todos):
                journal.keep(event)
                if isinstance(event, Opened):
                    watcher.grow(len(event.items) - len(lists.get(event.path, [event])))
                    lists[event.path] = event.items
                else:
                    teller.tell(event)
                    if event.condition not in context.job.rules.conditions:
                        settled.add(event.source.path)
            todos = []
    journal.commit()
    teller.close()
    context.stages.add(engine.seconds)
    return lists, known


def look_at_all(
    files: Sequence[FoundFile], context: Context
) -> tuple[dict[str, Sequence[Listed]], list[Todo], int]:
    """What is known of the files, what is to be done with them, and how many things need nothing."""
    lists: dict[str, Sequence[Listed]] = {}
    todos: list[Todo] = []
    before: dict[str, int] = {}
    known = 0
    for file in files:
        ahead = look_ahead(file, context.journal, before)
        todos += ahead.todos
        if ahead.items is not None:
            lists[file.source] = ahead.items
            context.watcher.grow(len(ahead.items) - 1)
            known += len(ahead.items) - len(ahead.todos)
    copies = find_copies(todos, before)
    for path, opened in copies.items():
        context.journal.keep(opened)
        lists[path] = opened.items
    context.watcher.grow(-len(copies))
    return lists, [todo for todo in todos if todo.file.source not in copies], known


def warm_up(*, many: bool) -> None:
    """Load what compares versions and writes tables while others read: it takes as long as a short report."""
    modules = (*WRITERS, RELATING) if many else WRITERS
    threading.Thread(target=load_all, args=(modules,), daemon=True).start()


def load_all(modules: Iterable[str]) -> None:
    """Import modules; of a faulty dictionary those speak that read files, or that need these modules."""
    with suppress(DictionaryError):
        for module in modules:
            import_module(module)


class Teller:
    """Tells the watcher what is done, and names the first failures."""

    def __init__(self, watcher: Watcher, say: Messages) -> None:
        self._watcher = watcher
        self._say = say
        self._failed = 0

    def tell(self, result: Result) -> None:
        """Tell of one result."""
        if result.status == "failed":
            self._failed += 1
            if self._failed <= SHOWN_FAILURES:
                self._watcher.log(describe_failure(result, self._say))
        self._watcher.advance(
            FinishedFile(
                *(result.source.path, result.status, result.format, result.source.size),
                sum(result.seconds.values()),
                *(result.error_code, result.error, result.error_en),
            )
        )

    def close(self) -> None:
        """Say how many failures were not named."""
        if (more := self._failed - SHOWN_FAILURES) > 0:
            self._watcher.log(self._say("run.more_failed", n=more))
