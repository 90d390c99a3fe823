"""Outcomes -> every file of the contract in one folder.

Enters: the outcomes of a run. Leaves: CSV and Parquet tables, datapackage.json, workbook.xlsx.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from output.outcome import Outcome


def write_all(outcomes: Sequence[Outcome], folder: Path, *, workbook: bool = True) -> None:
    """Write all tables; equal outcomes give equal bytes.

    Args:
        outcomes: one per file found, in any order.
        folder: an existing empty folder.
        workbook: also write workbook.xlsx.
    """
    # Imported here: pandas and pyarrow take half a second that `--help` should not wait for.
    from output import csv_parquet, datapackage, frames, schema
    from output import workbook as book

    tables = frames.build_frames(outcomes)
    for table in schema.TABLES:
        csv_parquet.write_csv(tables[table.name], table, folder / f"{table.name}.csv")
        csv_parquet.write_parquet(tables[table.name], table, folder / f"{table.name}.parquet")
    datapackage.write_datapackage(folder / "datapackage.json")
    if workbook:
        book.write_workbook(tables, folder / "workbook.xlsx")
