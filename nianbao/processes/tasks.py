"""What a process is asked, and what became of it.

Enters: a function and its arguments. Leaves: what it gave or raised, or how its process died of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from nianbao.processes.child import Call

Cause = Literal["crashed", "timed_out", "out_of_memory", "killed"]


class NoProcess(RuntimeError):
    """No process can be started; the operating system says why, if it knows."""


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A function of a module and its arguments, as they pickle.

    Attributes:
        about: whatever tells the asker what the answer is about.
        patience: how many times the usual time limit it may take.
        limited: False for what is ours and no stranger's file, which may take what it takes.
    """

    call: Call
    arguments: tuple[Any, ...]
    about: Any = None
    patience: float = 1.0
    limited: bool = True


@dataclass(frozen=True, slots=True)
class Death:
    """How a process died of a task.

    Attributes:
        cause: `killed` is a kill by somebody else: the operating system out of memory, or a person.
        stage: the part of the task it had come to, "" if it did not say.
    """

    cause: Cause
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a task: `value`, unless there is an `error` or a `death`."""

    task: Task
    value: Any = None
    error: Exception | None = None
    death: Death | None = None
