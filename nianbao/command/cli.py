"""The command line.

Enters: arguments. Leaves: an exit code. The help is built in the language of whoever asks, so the app is
made by a function; what a command needs is imported when it runs, so that `--help` is quick.
"""

# No `from __future__ import annotations` here: typer has to evaluate annotations that name local sentences.

import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from nianbao.choices import Choices, EngineName, Reread, read_passwords
from nianbao.command.usage import command_class, group_class
from nianbao.exits import Exit
from nianbao.limits import LIMITS, Limits
from nianbao.machine import console
from nianbao.machine.address import as_place
from nianbao.machine.interrupts import hold_interrupts, raise_interrupts
from nianbao.machine.paths import reach
from nianbao.messages import Lang, Messages, choose_language, load_messages
from nianbao.version import VERSION

if TYPE_CHECKING:
    from nianbao.options import Options


class TableName(StrEnum):
    """The tables that `nianbao fields` can be limited to."""

    DISCLOSURE = "disclosure"
    REQUESTS = "requests"
    REMEDIES = "remedies"


class FieldFormat(StrEnum):
    """The ways in which `nianbao fields` prints."""

    TABLE = "table"
    CSV = "csv"


def main() -> None:
    """Run the program with the arguments of the process."""
    console.open_streams()
    console.prepare()
    build_app(choose_language(sys.argv[1:], os.environ, chinese=console.shows_chinese()))()


def build_app(lang: Lang) -> typer.Typer:
    """The program with its help in one language."""
    say = load_messages(lang)
    app = typer.Typer(
        name="nianbao",
        cls=group_class(say.lang),
        help=say("help.app"),
        epilog=say("help.exit_codes"),
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    def print_version(*, wanted: bool) -> None:
        if wanted:
            typer.echo(f"nianbao {VERSION}")
            raise typer.Exit

    @app.callback()
    def start(
        *,
        version: Annotated[
            bool, typer.Option("--version", callback=print_version, is_eager=True, help=say("help.version"))
        ] = False,
        lang: Annotated[Lang, typer.Option(help=say("help.lang"))] = say.lang,
    ) -> None:
        pass

    add_run(app, say)
    add_show(app, say)
    add_fields(app, say)
    return app


def add_run(app: typer.Typer, say: Messages) -> None:
    """`nianbao run`."""

    @app.command(
        "run",
        cls=command_class(say.lang),
        help=say("help.run"),
        short_help=say("help.run.short"),
        epilog=say("help.exit_codes"),
    )
    def run(
        inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help=say("help.inputs"))],
        out: Annotated[str, typer.Option("--out", "-o", metavar="OUT", help=say("help.out"))],
        *,
        workbook: Annotated[bool, typer.Option("--workbook/--no-workbook", help=say("help.workbook"))] = True,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help=say("help.quiet"))] = False,
        log_json: Annotated[bool, typer.Option("--log-json", help=say("help.log_json"))] = False,
        reread: Annotated[Reread, typer.Option(help=say("help.reread"))] = Reread.DOUBTFUL,
        password_file: Annotated[
            Path | None, typer.Option(metavar="FILE", help=say("help.password_file"))
        ] = None,
        workers: Annotated[int, typer.Option(metavar="N", min=0, help=say("help.workers"))] = 0,
        time_limit: Annotated[
            float, typer.Option(metavar="SECONDS", min=0.1, help=say("help.time_limit"))
        ] = LIMITS.seconds,
        memory_limit: Annotated[
            int, typer.Option(metavar="MB", min=100, help=say("help.memory_limit"))
        ] = LIMITS.megabytes,
        fresh: Annotated[bool, typer.Option("--fresh", help=say("help.fresh"))] = False,
        parquet_by_year: Annotated[
            bool, typer.Option("--parquet-by-year", help=say("help.parquet_by_year"))
        ] = False,
        engine: Annotated[EngineName, typer.Option(help=say("help.engine"))] = EngineName.LOCAL,
        scheduler: Annotated[str, typer.Option(metavar="ADDRESS", help=say("help.scheduler"))] = "",
        lang: Annotated[Lang, typer.Option(help=say("help.lang"))] = say.lang,
    ) -> None:
        if (engine is EngineName.DASK) != bool(scheduler):
            typer.echo(say("engine.both"), err=True)
            raise typer.Exit(Exit.USAGE)
        with guard(say, log_json=log_json):
            with hold_interrupts():  # which some library takes for a failed import of its own
                from nianbao.options import Options

            options = Options(
                inputs=tuple(map(as_place, inputs)),
                out=choose_out(out, say),
                workbook=workbook,
                quiet=quiet,
                choices=choose(reread, password_file, say),
                limits=Limits(time_limit, memory_limit),
                workers=workers,
                fresh=fresh,
                by_year=parquet_by_year,
                log_json=log_json,
                engine=engine,
                scheduler=scheduler,
            )
            raise typer.Exit(start_run(options, say))


def start_run(options: "Options", say: Messages) -> Exit:
    """Start a process and load the program meanwhile: both together take no longer than one of them."""
    with hold_interrupts():
        from nianbao.processes.pool import Pool

    with Pool(options.processes, options.limits) as pool:
        pool.warm_up()
        with hold_interrupts():
            from nianbao.run.run import run

        return run(options, say, pool)


