"""One report in the terminal.

Enters: the outcome of one file. Leaves: who reports about when, the tables as printed with failed relations
and doubts marked in place, and the sentences that explain the marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.command.line_breaks import wrap
from nianbao.messages import Lang, Messages, without_controls
from nianbao.results.tally import failed_checks, list_doubts
from nianbao.run.summary import describe_check, describe_failure, describe_issue, name_problem
from normalize.form.in_sentences import spell
from normalize.form.loader import FORM
from normalize.report import Identity, Observation, Report, Status
from output.outcome import Outcome
from output.wording import EDITIONS, FLAG

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

FAILED_MARK, DOUBT_MARK = " ✗", " ?"
"""Printed beside the number: colours are lost in a pipe and to some eyes."""
HANGING = 2
"""Places by which the second line of a sentence stands further in."""
NARROW_FROM, WIDE_TERMINAL = 5, 120
"""More columns than this stand close, with folded heads, on a terminal narrower than that: table 三 has
seven, the blocks of table 四 have five."""
NARROW_HEAD = 8
"""Places of a Chinese head before it is folded; English ones are folded between words only."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a table as it is shown.

    Attributes:
        label: its stub.
        heads: the column heads that its cells stand under.
        cells: the observations.
    """

    label: str
    heads: tuple[str, ...]
    cells: tuple[Observation, ...]


class Heads:
    """Rows and columns in words: the form's own in Chinese, their canonical names spelt out in English."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.fields: dict[tuple[str, str], list[str]] = {}
        for field in FORM.fields:  # one of several editions is named as in the newest, which comes first
            self.fields.setdefault((field.table, field.field), field.label_zh.split(" / "))
        self.applicants = {one.applicant: one.label_zh.split(" / ")[-1] for one in FORM.applicants}

    def name_row(self, seen: Observation) -> str:
        """The stub of an observation's row, in Chinese as printed where it is printed."""
        if self.lang is Lang.EN:
            return spell(row_key(seen))
        parts = self.fields.get((seen.table, seen.field), [seen.field])
        if has_own_row(seen) or len(parts) == 1:
            return seen.label or parts[0]
        return " / ".join(parts[:-1])

    def name_column(self, seen: Observation) -> str:
        """The head of an observation's column."""
        if has_own_row(seen) and not seen.applicant:
            return ""
        if self.lang is Lang.EN:
            return spell(seen.applicant or seen.field.rpartition(".")[2])
        if seen.applicant:
            return self.applicants.get(seen.applicant, seen.applicant)
        return self.fields.get((seen.table, seen.field), [seen.field])[-1]


def show(outcome: Outcome, say: Messages) -> None:
    """Print what one file says, or why it cannot be read."""
    from rich.console import Console  # half of the time that --help would take

    console = Console(highlight=False)
    report = outcome.report
    if report is None or outcome.status == "not_a_report":
        write(console, describe_failure(outcome, say), "red")
        return
    print_identity(report, outcome.status, say, console)
    heads = Heads(say.lang)
    for table in filter(lambda name: is_due(report, name), FORM.table_names):
        print_table(report, table, heads, say, console)
    print_rest(report, say, console)


def is_due(report: Report, table: str) -> bool:
    """Whether the report's edition prints a table, or the report has something to say of it."""
    with_tables = {edition for template in FORM.templates.values() for edition in template.editions}
    own = {edition for template in FORM.templates_of(table) for edition in template.editions}
    said = {one.table for one in report.observations} | {one.table for one in report.issues}
    return report.edition not in with_tables - own or table in said


def write(console: Console, line: str, style: str = "") -> None:
    """Print a line of which parts may come from a file: square brackets are no markup there."""
    text = without_controls(line)
    body = text.lstrip()
    indent = len(text) - len(body)
    for number, part in enumerate(wrap(body, console.width - indent - HANGING)):
        blanks = " " * (indent + (HANGING if number else 0))
        console.print(blanks + part, style=style, markup=False, soft_wrap=True)


def print_identity(report: Report, status: str, say: Messages, console: Console) -> None:
    """Who reports, about which year, and how it was read."""
    identity = report.identity
    write(console, identity.title or report.source.path, "bold")
    for key, value in describe_identity(identity):
        line = say("show.line", name=say(f"show.{key}"), value=value or say("show.unknown"))
        write(console, f"  {line}")
    edition = say.pick(EDITIONS.get(report.edition, (say("show.unknown"),) * 2))
    printed = say("show.form", form=edition, format=name_format(report.format, say))
    write(console, f"  {printed} · {say(f'show.{status}')}")


def name_format(code: str, say: Messages) -> str:
    """A format as people call it."""
    name = say.name("format", code)
    return code.upper() if name == code else name


