"""Runs of a PDF that nobody sees: white on white, and the text under a scan.

Enters: the runs of a page. Leaves: those that are printed.
"""

from __future__ import annotations

from typing import Final

from extract.page.frame import Box, Frame
from extract.page.runs import Run
from extract.pdf.chars import EngineText
from extract.pdf.rulings import Drawn, TextLook, looks_of_texts

MOST_SHADES: Final = 1000
"""A drawing has more; looking through all of them for each run would take for ever."""


def without_hidden(text: EngineText, frame: Frame, drawn: Drawn, runs: list[Run]) -> list[Run]:
    """Runs that are printed: white on white and the text under a scan are not."""
    first = text.objects_at([run.start for run in runs])
    items = [item for item in dict.fromkeys(first) if item]
    looks = {0: TextLook.SEEN, **dict(zip(items, looks_of_texts(items), strict=True))}
    if all(look is TextLook.SEEN for look in looks.values()):
        return runs
    shades: list[Box] = [frame.box(*shade) for shade in drawn.shades[:MOST_SHADES]]
    return [run for run, item in zip(runs, first, strict=True) if _is_seen(run, looks[item], shades)]


def _is_seen(run: Run, look: TextLook, shades: list[Box]) -> bool:
    x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
    on_shade = look is TextLook.WHITE and any(s[0] <= x <= s[2] and s[1] <= y <= s[3] for s in shades)
    return look is TextLook.SEEN or on_shade
