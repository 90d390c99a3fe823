"""Reports -> files. What became of each file (`Outcome`) enters; CSV, Parquet, package and workbook leave.

Doors: `tables.render` and `tables.writer`, `workbook.writer`; `frames` for people who work in pandas, which
it alone imports; `codebook` for docs/codebook.md. What columns there are stands in columns.csv (`schema`).
"""
