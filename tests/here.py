"""A pool that does its tasks in this process, where a test can replace what they call."""

import gc
from collections import deque

from nianbao.limits import LIMITS
from nianbao.processes.child import resolve
from nianbao.processes.tasks import Answer
from nianbao.reading import lookup


class Here:
    """As `nianbao.processes.pool.Pool`, but nothing that a task does is survived."""

    peak = 0

    def __init__(self, workers=1, limits=LIMITS, modules=(), begin=None):
        self.size, self.limits, self.tasks = workers, limits, deque()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tasks.clear()
        lookup.open_read_only.cache_clear()  # the processes of a pool are gone, and what they had open
        gc.collect()  # a connection of sqlite3 is part of a circle

    def __len__(self):
        return len(self.tasks)

    @property
    def has_room(self):
        return not self.tasks

    def submit(self, task):
        self.tasks.append(task)

    submit_aside = submit

    def warm_up(self):
        pass

    def renew(self):
        pass

    def change(self, modules, tasks):
        pass

    def next(self):
        task = self.tasks.popleft()
        try:
            return Answer(task, resolve(task.call)(*task.arguments))
        except Exception as error:
            return Answer(task, error=error)
