"""A second reader for PDF, by pdfplumber: no engine and no way of finding tables in common with the first.

Enters: bytes. Leaves: a `Document`, to be compared with that of `extract.pdf`. `reader.py` is the door.
"""
