"""What a cell of a table may hold.

Enters: text, numbers and observations as they were read. Leaves: the same, where a table can hold it; else
a visible escape, or no value and a flag.
"""

from __future__ import annotations

import re
from decimal import Decimal

from normalize.report import Observation, Status, hold_exactly

OUT_OF_RANGE = "doubt.value_range"
"""Flag of a number that no table can hold: its row keeps `raw` and has no `value`."""

# A spreadsheet takes such text for a formula. A signed number is none, whatever words follow it (-5件); one
# with an operator behind it is (-2+3, +86-10-1234).
_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\s*\.?\d[^-+*/^&=<>|!@]*\Z)")
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


def is_formula(text: str) -> bool:
    """Whether a spreadsheet takes a cell of CSV for a formula.

    Args:
        text: what stands in it.

    Returns:
        True for what begins with `=`, `@`, a tab or a carriage return, or with a sign that no number follows,
        or more than a number.
    """
    return _FORMULA.match(text) is not None


def guard(text: str) -> str:
    """Text as it stands in CSV, where a spreadsheet must not take it for a formula.

    Args:
        text: any text.

    Returns:
        The text, behind an apostrophe where it is a formula.
    """
    return f"'{text}" if is_formula(text) else text


def spell_path(path: str) -> str:
    """The path of a source as it stands in every table: one that would be guarded begins with `./`.

    Args:
        path: relative, with `/` separators.

    Returns:
        A path to the same file, which is the same in CSV and in Parquet.
    """
    return f"./{path}" if is_formula(path) else path


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
