"""`nianbao fields`: its options.

Enters: the program, and the sentences of its help. Leaves: the command, which prints the form's fields.
"""

# No `from __future__ import annotations` here: typer has to evaluate annotations that name local sentences.

from enum import StrEnum
from typing import Annotated

import typer

from nianbao.command.guard import check_printed, guard
from nianbao.command.usage import command_class
from nianbao.messages import Lang, Messages


class TableName(StrEnum):
    """The tables that the command can be limited to."""

    DISCLOSURE = "disclosure"
    REQUESTS = "requests"
    REMEDIES = "remedies"


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
        table: Annotated[TableName | None, typer.Option(help=say("help.table"))] = None,
        output_format: Annotated[
            FieldFormat, typer.Option("--format", help=say("help.format"))
        ] = FieldFormat.TABLE,
        lang: Annotated[Lang, typer.Option(help=say("help.lang"))] = say.lang,
    ) -> None:
        with guard(say, interrupted="show.interrupted"):
            from nianbao.command.form_fields import format_csv, list_fields, print_fields

            fields_of_form = list_fields(table or "")
            if output_format is FieldFormat.CSV:
                typer.echo(format_csv(fields_of_form), nl=False)
            else:
                print_fields(fields_of_form, say)
            check_printed(say)
