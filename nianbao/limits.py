"""What one file may take; nothing heavy is imported here, so that `--help` is quick.

Enters: nothing. Leaves: `Limits`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take before its process is ended.

    Attributes:
        seconds: of time. The slowest text that was measured, 50 000 lines of one word, takes over 20.
        megabytes: of memory that the process holds. A PDF of 500 pages took 133.
    """

    seconds: float = 60.0
    megabytes: int = 2048


LIMITS: Final = Limits()
