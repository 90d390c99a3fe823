"""Amounts of money in one unit.

Enters: a printed number and its unit. Leaves: the same amount in 万元, exactly.
"""

from __future__ import annotations

from decimal import Decimal

from normalize.form.loader import Field
from output.values import IN_WAN_YUAN


def is_money(field: Field) -> bool:
    """Whether a field is an amount of money."""
    return "元" in field.unit


def in_wan_yuan(value: Decimal, unit: str) -> Decimal | None:
    """An amount in 万元: 4208 元 is 0.4208.

    Args:
        value: as printed.
        unit: as printed.

    Returns:
        The amount, without zeros that were not printed; None where the unit is none of money.
    """
    factor = IN_WAN_YUAN.get(unit)
    if factor is None or factor == 1:
        return None if factor is None else value
    text = format(value * factor, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
