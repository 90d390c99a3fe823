"""Placed cells -> observations, the arithmetic of the form, and what is missing or in doubt.

Enters: what the tables, the prose and the identity were read as. Leaves: `Observation`s, `Check`s,
`Issue`s, and why a document is no report. `relations` tests sums and decides what is printed so,
`two_readings` compares two readers of one file. Knows what must agree; changes no number and places no
cell.
"""
