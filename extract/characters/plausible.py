"""Whether the characters of a text layer can be those on the page.

Enters: the text of a page. Leaves: how much of it is plausible. Fonts without an encoding give glyph
numbers, private characters or the letters of another script; such a page must be read as a picture. Glyphs
without a character are no lie, as long as most of the page has them: a cell that holds one is unreadable.
"""

from __future__ import annotations

import re
from typing import Final

from extract.characters.unmapped import UNKNOWN

ENOUGH: Final = 24
"""Characters below which a page says too little about its fonts; with four times as many, lies pass
(`test_a_text_layer_that_lies_is_named`)."""
FEWEST_PLAUSIBLE: Final = 0.7
"""Share of a page's characters that are those of a report: between `test_a_text_layer_that_lies_is_named` and
pages with a mark behind each digit (`test_choices_of_a_variant_change_no_number`)."""
_PLAUSIBLE = re.compile(
    "[\u0020-\u007e\u00a0-\u00b7\u00d7\u00f7\u2010-\u203b\u2103\u2160-\u217f\u2190-\u2193\u2200-\u22ff\u2460-\u24ff\u2500-\u26ff"
    "\u2e80-\u2fdf\u3000-\u303f\u3100-\u312f\u3220-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe10-\ufe6b\uff01-\uffe6"
    "\U00020000-\U0003ffff\\s]+"
)


def is_plausible(text: str) -> bool:
    """Whether the text of one page may be believed."""
    text = "".join(text.split())
    unknown = text.count(UNKNOWN)
    if unknown >= ENOUGH and 2 * unknown > len(text):
        return False
    text = text.replace(UNKNOWN, "")
    if len(text) < ENOUGH:
        return True
    return 1 - len(_PLAUSIBLE.sub("", text)) / len(text) >= FEWEST_PLAUSIBLE
