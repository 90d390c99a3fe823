"""How far a run has come, in words and in numbers.

Enters: its pace. Leaves: parts of sentences for people, and what a program is told.
"""

from __future__ import annotations

from typing import Final

from nianbao.messages import Messages
from nianbao.progress.pace import Pace

SHOWN: Final = ("ok", "flagged", "failed")


def measure_pace(pace: Pace) -> dict[str, object]:
    """How many, how fast and how long, in numbers."""
    left = pace.left
    return {
        "done": pace.done,
        "total": pace.total,
        "resumed": pace.resumed,
        "rate": round(pace.rate, 3),
        "eta_seconds": None if left is None else round(left, 1),
        **{status: pace.statuses[status] for status in SHOWN},
    }


def describe_pace(pace: Pace, say: Messages) -> str:
    """One line: how many of how many, how fast, how long."""
    return say(
        "run.pace",
        elapsed=describe_seconds(pace.elapsed),
        done=pace.done,
        total=pace.total,
        counts=describe_counts(pace, say),
        speed=describe_speed(pace, say),
    )


def describe_counts(pace: Pace, say: Messages) -> str:
    """How many of this run went well, and how many did not."""
    return say("run.counts", **{status: pace.statuses[status] for status in SHOWN})


def describe_speed(pace: Pace, say: Messages) -> str:
    """Files a second and the time that is left."""
    rate, left = pace.rate, pace.left
    shown = f"{rate:.{0 if rate >= 10 else 1 if rate >= 1 else 2}f}" if rate else "…"
    return say("run.speed", rate=shown, left="…" if left is None else describe_seconds(left))


def describe_seconds(seconds: float) -> str:
    """Hours, minutes and seconds as on a clock."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
