"""Outcomes -> the sheets of the workbook, as plain cells with a tone and a note.

Enters: outcomes, one by one. Leaves: `Sheet`s and what each outcome adds to them; `workbook.py` turns both
into a file.
"""

from __future__ import annotations

from output.explanations import explanations_sheet
from output.form_sheets import form_cells, form_sheet, requests_sheet
from output.outcome import READ, Outcome
from output.overview import overview_sheet, unused_sheet
from output.problems import find_problems, problems_sheet
from output.rows import report_row
from output.schema import REPORTS
from output.sheet import Entry, Sheet, record


def build_sheets() -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in order.

    Returns:
        The sheets.
    """
    return (
        overview_sheet(),
        requests_sheet(),
        form_sheet("主动公开", "disclosure"),
        form_sheet("复议诉讼", "remedies"),
        problems_sheet(),
        unused_sheet(),
        explanations_sheet(),
    )


def build_entry(outcome: Outcome) -> Entry:
    """One file of the run, as the sheets need it.

    Args:
        outcome: what became of it.

    Returns:
        Its row of `reports`, its cells of the form, and what a person should look at.
    """
    read = outcome.report if outcome.status in READ else None
    listed = read is not None and not outcome.duplicate_of
    return Entry(
        file=record(REPORTS, report_row(outcome)),
        cells=form_cells(read) if read and listed else {},
        read=read is not None,
        listed=listed,
        problems=find_problems(outcome),
    )
