"""Text files: plain, with marks of Markdown, tables copied from web pages, columns made with spaces.

Enters: decoded text. Leaves: a `Document`, a paragraph for each line outside of tables. `reader.py` is the
door.
"""
