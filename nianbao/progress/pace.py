"""How far a run has come, and how long it will take.

Enters: how much there is, and each file that is finished. Leaves: counts, files a second, seconds to go.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from typing import Final

WINDOW: Final = 1000
"""Files over which the rate is taken: large ones come first, so that an average of all would mislead."""

Clock = Callable[[], float]


class Pace:
    """The bookkeeping of a run while it goes on.

    Attributes:
        total: files that there are, as far as is known.
        resumed: files taken over from an earlier run, which took no time in this one.
        statuses: number of files by status, of those finished in this run.
    """

    def __init__(self, total: int, clock: Clock) -> None:
        self.total = total
        self.resumed = 0
        self.statuses: Counter[str] = Counter()
        self._clock = clock
        self._started = clock()
        self._finished = deque([self._started], WINDOW + 1)

    def begin(self) -> None:
        """The first file is about to be read: what went before counts for no rate."""
        self._finished = deque([self._clock()], WINDOW + 1)

    def resume(self, files: int) -> None:
        """So many files need not be read again."""
        self.resumed += files
        self.begin()

    def advance(self, status: str) -> None:
        """One more file is finished."""
        self.statuses[status] += 1
        self._finished.append(self._clock())

    @property
    def done(self) -> int:
        """Files that are finished, with those of an earlier run."""
        return self.resumed + self.statuses.total()

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return self._clock() - self._started

    @property
    def rate(self) -> float:
        """Files a second of late, 0 while there is none to go by."""
        seconds = self._clock() - self._finished[0]
        return (len(self._finished) - 1) / seconds if seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds until all is read, None while there is nothing to go by."""
        rate = self.rate
        return max(self.total - self.done, 0) / rate if rate else None


class Beat:
    """Says when it is time again."""

    def __init__(self, every: float, clock: Clock) -> None:
        self._every = every
        self._clock = clock
        self._due = clock() + every

    def due(self) -> bool:
        """Whether the time has passed since this was last true."""
        now = self._clock()
        if now < self._due:
            return False
        self._due = now + self._every
        return True
