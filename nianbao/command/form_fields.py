"""The codebook in the terminal.

Enters: the form. Leaves: its fields, and who applies, as a table for people, or as CSV for programs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import groupby

from nianbao.messages import Messages
from normalize.form.loader import FORM
from normalize.form.template import Field
from output.official_form import tables_with_applicants

COLUMNS = ("table", "field", "label_zh", "group_zh", "unit", "form")


def list_fields(table: str = "") -> tuple[Field, ...]:
    """The form's fields in the official order, of one table or of all."""
    return FORM.fields_of(table) if table else FORM.fields


def format_csv(fields: Sequence[Field]) -> str:
    """The fields as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (one.table, one.field, one.label_zh, one.group_zh, one.unit, one.edition) for one in fields
    )
    return stream.getvalue()


def print_fields(fields: Sequence[Field], say: Messages) -> None:
    """The fields, and the applicants where the table has them, as tables for people."""
    from rich.console import Console  # half of the time that --help would take
    from rich.table import Table

    console = Console()
    for table, group in groupby(fields, key=lambda field: field.table):
        head = (say("fields.field"), say("fields.unit"), say("fields.form"))
        grid = Table(*head, title=say.pick(FORM.table(table).heading), show_lines=True)
        kept = list(group)
        grid.columns[0].min_width = max(len(one.field) for one in kept)  # a name that is cut is no name
        grid.columns[0].overflow = "fold"
        for one in kept:
            grid.add_row(name_field(one), in_words(one.unit, say), in_words(one.edition, say))
        console.print(grid)
        if FORM.table(table) in tables_with_applicants():
            applicants = Table(
                say("fields.applicant"), say("fields.label_zh"), title=say("fields.applicants")
            )
            for applicant in FORM.applicants:
                applicants.add_row(applicant.applicant, applicant.label_zh)
            console.print(applicants)


def name_field(field: Field) -> str:
    """The name, on a line of its own so that it can be copied, and the form's words below it."""
    return f"{field.field}\n{field.group_zh} {field.label_zh}".replace("\n ", "\n")


def in_words(cell: str, say: Messages) -> str:
    """A unit or an edition, its choices in words."""
    return cell.replace("|", say("fields.or")).replace(" as printed", say("fields.as_printed"))
