"""Pages of characters and rulings, whatever format states them: tables, lines, margins, page breaks.

Enters: the characters of a page with their boxes, and its rulings (`extract.pdf`, `extract.ofd`). Leaves:
blocks in reading order. `one_page.py` is the door for each page, `blocks.py` for all of them. Nothing here
knows a file format, nor the statutory form.
"""