def describe_identity(identity: Identity) -> Iterator[tuple[str, str]]:
    """The parts of an identity with the key of their name."""
    yield "agency", identity.agency
    yield "year", str(identity.year or "")
    yield "document_number", identity.document_number
    yield "issued_on", identity.issued_on.isoformat() if identity.issued_on else ""
    if identity.period_start and identity.period_end:
        yield "period", f"{identity.period_start.isoformat()} – {identity.period_end.isoformat()}"


def print_table(report: Report, table: str, heads: Heads, say: Messages, console: Console) -> None:
    """One table of the form, then the sentences about the marks in it."""
    rows = arrange_rows([seen for seen in report.observations if seen.table == table], heads)
    console.print()
    write(console, say.pick(FORM.table(table).heading), "bold")
    if all(cell.status is Status.ABSENT for row in rows for cell in row.cells):
        write(console, f"  {say('show.table_absent')}", "yellow")
        rows = []
    for columns, block in groupby(rows, key=lambda row: row.heads):
        console.print(draw_block(columns, tuple(block), say, narrow=console.width < WIDE_TERMINAL))
    for check in failed_checks(report):
        if check.check.partition(".")[0] == table:
            write(console, f"  ✗ {describe_check(check, say)}", "red")
    for issue in report.issues:
        if issue.table == table:
            write(console, f"  ? {describe_issue(issue, say)}", "yellow")


def draw_block(columns: Sequence[str], rows: Sequence[ShownRow], say: Messages, *, narrow: bool) -> Table:
    """Rows under the same heads, as a grid."""
    from rich.table import Table  # half of the time that --help would take
    from rich.text import Text

    close = narrow and len(columns) > NARROW_FROM
    grid = Table("", *columns, padding=(0, 0 if close else 1))
    grid.columns[0].overflow = "fold"
    for index, column in enumerate(grid.columns[1:]):
        column.justify = "right"
        column.min_width = max(mark_cell(row.cells[index], say).cell_len for row in rows)
        if close:
            column.max_width, column.overflow = max(column.min_width, fold_width(columns[index])), "fold"
    for row in rows:
        cells: list[RenderableType] = [mark_cell(cell, say) for cell in row.cells]
        grid.add_row(
            Text(without_controls(row.label)), *cells
        )  # Text: square brackets in a label are no markup
    return grid


def fold_width(head: str) -> int:
    """How wide a column is when its head is folded."""
    from rich.cells import cell_len  # half of the time that --help would take

    return max(
        cell_len(word) if word.isascii() else min(cell_len(word), NARROW_HEAD) for word in head.split()
    )


def arrange_rows(observations: Sequence[Observation], heads: Heads) -> list[ShownRow]:
    """The observations of one table as rows in the order printed; absent ones follow their neighbour."""
    placed: list[tuple[int, Observation]] = []
    for seen in observations:
        placed.append((placed[-1][0] if seen.row is None and placed else seen.row or 0, seen))
    rows = []
    for _, group in groupby((seen for _, seen in sorted(placed, key=lambda pair: pair[0])), key=row_key):
        cells = tuple(group)
        rows.append(
            ShownRow(heads.name_row(cells[0]), tuple(heads.name_column(cell) for cell in cells), cells)
        )
    return rows


def has_own_row(seen: Observation) -> bool:
    """Whether a field is a row, and not one of the numbers beside each other in the row of its block."""
    return FORM.template_of(seen.table, seen.field).rows_are == "fields" or "." not in seen.field


def row_key(seen: Observation) -> str:
    """What the observations of one row have in common."""
    return seen.field if has_own_row(seen) else seen.field.rpartition(".")[0]


def mark_cell(seen: Observation, say: Messages) -> Text:
    """A cell's text as printed, with its marks."""
    from rich.text import Text  # half of the time that --help would take

    if seen.status is Status.ABSENT:
        return Text(say("show.absent"), style="dim")
    text = Text(without_controls(" ".join(seen.raw.split())))
    doubted = any(flag.startswith(FLAG) for flag in seen.flags)
    if any(not flag.startswith(FLAG) for flag in seen.flags):
        text.append(FAILED_MARK)
        text.stylize("bold red")
    elif doubted:
        text.stylize("yellow")
    if doubted:
        text.append(DOUBT_MARK)
    return text


def print_rest(report: Report, say: Messages, console: Console) -> None:
    """What belongs to no single table, and how much prose there is."""
    console.print()
    shown = {
        check.check for check in failed_checks(report) if check.check.partition(".")[0] in FORM.table_names
    }
    for check in failed_checks(report):
        if check.check not in shown:
            write(console, f"✗ {describe_check(check, say)}", "red")
    for issue in report.issues:
        if issue.table not in FORM.table_names:
            write(console, f"? {describe_issue(issue, say)}", "yellow")
    for doubt in sorted(set(list_doubts(report))):
        write(console, f"? {name_problem(('doubt', doubt), say)}", "yellow")
    write(console, say("show.prose", sections=len(report.sections), mentions=len(report.mentions)))
