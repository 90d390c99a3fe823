"""What a cell of a table may hold.

Enters: text, numbers and observations as they were read. Leaves: the same, where a table can hold it; else
a visible escape, or no value and a flag.
"""

from __future__ import annotations

import re
from decimal import Decimal

from normalize.report import Observation, Status

OUT_OF_RANGE = "doubt.value_range"
"""Flag of a number that decimal128(38, 10) cannot hold: its row keeps `raw` and has no `value`."""

INTEGER_DIGITS = 28
DECIMALS = 10

# NUL ends a cell for most CSV readers, and a lone surrogate (an undecodable file name) has no UTF-8.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


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
    if value is None:
        return None
    text = str(value)
    if text.isdigit() and len(text) <= INTEGER_DIGITS:  # nearly always, and quickly seen
        return value
    if not value.is_finite():
        return None
    _, digits, exponent = value.as_tuple()
    places = int(exponent)
    return value if places >= -DECIMALS and len(digits) + places <= INTEGER_DIGITS else None


def settle(seen: Observation) -> tuple[Decimal | None, str, str]:
    """What the tables say of one cell.

    Args:
        seen: the observation.

    Returns:
        `value`, `status` and `flags`; a number that no table can hold is said to be unreadable.
    """
    value = hold_exactly(seen.value)
    if value is None and seen.value is not None:
        return None, Status.UNREADABLE.value, ";".join(sorted({*seen.flags, OUT_OF_RANGE}))
    return value, seen.status.value, ";".join(seen.flags)
