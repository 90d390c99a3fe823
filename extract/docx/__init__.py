"""Word files (.docx): styles, lists, paragraphs, grid, blocks, one module each.

Enters: bytes. Leaves: a `Document`. `reader.py` is the door.
"""

from extract.docx.reader import read_docx

__all__ = ["read_docx"]
