"""`nianbao show`: its options.

Enters: the program, and the sentences of its help. Leaves: the command, which prints one report or draws a
page of it.
"""

# No `from __future__ import annotations` here: typer has to evaluate annotations that name local sentences.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nianbao.choices import Choices, Reread
from nianbao.command.guard import check_printed, choose, choose_labels, guard
from nianbao.command.usage import command_class
from nianbao.exit_codes import Exit
from nianbao.machine.interrupts import hold_interrupts
from nianbao.machine.paths import reach
from nianbao.messages import Lang, Messages
from normalize.words.own_lines import OwnLines

if TYPE_CHECKING:
    from output.outcome import Outcome


def add_show(app: typer.Typer, say: Messages) -> None:
    """Give the program this command."""

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
        labels: Annotated[Path | None, typer.Option(metavar="FILE", help=say("help.labels"))] = None,
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
                from nianbao.command.show_report import show as show_outcome

            choices = choose(reread, password_file, say)
            outcome = pick_report(file, choices, choose_labels(labels), say)
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
    from nianbao.run.choose_member import outer_file

    return reach(outer_file(path)).is_file()


def pick_report(file: Path, choices: Choices, labels: OwnLines, say: Messages) -> "Outcome":
    """The report that is meant; where that is open, the names of all in the file, and the end."""
    with hold_interrupts():
        from nianbao.run.choose_member import choose_report

    outcome, others = choose_report(file, choices, labels)
    if outcome is None:
        typer.echo(say("show.several", names="\n".join(f"  {one.source.path}" for one in others)))
        raise typer.Exit(Exit.USAGE)
    return outcome
