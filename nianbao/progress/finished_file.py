"""What is known of one file the moment it is finished.

Enters: nothing. Leaves: the type that the conductor hands to whoever watches a run.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """One file that is finished.

    Attributes:
        source: its name in the tables.
        status: `ok`, `flagged`, `not_a_report`, `duplicate` or `failed`.
        format: detected from the bytes, "" where even that failed.
        size: bytes.
        seconds: what it took, from its turn to its outcome.
        error_code, error, error_en: as in `Outcome`, "" where all went well.
    """

    source: str
    status: str
    format: str = ""
    size: int = 0
    seconds: float = 0.0
    error_code: str = ""
    error: str = ""
    error_en: str = ""