def add_show(app: typer.Typer, say: Messages) -> None:
    """`nianbao show`."""

    @app.command(
        "show", cls=command_class(say.lang), help=say("help.show"), short_help=say("help.show.short")
    )
    def show(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help.file"))],
        *,
        page: Annotated[int | None, typer.Option(metavar="N", help=say("help.page"))] = None,
        png: Annotated[Path | None, typer.Option(metavar="OUT.png", help=say("help.png"))] = None,
        reread: Annotated[Reread, typer.Option(help=say("help.reread"))] = Reread.DOUBTFUL,
        password_file: Annotated[
            Path | None, typer.Option(metavar="FILE", help=say("help.password_file"))
        ] = None,
        lang: Annotated[Lang, typer.Option(help=say("help.lang"))] = say.lang,
    ) -> None:
        if not _is_there(file):
            typer.echo(say("input.no_file", path=file), err=True)
            raise typer.Exit(Exit.USAGE)
        if (page is None) != (png is None):
            typer.echo(say("picture.both"), err=True)
            raise typer.Exit(Exit.USAGE)
        with guard(say, interrupted="show.interrupted"):
            with hold_interrupts():
                from nianbao.command.show import show as show_outcome
                from nianbao.run.choose_report import choose_report

            choices = choose(reread, password_file, say)
            outcome, others = choose_report(file, choices)
            if outcome is None:
                typer.echo(say("show.several", names="\n".join(f"  {one.source.path}" for one in others)))
                raise typer.Exit(Exit.USAGE)
            if page is not None and png is not None and not outcome.traceback:
                from nianbao.command.picture import save_picture

                raise typer.Exit(save_picture(file, outcome, page, png, say, choices.passwords))
            show_outcome(outcome, say)
            check_printed(say)
        if outcome.traceback:
            typer.echo(outcome.traceback, err=True)
            raise typer.Exit(Exit.BUG)
        raise typer.Exit(Exit.DONE if outcome.status in {"ok", "flagged"} else Exit.SOME_FAILED)


def _is_there(path: Path) -> bool:
    from nianbao.run.choose_report import outer_file

    return reach(outer_file(path)).is_file()


def add_fields(app: typer.Typer, say: Messages) -> None:
    """`nianbao fields`."""

    @app.command(
        "fields", cls=command_class(say.lang), help=say("help.fields"), short_help=say("help.fields.short")
    )
    def fields(
        *,
        table: Annotated[TableName | None, typer.Option(help=say("help.table"))] = None,
        form: Annotated[FieldFormat, typer.Option("--format", help=say("help.format"))] = FieldFormat.TABLE,
        lang: Annotated[Lang, typer.Option(help=say("help.lang"))] = say.lang,
    ) -> None:
        from nianbao.command.fields import format_csv, load_fields, print_fields

        rows = load_fields(table or "")
        if form is FieldFormat.CSV:
            typer.echo(format_csv(rows), nl=False)
        else:
            print_fields(rows, say)
        check_printed(say)


def check_printed(say: Messages) -> None:
    """End with a sentence where standard output did not take what was printed."""
    if loss := console.find_loss():
        console.tell(say("output.not_printed", detail=loss))
        raise typer.Exit(Exit.OUTPUT)


def choose_out(out: str, say: Messages) -> Path:
    """The folder for the results, which is one of this machine."""
    if isinstance(place := as_place(out), Path):
        return place
    typer.echo(say("output.address", out=place), err=True)
    raise typer.Exit(Exit.USAGE)


def choose(reread: Reread, password_file: Path | None, say: Messages) -> Choices:
    """The choices, once the file of passwords is read."""
    try:
        return Choices(reread, read_passwords(password_file) if password_file else ())
    except (OSError, UnicodeDecodeError):
        typer.echo(say("input.no_passwords", path=password_file), err=True)
        raise typer.Exit(Exit.USAGE) from None


@contextmanager
def guard(say: Messages, *, interrupted: str = "run.interrupted", log_json: bool = False) -> Iterator[None]:
    """Turn an interrupt, and what no one foresaw, into a sentence and an exit code.

    A dictionary with faults ends here too: it is read at the import, before any file is opened.
    """
    came: list[int] = []
    try:
        with raise_interrupts() as came:
            yield
    except typer.Exit:
        raise
    except KeyboardInterrupt:
        break_off(say(interrupted), Exit.INTERRUPTED, log_json=log_json)
    except Exception:
        if came:  # a library made a fault of its own of it
            break_off(say(interrupted), Exit.INTERRUPTED, log_json=log_json)
        break_off(f"{say('run.bug')}\n{traceback.format_exc()}", Exit.BUG, log_json=log_json)


def break_off(text: str, code: Exit, *, log_json: bool) -> NoReturn:
    """Say on standard error why the program ends, in the way that was asked for."""
    if log_json:
        console.tell(json.dumps({"event": "refused", "text": text}))
        console.tell(json.dumps({"event": "end", "exit_code": code}))
    else:
        console.tell(text)
    raise typer.Exit(code) from None
