"""Where files are read: on this machine, or by the workers of a cluster.

Enters: the context of a run. Leaves: an engine, which makes events of what is to be done, the same
everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Protocol

from nianbao.choices import EngineName
from nianbao.journal.events import Event
from nianbao.reading.dispatch import Dispatcher, Todo
from nianbao.reading.libreoffice import Office
from nianbao.reading.run_context import Context


class Engine(Protocol):
    """Reads files.

    Attributes:
        seconds: that each stage took, over all that read.
    """

    @property
    def seconds(self) -> Mapping[str, float]:
        """As above."""
        ...

    def run(self, todos: Iterable[Todo]) -> Iterator[Event]:
        """Do all there is to do."""
        ...


def read_here(context: Context, office: Office) -> Engine:
    """The processes of this machine."""
    return Dispatcher(context.pool, office, context.job)


def read_on_cluster(context: Context, office: Office) -> Engine:
    """The workers of a Dask scheduler."""
    from nianbao.cluster.dask import Cluster  # slow to import

    return Cluster(context, office)


ENGINES: Final[Mapping[EngineName, Callable[[Context, Office], Engine]]] = {
    EngineName.LOCAL: read_here,
    EngineName.DASK: read_on_cluster,
}
