"""Many tasks of our own, every one of which needs its answer.

Enters: a pool and tasks. Leaves: their answers, as they come; a task whose process dies is done again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Final

from nianbao.processes.pool import Pool
from nianbao.processes.tasks import Answer, Task

ATTEMPTS: Final = 5
"""At a task that dies: it is ours, so somebody killed it."""


def answer_all(
    pool: Pool, tasks: deque[Task], may_begin: Callable[[Any], bool] = lambda _: True
) -> Iterator[Answer]:
    """The answers to all tasks.

    Args:
        pool: of processes.
        tasks: from which those are taken that are begun.
        may_begin: whether it is the turn of what a task is about.

    Raises:
        Exception: what a task raised.
        RuntimeError: its process died again and again.
    """
    attempts: dict[Any, int] = {}
    while tasks or len(pool):
        while tasks and pool.has_room and may_begin(tasks[0].about):
            pool.submit(tasks.popleft())
        answer = pool.next()
        if answer.error is not None:
            raise answer.error
        if answer.death is None:
            yield answer
            continue
        about = answer.task.about
        attempts[about] = attempts.get(about, 0) + 1
        if attempts[about] >= ATTEMPTS:
            raise RuntimeError(f"a process that writes died {ATTEMPTS} times: {answer.death.cause}")
        tasks.appendleft(answer.task)
