"""What is printed, in order, against what the form has, in order.

Knows sequences and prices; what an element is, the caller says.
"""
