"""One run from beginning to end: find, read, write, report.

Enters: the inputs and the folder for the results. Leaves: the results, a closing summary and an exit code.
Whatever ends a run before that, the same command goes on where it stopped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import output.schema  # noqa: F401 - has its columns checked now, before any file is opened
from nianbao.exit_codes import Exit
from nianbao.find.files import FoundFile, find_files
from nianbao.journal.file import DAMAGE, open_journal, put_aside, remove_journal
from nianbao.journal.rules import make_rules
from nianbao.messages import Messages
from nianbao.options import Options
from nianbao.processes.pool import Pool
from nianbao.processes.tasks import NoProcess
from nianbao.progress.stage_times import Stages
from nianbao.progress.watchers import Watcher, open_progress
from nianbao.reading.job import Job
from nianbao.reading.run_context import Context
from nianbao.refused import OutputRefused, Refused
from nianbao.results import unchanged
from nianbao.results.find_versions import add_versions
from nianbao.results.report_rows import ReportRow, digest_rows, make_rows
from nianbao.results.result_folder import Delivered, ResultFolder, check_target
from nianbao.results.tally import Tally
from nianbao.results.write_tables import FEW, WRITING, count_chunks, write_tables
from nianbao.run import record
from nianbao.run.read_new import read_new
from nianbao.run.summary import summarise


def run(options: Options, say: Messages, pool: Pool | None = None) -> Exit:
    """Read what is not known yet of everything below the inputs, and replace the results in `options.out`.

    Args:
        options: what was asked for.
        say: the sentences.
        pool: of processes, if one is warming up already.
    """
    if pool is None:
        pool = Pool(options.processes, options.limits, begin=options.labels.put_in_place)
    with pool:
        return run_with(pool, options, say)


def run_with(pool: Pool, options: Options, say: Messages) -> Exit:
    """The run, with its processes."""
    with open_progress(0, say, quiet=options.quiet, log_json=options.log_json) as watcher:
        tally, code = Tally(), Exit.OUTPUT
        try:
            pool.idle = watcher.tick
            tally, placed = find_and_read(options, say, watcher, pool)
            code = decide_exit(tally)
            if isinstance(placed.remark, OutputRefused):
                raise placed.remark
            if placed.remark:
                watcher.warn(say(placed.remark.key, **placed.remark.values))
        except OutputRefused as error:
            code = Exit.OUTPUT
            watcher.complain(say(error.key, **error.values))
        except Refused as error:
            watcher.complain(say(error.key, **error.values))
            code = Exit.USAGE
        except NoProcess as error:
            watcher.complain(say("run.no_process", detail=error.__cause__ or error))
            code = Exit.USAGE
        watcher.end(code, tally.statuses)
    if code not in {Exit.USAGE, Exit.OUTPUT} and not options.quiet:
        print(summarise(tally, options.out, say, workbook=options.workbook))  # noqa: T201
    return code


def find_and_read(options: Options, say: Messages, watcher: Watcher, pool: Pool) -> tuple[Tally, Delivered]:
    """The run itself: its counts, and where the results are.

    Raises:
        Refused: one of the inputs does not exist, or what should read them does not answer.
        OutputRefused: the results cannot or must not be written.
    """
    stages = Stages()
    with refuse_disk(options.out):
        check_target(options.out, options.inputs)
    watcher.stage("find")
    with stages.timed("find"):
        files = find_files(options.inputs)
    watcher.grow(len(files))
    told = {"inputs": [str(path) for path in options.inputs], "out": str(options.out)}
    watcher.start({**record.describe_start(options, say.lang), **told})
    rules = make_rules(options.choices, options.limits, options.labels)

    def tell_moved(why: str, kept: Path) -> None:
        watcher.warn(say(why, journal=options.journal, kept=kept))

    with refuse_disk(options.out), ResultFolder(options.out, options.inputs) as results:
        if options.fresh:
            remove_journal(options.journal, tell_moved)

        def read_and_write() -> tuple[Tally, Delivered]:
            # The pool is ended first: it reads the journal.
            with open_journal(options.journal, rules, tell_moved) as journal, pool:
                job = Job(options.choices, rules, results.spool, options.journal)
                return fill(results, files, Context(options, say, watcher, stages, journal, pool, job))

        try:
            return read_and_write()
        except DAMAGE:
            put_aside(options.journal, "journal.damaged", tell_moved)
            results.clear()
        try:
            return read_and_write()
        except DAMAGE as error:
            raise OutputRefused("journal.unreliable", journal=options.journal) from error


@contextmanager
def refuse_disk(out: Path) -> Iterator[None]:
    """Say plainly that results or journal cannot be written.

    Raises:
        OutputRefused: the disk is full, or the like.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise OutputRefused("output.unwritable", out=out, detail=error) from error


def fill(results: ResultFolder, files: Sequence[FoundFile], context: Context) -> tuple[Tally, Delivered]:
    """Read the files and write the results, unless those that are there would come out the same.

    Raises:
        OSError, sqlite3.Error: the disk is full, or the like.
        OutputRefused: the results cannot be put in place.
    """
    options, journal, watcher = context.options, context.journal, context.watcher
    watcher.stage("read")
    lists, resumed = read_new(files, context)
    rows = make_rows(files, lists, journal)
    rest = unchanged.describe_output(workbook=options.workbook, by_year=options.by_year)
    rest += f" {options.labels.digest}"  # which run.json names
    state = digest_rows(rows, journal, rest)
    if known := unchanged.recall(journal, results.out, state):
        watcher.log(context.say("run.unchanged"))
        return known, Delivered(results.out)
    tally = write(results, rows, context)
    record.write_record(results.partial, context, tally, decide_exit(tally), resumed)
    placed = results.commit()
    if placed.folder == results.out:
        unchanged.remember(journal, results.out, state, tally)
    return tally, placed


def write(results: ResultFolder, rows: list[ReportRow], context: Context) -> Tally:
    """Compare versions and write the tables.

    Raises:
        OSError: the disk is full, or the like.
    """
    options, stages, watcher = context.options, context.stages, context.watcher
    if len(rows) > FEW:
        context.pool.change(WRITING, count_chunks(rows))  # they start while the versions are found
    else:
        context.pool.renew()  # what has read holds memory that writing does not need
    watcher.stage("versions")
    with stages.timed("versions"):
        rows = add_versions(rows, context.journal, context.pool)
    watcher.stage("write")
    with stages.timed("write"):
        return write_tables(
            *(rows, context.journal, results.partial, results.spool, context.pool),
            workbook=options.workbook,
            by_year=options.by_year,
        )


def decide_exit(tally: Tally) -> Exit:
    """The exit code of a run that was written: the gravest thing that happened."""
    if tally.bugs:
        return Exit.BUG
    if not tally.total:
        return Exit.NOTHING
    return Exit.SOME_FAILED if tally.statuses["failed"] else Exit.DONE
