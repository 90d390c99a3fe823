"""What `dask worker --preload` runs in each worker first: faults that a file or an old installation would bring."""

import os

from nianbao.cluster import worker as worker_module

POISON = "毒.txt"


def dask_setup(worker):
    """Die, the whole worker, of a file of that name; be of another version, if told so."""
    usual = worker_module.ReadingProcess.read

    def read(self, portion):
        if any(todo.file.source.endswith(POISON) for todo in portion.todos):
            os._exit(9)
        return usual(self, portion)

    worker_module.ReadingProcess.read = read
    if os.environ.get("FAULT") == "old":
        worker_module.own_version = lambda _: "0.0.9 (0123456789ab, cdef01234567)"
