"""A table of any template: its rows -> cells placed on the form.

Enters: a template and the rows of its table. Leaves: a `TableReading`. `read.read_any_table` is the door.
Knows what a template says of rows, columns and groups, and no table by name.
"""
