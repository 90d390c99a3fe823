"""Word files (.docx): styles, lists, paragraphs, grid, flow, one module each.

Enters: bytes. Leaves: `read_docx`.
"""

from extract.docx.reader import read_docx

__all__ = ["read_docx"]
