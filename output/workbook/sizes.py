"""How much a sheet shows: widths of texts, heights of rows, columns on a page.

Enters: texts, and the columns of a sheet. Leaves: numbers for `sheet_writer.py`. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from output.workbook.sheet import Sheet, SheetColumn

PAGE_WIDTH = 168
"""Digits beside each other on A4 landscape.

That many are printed at 7.2 pt where digits are widest (DejaVu Sans, which stands in for fonts that are not
there), and at 8.7 pt in 宋体: nothing may be under 7 pt (tests/output/test_sizes.py).
"""
PADDING = 0.71
"""What Excel adds to the width of a column: 5 pixels, where a digit has 7."""
LINE, FIRST_LINE = 13, 15
"""Points that a further line of text takes, and that a row of one line has in Excel."""
MOST_LINES = 30
"""Excel's rows have 409 points at most, of which so many lines take 392."""


def measure(text: str) -> float:
    """How many digits wide a text is: signs of three bytes in UTF-8 are as wide as two digits, as 字 is."""
    return (len(text) + len(text.encode("utf-8", "surrogatepass"))) / 2


def count_lines(text: str, width: int) -> int:
    """How many lines a text takes in a column.

    Args:
        text: of the cell.
        width: of the column.

    Returns:
        At least 1. Lines that wrap are shorter than the column, because words and punctuation hold together.
    """
    if len(text) * 2 <= width and "\n" not in text:  # nearly always, and quickly seen
        return 1
    needed = (measure(line) for line in text.split("\n"))
    return sum(1 if line <= width else ceil(line / (width - 1)) for line in needed)


def row_height(lines: int) -> int:
    """The height of a row of so many lines, in points."""
    return FIRST_LINE + LINE * (min(lines, MOST_LINES) - 1)


def number_width(value: Decimal, suffix: str) -> int:
    """The width that shows a number, its separators and its unit without ####."""
    sign, digits, exponent = value.as_tuple()
    places = -int(exponent)
    whole = max(len(digits) - places, 1)
    decimals = places + 1 if places > 0 else 0
    return ceil(sign + whole + (whole - 1) // 3 + decimals + measure(suffix)) + 1


def pages_across(sheet: Sheet, widths: Sequence[int]) -> int:
    """How many pages lie beside each other for all printed columns, those that stay in view on each.

    Args:
        sheet: the sheet.
        widths: of its columns, as they came to be.
    """
    kept = sum(width + PADDING for width in widths[: sheet.frozen])
    pages, used = 1, kept
    for column, width in list(zip(sheet.columns, widths, strict=True))[sheet.frozen :]:
        if not column.printed:
            continue
        if used + width + PADDING > PAGE_WIDTH and used > kept:
            pages, used = pages + 1, kept
        used += width + PADDING
    return pages


def count_printed(columns: Sequence[SheetColumn]) -> int:
    """How many columns, from the left, are within the print area."""
    return sum(column.printed for column in columns)
