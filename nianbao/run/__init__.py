"""One run from beginning to end: find, read what is new, write, report."""
