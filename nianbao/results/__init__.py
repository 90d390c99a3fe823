"""From the journal to the results.

Enters: the files found, and the journal of what was read. Leaves: a folder, replaced whole or not at all.
Doors, in this order: `report_rows` (which row each thing has), `versions` (which files are one report),
`write_tables`, `result_folder` (puts all in place). `unchanged` says when nothing is to be written.
"""
