"""A run of outcomes -> a `Part`: their rows of every table, ready to be written behind those of other parts.

Enters: consecutive outcomes in the final order. Leaves: bytes that any process may make, keep and hand on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from output.outcome import Outcome
from output.schema import TABLES
from output.tables.arrow import to_stream, type_rows
from output.tables.csv_text import print_rows
from output.tables.rows import table_rows


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of some outcomes.

    Attributes:
        csv: table name to its rows as UTF-8 CSV without a head, b"" where there are none.
        arrow: table name to the same rows as an Arrow IPC stream, b"" where there are none.
    """

    csv: Mapping[str, bytes]
    arrow: Mapping[str, bytes]


def render(outcomes: Sequence[Outcome]) -> Part:
    """The rows of consecutive outcomes. A pure function: any process may call it.

    Args:
        outcomes: in the final order (`output.tables.rows.in_order`).

    Returns:
        What `output.tables.writer.TableWriter.add` takes.
    """
    rows = table_rows(outcomes)
    printed = {table.name: print_rows(table, rows[table.name]) for table in TABLES}
    csv = {name: texts.csv for name, texts in printed.items()}
    arrow = {
        table.name: to_stream(type_rows(table, printed[table.name].verbatim)) if rows[table.name] else b""
        for table in TABLES
    }
    return Part(csv, arrow)
