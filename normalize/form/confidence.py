"""What a confidence says: on what the place of a cell rests.

Enters: nothing. Leaves: the steps that the readers of the tables give and that the checks ask about.
"""

from __future__ import annotations

from typing import Final

CERTAIN: Final = 0.9
"""From here on a cell counts as read: wrong without a flag it is a silent error (output contract)."""
NEAR_ENOUGH: Final = 0.95
"""The label is not spelt as on the form, or another row shows where the values begin; nothing else fits."""
INFERRED: Final = 0.85
"""The place is concluded, not stated: from a sum, from an order, on a page without rulings. Not certain.

Of the cells of pages without rulings 97 % were right when measured.
"""
FLAGGED: Final = 0.7
"""The most that a cell with any flag counts for."""
IN_DOUBT: Final = 0.6
"""The row, or the block of table 四, may be another; always with a flag."""
GUESSED: Final = 0.5
"""The column is one of several, or two readings differ; always with a flag. Proves no fault."""
