"""The element tree of a page -> its blocks, by one walk over it.

Enters: the root element, and how its style sheets set elements. Leaves: blocks with the place of each.
`blocks.py` is the door; tables are put together in `open_tables.py`, `table.py` and `grid.py`.
"""
