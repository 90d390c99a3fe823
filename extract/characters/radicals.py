"""Radicals that a font's table gives in place of characters, folded to the characters.

Enters: a page's text. Leaves: the same number of characters. Browsers write the first code that shares a
glyph, which for common characters is a radical. Everything else stays as printed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SUPPLEMENT: Final = dict(
    zip(
        "⺁⺄⺈⺌⺒⺟⺠⺩⺮⺼⻁⻃⻄⻅⻆⻉⻋⻌⻎⻐⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻨⻩⻬⻮⻰⻳",
        "厂乙刀小巳母民王竹肉虎西西见角贝车辶辶钅长门青韦页风飞食马骨鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_TABLE: Final = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2E80, 0x2FE0)},
    **{ord(radical): character for radical, character in _SUPPLEMENT.items()},
}


def fold_radicals(text: str) -> str:
    """The text with its radicals as characters."""
    return text.translate(_TABLE) if _RADICAL.search(text) else text
