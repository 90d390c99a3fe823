"""The command line.

Enters: arguments. Leaves: an exit code. The program's own sentences are checked first. The help is built in
the language of whoever asks, so the app is made by a function; what a command needs is imported when it runs,
so that `--help` is quick.
"""

# No `from __future__ import annotations` here: typer has to evaluate annotations that name local sentences.

import os
import sys
from typing import Annotated

import typer

from nianbao.command.dictionary_faults import FAULTY, list_faults
from nianbao.command.fields_command import add_fields
from nianbao.command.guard import tell_end
from nianbao.command.run_command import add_run
from nianbao.command.show_command import add_show
from nianbao.command.usage import group_class
from nianbao.command.usage_words import load_words
from nianbao.exit_codes import Exit
from nianbao.machine import console
from nianbao.messages import Lang, choose_language, load_messages
from nianbao.version import VERSION
from normalize.words.csv_lines import DictionaryError


def main() -> None:
    """Run the program with the arguments of the process."""
    console.open_streams()
    console.prepare()
    app = build_checked(choose_language(sys.argv[1:], os.environ, chinese=console.shows_chinese()))
    app()


def build_checked(lang: Lang) -> typer.Typer:
    """The program, once its own sentences are known to be sound.

    Raises:
        SystemExit: they are not; every fault was told, in English where there are no sentences to tell it in.
    """
    head = FAULTY
    try:
        head = load_messages(lang)("dictionary.faulty")
        load_words()
        return build_app(lang)
    except DictionaryError as error:
        text = "\n".join((head, *list_faults(error)))
        tell_end(text, Exit.USAGE, log_json="--log-json" in sys.argv)
        raise SystemExit(Exit.USAGE) from None


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
