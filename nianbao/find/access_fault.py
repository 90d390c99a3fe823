"""Why something that was found cannot be opened.

Enters: nothing. Leaves: `AccessFault`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class AccessFault:
    """Why something must not or cannot be opened.

    Attributes:
        kind: `link_outside` (a link that leads out of the input), `link_gone` (one that leads to nothing),
            `not_accessible` (the operating system refuses).
        number: of the operating system's error, 0 where there is none.
    """

    kind: Literal["link_outside", "link_gone", "not_accessible"]
    number: int = 0
