"""Rows of `observations` of one report -> its row of `wide`: counts are whole, money is in one unit as well.

Enters: an outcome and the rows of its report. Leaves: one row, whose columns are the same for every report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from normalize.report import Report
from output.money import in_wan_yuan
from output.official_form import wide_columns
from output.outcome import Outcome
from output.schema import OBSERVATIONS, RowValues

MOST = 2**63 - 1
"""What a column of counts can hold."""

_FIELD, _VALUE, _UNIT, _FLAGS = map(OBSERVATIONS.names.index, ("field", "value", "unit", "flags"))
"""The applicant stands between field and value."""


def wide_row(outcome: Outcome, report: Report, observations: Iterable[RowValues]) -> RowValues:
    """The row of `wide` of one report: one column per field of the form.

    A field that the report prints with two different numbers stays empty, because choosing would be a guess,
    and so does a count that is not whole or beyond all measure. Its cells carry flags, which are counted.

    Args:
        outcome: what became of the file.
        report: its report.
        observations: its rows of `observations`.

    Returns:
        The row; of one number printed in two ways (4 and 4.0) it has the first.
    """
    source, identity = report.source, report.identity
    seen = list(observations)
    numbers = _numbers(seen)
    money = [number for number, column in zip(numbers, wide_columns(), strict=True) if column.money]
    return (
        *(source.path, identity.agency, identity.year),
        *_values(numbers),
        *(part for number in money for part in _in_one_unit(number)),
        *(report.edition, outcome.status, sum(map(_count_flags, seen)), source.report_id),
    )


Number = tuple[Decimal, str]
"""A value and, of money, its unit."""


def _numbers(observations: Iterable[RowValues]) -> list[Number | None]:
    """What is printed for each column of numbers, None where nothing is, or two different numbers."""
    columns = _places()
    numbers: list[Number | None] = [None] * len(columns)
    unclear: set[int] = set()
    for row in observations:
        column = columns.get(row[_FIELD:_VALUE])
        if row[_VALUE] is None or column is None:
            continue
        number = (row[_VALUE], row[_UNIT] if wide_columns()[column].money else "")
        earlier = numbers[column]
        if earlier is None:
            numbers[column] = number
        elif earlier != number:
            unclear.add(column)
    for column in unclear:
        numbers[column] = None
    return numbers


@cache
def _places() -> dict[tuple[str, str], int]:
    return {(column.field, column.applicant): place for place, column in enumerate(wide_columns())}


def _values(numbers: Iterable[Number | None]) -> Iterator[Decimal | int | None]:
    for number, column in zip(numbers, wide_columns(), strict=True):
        value = number[0] if number else None
        yield value if column.money or value is None else _whole(value)


def _whole(value: Decimal) -> int | None:
    return int(value) if abs(value) <= MOST and value == value.to_integral_value() else None


def _in_one_unit(number: Number | None) -> tuple[str, Decimal | None]:
    """The unit that a sum of money is printed in, and what it is in 万元."""
    if number is None:
        return "", None
    value, unit = number
    return unit, in_wan_yuan(value, unit)


def _count_flags(row: RowValues) -> int:
    flags: str = row[_FLAGS]
    return flags.count(";") + 1 if flags else 0
