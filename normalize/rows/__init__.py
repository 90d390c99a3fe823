"""Document -> rows, each at the table of the form that it belongs to.

Enters: a `Document`. Leaves: `FormRows`, stitched over pages, and the paragraphs of no table. The doors
are `document_to_rows.read_rows` and then `which_table.find_tables`; most of the others mend one kind of
layout. Knows how documents lay tables out; what a value means is left to the tables.
"""
