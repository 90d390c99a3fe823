"""Amounts of money in one unit.

Enters: a printed number and its unit. Leaves: the same amount in 万元, exactly.
"""

from __future__ import annotations

from decimal import Decimal

from normalize.form.loader import Field

SHIFTS = {"元": -4, "百元": -2, "千元": -1, "万元": 0, "百万元": 2, "千万元": 3, "亿元": 4}
"""By how many places the point moves in 万元."""


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
    shift = SHIFTS.get(unit)
    if not shift:
        return value if shift == 0 else None
    text = format(value.scaleb(shift), "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
