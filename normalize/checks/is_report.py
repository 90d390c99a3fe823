"""Whether a document is a report at all: the form itself must speak for it, or a title over a body.

Enters: a document and what was found in it. Leaves: why it is no report, in one sentence; "" for a report.
Guides, application forms, slips and yearbooks use the form's words, but not its rows and columns together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final

from extract.document import Document, Paragraph
from normalize.checks.no_body import reason_of_page, reason_of_text
from normalize.form.loader import FORM
from normalize.form.placed import Placed
from normalize.identity.near_titles import put_right
from normalize.report import Identity, Report
from normalize.rows.which_table import FormRows
from normalize.sentences import say
from normalize.words.fold import fold
from normalize.words.page_words import WORDS
from normalize.words.quantity import counts, is_quantity, read_quantity
from normalize.words.search import Pattern
from normalize.words.word_list import find_example_faults, read_rows, sort_words

TWICE: Final = 15
"""Rows of table 三 printed again, and cells that differ there, from which the second is another report's.

At 30 the case pdf_outside_cropbox is read as one report (test_two_reports).
"""
ENOUGH: Final = 5
"""Fields of the form from which a document without a title is a report all the same.

At 12 a form beside a picture is called blank (test_is_report).
"""
_PICTURES = frozenset(("pages.without_text", "pictures.unread"))
"""Remarks that say that more is shown than was read."""
_TO_BE_FILLED = Pattern(r"[X×x_]{2}|\L<to_be_filled>", WORDS)
"""What a template has in place of a name."""
_LONG_TABLES = frozenset(t.table for t in FORM.templates.values() if t.rows_are == "fields")
_TITLES = read_rows(
    "report_titles.csv",
    ("words", "example", "note"),
    find_faults=partial(find_example_faults, same=fold),
    same=partial(sort_words, same=fold),
)
_TITLE_WORDS = tuple(row["words"].split() for row in _TITLES)
"""Words that together are the title of a report."""


def reason_against(
    document: Document,
    paragraphs: Sequence[Paragraph],
    identity: Identity,
    found: FormRows,
    placed: Sequence[Placed],
) -> str:
    """Why the document is no report, "" where it may be one.

    Args:
        document: as read.
        paragraphs: of no table.
        identity: who reports, and when.
        found: the rows of its tables.
        placed: cells of the form.
    """
    if _is_double(placed):
        return say("why_not.two_reports")
    if _count_fields(placed) >= ENOUGH or found.statistics:
        return ""
    reason = reason_of_page(document, paragraphs)
    if reason or not _is_titled(identity):
        return reason or _reason(document)
    if placed or _counts(found) or not _PICTURES.isdisjoint(document.remarks):
        return ""
    lines = (*paragraphs, *(Paragraph(row.text) for row in found.other))
    return reason_of_text(lines, identity.year)


def reason_against_empty(report: Report, found: FormRows) -> str:
    """Why what was read is no report but its form: no body, no year, no number; "" for a report.

    What a file is called does not fill a form in.
    """
    identity = report.identity
    named = (identity.agency and not _TO_BE_FILLED.search(identity.agency)) or (
        identity.year and identity.year_source not in {"file_name", "property"}
    )
    counted = any(is_quantity(cell.text) for row in found.statistics for cell in row.cells)
    hidden = not _PICTURES.isdisjoint(report.remarks)
    if named or counted or hidden or report.has_numbers or report.mentions:
        return ""
    return say("why_not.template")


def _count_fields(placed: Sequence[Placed]) -> int:
    """Fields of the form that the document has cells for; those of several columns with most of them.

    Other tables name the outcomes, not the applicants: were one cell enough, a guide with time limits would
    be a report (test_is_report).
    """
    cells = Counter((p.table, p.field) for p in placed if p.cell is not None)
    return sum(2 * n > len(FORM.template_of(*field).applicants) for field, n in cells.items())


def _is_double(placed: Sequence[Placed]) -> bool:
    """A long table stands twice in the file with other numbers: two reports, which cannot share one row."""
    first: dict[tuple[str, str, str], str] = {}
    again, differ = set(), 0
    for item in (p for p in placed if p.table in _LONG_TABLES):
        if item.key in first:
            again.add(item.field)
            differ += read_quantity(first[item.key]) != read_quantity(item.text)
        first.setdefault(item.key, item.text)
    return len(again) >= TWICE and differ >= TWICE


def _counts(found: FormRows) -> bool:
    """The tables of the form print numbers, wherever they belong: they must not vanish with the report."""
    rows = (row for own in found.templates.values() for row in own)
    return any(is_quantity(cell.text) and counts(cell.text) for row in rows for cell in row.cells)


def _is_titled(identity: Identity) -> bool:
    title = put_right(fold(identity.title))
    return any(all(word in title for word in words) for words in _TITLE_WORDS)


def _reason(document: Document) -> str:
    if not any(getattr(b, "text", "") or getattr(b, "cells", ()) for b in document.blocks):
        return say("why_not.no_text")
    return say("why_not.other")
