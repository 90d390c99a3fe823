"""The official form as the tables need it: where each field stands, and the columns of `wide`.

Enters: `normalize.form.loader.FORM`. Leaves: `wide_columns`, `field_ranks`, `applicant_ranks`, `full_label`,
and what tables, fields and templates have to do with each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from normalize.form.loader import FORM
from normalize.form.template import Applicant, Field, FormTable

ALONE: Final = Applicant(0, "", "")
"""Stands for the column of a row that has one number."""
LONGEST_NUMBER: Final = 2
"""Signs of the number before a title (十一)."""


@dataclass(frozen=True, slots=True)
class WideColumn:
    """One column of `wide`: `field`, or `field.applicant` in a table with applicants; money, or a count."""

    field: str
    applicant: str
    label_zh: str
    money: bool

    @property
    def name(self) -> str:
        """The column's name."""
        return f"{self.field}.{self.applicant}" if self.applicant else self.field


@cache
def columns_of(table: str, field: str) -> tuple[Applicant, ...]:
    """The columns of a field in all templates of its table; `ALONE` is that of one number.

    Args:
        table: `disclosure`, `requests`, ...
        field: its canonical name.

    Returns:
        Each column once.
    """
    templates = [one for one in FORM.templates_of(table) if field in one.editions_of]
    return tuple(dict.fromkeys(column for one in templates for column in one.applicants or (ALONE,)))


@cache
def tables_with_applicants() -> tuple[FormTable, ...]:
    """The tables that have a column for each kind of applicant, in one template at least."""
    return tuple(
        table for table in FORM.tables if any(one.applicants for one in FORM.templates_of(table.name))
    )


def split_title(table: FormTable) -> tuple[str, str]:
    """The Chinese title of a table as its number, "" for none, and what follows it.

    Args:
        table: of the form.

    Returns:
        `三` and `收到和处理政府信息公开申请情况`.
    """
    number, _, title = table.title[0].partition("、")
    return (number, title) if title and len(number) <= LONGEST_NUMBER else ("", table.title[0])


def full_label(field: Field) -> str:
    """The label of a field; one that has a row of its own needs the group it stands in to be told apart.

    Args:
        field: a field of the form.

    Returns:
        `（三）不予公开 / 1.属于国家秘密` and the like.
    """
    grouped = field.group_zh and FORM.template_with(field).rows_are == "fields"
    return f"{field.group_zh} / {field.label_zh}" if grouped else field.label_zh


def distinct_fields(table: str) -> tuple[Field, ...]:
    """Fields of one table; one that several editions have stands once, at its first place.

    Args:
        table: `disclosure`, `requests`, ...

    Returns:
        The fields in the order of the official form.
    """
    fields: dict[str, Field] = {}
    for field in FORM.fields_of(table):
        fields.setdefault(field.field, field)
    return tuple(fields.values())


@cache
def wide_columns() -> tuple[WideColumn, ...]:
    """The number columns of `wide`.

    Returns:
        The columns in the order of the official form.
    """
    columns = []
    for table in dict.fromkeys(field.table for field in FORM.fields):
        for field in distinct_fields(table):
            for applicant in columns_of(table, field.field):
                label = " / ".join(part for part in (full_label(field), applicant.label_zh) if part)
                columns.append(WideColumn(field.field, applicant.applicant, label, "元" in field.unit))
    return tuple(columns)


def field_ranks(edition: str) -> dict[tuple[str, str], int]:
    """Where each field stands in the form.

    `licensing.decisions` stands in another place in 2019 than in 2021; a report is listed in the order in
    which its own edition prints it.

    Args:
        edition: the report's edition.

    Returns:
        (table, field) to rank.
    """
    ranks: dict[tuple[str, str], int] = {}
    for field in sorted(FORM.fields, key=lambda field: edition not in field.editions):
        ranks.setdefault((field.table, field.field), field.order)
    return ranks


def applicant_ranks() -> dict[str, int]:
    """Where each applicant's column stands.

    Returns:
        Applicant to rank.
    """
    return {applicant.applicant: applicant.order for applicant in FORM.applicants}
