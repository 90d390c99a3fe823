"""From the journal to the results: what was read enters, a folder leaves, replaced whole or not at all.

Doors, in this order: `report_rows` (which row each thing has), `versions` (which files are one report),
`write_tables`, and `result_folder`, which puts all in place. `unchanged` says when nothing is to be written.
"""
