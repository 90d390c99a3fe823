"""`nianbao run`: its options.

Enters: the program, and the sentences of its help. Leaves: the command, which makes `Options` of what was
asked for and starts a run.
"""

# No `from __future__ import annotations` here: typer has to evaluate annotations that name local sentences.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nianbao.choices import EngineName, Reread
from nianbao.command.guard import choose, choose_labels, guard
from nianbao.command.usage import command_class
from nianbao.exit_codes import Exit
from nianbao.limits import LIMITS, Limits
from nianbao.machine.address import as_place
from nianbao.machine.interrupts import hold_interrupts
from nianbao.messages import Lang, Messages

if TYPE_CHECKING:
    from nianbao.options import Options


def add_run(app: typer.Typer, say: Messages) -> None:
    """Give the program this command; it is one function, as typer reads its options from its arguments."""

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
        labels: Annotated[Path | None, typer.Option(metavar="FILE", help=say("help.labels"))] = None,
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
        check_engine(engine, scheduler, say)
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
                labels=choose_labels(labels),
            )
            raise typer.Exit(start_run(options, say))


def check_engine(engine: EngineName, scheduler: str, say: Messages) -> None:
    """Refuse a cluster without an address, and an address without a cluster."""
    if (engine is EngineName.DASK) != bool(scheduler):
        typer.echo(say("engine.both"), err=True)
        raise typer.Exit(Exit.USAGE)


def choose_out(out: str, say: Messages) -> Path:
    """The folder for the results, which is one of this machine."""
    if isinstance(place := as_place(out), Path):
        return place
    typer.echo(say("output.address", out=place), err=True)
    raise typer.Exit(Exit.USAGE)


def start_run(options: "Options", say: Messages) -> Exit:
    """Start a process and load the program meanwhile: both together take no longer than one of them."""
    with hold_interrupts():
        from nianbao.processes.pool import Pool

    with Pool(options.processes, options.limits, begin=options.labels.put_in_place) as pool:
        pool.warm_up()
        with hold_interrupts():
            from nianbao.run.run import run

        return run(options, say, pool)
