"""Table 二 (proactive disclosure): its rows -> cells placed on the form.

Enters: the rows of the table. Leaves: a `TableReading`. `read.read_disclosure` is the door. Knows stubs
and heads of this table alone, and judges no number.
"""
