"""Seven numbers run together (`2000002`) -> the one way to part them that adds up, if there is just one.

Enters: the digits of a row of table 三. Leaves: seven texts, or None; whoever uses them flags them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

COLUMNS = 7
"""Numbers of a row of table 三: six applicants and their sum."""
LONGEST = 20
"""Digits beyond which too many ways to part them exist to be worth a look: 27 132 at twenty."""


@lru_cache(maxsize=1024)
def part_digits(digits: str) -> tuple[str, ...] | None:
    """Seven numbers without leading zeros, the last the sum of the others; None unless one way exists."""
    if not digits.isascii() or not digits.isdigit() or not COLUMNS <= len(digits) <= LONGEST:
        return None
    found: list[tuple[str, ...]] = []
    for parts in _part(digits, COLUMNS):
        if sum(map(int, parts[:-1])) == int(parts[-1]):
            found.append(parts)
            if len(found) > 1:
                return None
    return found[0] if found else None


def _part(digits: str, count: int) -> Iterator[tuple[str, ...]]:
    """Every way to cut the digits into `count` numbers without leading zeros."""
    if count == 1:
        if digits == "0" or not digits.startswith("0"):
            yield (digits,)
        return
    longest = 1 if digits.startswith("0") else len(digits) - count + 1
    for size in range(1, longest + 1):
        for rest in _part(digits[size:], count - 1):
            yield (digits[:size], *rest)
