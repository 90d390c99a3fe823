"""One run from beginning to end: find, read what is new, write, report.

Enters: options. Leaves: results and an exit code. Door: `run`.
"""
