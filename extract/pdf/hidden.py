"""Runs of a PDF that nobody sees: white on white, and the text under a scan.

Enters: the runs of a page. Leaves: those that are printed.
"""

from __future__ import annotations

from typing import Final

from extract.page.frame import Box, Frame
from extract.page.runs import Run
from extract.page.seen import Visibility
from extract.pdf.chars import EngineText
from extract.pdf.rulings import Drawn, see_texts

MOST_SHADES: Final = 1000
"""A drawing has more; looking through all of them for each run would take for ever."""


def without_hidden(text: EngineText, frame: Frame, drawn: Drawn, runs: list[Run]) -> list[Run]:
    """Runs that are printed: white on white and the text under a scan are not."""
    first = text.objects_at([run.start for run in runs])
    items = [item for item in dict.fromkeys(first) if item]
    known = {0: Visibility.SEEN, **dict(zip(items, see_texts(items), strict=True))}
    if all(one is Visibility.SEEN for one in known.values()):
        return runs
    shades: list[Box] = [frame.box(*shade) for shade in drawn.shades[:MOST_SHADES]]
    return [run for run, item in zip(runs, first, strict=True) if _is_seen(run, known[item], shades)]


def _is_seen(run: Run, visibility: Visibility, shades: list[Box]) -> bool:
    x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
    on_shade = visibility is Visibility.WHITE and any(s[0] <= x <= s[2] and s[1] <= y <= s[3] for s in shades)
    return visibility is Visibility.SEEN or on_shade
