"""The sheets of a workbook that are printed.

Enters: nothing. Leaves: `Workbook`, which every reader of a spreadsheet format fills.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.sheets.sheet import SheetContents


@dataclass(slots=True)
class Workbook:
    """What a file prints.

    Attributes:
        sheets: the visible ones, in order.
        remarks: what a person should know of the whole file.
        title: from the properties of the file.
    """

    sheets: list[SheetContents] = field(default_factory=list)
    remarks: set[str] = field(default_factory=set)
    title: str = ""

    def hide_sheet(self) -> None:
        """A sheet is not printed."""
        self.remarks.add("hidden.sheets")
