"""`nianbao fields`: its options.

Enters: the program, and the sentences of its help. Leaves: the command, which prints the form's fields.
"""

# No `from __future__ import annotations` here: typer has to evaluate annotations that name local sentences.

from enum import StrEnum
from typing import Annotated

import typer

from nianbao.choices import list_tables
from nianbao.command.guard import check_printed, guard
from nianbao.command.usage import command_class
from nianbao.machine.interrupts import hold_interrupts
from nianbao.messages import Lang, Messages


class FieldFormat(StrEnum):
    """The formats in which it prints."""

    TABLE = "table"
    CSV = "csv"


def add_fields(app: typer.Typer, say: Messages) -> None:
    """Give the program this command."""

    @app.command(
        "fields", cls=command_class(say.lang), help=say("help.fields"), short_help=say("help.fields.short")
    )
    def fields(
        *,
        table: Annotated[
            str | None,
            typer.Option(
                metavar=f"<{'|'.join(list_tables())}>", callback=check_table, help=say("help.table")
            ),
        ] = None,
        output_format: Annotated[
            FieldFormat, typer.Option("--format", help=say("help.format"))
        ] = FieldFormat.TABLE,
        lang: Annotated[Lang, typer.Option(help=say("help.lang"))] = say.lang,
    ) -> None:
        with guard(say, interrupted="show.interrupted"):
            with hold_interrupts():
                from nianbao.command.form_fields import format_csv, list_fields, print_fields

            rows = list_fields(table or "")
            if output_format is FieldFormat.CSV:
                typer.echo(format_csv(rows), nl=False)
            else:
                print_fields(rows, say)
            check_printed(say)


def check_table(name: str | None) -> str | None:
    """The name of a table as it was given, if any was.

    Raises:
        BadParameter: the form has none of that name.
    """
    known = list_tables()
    if name is not None and known and name not in known:
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(map(repr, known))}.")
    return name
