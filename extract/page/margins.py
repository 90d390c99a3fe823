"""Headers, footers, page numbers, watermarks: what stands on many pages at one place.

Enters: the lines outside of tables, page by page. Leaves: those of the body, and those of the margins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from extract.page.lines import PageLine

ZONE: Final = 0.12
"""Share of the page's height at its top and bottom where headers and footers stand: half is too little for
`hongze_2023_word.pdf`, and twice takes lines of the body in printed reports of the corpus."""
_NUMBER = re.compile(
    r"[-—–－_·~～\s]*(?:第\s*)?\d{1,4}(?:\s*[页頁])?(?:\s*[,，]?\s*[/／共of]+\s*\d{1,4}\s*[页頁]?)?[-—–－_·~～\s]*"
)
_DIGITS = re.compile(r"\d+")


def split_margins(
    pages: Sequence[Sequence[PageLine]], heights: Sequence[float]
) -> tuple[list[list[PageLine]], list[PageLine]]:
    """(lines of the body by page, lines of the margins)."""
    seen: Counter[tuple[str, bool]] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        seen.update({_key(line, height) for line in lines if _in_zone(line, height)})
    bodies: list[list[PageLine]] = []
    margins: list[PageLine] = []
    for lines, height in zip(pages, heights, strict=True):
        body: list[PageLine] = []
        for i, line in enumerate(lines):
            outermost = i in {0, len(lines) - 1}
            number = outermost and _in_zone(line, height) and _is_page_number(line)
            repeated = _in_zone(line, height) and seen[_key(line, height)] > max(1, len(pages) // 3)
            if number or repeated:
                margins.append(line)
            else:
                body.append(line)
        bodies.append(body)
    return bodies, margins


def _is_page_number(line: PageLine) -> bool:
    return bool(_NUMBER.fullmatch(line.text))


def _in_zone(line: PageLine, height: float) -> bool:
    return line.bottom < ZONE * height or line.top > (1 - ZONE) * height


def _key(line: PageLine, height: float) -> tuple[str, bool]:
    return _DIGITS.sub("0", "".join(line.text.split())), line.top > height / 2
