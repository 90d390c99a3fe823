"""The command line.

Enters: arguments. Leaves: an exit code. The help is built in the language of whoever asks, so the app is
made by a function; what a command needs is imported when it runs, so that `--help` is quick.
"""

# No `from __future__ import annotations` here: typer has to evaluate annotations that name local sentences.

import os
import sys
from typing import Annotated

import typer

from nianbao.command.fields_command import add_fields
from nianbao.command.run_command import add_run
from nianbao.command.show_command import add_show
from nianbao.command.usage import group_class
from nianbao.machine import console
from nianbao.messages import Lang, choose_language, load_messages
from nianbao.version import VERSION


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
