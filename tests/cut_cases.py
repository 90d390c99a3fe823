"""Reports whose table 三 is cut by a page end before each of its rows. Leaves: truths and the rows to cut before."""

from __future__ import annotations

from functools import cache

from scoring import NEW, OLD, distinct, draw, tables

from corpus.page import Line
from corpus.printing import Hand
from corpus.truth import ReportTruth

PAGE_END = Line("", "page")


@cache
def truth_of(name: str) -> ReportTruth:
    """All numbers different under a form's edition, or drawn with zeros printed in the way of that name."""
    if name in ("2021", "2019"):
        return distinct(NEW if name == "2021" else OLD)
    return draw(NEW, Hand(zero=name), seed=name)


def rows_of(name: str) -> range:
    """The rows of table 三 but the first."""
    return range(1, tables(truth_of(name))["requests"][0].n_rows)
