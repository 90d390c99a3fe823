"""The same report in several files: which are one, which is used, where they differ.

Enters: the reports of a run. Leaves: for each file what to add to it. `relate.relate` is the door. Knows
finished reports alone.
"""
