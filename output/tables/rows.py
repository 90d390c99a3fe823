"""Outcomes -> the rows of every table, as plain values.

Enters: outcomes. Leaves: one tuple per row with the columns of `schema`, in their final order (source, then
the order of the official form). Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from normalize.identity.file_names import identify_by_name
from normalize.report import Identity, Observation, Report, Status, Verdict, hold_exactly
from output.official_form import applicant_ranks, field_ranks
from output.outcome import READ, Outcome
from output.schema import FORM_TABLES, TABLES, RowValues
from output.tables.wide import wide_row
from output.values import settle

_LAST = 10**9
"""Behind every rank, row and column: no file holds as many rows."""


def in_order(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes in the order in which every table lists them.

    Args:
        outcomes: one per file found.

    Returns:
        The same, sorted by path.
    """
    return sorted(outcomes, key=lambda outcome: outcome.source.path)


def table_rows(outcomes: Iterable[Outcome]) -> dict[str, list[RowValues]]:
    """The rows of every table.

    Args:
        outcomes: in their final order.

    Returns:
        Table name to rows, in the order in which tables are written.
    """
    rows: dict[str, list[RowValues]] = {table.name: [] for table in TABLES}
    for outcome in outcomes:
        report = outcome.report
        rows["reports"].append(report_row(outcome))
        if report is None:
            continue
        rows["issues"] += issue_rows(report)
        if outcome.status not in READ:
            continue
        seen = list(observation_rows(report))
        rows["observations"] += seen
        rows["checks"] += check_rows(report)
        rows["narrative"] += narrative_rows(report)
        rows["mentions"] += mention_rows(report)
        if not outcome.duplicate_of:
            rows["wide"].append(wide_row(outcome, report, seen))
    return rows


def _identify(report: Report) -> RowValues:
    source, identity = report.source, report.identity
    return (source.report_id, source.path, identity.agency, identity.year)


def observation_rows(report: Report) -> Iterator[RowValues]:
    """Rows of `observations` of one report, in the order of the form it follows.

    Args:
        report: a report that was read.

    Yields:
        One row per observation.
    """
    head = _identify(report)
    for seen in in_form_order(report):
        value, status, flags = settle(seen)
        box = seen.bbox
        yield (
            *head,
            *(
                seen.table,
                seen.field,
                seen.applicant,
                value,
                seen.unit,
                status,
                seen.raw,
                seen.label,
                seen.page,
            ),
            *((box.x0, box.top, box.x1, box.bottom) if box else _NO_BOX),
            *(seen.row, seen.column, report.reader, seen.confidence, flags),
        )


_NO_BOX = (None,) * 4


def in_form_order(report: Report) -> list[Observation]:
    """The observations of one report in the order of the form it follows.

    Args:
        report: a report that was read.

    Returns:
        The observations; those of one place of the form stand as they do in the document.
    """
    places, applicants = _places(report.edition), _applicant_ranks()

    def place(seen: Observation) -> tuple[tuple[int, int], str, int, str, int, int]:
        table, field, applicant, row, column = seen.table, seen.field, seen.applicant, seen.row, seen.column
        return (
            places.get((table, field)) or (_table_rank(table), _LAST),
            field,
            applicants.get(applicant, _LAST),
            applicant,
            _LAST if row is None else row,
            _LAST if column is None else column,
        )

    return sorted(report.observations, key=place)


@cache
def _places(edition: str) -> dict[tuple[str, str], tuple[int, int]]:
    return {key: (_table_rank(key[0]), rank) for key, rank in field_ranks(edition).items()}


@cache
def _applicant_ranks() -> dict[str, int]:
    return applicant_ranks()


def _table_rank(table: str) -> int:
    return FORM_TABLES.index(table) if table in FORM_TABLES else _LAST


def report_row(outcome: Outcome) -> RowValues:
    """The row of `reports` of one file.

    Args:
        outcome: what became of the file.

    Returns:
        The row; counts are empty where nothing was read.
    """
    source, report = outcome.source, outcome.report
    identity = _identity_of(outcome)
    values, absent, failed, issues = _counts(report) if report else (None,) * 4
    pages = report.pages if report else outcome.pages
    return (
        *(source.report_id, source.path, outcome.format, source.size, pages),
        *(identity.title, identity.agency, identity.year, identity.document_number, identity.issued_on),
        *(identity.period_start, identity.period_end, report.edition if report else ""),
        *(values, absent, failed, outcome.status, outcome.duplicate_of),
        outcome.error or (report.reason if report else ""),
        *(report.reader if report else "", identity.agency_source, identity.year_source),
        *(identity.document_number_source, identity.issued_on_source, identity.period_source),
        *(issues, ";".join(identity.doubts), ";".join(report.remarks) if report else "", outcome.error_code),
        *(outcome.version_reason, outcome.versions),
    )


def _identity_of(outcome: Outcome) -> Identity:
    """Who and when; of a file that could not be read only its name can tell."""
    if outcome.report:
        return outcome.report.identity
    return identify_by_name(outcome.source.path) if outcome.status == "failed" else Identity()


def _counts(report: Report) -> tuple[int, int, int, int]:
    seen = report.observations
    return (
        sum(hold_exactly(one.value) is not None for one in seen),
        sum(one.status is Status.ABSENT for one in seen),
        sum(check.verdict is Verdict.FAIL for check in report.checks),
        len(report.issues),
    )


def check_rows(report: Report) -> Iterator[RowValues]:
    """Rows of `checks` of one report, as the relations were tested.

    Args:
        report: a report that was read.

    Yields:
        One row per relation; an operand no table can hold is empty, the message has it in words.
    """
    head = _identify(report)
    for check in report.checks:
        operands = (hold_exactly(number) for number in (check.left, check.right, check.difference))
        yield (
            *head,
            *(check.check, check.scope, *operands, check.verdict.value, check.origin.value, check.message),
        )


def narrative_rows(report: Report) -> Iterator[RowValues]:
    """Rows of `narrative` of one report, by section.

    Args:
        report: a report that was read.

    Yields:
        One row per section.
    """
    for section in sorted(report.sections, key=lambda section: section.number):
        yield (*_identify(report)[:2], section.number, section.heading, section.text)


def mention_rows(report: Report) -> Iterator[RowValues]:
    """Rows of `mentions` of one report, by section, in the order of the text.

    Args:
        report: a report that was read.

    Yields:
        One row per figure in the prose.
    """
    for one in sorted(report.mentions, key=lambda one: one.section):
        figure = (one.phrase, hold_exactly(one.value), one.unit, one.sentence, one.approximate)
        yield (*_identify(report)[:2], one.section, *figure)


def issue_rows(report: Report) -> Iterator[RowValues]:
    """Rows of `issues` of one report, as they arose.

    Args:
        report: a report, or a document that is none.

    Yields:
        One row per issue.
    """
    for issue in report.issues:
        yield (*_identify(report)[:2], issue.code, issue.table, issue.row, issue.raw, issue.message)
