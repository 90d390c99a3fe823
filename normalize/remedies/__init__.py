"""Table 四 (administrative reconsideration and litigation): its rows -> cells placed on the form.

Enters: the rows of the table. Leaves: a `TableReading`. `read.read_remedies` is the door. Knows this
table alone; of its sums only that they tell columns apart.
"""
