"""Amounts of money: their units, and all of them in one.

Enters: a printed number and its unit. Leaves: the same amount in 万元, exactly.
"""

from __future__ import annotations

from decimal import Decimal

from normalize.form.template import Field
from normalize.report import hold_exactly

UNITS = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "万元": Decimal(1), "亿元": Decimal(10_000)}
"""Units of money, each in 万元, the unit of the form's own table 二."""


def is_money(field: Field) -> bool:
    """Whether a field is an amount of money."""
    return "元" in field.unit


def in_wan_yuan(value: Decimal, unit: str) -> Decimal | None:
    """An amount in 万元: 4208 元 is 0.4208.

    Args:
        value: as printed.
        unit: as printed; nothing is nothing in any unit.

    Returns:
        The amount, without zeros that were not printed; None where the unit is none of money, or no table can
        hold it.
    """
    factor = UNITS.get(unit, None if value else Decimal(1))
    if factor is None or factor == 1:
        return None if factor is None else value
    text = format(value * factor, "f")
    return hold_exactly(Decimal(text.rstrip("0").rstrip(".") if "." in text else text))
