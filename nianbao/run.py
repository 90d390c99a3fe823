"""One run from beginning to end: find, read, write, report.

Enters: the inputs and the folder for the results. Leaves: the results, a closing summary and an exit code.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import output.schema  # noqa: F401 - has its columns checked now, before any file is opened
from nianbao import record
from nianbao.archives import find_barren
from nianbao.batch import Stages, read_batch
from nianbao.choices import DEFAULTS, Choices
from nianbao.exits import Exit
from nianbao.find import Found, InputMissing, find_files
from nianbao.messages import Messages
from nianbao.progress import open_progress
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
    choices: Choices = DEFAULTS


def run(options: Options, say: Messages) -> Exit:
    """Read everything below the inputs and replace the results in `options.out`."""
    stages = Stages()
    try:
        check_target(options.out, options.inputs)
        with stages.timed("find"):
            files = find_files(options.inputs)
        with ResultFolder(options.out) as results:
            tally, outcomes = read_all(files, options, say, stages)
            write_results(outcomes, results.partial, options, stages)
            code = decide_exit(tally)
            record.write_record(results.partial, options, tally, outcomes, stages, code, say.lang)
            results.commit()
    except InputMissing as error:
        return complain(say("input.missing", path=error.path), Exit.USAGE)
    except OutputRefused as error:
        return complain(say(error.key, **error.values), Exit.OUTPUT)
    if not options.quiet:
        print(summarise(tally, options.out, say, workbook=options.workbook))  # noqa: T201
    return code


def read_all(
    files: Sequence[Found], options: Options, say: Messages, stages: Stages
) -> tuple[Tally, list[Outcome]]:
    """Read the files, showing how far it has come and naming what failed."""
    tally = Tally()
    outcomes: list[Outcome] = []
    with open_progress(len(files), say, quiet=options.quiet) as progress:
        for outcome in read_batch(files, stages, options.choices, progress.grow):
            tally.add(outcome)
            outcomes.append(outcome)
            if outcome.status == "failed" and tally.statuses["failed"] <= SHOWN_FAILURES:
                progress.log(describe_failure(outcome, say))
            progress.advance(tally)
        if (more := tally.statuses["failed"] - SHOWN_FAILURES) > 0:
            progress.log(say("run.more_failed", n=more))
    outcomes += find_barren(files, outcomes)
    outcomes.sort(key=lambda outcome: outcome.source.path)  # what LibreOffice converts comes late
    with stages.timed("versions"):
        outcomes = relate_versions(outcomes)
    return count(outcomes), outcomes


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
            raise OutputRefused("output.unwritable", out=str(options.out), detail=detail) from error


def decide_exit(tally: Tally) -> Exit:
    """The exit code of a run that was written: the gravest thing that happened."""
    if tally.bugs:
        return Exit.BUG
    if not tally.total:
        return Exit.NOTHING
    return Exit.SOME_FAILED if tally.statuses["failed"] else Exit.DONE


def complain(sentence: str, code: Exit) -> Exit:
    """Say on standard error why there is no result."""
    print(sentence, file=sys.stderr)  # noqa: T201
    return code
