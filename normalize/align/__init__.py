"""What is printed, in order, against what the form has, in order.

Enters: scores and the prices of gaps. Leaves: which goes with which. `sequence.align` is the door. Knows
sequences and prices; what an element is, the caller says.
"""
