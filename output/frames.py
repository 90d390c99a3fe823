"""The tables of a run, or of outcomes -> pandas frames with the types of the contract.

Enters: the folder that a run wrote, or outcomes. Leaves: `Tables`. Whole numbers and truth values are
nullable, decimals and measures float64, dates datetime64, and empty text is "": what `describe`, `to_stata`
(which takes no text that is missing in all rows) and libraries of statistics work with. Exact decimals stand
in the Parquet files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from os import PathLike
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from output.outcome import Outcome
from output.schema import TABLES
from output.tables.arrow import type_rows
from output.tables.csv_text import print_rows
from output.tables.rows import in_order, table_rows

_DTYPES = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


@dataclass(frozen=True, slots=True, eq=False)
class Tables(Mapping[str, pd.DataFrame]):
    """One frame per table, as an attribute and by its name (`tables.wide`, `tables["wide"]`)."""

    observations: pd.DataFrame
    reports: pd.DataFrame
    checks: pd.DataFrame
    narrative: pd.DataFrame
    mentions: pd.DataFrame
    wide: pd.DataFrame
    issues: pd.DataFrame

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in set(self):
            raise KeyError(name)
        frame: pd.DataFrame = getattr(self, name)
        return frame

    def __iter__(self) -> Iterator[str]:
        return (field.name for field in fields(Tables))

    def __len__(self) -> int:
        return len(fields(Tables))


def load_tables(folder: str | PathLike[str]) -> Tables:
    """The tables that a run wrote.

    Args:
        folder: what `-o` named, with Parquet files or, by `--parquet-by-year`, folders of them.

    Returns:
        Their rows in the order of the contract.

    Raises:
        FileNotFoundError: one of them is not there.
    """
    return Tables(
        **{schema.name: _to_frame(_load(Path(folder, f"{schema.name}.parquet"))) for schema in TABLES}
    )


def build_tables(outcomes: Iterable[Outcome]) -> Tables:
    """The tables of some outcomes, without writing them.

    Args:
        outcomes: one per file found, in any order.

    Returns:
        What `load_tables` would give after a run.
    """
    rows = table_rows(in_order(outcomes))
    printed = {schema: print_rows(schema, rows[schema.name]).verbatim for schema in TABLES}
    return Tables(**{schema.name: _to_frame(type_rows(schema, text)) for schema, text in printed.items()})


def _load(path: Path) -> pa.Table:
    if not path.is_dir():
        return pq.read_table(path)
    return pq.read_table(path, partitioning=None).sort_by("source")  # a file a year; sorting is stable


def _to_frame(table: pa.Table) -> pd.DataFrame:
    columns = [_for_pandas(column) for column in table.columns]
    frame: pd.DataFrame = pa.table(columns, names=table.column_names).to_pandas(types_mapper=_DTYPES.get)
    return frame


def _for_pandas(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_string(kind):
        return column.fill_null("")
    if pa.types.is_decimal(kind):
        # By way of text: Arrow's own cast makes 18.085682000000002 of 18.085682.
        return column.cast(pa.string()).cast(pa.float64())
    return column.cast(pa.timestamp("s")) if pa.types.is_date(kind) else column
