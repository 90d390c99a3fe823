"""Document -> rows, each at the table of the form that it belongs to.

Knows how documents lay tables out, on one page or over several; what a value means is left to the tables.
"""
