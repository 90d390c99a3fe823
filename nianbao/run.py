"""One run from beginning to end: find, read, write, report.

Enters: the inputs and the folder for the results. Leaves: the results, a closing summary and an exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import output.schema  # noqa: F401 - has its columns checked now, before any file is opened
from nianbao import VERSION, record
from nianbao.archives import find_barren
from nianbao.batch import Stages, read_batch
from nianbao.choices import DEFAULTS, Choices
from nianbao.done import Done
from nianbao.exits import Exit
from nianbao.find import Found, InputMissing, find_files
from nianbao.messages import Messages
from nianbao.progress import Watcher, open_progress
from nianbao.store import OutputRefused, ResultFolder, check_target
from nianbao.summary import describe_failure, summarise
from nianbao.tally import Tally, count
from nianbao.versions import relate_versions
from output.outcome import Outcome

SHOWN_FAILURES = 20
"""How many failed files are named on the way; reports.csv names them all."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked for."""

    inputs: tuple[Path, ...]
    out: Path
    workbook: bool = True
    quiet: bool = False
    log_json: bool = False
    choices: Choices = DEFAULTS


def run(options: Options, say: Messages) -> Exit:
    """Read everything below the inputs and replace the results in `options.out`."""
    with open_progress(0, say, quiet=options.quiet, log_json=options.log_json) as progress:
        tally, code = Tally(), Exit.OUTPUT
        try:
            tally, beside = fill_folder(options, say, progress)
            code = decide_exit(tally)
            if beside:
                progress.complain(say("output.open_elsewhere", out=options.out, new=beside))
                code = Exit.OUTPUT
        except InputMissing as error:
            progress.complain(say("input.missing", path=error.path))
            code = Exit.USAGE
        except OutputRefused as error:
            progress.complain(say(error.key, **error.values))
        progress.end(code, tally.statuses)
    if code not in {Exit.USAGE, Exit.OUTPUT} and not options.quiet:
        print(summarise(tally, options.out, say, workbook=options.workbook))  # noqa: T201
    return code


def fill_folder(options: Options, say: Messages, progress: Watcher) -> tuple[Tally, Path | None]:
    """Read, write and replace the results; also gives the folder where they are instead, if they are.

    Raises:
        InputMissing: an input does not exist.
        OutputRefused: the results cannot be written there.
    """
    stages = Stages()
    check_target(options.out, options.inputs)
    progress.stage("find")
    with stages.timed("find"):
        files = find_files(options.inputs)
    progress.grow(len(files))
    progress.start(
        {"version": VERSION, "inputs": [str(path) for path in options.inputs], "out": str(options.out)}
    )
    with ResultFolder(options.out, options.inputs) as results:
        tally, outcomes = read_all(files, options, say, stages, progress)
        progress.stage("write")
        write_results(outcomes, results.partial, options, stages)
        record.write_record(results.partial, options, tally, outcomes, stages, decide_exit(tally), say.lang)
        where = results.commit()
        return tally, None if where == results.out else where


def read_all(
    files: Sequence[Found], options: Options, say: Messages, stages: Stages, progress: Watcher
) -> tuple[Tally, list[Outcome]]:
    """Read the files, showing how far it has come and naming what failed."""
    failed = 0
    outcomes: list[Outcome] = []
    progress.stage("read")
    for outcome in read_batch(files, stages, options.choices, progress.grow):
        outcomes.append(outcome)
        failed += outcome.status == "failed"
        if outcome.status == "failed" and failed <= SHOWN_FAILURES:
            progress.log(describe_failure(outcome, say))
        progress.advance(describe_done(outcome))
    if failed > SHOWN_FAILURES:
        progress.log(say("run.more_failed", n=failed - SHOWN_FAILURES))
    progress.stage("versions")
    outcomes += find_barren(files, outcomes)
    outcomes.sort(key=lambda outcome: outcome.source.path)  # what LibreOffice converts comes late
    with stages.timed("versions"):
        outcomes = relate_versions(outcomes)
    return count(outcomes), outcomes


def describe_done(outcome: Outcome) -> Done:
    """What the watcher is told of a file."""
    return Done(
        outcome.source.path,
        outcome.status,
        outcome.format,
        outcome.source.size,
        error_code=outcome.error_code,
        error=outcome.error,
        error_en=outcome.error_en,
    )


def write_results(outcomes: Sequence[Outcome], folder: Path, options: Options, stages: Stages) -> None:
    """Write the tables.

    Raises:
        OutputRefused: the disk is full, or the like.
    """
    from output.write import write_all  # pandas takes a second, which --help need not pay

    with stages.timed("write"):
        try:
            write_all(outcomes, folder, workbook=options.workbook)
        except OSError as error:
            detail = error.strerror or str(error)
            raise OutputRefused("output.unwritable", out=options.out, detail=detail) from error


def decide_exit(tally: Tally) -> Exit:
    """The exit code of a run that was written: the gravest thing that happened."""
    if tally.bugs:
        return Exit.BUG
    if not tally.total:
        return Exit.NOTHING
    return Exit.SOME_FAILED if tally.statuses["failed"] else Exit.DONE
