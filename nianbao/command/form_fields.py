"""The codebook in the terminal.

Enters: the form's own tables of fields and applicants. Leaves: a table for people, or CSV for programs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from importlib import resources
from itertools import groupby

from nianbao.messages import Messages

COLUMNS = ("table", "field", "label_zh", "group_zh", "unit", "form")


def load_rows(name: str) -> list[dict[str, str]]:
    """The rows of one CSV of the form."""
    path = resources.files("normalize").joinpath("form", name)
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def load_fields(table: str = "") -> list[dict[str, str]]:
    """The form's fields in the official order, of one table or of all."""
    return [row for row in load_rows("fields.csv") if table in {"", row["table"]}]


def format_csv(rows: Sequence[dict[str, str]]) -> str:
    """The fields as CSV."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def print_fields(rows: Sequence[dict[str, str]], say: Messages) -> None:
    """The fields, and the applicants where the table has them, as tables for people."""
    from rich.console import Console  # half of the time that --help would take
    from rich.table import Table

    console = Console()
    for table, fields in groupby(rows, key=lambda row: row["table"]):
        head = (say("fields.field"), say("fields.unit"), say("fields.form"))
        grid = Table(*head, title=say(f"show.{table}"), show_lines=True)
        kept = list(fields)
        grid.columns[0].min_width = max(len(row["field"]) for row in kept)  # a name that is cut is no name
        grid.columns[0].overflow = "fold"
        for row in kept:
            grid.add_row(name_field(row), *(in_words(row[column], say) for column in ("unit", "form")))
        console.print(grid)
        if table == "requests":
            applicants = Table(
                say("fields.applicant"), say("fields.label_zh"), title=say("fields.applicants")
            )
            for row in load_rows("applicants.csv"):
                applicants.add_row(row["applicant"], row["label_zh"])
            console.print(applicants)


def name_field(row: dict[str, str]) -> str:
    """The name, on a line of its own so that it can be copied, and the form's words below it."""
    return f"{row['field']}\n{row['group_zh']} {row['label_zh']}".replace("\n ", "\n")


def in_words(cell: str, say: Messages) -> str:
    """A unit or an edition, its choices in words."""
    return cell.replace("|", say("fields.or")).replace(" as printed", say("fields.as_printed"))
