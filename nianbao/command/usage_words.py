"""The words of usage.csv.

Enters: usage.csv. Leaves: its sentences, filled in.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def load_words() -> Mapping[str, str]:
    """The words by key."""
    text = resources.files("nianbao.command").joinpath("usage.csv").read_text(encoding="utf-8")
    return {row["key"]: row["zh"] for row in csv.DictReader(text.splitlines())}


def word(key: str, **values: object) -> str:
    """The words of a key, filled in."""
    return load_words()[key].format(**values)
