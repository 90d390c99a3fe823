"""Reports -> files.

Enters: what became of each file of a run (`Outcome`). Leaves: CSV, Parquet, data package, workbook.
Doors: `tables.render` and `tables.writer`, `workbook.writer`; `write` has all of it in one call, `frames`
gives pandas frames, `codebook` writes docs/codebook.md. What columns there are stands in columns.csv
(`schema`).
"""
