"""A stored value and its format -> what the cell shows.

Enters: a number or text as stored, and the look of its cell. Leaves: a `SheetCell` with what is printed.
`cell_printer.py` is the door.
"""
