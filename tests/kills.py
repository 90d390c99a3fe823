"""Kills at moments drawn by chance: when a run has come so far, and a little later.

Enters: a command, a seed, how many. Leaves: that many kills of it and of its workers.
"""

import time
from contextlib import suppress
from random import Random

import psutil
from faults import PATIENCE, STEP, assert_gone, below, end, workers

STAGES = {
    "start": (0.35, 0.05, 0.9),
    "reading": (0.4, 0.0, 0.6),
    "writing": (0.2, 0.0, 0.25),
    "swapping": (0.05, 0.0, 0.0),
}
"""How often a kill falls there, and how many seconds after its beginning at least and at most."""


def draw_moment(rng, stages=tuple(STAGES)):
    """A stage and the seconds to wait in it."""
    (stage,) = rng.choices(stages, [STAGES[each][0] for each in stages])
    return stage, rng.uniform(*STAGES[stage][1:])


def await_stage(command, process, stage):
    """Wait until the run has come so far; False where it ended before."""
    signs = {
        "start": lambda: True,
        "reading": lambda: workers(process),
        "writing": lambda: command.beside("partial").is_dir() and any(command.beside("partial").iterdir()),
        "swapping": command.beside("previous").exists,
    }
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(FileNotFoundError):
            if signs[stage]():
                return True
        if process.poll() is not None:
            return False
        time.sleep(STEP if stage != "swapping" else STEP / 20)  # which is over in a moment
    raise AssertionError(f"no {stage} within {PATIENCE} s: {command.said()}")


class Tormentor:
    """Kills a command until so many kills are done, starting it again after each.

    Attributes:
        kills: those that were carried out.
    """

    def __init__(self, command, seed, after_kill, after_end):
        self.command = command
        self.kills = []
        self._rng = Random(f"faults-{seed}")  # the same every time, but for the clock
        self._after_kill = after_kill
        self._after_end = after_end
        self._orphans = []

    def torment(self, count):
        """Go on until `count` kills are done, then let it end by itself."""
        while len(self.kills) < count:
            self._live_once(count - len(self.kills))
        self._after_end(self.command.finish())
        assert_gone(self._orphans)

    def _live_once(self, most):
        """One start: in half of them a worker is killed, and then the parent if it still lives.

        One worker a start, and never two at once: a file that loses its worker twice is rightly given up.
        """
        process = self.command.start()
        if most > 1 and self._rng.random() < 0.6:
            self._strike(process, "worker")
        if self._strike(process, "parent"):
            self._after_kill()
        else:
            self._after_end(end(process))

    def _strike(self, process, victim):
        """Kill at a moment drawn; False where the run ended before."""
        stage, after = draw_moment(self._rng, tuple(STAGES) if victim == "parent" else ("reading",))
        if not await_stage(self.command, process, stage):
            return False
        with suppress(psutil.TimeoutExpired):
            process.wait(after)
            return False
        targets = [process] if victim == "parent" else workers(process)
        if not targets:
            return False
        if victim == "parent":
            self._orphans += below(process)
        with suppress(psutil.NoSuchProcess):
            self._rng.choice(targets).kill()
        if victim == "parent":
            process.wait()
        self.kills.append((victim, stage))
        return True
