"""A run of outcomes -> a `Part`: their rows of every table, ready to be written behind those of other parts.

Enters: consecutive outcomes in the final order. Leaves: bytes that any process may make, keep and hand on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.ipc

from output.arrow import type_rows
from output.outcome import Outcome
from output.printed import print_rows
from output.rows import table_rows
from output.schema import TABLES


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of some outcomes.

    Attributes:
        csv: table name to its rows as UTF-8 CSV without a head, b"" where there are none.
        arrow: table name to the same rows as an Arrow IPC stream, b"" where there are none.
    """

    csv: Mapping[str, bytes]
    arrow: Mapping[str, bytes]

    def typed(self, name: str) -> Iterator[pa.Table]:
        """The rows of one table as Arrow has them.

        Args:
            name: of the table.

        Yields:
            One Arrow table, none where there are no rows.
        """
        if stream := self.arrow[name]:
            with pa.ipc.open_stream(stream) as reader:
                yield reader.read_all()


def render(outcomes: Sequence[Outcome]) -> Part:
    """The rows of consecutive outcomes. A pure function: any process may call it.

    Args:
        outcomes: in the final order (`rows.in_order`).

    Returns:
        What `tables.TableWriter.add` takes.
    """
    rows = table_rows(outcomes)
    printed = {table.name: print_rows(table, rows[table.name]) for table in TABLES}
    typed = {
        table.name: _stream(type_rows(table, printed[table.name])) if printed[table.name] else b""
        for table in TABLES
    }
    return Part(printed, typed)


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    stream: bytes = sink.getvalue().to_pybytes()
    return stream
