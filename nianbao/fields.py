"""The codebook in the terminal.

Enters: the form's own tables of fields and applicants. Leaves: a table for people, or CSV for programs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from importlib import resources

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


def in_words(cell: str, say: Messages) -> str:
    """A cell of the form's table of fields, its choices in words."""
    return cell.replace("|", say("fields.or")).replace(" as printed", say("fields.as_printed"))


def print_fields(rows: Sequence[dict[str, str]], say: Messages) -> None:
    """The fields, and the applicants where the table has them, as tables for people."""
    from rich.console import Console  # half of the time that --help would take
    from rich.table import Table

    console = Console()
    grid = Table(*(say(f"fields.{column}") for column in COLUMNS), title=say("fields.title"))
    grid.columns[COLUMNS.index("field")].no_wrap = True  # a name that is cut cannot be copied
    grid.columns[COLUMNS.index("field")].min_width = max(len(row["field"]) for row in rows)
    for row in rows:
        grid.add_row(*(in_words(row[column], say) for column in COLUMNS))
    console.print(grid)
    if any(row["table"] == "requests" for row in rows):
        applicants = Table(say("fields.applicant"), say("fields.label_zh"), title=say("fields.applicants"))
        for row in load_rows("applicants.csv"):
            applicants.add_row(row["applicant"], row["label_zh"])
        console.print(applicants)
