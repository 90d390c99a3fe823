"""Who reports, about which year, under which number and when.

Knows titles, letterheads, signatures and the names of files.
"""
