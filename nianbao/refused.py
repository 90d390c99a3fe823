"""Why a run does not begin, or cannot go on: a mistake of whoever asked, or something that is not there.

Enters: the key of a sentence. Leaves: an exception that is shown as that sentence, without a traceback.
"""

from __future__ import annotations


class Refused(Exception):
    """What was asked for cannot be done.

    Attributes:
        key: the sentence in messages.csv.
        values: what it names.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


class OutputRefused(Refused):
    """Results cannot or must not be written there."""
