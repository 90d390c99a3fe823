"""How a cell is set, and a value under it -> what the cell prints.

Enters: a stored value and the look of its cell. Leaves: a `SheetCell`, with remarks for the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from extract.sheets.sheet import SheetCell, SheetContents, clean_text
from extract.sheets.shown.number_format import is_possible, print_number, print_text

UNCALCULATED: Final = "="
"""Printed before a formula without a result: neither a number nor a blank, whatever follows."""


@dataclass(frozen=True, slots=True)
class CellLook:
    """How cells of one style are set.

    Attributes:
        code: the number format.
        ruled: a border is drawn on some side.
        bold, centred, size: of the text.
    """

    code: str = "General"
    ruled: bool = False
    bold: bool = False
    centred: bool = False
    size: float | None = None


PLAIN: Final = CellLook()
IMPOSSIBLE: Final = "numbers.impossible"
"""Remark on a sheet that states numbers as no program writes them."""


@dataclass(slots=True)
class CellPrinter:
    """Prints the cells of one sheet.

    Attributes:
        sheet: takes the cells and the remarks.
        zeros_shown: the sheet's own option.
        from_1904: the workbook counts its days from 1904.
    """

    sheet: SheetContents
    zeros_shown: bool = True
    from_1904: bool = False

    def number(self, row: int, column: int, stored: Decimal, look: CellLook) -> None:
        """A number, which its format may round or hide."""
        if stored == 0 and not self.zeros_shown:
            self.sheet.remarks.add("zeros.hidden")
            self._put(row, column, "", look)
            return
        if not is_possible(stored):
            self.misstated(row, column, str(stored), look)
            return
        printed = print_number(stored, look.code, from_1904=self.from_1904)
        if not printed.text:
            self.sheet.remarks.add("zeros.hidden" if stored == 0 else "numbers.hidden")
        if printed.rounded:
            self.sheet.remarks.add("numbers.rounded")
        if printed.unknown:
            self.sheet.remarks.add("formats.unknown")
        self._put(row, column, printed.text, look, number=True)

    def misstated(self, row: int, column: int, stated: str, look: CellLook) -> None:
        """What a file gives as a number, and is none that a cell can hold."""
        self.sheet.remarks.add(IMPOSSIBLE)
        self._put(row, column, clean_text(stated), look, number=True)

    def text(self, row: int, column: int, text: str, look: CellLook) -> None:
        """A text, which its format may hide or surround."""
        printed = print_text(clean_text(text), look.code)
        if text.strip() and not printed:
            self.sheet.remarks.add("texts.hidden")
        self._put(row, column, printed, look)

    def formula(self, row: int, column: int, formula: str, look: CellLook) -> None:
        """A formula whose result is not in the file."""
        self.sheet.remarks.add("formulas.uncalculated")
        self._put(row, column, UNCALCULATED + clean_text(formula).removeprefix("="), look)

    def raw(self, row: int, column: int, text: str, look: CellLook) -> None:
        """What prints the same under any format: errors, truth values, nothing."""
        self._put(row, column, text, look)

    def _put(self, row: int, column: int, text: str, look: CellLook, *, number: bool = False) -> None:
        self.sheet.add(row, column, SheetCell(text, look.ruled, number, look.bold, look.centred, look.size))


def to_decimal(text: str) -> Decimal | None:
    """The number written in `text`, None where it is none."""
    try:
        value = Decimal("" if "_" in text else text.strip())  # 1_000 is a number in programs only
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
