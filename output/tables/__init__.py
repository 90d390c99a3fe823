"""Outcomes -> the tables of the contract.

Enters: outcomes in their final order. Leaves: CSV, Parquet and datapackage.json. Doors: `render` makes a
`Part` of some outcomes (by `rows`, `wide`, `csv_text`, `arrow`), `writer` joins parts to files.
"""
