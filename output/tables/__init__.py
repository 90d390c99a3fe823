"""Outcomes -> the tables of the contract, as CSV, Parquet and a data package.

Outcomes enter in their final order; `render` makes a `Part` of some of them (`rows`, `wide`, `csv_text`,
`arrow`), and `writer`, the other door, joins parts to files. A value gets its place in a row in `rows`.
"""
