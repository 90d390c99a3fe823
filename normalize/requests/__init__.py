"""Table 三 (requests by kind of applicant): its rows -> cells placed on the form.

Enters: the rows of the table. Leaves: a `TableReading`. `read.read_requests` is the door: `stub` says
which row it is, `grid_head` and `delimited_head` which columns there are, `assign_columns` which value
stands in which. Knows this table alone; of its sums only that they tell columns apart.
"""
