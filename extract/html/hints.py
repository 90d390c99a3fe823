"""Names and words that hint at what a part of a page is.

Enters: `hints.csv`. Leaves: the words of one kind. They are hints only: what decides is where text stands.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Final

KINDS: Final = frozenset(
    (
        "article",  # ids and classes of the element around the article
        "aside",  # of what stands around it: menus, footers, share bars
        "footer",  # words of lines below an article
        "unseen",  # classes of words for readers who cannot see
        "record",  # labels of the table in which a site records what it publishes
    )
)


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one kind; names of elements in lower case.

    Raises:
        ValueError: a line of the file has a kind that is none.
    """
    text = files("extract.html").joinpath("hints.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    if wrong := sorted({row["kind"] for row in rows} - KINDS):
        raise ValueError(f"hints.csv: {wrong}")
    return frozenset(row["word"] for row in rows if row["kind"] == kind)
