"""Parts -> CSV and Parquet files, as streams.

Enters: the folder, and `Part`s in the final order. Leaves: NAME.csv and NAME.parquet of every table, whose
bytes do not depend on how the outcomes were cut into parts. At most one row group of a table is held.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from output.schema import TABLES, TableSchema
from output.tables.arrow import arrow_schema, from_stream
from output.tables.csv_text import print_head
from output.tables.render import Part

GROUP_ROWS = {
    "observations": 100_000,
    "checks": 20_000,
    "mentions": 20_000,
    "issues": 20_000,
    "reports": 5_000,
    "narrative": 2_000,
    "wide": 2_000,
}
"""How many rows a row group has. While it waits, one of observations takes 33 MB, one of checks 8 MB, one
of any other table 6 MB at most (1 271 files of `bench/same.py`, in Arrow)."""

YEAR = "year"
UNKNOWN_YEAR = "unknown"
"""Name of the file that holds the rows without a year."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TableWriter:
    """A context in which parts become the files of every table."""

    def __init__(self, folder: Path, *, by_year: bool = False) -> None:
        """Nothing is written before the context is entered.

        Args:
            folder: an existing empty folder.
            by_year: write tables that have a column `year` as a folder NAME.parquet with a file for each.
        """
        self._folder = folder
        self._by_year = by_year
        self._open = ExitStack()
        self._tables: list[_TableFiles] = []

    def __enter__(self) -> Self:
        """Open the files.

        Raises:
            OSError: one cannot be written.
        """
        with ExitStack() as opened:
            for schema in TABLES:
                by_year = self._by_year and YEAR in schema.names
                self._tables.append(_TableFiles(schema, self._folder, opened, by_year=by_year))
            self._open = opened.pop_all()
        return self

    def add(self, part: Part) -> None:
        """Write the rows of one part behind those before it.

        Args:
            part: the next one in the final order.

        Raises:
            OSError: the disk is full, or the like.
        """
        for table in self._tables:
            table.add(part)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is left and close the files; after an error only close them.

        Raises:
            OSError: the disk is full, or the like.
        """
        with self._open:
            if error is None:
                for table in self._tables:
                    table.finish()


class _TableFiles:
    """The files of one table."""

    def __init__(self, schema: TableSchema, folder: Path, opened: ExitStack, *, by_year: bool) -> None:
        path = folder / f"{schema.name}.parquet"
        self._name = schema.name
        self._group = GROUP_ROWS[schema.name]
        self._waiting: list[pa.Table] = []
        self._csv = _open(folder / f"{schema.name}.csv", opened)
        self._csv.write(BYTE_ORDER_MARK + print_head(schema))
        self._parquet = (
            _YearFiles(schema, path, opened) if by_year else _OneFile(arrow_schema(schema), path, opened)
        )

    def add(self, part: Part) -> None:
        self._csv.write(part.csv[self._name])
        if stream := part.arrow[self._name]:
            self._waiting.append(from_stream(stream))
        if sum(table.num_rows for table in self._waiting) >= self._group:
            rows = pa.concat_tables(self._waiting)
            full = rows.num_rows - rows.num_rows % self._group
            for start in range(0, full, self._group):
                self._parquet.write(rows.slice(start, self._group))
            self._waiting = [rows.slice(full)]

    def finish(self) -> None:
        if any(table.num_rows for table in self._waiting):
            self._parquet.write(pa.concat_tables(self._waiting))
        self._parquet.close()
        self._csv.close()


class _OneFile:
    """A Parquet file that takes row groups."""

    def __init__(self, schema: pa.Schema, path: Path, opened: ExitStack) -> None:
        self._file = _open(path, opened)
        self._writer = pq.ParquetWriter(self._file, schema, compression="zstd")
        opened.callback(self._give_up)

    def write(self, rows: pa.Table) -> None:
        # In one piece, because pages end where pieces do.
        self._writer.write_table(rows.combine_chunks())

    def close(self) -> None:
        self._writer.close()
        self._file.close()

    def _give_up(self) -> None:
        """Keep a writer that was not closed from writing its footer when it is collected."""
        self._writer.is_open = False


class _YearFiles:
    """A folder of Parquet files, one a year.

    The column `year` stays in them, and they are not named year=2023 as Hive would: pandas cannot read such
    folders as soon as one of them stands for "unknown". Readers skip the other years by the statistics. Each
    group of rows is parted by year, so that no more than one group is held however many years there are.
    """

    def __init__(self, schema: TableSchema, folder: Path, opened: ExitStack) -> None:
        self._schema = arrow_schema(schema)
        self._folder = folder
        self._opened = opened
        self._years: dict[int | None, _OneFile] = {}
        folder.mkdir()

    def write(self, rows: pa.Table) -> None:
        for year in pc.unique(rows[YEAR]).to_pylist():
            chosen = pc.is_null(rows[YEAR]) if year is None else pc.equal(rows[YEAR], year)
            self._file_of(year).write(rows.filter(chosen))

    def _file_of(self, year: int | None) -> _OneFile:
        if year not in self._years:
            path = self._folder / f"{UNKNOWN_YEAR if year is None else year}.parquet"
            self._years[year] = _OneFile(self._schema, path, self._opened)
        return self._years[year]

    def close(self) -> None:
        if not self._years:
            self._file_of(None)  # a folder without a file cannot be read
        for file in self._years.values():
            file.close()


def _open(path: Path, opened: ExitStack) -> BinaryIO:
    file = path.open("wb")
    opened.callback(_close_quietly, file)
    return file


def _close_quietly(file: BinaryIO) -> None:
    """Close a file that is open because of an error, which another one about it must not hide."""
    with suppress(OSError):
        file.close()
