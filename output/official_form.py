"""The official form as the tables need it: where each field stands, and the columns of `wide`.

Enters: `normalize.form.loader.FORM`. Leaves: `wide_columns`, `field_ranks`, `applicant_ranks`, `full_label`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from normalize.form.loader import FORM
from normalize.form.template import Applicant, Field


@dataclass(frozen=True, slots=True)
class WideColumn:
    """One column of `wide`: `field`, or `field.applicant` for table requests; money, or a count."""

    field: str
    applicant: str
    label_zh: str
    money: bool

    @property
    def name(self) -> str:
        """The column's name."""
        return f"{self.field}.{self.applicant}" if self.applicant else self.field


def full_label(field: Field) -> str:
    """The label of a field with the group it stands in, which requests need to be told apart.

    Args:
        field: a field of the form.

    Returns:
        `（三）不予公开 / 1.属于国家秘密` and the like.
    """
    grouped = field.table == "requests" and field.group_zh
    return f"{field.group_zh} / {field.label_zh}" if grouped else field.label_zh


def distinct_fields(table: str) -> tuple[Field, ...]:
    """Fields of one table; one that both editions have stands once, at its first place.

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
            for applicant in FORM.applicants_of(field) or (Applicant(0, "", ""),):
                label = " / ".join(part for part in (full_label(field), applicant.label_zh) if part)
                columns.append(WideColumn(field.field, applicant.applicant, label, "元" in field.unit))
    return tuple(columns)


def field_ranks(edition: str) -> dict[tuple[str, str], int]:
    """Where each field stands in the form.

    `licensing.decisions` stands in another place in 2019 than in 2021; a report on the edition of 2019 is
    listed in the order in which that edition prints it.

    Args:
        edition: the report's edition.

    Returns:
        (table, field) to rank.
    """
    ranks: dict[tuple[str, str], int] = {}
    for field in sorted(FORM.fields, key=lambda field: edition == "2019" and "2019" not in field.editions):
        ranks.setdefault((field.table, field.field), field.order)
    return ranks


def applicant_ranks() -> dict[str, int]:
    """Where each applicant's column stands.

    Returns:
        Applicant to rank.
    """
    return {applicant.applicant: applicant.order for applicant in FORM.applicants}
