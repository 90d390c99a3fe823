"""Spreadsheets (.xlsx, .xls, .et, .ods, Excel's XML) -> `Document`, as they display.

Enters: bytes. Leaves: a `Document` of the visible sheets. `reader.py` is the door; a module for each format
fills a `Workbook`, and `blocks.py` makes tables and paragraphs of its sheets.
"""
