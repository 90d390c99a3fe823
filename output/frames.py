"""Outcomes -> one pandas frame per table.

Enters: the outcomes of a run. Leaves: frames with the columns and types of `schema`, rows in their final
order (source, then the order of the official form). Nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd

from normalize.report import Identity, Observation, Report, Status, Verdict
from output.official_form import applicant_ranks, field_ranks, wide_columns
from output.outcome import READ, Outcome
from output.schema import (
    CHECKS,
    FORM_TABLES,
    ISSUES,
    MENTIONS,
    NARRATIVE,
    OBSERVATIONS,
    REPORTS,
    WIDE_HEAD,
    Kind,
    TableSchema,
)

Row = tuple[Any, ...]

OUT_OF_RANGE = "doubt.value_range"
"""Flag of a number that decimal128(38, 10) cannot hold: its row keeps `raw` and has no `value`."""

INTEGER_DIGITS = 28
DECIMALS = 10
_LAST = 10**9

# NUL ends a cell for most CSV readers, and a lone surrogate (an undecodable file name) has no UTF-8.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")

_DTYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "Int64",
    Kind.DECIMAL: "object",
    Kind.FLOAT: "Float64",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "object",
}


def build_frames(outcomes: Iterable[Outcome]) -> dict[str, pd.DataFrame]:
    """Every table of the contract.

    Args:
        outcomes: one per file found, in any order.

    Returns:
        Table name to frame, in the order in which they are written.
    """
    ordered = sorted(outcomes, key=lambda outcome: outcome.source.path)
    read = [(outcome, outcome.report) for outcome in ordered if outcome.report and outcome.status in READ]
    seen = [(outcome, outcome.report) for outcome in ordered if outcome.report]
    observations = frame(OBSERVATIONS, (row for _, report in read for row in observation_rows(report)))
    return {
        "observations": observations,
        "reports": frame(REPORTS, map(report_row, ordered)),
        "checks": frame(CHECKS, (row for _, report in read for row in check_rows(report))),
        "narrative": frame(NARRATIVE, (row for _, report in read for row in narrative_rows(report))),
        "mentions": frame(MENTIONS, (row for _, report in read for row in mention_rows(report))),
        "wide": wide_frame(observations, [report for outcome, report in read if not outcome.duplicate_of]),
        "issues": frame(ISSUES, (row for _, report in seen for row in issue_rows(report))),
    }


def frame(schema: TableSchema, rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as a typed frame.

    Args:
        schema: the table.
        rows: values in the order of its columns; "" and None are both empty.

    Returns:
        The frame; empty text is missing, as it is for everyone who reads the CSV.
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(schema.columns)
    return pd.DataFrame(
        {
            column.name: _typed(column.kind, values)
            for column, values in zip(schema.columns, columns, strict=True)
        }
    )


def _typed(kind: Kind, values: Sequence[Any]) -> pd.Series[Any]:
    if kind is Kind.TEXT:
        values = [escape_unwritable(value) if value else None for value in values]
    elif kind is Kind.FLOAT:
        values = [None if value is None else round(float(value), 2) + 0.0 for value in values]
    return pd.Series(list(values), dtype=_DTYPES[kind])


def escape_unwritable(text: str) -> str:
    r"""Write what no UTF-8 table can hold as a visible escape; every other character stays.

    Args:
        text: any text.

    Returns:
        The text with NUL as `\x00` and lone surrogates as `\udcff` and the like.
    """
    return _UNWRITABLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def hold_exactly(value: Decimal | None) -> Decimal | None:
    """The value, or None where decimal128(38, 10) cannot hold it as printed.

    No count or amount comes near that; what does is digits of several cells run together.

    Args:
        value: any decimal.

    Returns:
        The same value or None.
    """
    if value is None or not value.is_finite():
        return None
    _, digits, exponent = value.as_tuple()
    places = int(exponent)
    return value if places >= -DECIMALS and len(digits) + places <= INTEGER_DIGITS else None


def _identify(report: Report) -> Row:
    source, identity = report.source, report.identity
    return (source.report_id, source.path, identity.agency, identity.year)


def observation_rows(report: Report) -> Iterator[Row]:
    """Rows of `observations` of one report, in the order of the form it follows.

    Args:
        report: a report that was read.

    Yields:
        One row per observation.
    """
    head = _identify(report)
    for seen in sorted(report.observations, key=lambda seen: _place(seen, report.form)):
        value = hold_exactly(seen.value)
        lost = seen.value is not None and value is None
        box = (seen.bbox.x0, seen.bbox.top, seen.bbox.x1, seen.bbox.bottom) if seen.bbox else (None,) * 4
        flags = sorted({*seen.flags, OUT_OF_RANGE}) if lost else seen.flags
        yield (
            *head,
            *(seen.table, seen.field, seen.applicant, value, seen.unit),
            *(Status.UNREADABLE.value if lost else seen.status.value, seen.raw, seen.label, seen.page),
            *box,
            *(seen.row, seen.column, report.reader, seen.confidence, ";".join(flags)),
        )


@cache
def _ranks(edition: str) -> dict[tuple[str, str], int]:
    return field_ranks(edition)


@cache
def _applicant_ranks() -> dict[str, int]:
    return applicant_ranks()


def _place(seen: Observation, edition: str) -> tuple[int, int, str, int, str, int, int]:
    table = FORM_TABLES.index(seen.table) if seen.table in FORM_TABLES else _LAST
    field = _ranks(edition).get((seen.table, seen.field), _LAST)
    applicant = _applicant_ranks().get(seen.applicant, _LAST)
    row, column = (_LAST if position is None else position for position in (seen.row, seen.column))
    return (table, field, seen.field, applicant, seen.applicant, row, column)


def report_row(outcome: Outcome) -> Row:
    """The row of `reports` of one file.

    Args:
        outcome: what became of the file.

    Returns:
        The row; counts are empty where nothing was read.
    """
    source, report = outcome.source, outcome.report
    identity = report.identity if report else Identity()
    values, absent, failed, issues = _counts(report) if report else (None,) * 4
    pages = report.pages if report else outcome.pages
    return (
        *(source.report_id, source.path, outcome.format, source.size, pages),
        *(identity.title, identity.agency, identity.year, identity.document_number, identity.issued_on),
        *(identity.period_start, identity.period_end, report.form if report else ""),
        *(values, absent, failed, outcome.status, outcome.duplicate_of),
        outcome.error or (report.reason if report else ""),
        *(report.reader if report else "", identity.agency_source, identity.year_source),
        *(identity.document_number_source, identity.issued_on_source, identity.period_source),
        *(issues, ";".join(identity.doubts), ";".join(report.remarks) if report else "", outcome.error_code),
        *(outcome.version_reason, outcome.versions),
    )


def _counts(report: Report) -> tuple[int, int, int, int]:
    seen = report.observations
    return (
        sum(hold_exactly(one.value) is not None for one in seen),
        sum(one.status is Status.ABSENT for one in seen),
        sum(check.verdict is Verdict.FAIL for check in report.checks),
        len(report.issues),
    )


def check_rows(report: Report) -> Iterator[Row]:
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


def narrative_rows(report: Report) -> Iterator[Row]:
    """Rows of `narrative` of one report, by section.

    Args:
        report: a report that was read.

    Yields:
        One row per section.
    """
    for section in sorted(report.sections, key=lambda section: section.number):
        yield (*_identify(report)[:2], section.number, section.heading, section.text)


def mention_rows(report: Report) -> Iterator[Row]:
    """Rows of `mentions` of one report, by section, in the order of the text.

    Args:
        report: a report that was read.

    Yields:
        One row per figure in the prose.
    """
    for one in sorted(report.mentions, key=lambda one: one.section):
        figure = (one.phrase, hold_exactly(one.value), one.unit, one.sentence, one.approximate)
        yield (*_identify(report)[:2], one.section, *figure)


def issue_rows(report: Report) -> Iterator[Row]:
    """Rows of `issues` of one report, as they arose.

    Args:
        report: a report, or a document that is none.

    Yields:
        One row per issue.
    """
    for issue in report.issues:
        yield (*_identify(report)[:2], issue.code, issue.table, issue.row, issue.raw, issue.message)


def wide_frame(observations: pd.DataFrame, reports: Sequence[Report]) -> pd.DataFrame:
    """The table `wide`: one row per report, one column per field of the form.

    A field that one report prints with two different numbers stays empty: choosing would be a guess.

    Args:
        observations: the frame of observations.
        reports: the reports to list, in order.

    Returns:
        The frame.
    """
    identities = (_identify(report)[1:] for report in reports)
    head = frame(WIDE_HEAD, identities)
    names = [column.name for column in wide_columns()]
    numbers = observations.loc[observations["value"].notna(), ["source", "field", "applicant", "value"]]
    name = numbers["field"].where(
        numbers["applicant"].isna(), numbers["field"] + "." + numbers["applicant"].fillna("")
    )
    numbers = numbers.assign(name=name).drop_duplicates(["source", "name", "value"])
    numbers = numbers.drop_duplicates(["source", "name"], keep=False)
    pivoted = numbers.pivot(index="source", columns="name", values="value")
    cells = pivoted.reindex(index=head["source"], columns=names).astype(object)
    cells = cells.where(cells.notna(), None).reset_index(drop=True)
    return pd.concat([head, cells], axis=1)
